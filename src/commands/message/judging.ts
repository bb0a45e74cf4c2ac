// What a message in a file is judged by: the certificates of a folder, a profile, an instant.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import {
  findPki,
  type IdentityFiles,
  loadClient,
  loadPki,
  type PkiFilesOnDisk,
} from '../../client/material.ts';
import { createClock, parseInstant } from '../../kernel/clock.ts';
import { isProblem } from '../../kernel/problem.ts';
import { ConfigurationError, UserError } from '../../kernel/user-error.ts';
import { type Anatomy, takeApart } from '../../security/anatomy.ts';
import { inAnswers } from '../../security/answers/confirmation.ts';
import { readDecrypted } from '../../security/answers/decrypt.ts';
import { profileNamed, resolveProfiles } from '../../security/profiles/custom-profiles.ts';
import type { Profile } from '../../security/profiles/profile.ts';
import { type ProfileOverrides, tuneProfile } from '../../security/profiles/tuning.ts';
import { createSignerCache, type SignerCache } from '../../security/signer.ts';
import type { Certificate } from '../../security/trust/certificate.ts';
import { knownCertificates } from '../../security/trust/known-certificates.ts';
import { readKnown, readLists, readTrust } from '../../security/trust/material.ts';
import { createTrustStore } from '../../security/trust/trust.ts';
import type { Message } from '../../soap/read.ts';
import { xenc } from '../../xml/names.ts';
import { isNamed } from '../../xml/tree.ts';
import { printNote } from '../print.ts';

const instantOf = (at: string | undefined): number => {
  if (at === undefined) return createClock().real();
  const instant = parseInstant(at);
  if (instant !== undefined) return instant;
  throw new ConfigurationError(`--at ${at}: no instant, such as 2026-01-31T12:00:00Z`);
};

/** What a message is judged by. */
export interface Judging {
  readonly profile: Profile;
  readonly signers: SignerCache;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether somebody said so: then it is when the message arrived. */
  readonly arrived?: boolean;
  /** The authorities that are trusted. */
  readonly authorities?: readonly Certificate[];
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

export interface JudgingOptions extends ProfileOverrides {
  /** The folder of the certificates. */
  readonly folder: string;
  /** Whether somebody named that folder; otherwise there may be none. */
  readonly named: boolean;
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
  /** The file of the request that the message answers. */
  readonly request?: string | undefined;
}

/** The certificates that a message is judged by; a machine where no emulator ever ran has none, which is told. */
const pkiIn = ({ folder, named, trust }: JudgingOptions): PkiFilesOnDisk | undefined => {
  if (named) return loadPki(folder);
  const found = findPki(folder);
  if (!found && trust.length === 0)
    printNote([
      `nobody is trusted here: ${folder} has no certificates; --trust, --pki and --data name some, kontakt serve makes them`,
    ]);
  return found;
};

/** Who is known by name: the emulator itself, and the clients of its PKI. */
export const identitiesIn = (pki: PkiFilesOnDisk | undefined): readonly IdentityFiles[] =>
  pki ? [pki.server, ...pki.clients] : [];

/** @throws UserError where the folder that was named has no certificates, or a file cannot be read */
export const judgingOf = (options: JudgingOptions): Judging => {
  const { folder, as, at } = options;
  const pki = pkiIn(options);
  const named = profileNamed(resolveProfiles(options.securityProfiles), options.profile);
  const anchors = [...(pki ? [pki.trustPem] : []), ...readTrust(options.trust)];
  const trust = createTrustStore(anchors, [...(pki?.crls ?? []), ...readLists(options.crls, anchors)]);
  const known = identitiesIn(pki).map(({ certificatePem }) => certificatePem);
  return {
    profile: tuneProfile(named, options, false),
    signers: createSignerCache(trust, knownCertificates([...known, ...readKnown(options.knownCertificates)])),
    now: instantOf(at),
    arrived: at !== undefined,
    authorities: trust.authorities,
    key: as === undefined ? undefined : createPrivateKey(loadClient(folder, as).client.keyPem),
  };
};

/**
 * Takes a message of a file apart, as long as it is used.
 *
 * @throws UserError where it is encrypted and cannot be decrypted
 */
export const apart = <Result>(
  message: Message,
  { key, signers }: Judging,
  use: (anatomy: Anatomy) => Result,
): Result => {
  if (!key && isNamed(message.payload, xenc.uri, 'EncryptedData'))
    throw new UserError('the message is encrypted; name the client whose key decrypts it with --as');
  using plain = key && decrypted(message, key);
  return use(takeApart(plain ?? message, signers, inAnswers));
};
