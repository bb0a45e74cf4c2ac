// The test PKI as files: what the command line needs of it, read without making anything.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError, UserError } from '../kernel/user-error.ts';

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

const identity = (name: string, base: string): IdentityFiles => ({
  name,
  certificatePath: `${base}.pem`,
  keyPath: `${base}.key`,
  certificatePem: readFileSync(`${base}.pem`, 'utf8'),
  keyPem: readFileSync(`${base}.key`, 'utf8'),
});

const read = (pki: string): PkiFilesOnDisk => ({
  server: identity('server', join(pki, 'server')),
  clients: readdirSync(join(pki, 'clients'))
    .filter((name) => name.endsWith('.pem'))
    .sort()
    .map((name) => identity(name.slice(0, -4), join(pki, 'clients', name.slice(0, -4)))),
  trustPem: readFileSync(join(pki, 'trust.pem'), 'utf8'),
  crls: ['root.crl', 'issuing.crl'].map((name) => readFileSync(join(pki, 'ca', name))),
});

/** The PKI of a data directory; undefined when it has none yet. */
export const findPki = (data: string): PkiFilesOnDisk | undefined => {
  const pki = join(data, 'pki');
  if (!existsSync(join(pki, 'trust.pem'))) return undefined;
  try {
    return read(pki);
  } catch (error) {
    throw new UserError(`the certificates in ${pki} cannot be read: ${(error as Error).message}`);
  }
};

/** @throws UserError when the data directory has no PKI yet */
export const loadPki = (data: string): PkiFilesOnDisk => {
  const found = findPki(data);
  if (found) return found;
  throw new UserError(
    `${data} has no certificates yet; kontakt serve makes them, --data names another data directory`,
  );
};

/** @throws ConfigurationError naming the clients that there are */
export const loadClient = (data: string, name: string): { client: IdentityFiles; pki: PkiFilesOnDisk } => {
  const pki = loadPki(data);
  const client = pki.clients.find((one) => one.name === name);
  if (client) return { client, pki };
  throw new ConfigurationError(
    `there is no client "${name}"; there are ${pki.clients.map((one) => one.name).join(', ')}`,
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

/** A client of a data directory. */
export const materialOf = (data: string, name: string): CallMaterial => {
  const { client, pki } = loadClient(data, name);
  const { trustPem, crls, server } = pki;
  return { client, trustPem, crls, serverPem: server.certificatePem };
};
