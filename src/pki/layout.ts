// Which file of the test PKI holds what. The same map of files is read from a folder and made in memory.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { UserError } from '../kernel/user-error.ts';
import { clientLeaves, type Leaf, serverLeaf } from './leaves.ts';

/** Contents by path, relative to the PKI's folder, with `/`. */
export type PkiFiles = ReadonlyMap<string, Buffer>;

export interface Identity {
  readonly name: string;
  /** The organisation number its certificate carries. */
  readonly organisation: string;
  /** The leaf, then the issuing CA; the leaf alone where it signed itself. */
  readonly certificatePem: string;
  /** PKCS#8, not encrypted. */
  readonly keyPem: string;
  /** Certificates and key; `PASSWORD` opens them. */
  readonly p12: Buffer;
  /** The same for stacks that know no AES in such a file: the key is encrypted with triple DES. */
  readonly legacyP12: Buffer;
}

export const TRUST = 'trust.pem';
/** Of every PKCS#12 file. */
export const PASSWORD = 'changeit';

/** What the name of a PKCS#12 file for older stacks ends with. */
export const LEGACY = '-legacy';

export const authorityPaths = (kind: 'root' | 'issuing') => ({
  certificate: `ca/${kind}.pem`,
  key: `ca/${kind}.key`,
  revocations: `ca/${kind}.crl`,
});

export const identityPaths = (leaf: Leaf) => {
  const stem = leaf === serverLeaf ? leaf.name : `clients/${leaf.name}`;
  return {
    certificate: `${stem}.pem`,
    key: `${stem}.key`,
    p12: `${stem}.p12`,
    legacyP12: `${stem}${LEGACY}.p12`,
  };
};

/** Every file of a complete PKI. */
export const allPaths: readonly string[] = [
  TRUST,
  ...[serverLeaf, ...clientLeaves].flatMap((leaf) => Object.values(identityPaths(leaf))),
  ...(['root', 'issuing'] as const).flatMap((kind) => Object.values(authorityPaths(kind))),
];

/** The clients without a single file: those that a later version added to the roster. */
export const absentClients = (files: PkiFiles): readonly Leaf[] =>
  clientLeaves.filter((leaf) => !Object.values(identityPaths(leaf)).some((path) => files.has(path)));

/** Those whose PKCS#12 file for older stacks is missing: earlier versions made none. */
export const withoutLegacy = (files: PkiFiles): readonly Leaf[] =>
  [serverLeaf, ...clientLeaves].filter((leaf) => {
    const { certificate, legacyP12 } = identityPaths(leaf);
    return files.has(certificate) && !files.has(legacyP12);
  });

const AFTER_CERTIFICATE = /(?<=-----END CERTIFICATE-----\n)/;

/** What is told of a file that is missing or is not what it should be. */
export const damage = (file: string, complaint: string): UserError =>
  new UserError(`${file} ${complaint}; delete the pki folder to have a new one made`);

/**
 * Reads the files one after the other.
 *
 * @param directory the folder they come from, for messages
 * @throws Error that names the first file that is missing or unfit
 */
export const readerOf = (files: PkiFiles, directory = '') => {
  const unfit = (path: string, complaint: string): Error => damage(join(directory, path), complaint);

  const octets = (path: string): Buffer => {
    const content = files.get(path);
    if (!content) throw unfit(path, 'is missing');
    return content;
  };

  const certificate = (path: string) => {
    const pem = octets(path).toString('utf8');
    try {
      const [leaf] = pem.split(AFTER_CERTIFICATE).map((block) => new X509Certificate(block));
      if (leaf) return { pem, leaf };
    } catch {
      // Told below, together with an empty file.
    }
    throw unfit(path, 'holds a certificate that cannot be read');
  };

  const key = (path: string, owner: X509Certificate): string => {
    const pem = octets(path).toString('utf8');
    let belongs: boolean;
    try {
      belongs = owner.checkPrivateKey(createPrivateKey(pem));
    } catch {
      throw unfit(path, 'holds no readable private key');
    }
    if (!belongs) throw unfit(path, 'is not the key of the certificate beside it');
    return pem;
  };

  const der = (path: string): Buffer => {
    const content = octets(path);
    if (!isOneSequence(content)) throw unfit(path, 'is cut short or not in DER');
    return content;
  };

  const material = (leaf: Leaf) => {
    const paths = identityPaths(leaf);
    const own = certificate(paths.certificate);
    return { certificatePem: own.pem, keyPem: key(paths.key, own.leaf) };
  };

  return {
    trust: (): string => certificate(TRUST).pem,
    material,
    identity: (leaf: Leaf): Identity => ({
      name: leaf.name,
      organisation: leaf.organisation,
      ...material(leaf),
      p12: der(identityPaths(leaf).p12),
      legacyP12: der(identityPaths(leaf).legacyP12),
    }),
    authority: (kind: 'root' | 'issuing') => {
      const paths = authorityPaths(kind);
      const own = certificate(paths.certificate);
      return {
        certificatePem: own.pem,
        keyPem: key(paths.key, own.leaf),
        revocations: der(paths.revocations),
      };
    },
  };
};

/** Looks at the outermost length only: enough to tell a file that was cut short. */
const isOneSequence = (content: Buffer): boolean => {
  const octets = (content[1] ?? 0) - 0x80;
  if (content[0] !== 0x30 || octets < 1 || octets > 4 || content.length < 2 + octets) return false;
  return content.length === 2 + octets + content.readUIntBE(2, octets);
};
