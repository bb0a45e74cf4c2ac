// The public face of the emulator's own test PKI: opened once at the start, from its folder or newly made.

import { X509Certificate } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '../kernel/user-error.ts';
import { addToFolder, contentsOf, type Listing, LOCK, listFolder, settleFolder } from './folder.ts';
import type { Issuer } from './issue.ts';
import {
  absentClients,
  damage,
  type Identity,
  identityPaths,
  isBegun,
  missingFile,
  type PkiContents,
  PkiDamage,
  type PkiFiles,
  readerOf,
  TRUST_STORE,
  withoutLegacy,
} from './layout.ts';
import { clientLeaves, serverLeaf } from './leaves.ts';

export type { Identity } from './layout.ts';

export interface Pki {
  /** Absolute; undefined when the PKI lives in memory only. */
  readonly directory: string | undefined;
  readonly server: Identity;
  /** By name, in the order of the roster. */
  readonly clients: ReadonlyMap<string, Identity>;
  /** All CA certificates, PEM. */
  readonly trustPem: string;
  /** The CRLs of the root and of the issuing CA, DER. */
  readonly crls: readonly Buffer[];
  /** What certificates are issued with: never handed out. */
  readonly issuer: () => Issuer;
  /** The CA certificates as a truststore for Java, password `changeit`. */
  readonly trustStore: () => Promise<Buffer>;
  /**
   * The server's certificate with further names in it, for the same key, issued now and kept nowhere: others may be using the
   * same folder.
   *
   * @returns PEM, the leaf and then the issuing CA; the stored one where it has the names already
   */
  readonly serverCertificateFor: (names: readonly string[], now: Date) => Promise<string>;
}

/** From a certificate's SHA-256 fingerprint to the name of the client that has it; read when it is first asked for. */
export const clientNames = ({
  clients,
}: Pick<Pki, 'clients'>): ((fingerprint: string) => string | undefined) => {
  let names: ReadonlyMap<string, string> | undefined;
  return (fingerprint) => {
    names ??= new Map(
      [...clients].map(([name, { certificatePem }]) => [
        new X509Certificate(certificatePem).fingerprint256,
        name,
      ]),
    );
    return names.get(fingerprint);
  };
};

const assemble = (files: PkiContents, names: readonly string[], directory?: string): Pki => {
  const reader = readerOf(files, directory);
  const server = reader.identity(serverLeaf);
  const trustPem = reader.trust();
  return {
    directory,
    server,
    clients: new Map(
      clientLeaves
        .filter(({ name }) => names.includes(name))
        .map((leaf) => [leaf.name, reader.identity(leaf)]),
    ),
    trustPem,
    get crls() {
      return [reader.revocations('root'), reader.revocations('issuing')];
    },
    issuer: () => reader.authority('issuing'),
    trustStore: async () => files.get(TRUST_STORE) ?? (await import('./make.ts')).trustStoreOf(trustPem)[1],
    serverCertificateFor: async (wanted, now) => {
      const stored = new X509Certificate(server.certificatePem);
      if (wanted.every((name) => isNamed(stored, name))) return server.certificatePem;
      const { reissueServer } = await import('./make.ts');
      return reissueServer(server.keyPem, wanted, reader.authority('issuing'), now);
    },
  };
};

/** Whether a certificate is good for a host, by name or by address. */
export const isNamed = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;

const everybody = clientLeaves.map(({ name }) => name);

const make = async (now: Date): Promise<PkiFiles> => (await import('./make.ts')).makePki(now);

/** Looks at what is needed at every start, so that damage is told then. */
const checked = (pki: Pki): Pki => {
  void [pki.server.keyPem, pki.crls];
  return pki;
};

const openListed = (folder: string, { paths }: Listing): Pki => {
  const missing = missingFile(paths);
  if (missing !== undefined) throw damage(join(folder, missing), 'is missing');
  const absent = absentClients(paths).map(({ name }) => name);
  const names = everybody.filter((name) => !absent.includes(name));
  return checked(assemble(contentsOf(folder), names, folder));
};

/** What an earlier version did not make. */
const lacking = async (folder: string, { paths }: Listing, now: Date): Promise<PkiFiles> => {
  const leaves = absentClients(paths);
  const unpacked = withoutLegacy(paths);
  const unstored = !paths.has(TRUST_STORE);
  if (leaves.length + unpacked.length === 0 && !unstored) return new Map();
  const files = contentsOf(folder);
  const reader = readerOf(files, folder);
  const { makeClients, packLegacy, trustStoreOf } = await import('./make.ts');
  const made = leaves.length > 0 ? await makeClients(leaves, files, reader.authority('issuing'), now) : [];
  const packed = unpacked.map((leaf): [string, Buffer] => [
    identityPaths(leaf).legacyP12,
    packLegacy(reader.identity(leaf)),
  ]);
  return new Map([...made, ...packed, ...(unstored ? [trustStoreOf(reader.trust())] : [])]);
};

const isWhole = ({ paths, unsettled }: Listing): boolean =>
  !unsettled &&
  missingFile(paths) === undefined &&
  absentClients(paths).length + withoutLegacy(paths).length === 0 &&
  paths.has(TRUST_STORE);

/** Makes or adds what the folder lacks. Whoever calls is alone with it. */
const complete = async (folder: string, now: Date): Promise<Listing> => {
  await settleFolder(folder);
  const found = await listFolder(folder);
  const begun = isBegun(found.paths);
  const missing = begun ? missingFile(found.paths) : undefined;
  if (missing !== undefined) throw damage(join(folder, missing), 'is missing');
  const added = begun ? await lacking(folder, found, now) : await make(now);
  if (added.size === 0) return found;
  await addToFolder(folder, added);
  return listFolder(folder);
};

/** Somebody else's folder is left alone; what begins with a dot (.gitkeep) is no content. */
const checkForeign = (folder: string, { paths }: Listing): void => {
  const foreign = [...paths].find(
    (path) => !path.startsWith('.') && path !== LOCK && !/^additions/.test(path),
  );
  if (foreign !== undefined && !isBegun(paths))
    throw new ConfigurationError(
      `${folder} holds something else (${foreign}); certificates need an empty or a new folder, or one that has them`,
    );
};

/** Does something with a folder while nobody else changes it. */
export type Alone = <T>(folder: string, work: () => Promise<T>) => Promise<T>;

const unguarded: Alone = (_folder, work) => work();

/** What an emulator can start with, now and without changing anything; undefined: something has to be made. */
const usable = (folder: string, listing: Listing): Pki | undefined =>
  missingFile(listing.paths) === undefined ? openListed(folder, listing) : undefined;

/**
 * Opens the test PKI: loads it from `directory`, adds what it lacks, or makes it and writes it there. A folder that lacks
 * nothing is only read; one that cannot be written to is used as it is.
 *
 * @param directory the PKI's folder; undefined keeps it in memory
 * @param now from when new certificates are valid (an hour earlier, in fact)
 * @param alone keeps others away while the folder is changed
 * @throws PkiDamage naming the file and the remedy; ConfigurationError when the folder is somebody else's
 */
export const openPki = async (
  directory: string | undefined,
  now: Date,
  alone: Alone = unguarded,
): Promise<Pki> => {
  if (directory === undefined) return assemble(await make(now), everybody);
  const folder = resolve(directory);
  const found = await listFolder(folder);
  if (isWhole(found)) return openListed(folder, found);
  checkForeign(folder, found);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return openListed(folder, await alone(folder, () => complete(folder, now)));
  } catch (error) {
    const before = error instanceof PkiDamage ? undefined : usable(folder, found);
    if (before) return before;
    throw error;
  }
};

/** Takes everything out of a PKI's folder but the lock, which whoever calls holds. */
export const emptyPki = async (folder: string): Promise<void> => {
  const { paths } = await listFolder(folder);
  for (const path of paths) if (path !== LOCK) await rm(join(folder, path), { recursive: true, force: true });
};
