// A rule that was broken, told as a cause: nothing is searched, the verdict knows what it saw.

import { isProblem, type Problem } from '../kernel/problem.ts';
import type { Anatomy } from '../security/anatomy.ts';
import { resolvedIn } from '../security/coverage.ts';
import type { SecurityProblem } from '../security/problems.ts';
import { documentOf } from './document.ts';
import type { Explained, ExplainedCause } from './explained.ts';

const NAMES: Readonly<Partial<Record<SecurityProblem, string>>> = {
  'security.header-missing': 'signature-missing',
  'security.header-duplicate': 'two-of-one',
  'security.reference-unresolved': 'id-missing',
  'security.timestamp-form': 'timestamp-unreadable',
  'security.timestamp-lifetime': 'lifetime-too-long',
  'security.timestamp-expired': 'expired',
  'security.timestamp-future': 'clock-ahead',
  'security.algorithm': 'algorithm-not-allowed',
  'security.token-unsupported': 'token-type-not-allowed',
  'security.token-reference': 'key-reference-not-allowed',
  'security.certificate-untrusted': 'issuer-unknown',
  'security.certificate-usage': 'wrong-usage',
  'security.certificate-key': 'weak-key',
  'security.certificate-organisation': 'organisation-missing',
};

const HOUR = 3_600_000;
/** How far beside whole hours a clock may go that is otherwise right, in milliseconds. */
const SLACK = 120_000;

/** Whether the Timestamp is one or two hours beside the time: what a local time of Norway or Denmark is that is written as UTC. */
const isLocalTime = (anatomy: Anatomy, now: number): boolean => {
  const timestamp = anatomy.timestamp();
  if (isProblem(timestamp)) return false;
  return [1, 2].some((hours) => Math.abs(timestamp.created - now - hours * HOUR) < SLACK);
};

/** Whether an element of the same name is signed somewhere else. */
const isElsewhere = (anatomy: Anatomy, { explanation }: Problem): boolean => {
  const coverage = anatomy.coverage();
  const name = explanation.where?.replace(/^.*\//, '').replace(/\[\d+\]$/, '');
  return !isProblem(coverage) && resolvedIn(coverage).some(({ target }) => target.name === name);
};

const nameOf = (anatomy: Anatomy, problem: Problem<SecurityProblem>, now: number): string => {
  if (problem.problem === 'security.coverage')
    return isElsewhere(anatomy, problem) ? 'signed-elsewhere' : 'not-signed';
  if (problem.problem === 'security.timestamp-future' && isLocalTime(anatomy, now))
    return 'local-time-as-utc';
  return NAMES[problem.problem] ?? problem.problem.replace(/^[^.]*\./, '');
};

/** What the verdict saw; that it is so is certain, who did it is not always. */
const UNSURE = new Set(['expired', 'local-time-as-utc', 'issuer-unknown']);

export const causeOfRefusal = (
  anatomy: Anatomy,
  problem: Problem<SecurityProblem>,
  now: number,
): ExplainedCause => {
  const { check, found, expected, rule, remedy, where } = problem.explanation;
  const cause = nameOf(anatomy, problem, now);
  const hours =
    cause === 'local-time-as-utc'
      ? 'the Timestamp is whole hours ahead of the time: a local time that is written as UTC; '
      : '';
  return {
    cause,
    certain: !UNSURE.has(cause),
    sentence: `${hours}${check}: ${found}`,
    evidence: { expected, found },
    rule,
    remedy,
    ...(where === undefined ? {} : { where: [where] }),
  };
};

/** What is said of bytes that are no message. */
export const noMessage = ({ problem, explanation }: Problem, profile: string): Explained => {
  const { check, expected, found, rule, remedy } = explanation;
  return documentOf({
    verdict: 'no message',
    profile,
    problem,
    causes: [
      {
        cause: problem.replace(/^[^.]*\./, ''),
        certain: true,
        sentence: `${check}: ${found}`,
        evidence: { expected, found },
        rule,
        remedy,
      },
    ],
  });
};
