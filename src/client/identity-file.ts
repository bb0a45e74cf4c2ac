// An identity of the user's own, for a call: certificate and key in PEM, or both in one PKCS#12 file.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { reasonOf } from '../kernel/file-error.ts';
import { ConfigurationError, UserError } from '../kernel/user-error.ts';
import type { CallMaterial } from './material.ts';

export interface IdentityOptions {
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly p12?: string | undefined;
  /** Of the PKCS#12 file, or of an encrypted key. */
  readonly password?: string | undefined;
}

const USUAL_PASSWORD = 'changeit';

const readBytes = (option: string, file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UserError(`${option} ${file}: ${reasonOf(error)}`);
  }
};

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

const fromPem = (cert: string, key: string, passphrase: string): CallMaterial['client'] => {
  const certificatePem = readBytes('--cert', cert).toString('utf8');
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(certificatePem);
  } catch {
    throw new UserError(`--cert ${cert}: no PEM certificate in the file that can be read`);
  }
  let read: KeyObject;
  try {
    read = createPrivateKey({ key: readBytes('--key', key), format: 'pem', passphrase });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `--key ${key}: no private key in PEM that can be read (an encrypted one needs --password)`,
    );
  }
  if (!leaf.checkPrivateKey(read)) throw new UserError(`--key ${key} is not the key of --cert ${cert}`);
  return { name: basename(cert), certificatePem, keyPem: pemOf(read) };
};

const fromPkcs12 = async (file: string, password: string): Promise<CallMaterial['client']> => {
  const { readPkcs12 } = await import('../pki/pkcs12.ts');
  const content = readPkcs12(readBytes('--p12', file), password);
  if ('reason' in content) {
    const what =
      content.reason === 'wrong password'
        ? 'the password does not open it; name another with --password'
        : 'no PKCS#12 file that can be read';
    throw new UserError(`--p12 ${file}: ${what}`);
  }
  const { key } = content;
  if (!key) throw new UserError(`--p12 ${file}: no private key in it`);
  const chain = content.certificates.map((der) => new X509Certificate(der));
  const leaf = chain.find((one) => one.checkPrivateKey(key));
  if (!leaf) throw new UserError(`--p12 ${file}: no certificate of its private key in it`);
  const ordered = [leaf, ...chain.filter((one) => one !== leaf)];
  return {
    name: basename(file),
    certificatePem: ordered.map((one) => one.toString()).join(''),
    keyPem: pemOf(key),
  };
};

/**
 * Reads the identity that options name.
 *
 * @returns undefined when they name none
 * @throws ConfigurationError when they do not go together; UserError naming a file that cannot be used
 */
export const readIdentity = async ({
  cert,
  key,
  p12,
  password = USUAL_PASSWORD,
}: IdentityOptions): Promise<CallMaterial['client'] | undefined> => {
  if (p12 !== undefined) {
    if (cert !== undefined || key !== undefined)
      throw new ConfigurationError('--p12 holds certificate and key: not together with --cert and --key');
    return fromPkcs12(p12, password);
  }
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new ConfigurationError('--cert and --key go together');
  return fromPem(cert, key, password);
};
