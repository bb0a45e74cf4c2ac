// The octets that the digests and the signature of an exchange's messages are made over, by the anatomy that the server judges with.

import type { JournalEntry } from '../journal/entry.ts';
import { shortened } from '../kernel/brief.ts';
import { answerLimits } from '../kernel/limits.ts';
import { isProblem, type Problem } from '../kernel/problem.ts';
import { type Anatomy, takeApart } from '../security/anatomy.ts';
import { inAnswers } from '../security/answers/confirmation.ts';
import type { Profile } from '../security/profiles/profile.ts';
import { readMessage } from '../soap/read.ts';
import { isEncrypted } from './answer/seen.ts';
import type { ExchangeMaterial } from './exchange.ts';

/** What octets are of: a reference by its URI or its place from 1, or SignedInfo. */
interface Part {
  readonly names: readonly string[];
  readonly octets: () => Buffer | Problem;
}

const SIGNED_INFO = 'SignedInfo';

const partsOf = (anatomy: Anatomy, judged: JournalEntry['judged']): Part[] => {
  const coverage = anatomy.coverage();
  const bits = (judged?.profile as Partial<Profile> | undefined)?.minimumKeyBits ?? 0;
  const signer = anatomy.signer(judged?.at ?? 0, bits);
  const certificate = isProblem(signer) ? anatomy.claimed() : signer.certificate;
  // The places are those of the signature: a reference that leads nowhere keeps its own.
  const references = isProblem(coverage) ? [] : [...coverage.references.entries()];
  return [
    ...references.flatMap(([index, reference]) =>
      'problem' in reference
        ? []
        : [
            {
              names: [`#${reference.id}`, reference.id, String(index + 1)],
              octets: () => anatomy.octets(reference, certificate),
            },
          ],
    ),
    ...(isProblem(anatomy.signature()) ? [] : [{ names: [SIGNED_INFO], octets: anatomy.signedInfo }]),
  ];
};

/** The charset parameter of a Content-Type; it was read before, so that nothing is to be said of its form. */
export const charsetIn = (contentType = ''): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];

/** Many references are told as some of them. */
const NAMED = 20;

/** Which of its messages. */
export type Side = 'request' | 'response';

const WORDS = { request: 'request', response: 'answer' } as const;

const without = ({ number }: JournalEntry, side: Side, parts: readonly Part[], asked: string): string => {
  if (parts.length === 0) return `exchange ${number} has no signature in its ${WORDS[side]}`;
  const lacking = asked === '' ? 'reference names none of' : `there is no reference ${shortened(asked)} in`;
  const there = parts.slice(0, NAMED).map(({ names: [name = ''] }) => shortened(name));
  const more = parts.length > NAMED ? ` and ${parts.length - NAMED} more` : '';
  const of = side === 'request' ? '' : 'the answer of ';
  return `${lacking} ${of}exchange ${number}; it has ${there.join(', ')}${more}`;
};

/** Why a message has no octets that are signed; undefined: it may have some. */
const unsigned = (
  { number, service, operation }: JournalEntry,
  { addressees }: Pick<ExchangeMaterial, 'addressees'>,
  side: Side,
): string | undefined => {
  const instead = `its bytes are at /journal/${number}/message?side=${side}`;
  if (service === undefined) return `exchange ${number} reached no service; ${instead}`;
  const soap = addressees.find((one) => one.service.name === service);
  const what = operation === undefined ? service : `${service}, ${operation}`;
  if (!soap)
    return `exchange ${number} (${what}) is one of REST: its messages are JSON, and nothing in them is signed; ${instead}`;
  return soap.secured
    ? undefined
    : `exchange ${number} (${what}) is protected by TLS alone: nothing in its messages is signed; ${instead}`;
};

/**
 * The canonical octets of one reference.
 *
 * @param asked its URI (`#Body`, or `Body`), its place from 1, or `SignedInfo`
 * @param side of the request, or of the answer
 * @returns why there are none, in words
 */
export const exchangeOctets = (
  entry: JournalEntry,
  { signers, addressees }: Pick<ExchangeMaterial, 'signers' | 'addressees'>,
  asked: string,
  side: Side = 'request',
): Buffer | { readonly none: string } => {
  const { judged, service, number } = entry;
  const { body, headers } = entry[side];
  const none = unsigned(entry, { addressees }, side);
  if (none !== undefined) return { none };
  const limits = side === 'response' ? answerLimits : undefined;
  const message = readMessage(body, { charset: charsetIn(headers['content-type']), limits });
  if (isProblem(message)) {
    const { check, found } = message.explanation;
    return { none: `exchange ${number} has no SOAP message in its ${WORDS[side]}: ${check}: ${found}` };
  }
  using envelope = message;
  if (isEncrypted(envelope))
    return {
      none: `the answer of exchange ${number} is encrypted, and was signed before: kontakt journal ${number} --response > answer.xml, then kontakt explain answer.xml --as <client> --octets <folder>`,
    };
  const processed = addressees.find((one) => one.service.name === service)?.service.headers ?? [];
  const expected = side === 'response' ? inAnswers : { processed };
  const parts = partsOf(takeApart(envelope, signers, expected), judged);
  // A URI before a place: an Id may be a number in itself, where schemas are not heeded.
  const part = [0, 1, 2].flatMap((form) => parts.filter(({ names }) => names[form] === asked))[0];
  if (!part) return { none: without(entry, side, parts, asked) };
  const octets = part.octets();
  return isProblem(octets)
    ? { none: `exchange ${number}, reference ${shortened(asked)}: ${octets.explanation.found}` }
    : octets;
};
