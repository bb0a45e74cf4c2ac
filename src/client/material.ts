// The test PKI as files: what the command line needs of it, read without making anything.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../kernel/file-error.ts';
import { ConfigurationError, UserError } from '../kernel/user-error.ts';
import { TRUST } from '../pki/layout.ts';

export interface IdentityFiles {
  readonly name: string;
  readonly certificatePath: string;
  readonly keyPath: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface PkiFilesOnDisk {
  readonly server: IdentityFiles;
  readonly clients: readonly IdentityFiles[];
  readonly trustPem: string;
  readonly crls: readonly Buffer[];
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${reasonOf(error)}`);
  }
};

/** Its key is read when it is asked for: whoever looks at certificates may not have the right to. */
const identity = (name: string, base: string): IdentityFiles => ({
  name,
  certificatePath: `${base}.pem`,
  keyPath: `${base}.key`,
  certificatePem: readText(`${base}.pem`),
  get keyPem() {
    return readText(`${base}.key`);
  },
});

const read = (pki: string): PkiFilesOnDisk => ({
  server: identity('server', join(pki, 'server')),
  clients: readdirSync(join(pki, 'clients'))
    .filter((name) => name.endsWith('.pem'))
    .sort()
    .map((name) => identity(name.slice(0, -4), join(pki, 'clients', name.slice(0, -4)))),
  trustPem: readText(join(pki, TRUST)),
  crls: ['root.crl', 'issuing.crl'].map((name) => readFileSync(join(pki, 'ca', name))),
});

/** The PKI of a folder; undefined when there is none yet. */
export const findPki = (folder: string): PkiFilesOnDisk | undefined => {
  if (!existsSync(join(folder, TRUST))) return undefined;
  try {
    return read(folder);
  } catch (error) {
    throw new UserError(`the certificates in ${folder} cannot be read: ${reasonOf(error)}`);
  }
};

/** @throws UserError when the folder has no PKI yet */
export const loadPki = (folder: string): PkiFilesOnDisk => {
  const found = findPki(folder);
  if (found) return found;
  throw new UserError(
    `${folder} has no certificates yet; kontakt serve makes them, --pki and --data name other folders`,
  );
};

export const noClient = (name: string, names: readonly string[]): ConfigurationError =>
  new ConfigurationError(`there is no client "${name}"; there are ${names.join(', ')}`);

/** @throws ConfigurationError naming the clients that there are */
export const loadClient = (folder: string, name: string): { client: IdentityFiles; pki: PkiFilesOnDisk } => {
  const pki = loadPki(folder);
  const client = pki.clients.find((one) => one.name === name);
  if (client) return { client, pki };
  throw noClient(
    name,
    pki.clients.map((one) => one.name),
  );
};

/** What a call is made with. */
export interface CallMaterial {
  readonly client: Pick<IdentityFiles, 'name' | 'certificatePem' | 'keyPem'>;
  /** CA certificates that vouch for the other end, PEM, and their revocation lists, DER. */
  readonly trustPem: string;
  readonly crls: readonly Buffer[];
  /** The emulator's own certificate, for answers that only name it. */
  readonly serverPem: string;
}

/** Where a call takes what it needs: a client by its name, or what is trusted alone. */
export interface MaterialSource {
  readonly client: (name: string) => Promise<CallMaterial['client']>;
  readonly trust: () => Promise<Omit<CallMaterial, 'client'>>;
}

/** A folder of certificates as a source. */
export const fromFolder = (folder: string): MaterialSource => ({
  client: async (name) => loadClient(folder, name).client,
  trust: async () => {
    const { trustPem, crls, server } = loadPki(folder);
    return { trustPem, crls, serverPem: server.certificatePem };
  },
});
