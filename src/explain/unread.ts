// What is said of bytes that are no message: they may be XML all the same, to be looked at.

import { isProblem } from '../kernel/problem.ts';
import { guard } from '../xml/guard.ts';
import { parse } from '../xml/parse.ts';
import { documentOf } from './document.ts';
import type { Explaining } from './explain.ts';
import type { Explained, ExplainedCause } from './explained.ts';
import { causeOfRefusal } from './refusal.ts';
import type { HttpHeaders, Refusal } from './rules/rule.ts';

/** A message with what is known of its HTTP. */
export interface Sent {
  /** Without a content encoding. */
  readonly message: Buffer;
  /** Undefined: it is not known by which it came. */
  readonly method?: string | undefined;
  readonly headers: HttpHeaders;
  /** Whether these are all the headers that came: then one that is not among them was not sent. */
  readonly whole: boolean;
  /** What is wrong with its content encoding. */
  readonly encoding?: Refusal | undefined;
}

/** What bytes are judged by that may be no message. */
export type Reading = Pick<Explaining, 'profile' | 'now' | 'arrived' | 'authorities'>;

/** Of a cause that was told twice the first counts. */
export const onceEach = (causes: readonly ExplainedCause[]): ExplainedCause[] =>
  causes.filter((one, index) => causes.findIndex(({ cause }) => cause === one.cause) === index);

const NO_XML: readonly string[] = ['xml.empty', 'xml.not-xml'];

/** What HTTP and the bytes are refused for, what helps most first: a right label makes no message of what is none, and a GET has no body. */
const inUse = (refusals: readonly Refusal[]): readonly Refusal[] => {
  const codes = refusals.map(({ problem }) => problem);
  if (codes.includes('soap.method')) return refusals.filter(({ problem }) => problem !== 'xml.empty');
  return codes.includes('soap.media-type')
    ? refusals.toSorted((a, b) => Number(NO_XML.includes(b.problem)) - Number(NO_XML.includes(a.problem)))
    : refusals;
};

/** @param refusals what HTTP and the bytes are refused for, in the order of the server */
export const unread = (
  refusals: readonly Refusal[],
  { message, headers }: Sent,
  charset: string | undefined,
  { profile, now, arrived = false, authorities = [] }: Reading,
): Explained => {
  const utf8 = guard(message, charset);
  const tree = isProblem(utf8) ? undefined : parse(utf8);
  using document = tree === undefined || isProblem(tree) ? undefined : tree;
  const seen = { message, headers, document, anatomy: undefined, now, arrived, operations: [], authorities };
  return documentOf({
    verdict: 'no message',
    profile: profile.name,
    problem: refusals[0]?.problem ?? null,
    causes: onceEach(inUse(refusals).map((one) => causeOfRefusal(one, seen))),
  });
};
