// The document in its one order, whatever is known of a message; what is not known is null or empty.

import { type Explained, type ExplainedCause, type ExplainedOctets, order } from './explained.ts';
import type { Hide } from './octets/difference.ts';

/** How much of the octets is shown as text, in bytes. */
const SHOWN = 8 * 1024;

/** The last place at which no character of UTF-8 is parted. */
const between = (octets: Buffer, most: number): number => {
  let end = Math.min(octets.length, most);
  while (end > 0 && end < octets.length && ((octets[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
};

/** @param hide sees all the octets, before a part of them is shown */
export const shownOctets = (octets: Buffer | undefined, hide: Hide = (all) => all): ExplainedOctets => {
  if (!octets) return null;
  const seen = hide(octets);
  const end = between(seen, SHOWN);
  return {
    bytes: octets.length,
    shown: end === seen.length ? octets.length : end,
    text: seen.subarray(0, end).toString('utf8'),
  };
};

/** The members that are there, in this order. */
const ordered = <Value extends object>(value: Value, names: readonly (keyof Value)[]): Value =>
  Object.fromEntries(
    names.filter((name) => value[name] !== undefined).map((name) => [name, value[name]]),
  ) as Value;

type Told = Explained['warnings'][number];

const causeInOrder = (cause: ExplainedCause): ExplainedCause =>
  ordered({ ...cause, evidence: ordered(cause.evidence, order.evidence) }, order.cause);

const warningInOrder = ({ problem, explanation }: Told): Told => ({
  problem,
  explanation: ordered(explanation, order.explanation),
});

const NOT_ASKED: Explained['secondOpinion'] = {
  'xml-crypto': 'cannot say',
  why: 'there is no signed message to ask about',
};

/** What is known of a message at least, and whatever else is. */
export type Known = Pick<Explained, 'verdict' | 'profile' | 'causes'> & Partial<Explained>;

export const documentOf = ({
  message = null,
  verdict,
  profile,
  problem = null,
  causes,
  references = [],
  signature = null,
  certificate = null,
  coverage = [],
  checks = [],
  secondOpinion = NOT_ASKED,
  warnings = [],
}: Known): Explained => ({
  message,
  verdict,
  profile,
  problem,
  causes: causes.map(causeInOrder),
  references,
  signature,
  certificate,
  coverage,
  checks,
  secondOpinion,
  warnings: warnings.map(warningInOrder),
});
