// The five stories of docs/stories.md: what a system did to its message, and the message when that is mended.

import type { Arena } from '../attacks/arena.ts';
import { timestampOf } from '../attacks/message.ts';
import { URI } from '../attacks/names.ts';
import { asLatin1, body, digest, edited, laidOut, signing, value } from '../explain/broken/ways.ts';

export interface Story {
  readonly name: string;
  /** What has to be named first. */
  readonly cause: string;
  /** The message as it comes in. */
  readonly broken: (arena: Arena) => string;
  /** The message of the system that did what the explanation says. */
  readonly mended: (arena: Arena) => string;
}

const twoHours = 2 * 3_600_000;
const minute = 60_000;

/** The address of a mailbox with a letter that takes two octets in UTF-8. */
const withName = ({ payload }: Arena): string => payload.replace('kari.testesen', 'bjørn.testesen');

export const stories: readonly Story[] = [
  {
    name: 'the log',
    cause: 'whitespace-added',
    broken: edited(laidOut('  ')),
    mended: ({ message }) => message(),
  },
  {
    name: 'the letter',
    cause: 'encoding-changed',
    broken: (arena) => edited(asLatin1, { payload: withName(arena) })(arena),
    mended: (arena) => arena.message({ payload: withName(arena) }),
  },
  {
    name: 'the certificate',
    cause: 'wrong-key',
    broken: (arena) => value((octets) => signing(octets, arena.client('eboks').keyPem))(arena),
    mended: ({ message }) => message(),
  },
  {
    name: 'the namespaces',
    cause: 'inclusive-labelled-exclusive',
    broken: body({ canonical: URI.c14n }),
    mended: body({}),
  },
  {
    name: 'the digits',
    cause: 'digest-in-hex',
    broken: body({ declared: (octets) => digest(octets).toString('hex') }),
    mended: body({}),
  },
  {
    name: 'the clock',
    cause: 'local-time-as-utc',
    broken: ({ message, now }) =>
      message({ timestamp: timestampOf(now() + twoHours, now() + twoHours + 5 * minute) }),
    mended: ({ message }) => message(),
  },
];
