// A certificate to order: issued by the PKI's own authority, put among the clients, and revoked at once if it is to be.

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../kernel/user-error.ts';
import { makeLeafCertificate } from './certificate.ts';
import { withKey } from './elliptic.ts';
import { addToFolder, contentsOf, settleFolder } from './folder.ts';
import { authorityPaths, identityPaths, readerOf } from './layout.ts';
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

/**
 * Issues a certificate with a new key and adds it to the PKI's folder, all or nothing, with a new revocation list where
 * it is to be revoked. The caller holds the lock on the PKI.
 *
 * @param directory the PKI's folder
 * @param replace whether a client of this name may be there already
 * @throws UserError when one is, or when the folder is damaged
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
  if (taken && !replace)
    throw new UserError(`${join(folder, taken)} exists; choose another name, or replace it with --force`);

  const ca = authorityPaths('issuing');
  const signer = readerOf(contentsOf(folder), folder).authority('issuing');
  const issuing = readAuthority(signer);

  const key = await newKey(leaf.key);
  const elliptic = leaf.key === 'ec';
  const made = makeLeafCertificate(leaf, elliptic ? issuing.key : key, issuing, now);
  const own = leaf.issuer === 'itself';
  const leafPem = elliptic ? withKey(derOf(pemOf(made)), key, own ? undefined : issuing.key) : pemOf(made);
  const certificatePem = own ? leafPem : leafPem + signer.certificatePem;
  const keyPem = pemOfKey(key);
  const chain = own ? [made] : [made, issuing.certificate];

  const files12 = elliptic ? undefined : packed(leaf.name, chain, keyPem);
  await addToFolder(
    folder,
    new Map([
      [paths.certificate, Buffer.from(certificatePem)],
      [paths.key, Buffer.from(keyPem)],
      ...(files12
        ? ([
            [paths.p12, files12.p12],
            [paths.legacyP12, files12.legacyP12],
          ] as const)
        : []),
      ...(leaf.revoked
        ? [
            [
              ca.revocations,
              makeRevocationList(signer.certificatePem, issuing.key, [leafPem], now, signer.revocations),
            ] as const,
          ]
        : []),
    ]),
  );
  // What is left of a client that was replaced would not fit.
  if (elliptic)
    for (const path of [paths.p12, paths.legacyP12]) await rm(join(folder, path), { force: true });
  return {
    certificatePath: join(folder, paths.certificate),
    keyPath: join(folder, paths.key),
    p12Path: elliptic ? undefined : join(folder, paths.p12),
    legacyP12Path: elliptic ? undefined : join(folder, paths.legacyP12),
    certificatePem,
  };
};

const derOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----|\s+/g, ''), 'base64');
