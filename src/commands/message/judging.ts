// What a message in a file is judged by: the certificates of a folder, a profile, an instant.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import {
  findPki,
  type IdentityFiles,
  loadClient,
  loadPki,
  type PkiFilesOnDisk,
} from '../../client/material.ts';
import { type Recipient, recipientOf } from '../../explain/answer/seen.ts';
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
  /** What decrypts the message, and whose it is. */
  readonly key: { readonly client: string; readonly key: KeyObject } | undefined;
  /** Who may be named with --as. */
  readonly clients?: readonly IdentityFiles[];
}

/** What to do where a key does not decrypt: name the client that it is encrypted for, or get the message anew. */
export const adviceFor = (
  recipient: Recipient | undefined,
  { key, clients = [] }: Pick<Judging, 'key' | 'clients'>,
): string => {
  if (!recipient?.certificate)
    return 'name the client that it is encrypted for with --as, and the folder of its key with --pki or --data';
  const { der } = recipient.certificate;
  const name = clients.find(({ certificatePem }) =>
    new X509Certificate(certificatePem).raw.equals(der),
  )?.name;
  if (name !== undefined && name === key?.client)
    return 'the key is the right one: what is encrypted was changed on the way, or cut; save the answer anew, byte by byte';
  return name === undefined
    ? 'its key is in another folder: name that with --pki or --data, and the client with --as'
    : `decrypt it with --as ${name}`;
};

/**
 * @returns undefined when nothing is encrypted
 * @throws UserError that says whom it is encrypted for
 */
const decrypted = (envelope: Message, judging: Judging): Message | undefined => {
  const { key, signers } = judging;
  if (!key) return undefined;
  const recipient = recipientOf(envelope, signers);
  const plain = readDecrypted(envelope, key.key);
  if (!isProblem(plain)) return plain;
  const forWhom = recipient ? `; it is encrypted for ${recipient.words}` : '';
  throw new UserError(
    `the message cannot be decrypted with the key of ${key.client}: ${plain.explanation.found}${forWhom}: ${adviceFor(recipient, judging)}`,
  );
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
    key:
      as === undefined
        ? undefined
        : { client: as, key: createPrivateKey(loadClient(folder, as).client.keyPem) },
    clients: pki?.clients ?? [],
  };
};

/**
 * Takes a message of a file apart, as long as it is used.
 *
 * @throws UserError where it is encrypted and cannot be decrypted
 */
export const apart = <Result>(
  message: Message,
  judging: Judging,
  use: (anatomy: Anatomy) => Result,
): Result => {
  const { key, signers } = judging;
  const recipient = key ? undefined : recipientOf(message, signers);
  if (recipient)
    throw new UserError(`the message is encrypted for ${recipient.words}: ${adviceFor(recipient, judging)}`);
  using plain = decrypted(message, judging);
  return use(takeApart(plain ?? message, signers, inAnswers));
};
