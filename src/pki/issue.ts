// A certificate to order: issued by the PKI's own authority, put among the clients, and revoked at once if it is to be.

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeLeafCertificate } from './certificate.ts';
import { withKey } from './elliptic.ts';
import { addToFolder, contentsOf, settleFolder } from './folder.ts';
import { ClientExists } from './issued.ts';
import { authorityPaths, identityPaths, type PkiFiles, readerOf } from './layout.ts';
import type { Leaf } from './leaves.ts';
import { newKey, packed, pemOf, pemOfKey, readAuthority } from './make.ts';
import { makeRevocationList } from './revocation.ts';

/** Where the new identity lies; absolute. */
export interface IssuedClient {
  readonly certificatePath: string;
  readonly keyPath: string;
  /** Undefined for an elliptic-curve key, which node-forge cannot pack. */
  readonly p12Path: string | undefined;
  /** The one for older stacks. */
  readonly legacyP12Path: string | undefined;
  /** The leaf, then the issuing CA; the leaf alone where it signed itself. */
  readonly certificatePem: string;
}

/** The issuing authority of a PKI, with its list of revoked certificates. */
export type Issuer = ReturnType<ReturnType<typeof readerOf>['authority']>;

/**
 * Makes a certificate with a new key.
 *
 * @returns its files by their paths, with a new revocation list among them where it is to be revoked
 */
export const makeClient = async (
  leaf: Leaf,
  signer: Issuer,
  now: Date,
): Promise<{ readonly certificatePem: string; readonly files: PkiFiles }> => {
  const paths = identityPaths(leaf);
  const issuing = readAuthority(signer);
  const key = await newKey(leaf.key);
  const elliptic = leaf.key === 'ec';
  const made = makeLeafCertificate(leaf, elliptic ? issuing.key : key, issuing, now);
  const own = leaf.issuer === 'itself';
  const leafPem = elliptic ? withKey(derOf(pemOf(made)), key, own ? undefined : issuing.key) : pemOf(made);
  const certificatePem = own ? leafPem : leafPem + signer.certificatePem;
  const keyPem = pemOfKey(key);
  const chain = own ? [made] : [made, issuing.certificate];
  const files = new Map<string, Buffer>([
    [paths.certificate, Buffer.from(certificatePem)],
    [paths.key, Buffer.from(keyPem)],
  ]);
  if (!elliptic) {
    const { p12, legacyP12 } = packed(leaf.name, chain, keyPem);
    files.set(paths.p12, p12).set(paths.legacyP12, legacyP12);
  }
  if (leaf.revoked)
    files.set(
      authorityPaths('issuing').revocations,
      makeRevocationList(signer.certificatePem, issuing.key, [leafPem], now, signer.revocations),
    );
  return { certificatePem, files };
};

/**
 * Issues a certificate with a new key and adds it to the PKI's folder, all or nothing, with a new revocation list where
 * it is to be revoked. The caller holds the lock on the PKI.
 *
 * @param directory the PKI's folder
 * @param replace whether a client of this name may be there already
 * @throws ClientExists when one is; UserError when the folder is damaged
 */
export const issueClient = async (
  directory: string,
  leaf: Leaf,
  replace: boolean,
  now: Date,
): Promise<IssuedClient> => {
  const folder = resolve(directory);
  await settleFolder(folder);
  const paths = identityPaths(leaf);
  const taken = Object.values(paths).find((path) => existsSync(join(folder, path)));
  if (taken && !replace) throw new ClientExists(join(folder, taken));
  const signer = readerOf(contentsOf(folder), folder).authority('issuing');
  const { certificatePem, files } = await makeClient(leaf, signer, now);
  await addToFolder(folder, files);
  // What is left of a client that was replaced would not fit.
  for (const path of Object.values(paths))
    if (!files.has(path)) await rm(join(folder, path), { force: true });
  const packedAt = (path: string): string | undefined => (files.has(path) ? join(folder, path) : undefined);
  return {
    certificatePath: join(folder, paths.certificate),
    keyPath: join(folder, paths.key),
    p12Path: packedAt(paths.p12),
    legacyP12Path: packedAt(paths.legacyP12),
    certificatePem,
  };
};

const derOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----|\s+/g, ''), 'base64');
