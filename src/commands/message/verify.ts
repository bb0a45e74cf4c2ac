// kontakt verify: a message in a file, judged as the emulator would judge it.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inAnswers } from '../../client/answer.ts';
import { loadClient, loadPki } from '../../client/material.ts';
import { createClock, parseInstant } from '../../kernel/clock.ts';
import { isProblem } from '../../kernel/problem.ts';
import { ConfigurationError, UserError } from '../../kernel/user-error.ts';
import { takeApart } from '../../security/anatomy.ts';
import { readDecrypted } from '../../security/answers/decrypt.ts';
import { profileNamed, resolveProfiles } from '../../security/profiles/custom-profiles.ts';
import { shortName } from '../../security/profiles/describe.ts';
import type { Profile } from '../../security/profiles/profile.ts';
import { type ProfileOverrides, tuneProfile } from '../../security/profiles/tuning.ts';
import { reportMessage, type SecurityReport, type SignedOctets } from '../../security/report.ts';
import { createSignerCache, type SignerCache } from '../../security/signer.ts';
import { knownCertificates } from '../../security/trust/known-certificates.ts';
import { readKnown, readLists, readTrust } from '../../security/trust/material.ts';
import { createTrustStore } from '../../security/trust/trust.ts';
import { type Message, readMessage } from '../../soap/read.ts';
import { xenc } from '../../xml/names.ts';
import { isNamed } from '../../xml/tree.ts';
import { print, printJson } from '../print.ts';
import { showExplanation } from '../show.ts';
import { readInput } from './input.ts';

const instantOf = (at: string | undefined): number => {
  if (at === undefined) return createClock().real();
  const instant = parseInstant(at);
  if (instant !== undefined) return instant;
  throw new ConfigurationError(`--at ${at}: no instant, such as 2026-01-31T12:00:00Z`);
};

const messageIn = (bytes: Buffer): Message => {
  const message = readMessage(bytes);
  if (isProblem(message)) throw new UserError(`no message: ${message.explanation.found}`);
  return message;
};

/** What a message is judged by. */
interface Judging {
  readonly profile: Profile;
  readonly signers: SignerCache;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What decrypts the message. */
  readonly key: KeyObject | undefined;
}

/** @returns undefined when nothing is encrypted */
const decrypted = (envelope: Message, key: KeyObject): Message | undefined => {
  const plain = readDecrypted(envelope, key);
  if (!isProblem(plain)) return plain;
  const { check, found } = plain.explanation;
  throw new UserError(`${check}: ${found}`);
};

/**
 * Judges a message as the emulator would.
 *
 * @throws UserError where it is no message, or cannot be decrypted
 */
export const judgeMessage = (bytes: Buffer, { profile, signers, now, key }: Judging): SecurityReport => {
  using envelope = messageIn(bytes);
  if (!key && isNamed(envelope.payload, xenc.uri, 'EncryptedData'))
    throw new UserError('the message is encrypted; name the client whose key decrypts it with --as');
  using plain = key && decrypted(envelope, key);
  return reportMessage(takeApart(plain ?? envelope, signers, inAnswers), profile, now);
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

export interface VerifyOptions extends ProfileOverrides {
  /** The folder of the certificates. */
  readonly folder: string;
  readonly profile: string;
  readonly securityProfiles: Readonly<Record<string, unknown>>;
  readonly trust: readonly string[];
  readonly crls: readonly string[];
  readonly knownCertificates: readonly string[];
  /** The client whose key decrypts the message. */
  readonly as: string | undefined;
  readonly at: string | undefined;
  readonly json: boolean | undefined;
  /** The folder for the octets that digests and signature count over. */
  readonly octets: string | undefined;
}

/** Writes each into a file of its own, to be compared with what the signer hashed; only the user may read them. */
const writeOctets = (folder: string, octets: readonly SignedOctets[]): void => {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [index, { of, octets: content }] of octets.entries()) {
      const name = `${index + 1}-${of.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 60)}.xml`;
      writeFileSync(join(folder, name), content, { mode: 0o600 });
    }
  } catch (error) {
    throw new UserError(`--octets ${folder}: ${(error as Error).message}`);
  }
};

/** Verifies a message of a file, request or answer, and says what was found; false when it would be refused. */
export const verify = (file: string, options: VerifyOptions): boolean => {
  const { folder, as, at, json } = options;
  const pki = loadPki(folder);
  const named = profileNamed(resolveProfiles(options.securityProfiles), options.profile);
  const profile = tuneProfile(named, options, false);
  const anchors = [pki.trustPem, ...readTrust(options.trust)];
  const trust = createTrustStore(anchors, [...pki.crls, ...readLists(options.crls, anchors)]);
  const known = [pki.server, ...pki.clients].map(({ certificatePem }) => certificatePem);
  const signers = createSignerCache(
    trust,
    knownCertificates([...known, ...readKnown(options.knownCertificates)]),
  );
  const bytes = readInput(file);
  const key = as === undefined ? undefined : createPrivateKey(loadClient(folder, as).client.keyPem);
  const report = judgeMessage(bytes, { profile, signers, now: instantOf(at), key });
  const { verdict, octets, ...parts } = report;
  if (options.octets !== undefined) writeOctets(options.octets, octets);
  const accepted = !isProblem(verdict);
  const told = accepted
    ? { organisation: verdict.signer?.organisation, warnings: verdict.warnings }
    : { problem: verdict.problem, explanation: verdict.explanation };
  if (json) printJson({ accepted, ...told, ...parts });
  else print(linesOf(report));
  return accepted;
};
