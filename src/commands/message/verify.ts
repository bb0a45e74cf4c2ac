// kontakt verify: a message in a file, judged as the emulator would judge it.

import { isProblem } from '../../kernel/problem.ts';
import { UserError } from '../../kernel/user-error.ts';
import { shortName } from '../../security/profiles/describe.ts';
import { reportMessage, type SecurityReport } from '../../security/report.ts';
import { readMessage } from '../../soap/read.ts';
import { print, printJson } from '../print.ts';
import { showExplanation } from '../show.ts';
import { readInput } from './input.ts';
import { apart, type Judging, type JudgingOptions, judgingOf } from './judging.ts';
import { writeOctets } from './octets.ts';

/**
 * Judges a message as the emulator would.
 *
 * @throws UserError where it is no message, or cannot be decrypted
 */
export const judgeMessage = (bytes: Buffer, judging: Judging): SecurityReport => {
  const message = readMessage(bytes);
  if (isProblem(message)) throw new UserError(`no message: ${message.explanation.found}`);
  using envelope = message;
  return apart(envelope, judging, (anatomy) => reportMessage(anatomy, judging.profile, judging.now));
};

const linesOf = ({
  verdict,
  references,
  signatureMethod,
  signatureValue,
  signer,
}: SecurityReport): string[] => {
  const lines = references.map(
    ({ id, position, digestMethod, transform, digest }) =>
      `  reference #${id}: ${position}, digest ${digest ?? 'not tried'} (${shortName(digestMethod)}, ${transform ? shortName(transform) : 'no transform'})`,
  );
  if (signatureMethod !== undefined)
    lines.push(`  signature value: ${signatureValue ?? 'not tried'} (${shortName(signatureMethod)})`);
  if (signer) lines.push(`  certificate: ${signer.subject}; issued by ${signer.issuer}`);
  if (isProblem(verdict)) {
    lines.push(`refused (${verdict.problem})`);
  } else {
    lines.push(
      verdict.signer ? `accepted: organisation ${verdict.signer.organisation}` : 'accepted, unsigned',
    );
    lines.push(
      ...verdict.warnings.map(
        ({ problem, explanation }) =>
          `  strict would refuse (${problem}): ${explanation.check}, ${explanation.found}`,
      ),
    );
  }
  return [...lines, ...(isProblem(verdict) ? showExplanation(verdict.explanation) : [])];
};

/** Verifies a message of a file, request or answer, and says what was found; false when it would be refused. */
export const verify = (file: string, options: JudgingOptions): boolean => {
  const report = judgeMessage(readInput(file), judgingOf(options));
  const { verdict, octets, ...parts } = report;
  if (options.octets !== undefined) writeOctets(options.octets, octets);
  const accepted = !isProblem(verdict);
  const told = accepted
    ? { organisation: verdict.signer?.organisation, warnings: verdict.warnings }
    : { problem: verdict.problem, explanation: verdict.explanation };
  if (options.json) printJson({ accepted, ...told, ...parts });
  else print(linesOf(report));
  return accepted;
};
