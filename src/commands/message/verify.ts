// kontakt verify: a message in a file, judged as the emulator would judge it.

import type { ExplainedCause } from '../../explain/explained.ts';
import { answerLimits } from '../../kernel/limits.ts';
import { isProblem } from '../../kernel/problem.ts';
import { UserError } from '../../kernel/user-error.ts';
import { shortName } from '../../security/profiles/describe.ts';
import { octetsIn, type ReferenceReport, reportMessage, type SecurityReport } from '../../security/report.ts';
import { readMessage } from '../../soap/read.ts';
import { print, printJson } from '../print.ts';
import { lineOfWarning, showExplanation } from '../show.ts';
import { explainBytes, keysIn } from './explain.ts';
import { inWords } from './explained-lines.ts';
import { readInput } from './input.ts';
import { apart, type Judging, type JudgingOptions, judgingOf } from './judging.ts';
import { writeOctets } from './octets.ts';

/**
 * Judges a message as the emulator would.
 *
 * @throws UserError where it is no message, or cannot be decrypted
 */
export const judgeMessage = (bytes: Buffer, judging: Judging): SecurityReport => {
  // Whoever names the client whose key decrypts it has an answer.
  const message = readMessage(bytes, judging.key ? { limits: answerLimits } : {});
  if (isProblem(message)) throw new UserError(`no message: ${message.explanation.found}`);
  using envelope = message;
  return apart(envelope, judging, (anatomy) => reportMessage(anatomy, judging.profile, judging.now));
};

const lineOf = ({ uri, element, transforms, digest }: ReferenceReport): string => {
  const names = transforms.map(({ algorithm }) => shortName(algorithm)).join(', ') || 'no transform';
  return `  reference ${uri}: ${element ?? 'leads nowhere'}, digest ${inWords(digest.right)} (${digest.method}, ${names})`;
};

const linesOf = ({ verdict, references, signature, certificate }: SecurityReport): string[] => {
  const lines = references.map(lineOf);
  if (signature) lines.push(`  signature value: ${inWords(signature.right)} (${signature.method})`);
  if (certificate) lines.push(`  certificate: ${certificate.subject}; issued by ${certificate.issuer}`);
  if (isProblem(verdict)) {
    lines.push(`refused (${verdict.problem})`);
  } else {
    lines.push(
      verdict.signer ? `accepted: organisation ${verdict.signer.organisation}` : 'accepted, unsigned',
    );
    lines.push(...verdict.warnings.map(lineOfWarning));
  }
  return [...lines, ...(isProblem(verdict) ? showExplanation(verdict.explanation) : [])];
};

const lineOfCause = ({ cause, certain }: ExplainedCause, file: string): string =>
  `cause: ${cause} (${certain ? 'proved' : 'likely'}); kontakt explain ${file} shows more`;

/** Verifies a message of a file, request or answer, and says what was found; false when it would be refused. */
export const verify = (file: string, options: JudgingOptions): boolean => {
  const [bytes, judging] = [readInput(file), judgingOf(options)];
  const report = judgeMessage(bytes, judging);
  const { verdict, references, signature, certificate } = report;
  if (options.octets !== undefined) writeOctets(options.octets, octetsIn(report));
  const accepted = !isProblem(verdict);
  const [cause] = accepted ? [] : explainBytes(bytes, judging, keysIn(options.folder)).causes;
  const told = accepted
    ? { organisation: verdict.signer?.organisation, warnings: verdict.warnings }
    : { problem: verdict.problem, explanation: verdict.explanation };
  if (options.json)
    printJson({
      accepted,
      ...told,
      cause: cause ? { cause: cause.cause, certain: cause.certain, sentence: cause.sentence } : null,
      references: references.map(({ uri, element, transforms, digest }) => ({
        uri,
        element,
        transforms,
        digest,
      })),
      signature: signature ? { method: signature.method, right: signature.right } : null,
      certificate: certificate ? { subject: certificate.subject, issuer: certificate.issuer } : null,
    });
  else print([...linesOf(report), ...(cause ? [lineOfCause(cause, file)] : [])]);
  return accepted;
};
