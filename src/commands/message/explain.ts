// kontakt explain: why a message in a file is refused, with what proves it.

import { createPublicKey, X509Certificate } from 'node:crypto';
import { loadPki } from '../../client/material.ts';
import { explainMessage } from '../../explain/explain.ts';
import type { Explained, ExplainedCause } from '../../explain/explained.ts';
import { noMessage } from '../../explain/refusal.ts';
import { toTheEnd } from '../../explain/search.ts';
import type { KnownKey } from '../../explain/signed/search.ts';
import { isProblem } from '../../kernel/problem.ts';
import { shortName } from '../../security/profiles/describe.ts';
import { reportMessage } from '../../security/report.ts';
import { readMessage } from '../../soap/read.ts';
import { print, printJson } from '../print.ts';
import { readInput } from './input.ts';
import { apart, type Judging, type JudgingOptions, judgingOf } from './judging.ts';
import { writeOctets } from './octets.ts';

/** How many causes a screen shows. */
const SHOWN = 3;

const keysIn = (folder: string): KnownKey[] => {
  const { server, clients } = loadPki(folder);
  return [server, ...clients].map(({ name, certificatePem }) => ({
    owner: name,
    key: createPublicKey(new X509Certificate(certificatePem).toString()),
  }));
};

/** Explains a message as the emulator would judge it; bytes that are no message are explained too. */
export const explainBytes = (
  bytes: Buffer,
  judging: Judging,
  known: readonly KnownKey[],
  octets?: string,
): Explained => {
  const { profile, now } = judging;
  const message = readMessage(bytes);
  if (isProblem(message)) return noMessage(message, profile.name);
  using envelope = message;
  return apart(envelope, judging, (anatomy) => {
    if (octets !== undefined) writeOctets(octets, reportMessage(anatomy, profile, now).octets);
    return toTheEnd(explainMessage(anatomy, { profile, now, message: bytes, known }));
  });
};

const linesOfCause = ({
  cause,
  certain,
  sentence,
  where = [],
  evidence: { difference, expected, how, trials, cut },
  rule,
  remedy,
  stacks = {},
}: ExplainedCause): string[] => [
  `${cause} (${certain ? 'proved' : 'likely'})`,
  `  ${sentence}`,
  ...(where.length > 0 ? [`  where     ${where.join(', ')}`] : []),
  ...(how ? [`  by        ${how.join(', ')}`] : []),
  ...(expected === undefined ? [] : [`  expected  ${expected}`]),
  ...(difference
    ? [
        `  signed    ${difference.signed}`,
        `  arrived   ${difference.arrived}`,
        `            from octet ${difference.at}; · is a blank, → a tab, ⏎ a line end, ␍ a carriage return`,
      ]
    : []),
  ...(certain || trials === undefined
    ? []
    : [`  tried     ${trials} ways${cut ? ', not all: there are too many octets' : ''}`]),
  `  rule      ${rule}`,
  `  remedy    ${remedy}`,
  ...Object.entries(stacks).map(([stack, setting]) => `  ${stack.padEnd(9)} ${setting}`),
];

const linesOf = ({
  verdict,
  profile,
  problem,
  causes,
  references,
  signature,
  signer,
  warnings,
}: Explained): string[] => [
  `${verdict}${problem === undefined ? '' : ` (${problem})`} under the profile ${profile}`,
  ...references.map(
    ({ id, position, digestMethod, digest }) =>
      `  digest ${digest ?? 'not tried'}: ${position} (#${id}, ${shortName(digestMethod)})`,
  ),
  ...(signature ? [`  signature value ${signature.value} (${shortName(signature.method)})`] : []),
  ...(signer ? [`  certificate of ${signer.subject}`] : []),
  ...causes.slice(0, SHOWN).flatMap((one) => ['', ...linesOfCause(one)]),
  ...(causes.length > SHOWN ? ['', `and ${causes.length - SHOWN} more: --json shows all`] : []),
  ...warnings.map(
    ({ problem: code, explanation }) => `  strict would refuse (${code}): ${explanation.found}`,
  ),
];

/** Explains a message of a file, request or answer; false when it would be refused. */
export const explain = (file: string, options: JudgingOptions): boolean => {
  const explained = explainBytes(readInput(file), judgingOf(options), keysIn(options.folder), options.octets);
  if (options.json) printJson(explained);
  else print(linesOf(explained));
  return explained.verdict === 'accepted';
};
