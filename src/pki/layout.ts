// Which file of the test PKI holds what, and what is read of it when it is asked for: from a folder, or from memory.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { UserError } from '../kernel/user-error.ts';
import { clientLeaves, type Leaf, serverLeaf } from './leaves.ts';

/** Contents by path, relative to the PKI's folder, with `/`. */
export type PkiFiles = ReadonlyMap<string, Buffer>;

/** The same where only what is asked for is read. */
export type PkiContents = Pick<PkiFiles, 'get'>;

/** The paths that there are. */
type Paths = Pick<ReadonlySet<string>, 'has'>;

/** One identity of a PKI; of a folder, its files are read when they are asked for. */
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

/** The same certificates as a truststore for Java. */
export const TRUST_STORE = 'trust.p12';

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

/** Whether a PKI was ever made there: one of its files is. */
export const isBegun = (paths: ReadonlySet<string>): boolean =>
  [...paths].some((path) => /^(?:trust\.(?:pem|p12)$|server[.-]|ca\/|clients\/)/.test(path));

/** The clients without a single file: those that a later version added to the roster. */
export const absentClients = (paths: Paths): readonly Leaf[] =>
  clientLeaves.filter((leaf) => !Object.values(identityPaths(leaf)).some((path) => paths.has(path)));

/** Those whose PKCS#12 file for older stacks is missing: earlier versions made none. */
export const withoutLegacy = (paths: Paths): readonly Leaf[] =>
  [serverLeaf, ...clientLeaves].filter((leaf) => {
    const { certificate, legacyP12 } = identityPaths(leaf);
    return paths.has(certificate) && !paths.has(legacyP12);
  });

/** The first file that a PKI cannot be without, and is; what can be added later counts as there. */
export const missingFile = (paths: Paths): string | undefined => {
  const absent = absentClients(paths);
  const identities = [serverLeaf, ...clientLeaves]
    .filter((leaf) => !absent.includes(leaf))
    .map(identityPaths);
  return [
    TRUST,
    ...identities.flatMap(({ certificate, key, p12 }) => [certificate, key, p12]),
    ...(['root', 'issuing'] as const).flatMap((kind) => Object.values(authorityPaths(kind))),
  ].find((path) => !paths.has(path));
};

const AFTER_CERTIFICATE = /(?<=-----END CERTIFICATE-----\n)/;

/** A PKI whose files are not what they should be. */
export class PkiDamage extends UserError {}

/** What is told of a file that is missing or is not what it should be. */
export const damage = (file: string, complaint: string): PkiDamage =>
  new PkiDamage(`${file} ${complaint}; delete the pki folder to have a new one made`);

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** The files of a folder, each checked when it is read. */
const checkedFiles = (files: PkiContents, directory: string) => {
  const unfit = (path: string, complaint: string): Error => damage(join(directory, path), complaint);
  const octets = (path: string): Buffer => {
    const content = files.get(path);
    if (!content) throw unfit(path, 'is missing');
    return content;
  };
  return {
    octets,
    certificate: (path: string) => {
      const pem = octets(path).toString('utf8');
      try {
        const [leaf] = pem.split(AFTER_CERTIFICATE).map((block) => new X509Certificate(block));
        if (leaf) return { pem, leaf };
      } catch {
        // Told below, together with an empty file.
      }
      throw unfit(path, 'holds a certificate that cannot be read');
    },
    key: (path: string, owner: X509Certificate): string => {
      const pem = octets(path).toString('utf8');
      let belongs: boolean;
      try {
        belongs = owner.checkPrivateKey(createPrivateKey(pem));
      } catch {
        throw unfit(path, 'holds no readable private key');
      }
      if (!belongs) throw unfit(path, 'is not the key of the certificate beside it');
      return pem;
    },
    der: (path: string): Buffer => {
      const content = octets(path);
      if (!isOneSequence(content)) throw unfit(path, 'is cut short or not in DER');
      return content;
    },
  };
};

/**
 * Reads each file when it is asked for.
 *
 * @param directory the folder they come from, for messages
 * @throws PkiDamage that names a file that is missing or unfit
 */
export const readerOf = (files: PkiContents, directory = '') => {
  const { octets, certificate, key, der } = checkedFiles(files, directory);
  return {
    trust: (): string => certificate(TRUST).pem,
    revocations: (kind: 'root' | 'issuing'): Buffer => der(authorityPaths(kind).revocations),
    /** What lies there by another path of the layout, as it is. */
    octets,
    identity: (leaf: Leaf): Identity => {
      const paths = identityPaths(leaf);
      const own = once(() => certificate(paths.certificate));
      const keyPem = once(() => key(paths.key, own().leaf));
      const p12 = once(() => der(paths.p12));
      const legacyP12 = once(() => der(paths.legacyP12));
      return {
        name: leaf.name,
        organisation: leaf.organisation,
        get certificatePem() {
          return own().pem;
        },
        get keyPem() {
          return keyPem();
        },
        get p12() {
          return p12();
        },
        get legacyP12() {
          return legacyP12();
        },
      };
    },
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
