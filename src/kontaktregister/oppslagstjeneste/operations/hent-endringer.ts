// HentEndringer: the persons that have changed since a number, as they are now, a thousand at a time.

import type { XmlElement } from 'libxml2-wasm';
import type { Warning } from '../../../kernel/problem.ts';
import { together } from '../../../store/tables.ts';
import { attribute } from '../../../xml/tree.ts';
import { changes, persons } from '../../register/store.ts';
import { changed } from '../delivery.ts';
import { namesOf, needsIn, personsElement, repeated } from '../message.ts';
import { type Describe, listed } from '../operation.ts';
import type { Need } from '../version.ts';

const NAME = 'HentEndringer';
const FROM = 'fraEndringsNummer';

/** How many persons an answer holds [D]. */
const PAGE = 1000;

interface Command {
  readonly asked: ReadonlySet<Need>;
  /** As xs:long has it: more than a number of JavaScript can hold. */
  readonly from: bigint;
}

const readLong = (text: string): bigint => BigInt(text.trim().replace(/^\+/, ''));

/** Where the register can have anything: a negative number counts as 0 [A], and none is larger than it can count. */
const placeOf = (from: bigint): number =>
  Number(from < 0n ? 0n : from > Number.MAX_SAFE_INTEGER ? BigInt(Number.MAX_SAFE_INTEGER) : from);

/** Numbers that are answered, and that nobody means: a client that follows the changes asks from 0, or after the last. */
const warnOf = ({ from }: Command, last: number): Warning[] => {
  if (from >= 0n && from <= BigInt(last) + 1n) return [];
  return [
    {
      problem: 'oppslag.number-of-change',
      explanation: {
        check: FROM,
        expected: `a number from 0 to ${last + 1}, the one after the last change of the register`,
        found: String(from),
        rule: 'contract: changes have running numbers',
        remedy:
          from < 0n
            ? 'send 0 for all changes; a negative number counts as 0'
            : 'ask from tilEndringsNummer + 1 of the answer before; after a reset of the register its numbers begin again',
        basis: 'assumed',
      },
    },
  ];
};

export const hentEndringer: Describe = (version) =>
  listed({
    description: {
      ...namesOf(NAME, version),
      fields: [
        { name: FROM, required: true, attribute: true },
        { name: 'informasjonsbehov', required: true },
      ],
      summary:
        'delivers the persons that have changed since a number, itself included, at most 1000 at a time',
      basis: 'documented',
      compose: ({ informasjonsbehov }) => repeated(version, 'informasjonsbehov', informasjonsbehov),
      examples: [{ [FROM]: '0', informasjonsbehov: 'Person Kontaktinfo' }],
    },
    part: 'ENDRINGSTJENESTEN',
    decode: (payload: XmlElement): Command => ({
      asked: needsIn(payload),
      from: readLong(attribute(payload, '', FROM) ?? ''),
    }),
    load: ({ from }) => together(persons.changed(placeOf(from), PAGE), changes.last()),
    answer: ([found, last], { asked, from }) => {
      const deliver = changed(asked);
      return personsElement(
        version,
        NAME,
        found.map(({ state }) => deliver(state)),
        [
          { name: FROM, value: String(from) },
          {
            name: 'tilEndringsNummer',
            value: String(found.length < PAGE ? last : (found.at(-1)?.number ?? last)),
          },
          { name: 'senesteEndringsNummer', value: String(last) },
        ],
      );
    },
    warn: (command, [, last]) => warnOf(command, last),
  });
