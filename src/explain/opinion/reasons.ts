// Why a library that only checks the signature says another thing than our verdict, in a sentence.

import { isProblem, type Problem } from '../../kernel/problem.ts';
import type { Anatomy } from '../../security/anatomy.ts';
import type { SecurityReport } from '../../security/report.ts';
import { placeOf } from '../../xml/place.ts';

/** What it does not look at, by the beginning of the problem’s code; the first that fits counts. */
const UNSEEN: readonly (readonly [string, string])[] = [
  [
    'security.id-duplicate',
    'it looks for those Ids alone that the Signature names; another one is there twice',
  ],
  ['security.timestamp-missing', 'it asks for no Timestamp'],
  ['security.timestamp', 'it does not read the Timestamp: neither its form nor its times'],
  [
    'security.certificate',
    'it takes the key that it is given: whom the certificate leads to, when and for what it is good is nothing to it',
  ],
  ['security.authority', 'it takes the key that it is given: the authorities above it are nothing to it'],
  [
    'security.token-reference',
    'it takes the key that it is given: how KeyInfo names the certificate is nothing to it',
  ],
  ['security.token', 'it takes the key that it is given: the token is nothing to it'],
  ['security.algorithm-form', 'it passes over what it does not know in the algorithms'],
  ['security.algorithm', 'it does this algorithm, which the profile refuses'],
  ['security.signature-form', 'it passes over what it does not know in the Signature'],
  ['security.header', 'it looks at the Signature alone: what else is in wsse:Security is nothing to it'],
  ['security.replay', 'it does not remember messages that came before'],
  ['security.signature-value', 'it reads SignatureValue or SignedInfo otherwise than the verdict does'],
  ['security.digest', 'its canonical octets are others: by them the declared digest is right'],
];

/** The element of that name that is signed where another one counts. */
const wrapped = (anatomy: Anatomy, { references }: SecurityReport): string | undefined => {
  const targets = references.flatMap(({ resolved }) => (resolved ? [resolved.target] : []));
  for (const { element } of anatomy.parts()) {
    if (targets.some((target) => target.isSameNode(element))) continue;
    const namesake = targets.find(({ name }) => name === element.name);
    if (namesake)
      return `what is signed is ${placeOf(namesake)}, not ${placeOf(element)}, which is processed: it checks that a signed element is whole, not that it stands where it counts`;
  }
  return undefined;
};

const unsigned = (anatomy: Anatomy, { references }: SecurityReport): string | undefined => {
  const missing = anatomy
    .parts()
    .filter(({ element }) => !references.some(({ resolved }) => resolved?.target.isSameNode(element)))
    .map(({ label }) => label);
  return missing.length > 0
    ? `${missing.join(', ')}: not signed, and it does not ask what a message has to have signed`
    : undefined;
};

const unseen = (anatomy: Anatomy, report: SecurityReport, { problem, explanation }: Problem): string => {
  if (problem === 'security.coverage') {
    const told = wrapped(anatomy, report) ?? unsigned(anatomy, report);
    if (told !== undefined) return told;
  }
  const [, sentence] = UNSEEN.find(([beginning]) => problem.startsWith(beginning)) ?? [];
  return sentence ?? `it does not look at this: ${explanation.check}`;
};

/** It finds wrong what we find right. */
const misread = (anatomy: Anatomy): string => {
  const signature = anatomy.signature();
  return !isProblem(signature) && signature.canonicalization.prefixes.length > 0
    ? 'it does not read the PrefixList of CanonicalizationMethod, by which the verdict has the octets'
    : 'its canonical octets are others than those of the verdict, by which digests and signature value are right';
};

/** @returns undefined where it agrees with the verdict */
export const reasonOf = (
  says: 'valid' | 'invalid',
  anatomy: Anatomy,
  report: SecurityReport,
  problems: readonly Problem[],
): string | undefined => {
  const [first] = problems;
  if (says === 'valid') return first && unseen(anatomy, report, first);
  const holds =
    report.signature?.right === true && report.references.every(({ digest }) => digest.right === true);
  return holds ? misread(anatomy) : undefined;
};
