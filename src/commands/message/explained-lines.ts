// An explanation on a terminal: the verdict, then each cause with what proves it and what to change.

import type {
  Evidence,
  Explained,
  ExplainedCause,
  ExplainedCertificate,
  ToldState,
} from '../../explain/explained.ts';
import { originInWords } from '../../explain/state.ts';
import { inLines, WIDTH } from '../../kernel/terminal.ts';
import { lineOfWarning } from '../show.ts';

/** How many causes a screen shows. */
const SHOWN = 3;

const LABEL = 10;

/** A label with its text, on as many lines as that takes. */
const row = (label: string, text: string): string[] =>
  inLines(text, WIDTH - LABEL - 2).map(
    (line, index) => `  ${(index === 0 ? label : '').padEnd(LABEL)}${line}`,
  );

/** A state that led to a refusal, with what brought it about and what has become of it. */
const rowsOfState = ({ what, by, before, since, now }: ToldState, index: number): string[] => [
  ...row(
    index === 0 ? 'state' : '',
    by
      ? `${what}; since ${originInWords(by)}, ${before} (${since})${by.kept === false ? '; that exchange is not in this journal' : ''}`
      : what,
  ),
  ...(now === undefined ? [] : row('', `since then: ${now}`)),
];

/** What of the register led to a refusal, and the call that changes it. */
export const rowsOfRegister = ({ state = [], change }: Evidence): string[] => [
  ...state.flatMap(rowsOfState),
  ...(change === undefined ? [] : row('change', change)),
];

const rowsOfEvidence = (
  { difference, check, expected, found, how, trials, cut }: Evidence,
  certain: boolean,
): string[] => [
  ...(how ? row('by', how.join(', ')) : []),
  ...(check === undefined ? [] : row('check', check)),
  ...(expected === undefined ? [] : row('expected', expected)),
  ...(found === undefined ? [] : row('found', found)),
  ...(difference
    ? [
        `  ${'signed'.padEnd(LABEL)}${difference.signed}`,
        `  ${'arrived'.padEnd(LABEL)}${difference.arrived}`,
        ...row('', `from octet ${difference.at}; · is a blank, → a tab, ⏎ a line end, ␍ a carriage return`),
      ]
    : []),
  ...(certain || trials === undefined
    ? []
    : row('tried', `${trials} ways${cut ? ', not all that there are: the element is too large' : ''}`)),
];

/** A cause with what proves it, and what to change. */
export const linesOfCause = ({
  cause,
  certain,
  sentence,
  where = [],
  evidence,
  rule,
  basis,
  remedy,
  stacks = {},
}: ExplainedCause): string[] => [
  `${cause} (${certain ? 'proved' : 'likely'})`,
  ...row('what', sentence),
  ...where.flatMap((one, index) => row(index === 0 ? 'where' : '', one)),
  ...rowsOfEvidence(evidence, certain),
  ...row('rule', basis === undefined ? rule : `${rule} [${basis}]`),
  ...row('fix', remedy),
  ...rowsOfRegister(evidence),
  ...Object.entries(stacks).flatMap(([stack, setting]) => row('', `${stack}: ${setting}`)),
];

/** Whether something is right, as people say it. */
export const inWords = (right: boolean | null): string =>
  right === null ? 'not tried' : right ? 'right' : 'wrong';

/** It proves itself, and usual messages do not sign it. */
const TOKEN = /\/BinarySecurityToken$/;

const linesOfCertificate = ({ subject, validity, missing }: ExplainedCertificate): string[] => [
  `  certificate of ${subject}`,
  ...(validity.right
    ? []
    : [`  certificate good from ${validity.from.slice(0, 10)} to ${validity.until.slice(0, 10)} only`]),
  ...(missing === null ? [] : [`  certificate leads to no trust anchor: ${missing}`]),
];

/** An explanation as a screen shows it. */
export const linesOf = ({
  verdict,
  profile,
  problem,
  causes,
  references,
  signature,
  coverage,
  checks,
  certificate,
  warnings,
}: Explained): string[] => [
  `${verdict}${problem === null ? '' : ` (${problem})`} under the profile ${profile}`,
  ...references.map(
    ({ uri, element, digest }) =>
      `  digest ${inWords(digest.right)}: ${element ?? 'leads nowhere'} (${uri}, ${digest.method})`,
  ),
  ...(signature ? [`  signature value ${inWords(signature.right)} (${signature.method})`] : []),
  ...coverage
    .filter(({ element, signedBy }) => signedBy === null && !TOKEN.test(element))
    .map(({ element }) => `  not signed: ${element}`),
  ...(certificate ? linesOfCertificate(certificate) : []),
  ...checks.flatMap(({ check, right, found }) =>
    row(right === null ? 'see' : inWords(right), `${check}: ${found}`),
  ),
  ...causes.slice(0, SHOWN).flatMap((one) => ['', ...linesOfCause(one)]),
  ...(causes.length > SHOWN ? ['', `and ${causes.length - SHOWN} more: --json shows all`] : []),
  ...warnings.map(lineOfWarning),
];
