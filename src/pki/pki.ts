// The public face of the emulator's own test PKI: opened once at the start, from its folder or newly made.

import { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { addToFolder, readFolder, settleFolder, writeFolder } from './folder.ts';
import {
  absentClients,
  allPaths,
  type Identity,
  identityPaths,
  type PkiFiles,
  readerOf,
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

const assemble = (files: PkiFiles, directory: string | undefined): Pki => {
  const reader = readerOf(files, directory);
  const authorities = [reader.authority('root'), reader.authority('issuing')];
  return {
    directory,
    server: reader.identity(serverLeaf),
    clients: new Map(clientLeaves.map((leaf) => [leaf.name, reader.identity(leaf)])),
    trustPem: reader.trust(),
    crls: authorities.map(({ revocations }) => revocations),
  };
};

const make = async (now: Date): Promise<PkiFiles> => (await import('./make.ts')).makePki(now);

const complete = async (directory: string, files: PkiFiles, now: Date): Promise<PkiFiles> => {
  const leaves = absentClients(files);
  const unpacked = withoutLegacy(files);
  if (leaves.length + unpacked.length === 0) return files;
  const reader = readerOf(files, directory);
  const packable = unpacked.map((leaf) => ({
    name: leaf.name,
    path: identityPaths(leaf).legacyP12,
    ...reader.material(leaf),
  }));
  const { makeClients, packLegacy } = await import('./make.ts');
  const made = leaves.length > 0 ? await makeClients(leaves, files, reader.authority('issuing'), now) : [];
  const packed = packable.map((one): [string, Buffer] => [one.path, packLegacy(one)]);
  const added = new Map([...made, ...packed]);
  await addToFolder(directory, added);
  return new Map([...files, ...added]);
};

/**
 * Opens the test PKI: loads it from `directory`, adds the clients it lacks, or makes it and writes it there. The caller
 * holds the lock on the data directory.
 *
 * @param directory the PKI's folder; undefined keeps it in memory
 * @param now from when new certificates are valid (an hour earlier, in fact)
 * @throws Error naming the file and the remedy when the folder is damaged
 */
export const openPki = async (directory: string | undefined, now: Date): Promise<Pki> => {
  if (directory === undefined) return assemble(await make(now), undefined);
  const folder = resolve(directory);
  if (await settleFolder(folder)) {
    const files = await readFolder(folder, allPaths);
    return assemble(await complete(folder, files, now), folder);
  }
  const files = await make(now);
  await writeFolder(folder, files);
  return assemble(files, folder);
};
