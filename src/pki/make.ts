// Making the files of the test PKI, whole or the part that is missing. Loaded only when something has to be made.

import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import { type Authority, makeAuthority, makeLeafCertificate } from './certificate.ts';
import {
  authorityPaths,
  type Identity,
  identityPaths,
  PASSWORD,
  type PkiContents,
  type PkiFiles,
  TRUST,
  TRUST_STORE,
} from './layout.ts';
import { clientLeaves, type Leaf, serverLeaf } from './leaves.ts';
import { makeRevocationList } from './revocation.ts';
import { packTrust } from './truststore.ts';

export const newKey = async (kind: Leaf['key']): Promise<KeyObject> => {
  const make = promisify(generateKeyPair);
  const pair =
    kind === 'ec' ? make('ec', { namedCurve: 'prime256v1' }) : make('rsa', { modulusLength: kind });
  return (await pair).privateKey;
};

export const pemOfKey = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Line feeds alone, as OpenSSL writes them. */
export const pemOf = (certificate: forge.pki.Certificate): string =>
  forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');

/** How the key in a PKCS#12 file is encrypted. The password is public, so the count is low. */
const CIPHERS = {
  /** AES-256 with PBKDF2: OpenSSL 3 and Java read it without their legacy switches. */
  usual: { algorithm: 'aes256', prfAlgorithm: 'sha256', count: 1000 },
  /** pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 appendix C): all that Mono and Windows Server 2016 read. */
  legacy: { algorithm: '3des', count: 1000 },
} as const;

const pkcs12 = (
  name: string,
  chain: forge.pki.Certificate[],
  keyPem: string,
  cipher: keyof typeof CIPHERS,
): Buffer => {
  const key = forge.pki.privateKeyFromPem(keyPem);
  const options = { ...CIPHERS[cipher], friendlyName: name };
  const content = forge.pkcs12.toPkcs12Asn1(key, chain, PASSWORD, options);
  return Buffer.from(forge.asn1.toDer(content).getBytes(), 'latin1');
};

/** Both PKCS#12 files of an identity; their MAC is SHA-1. */
export const packed = (name: string, chain: forge.pki.Certificate[], keyPem: string) => ({
  p12: pkcs12(name, chain, keyPem, 'usual'),
  legacyP12: pkcs12(name, chain, keyPem, 'legacy'),
});

/** The file for older stacks, of an identity that has none yet. */
export const packLegacy = ({
  name,
  certificatePem,
  keyPem,
}: Pick<Identity, 'name' | 'certificatePem' | 'keyPem'>): Buffer => {
  const chain = certificatePem
    .split(/(?<=-----END CERTIFICATE-----\n)/)
    .map((pem) => forge.pki.certificateFromPem(pem));
  return pkcs12(name, chain, keyPem, 'legacy');
};

const makeIdentity = async (leaf: Leaf, issuing: Promise<Authority>, now: Date): Promise<Identity> => {
  const key = await newKey(leaf.key);
  const authority = await issuing;
  const certificate = makeLeafCertificate(leaf, key, authority, now);
  const chain = leaf.issuer === 'itself' ? [certificate] : [certificate, authority.certificate];
  const keyPem = pemOfKey(key);
  return {
    name: leaf.name,
    organisation: leaf.organisation,
    certificatePem: chain.map(pemOf).join(''),
    keyPem,
    ...packed(leaf.name, chain, keyPem),
  };
};

const identityFiles = (leaf: Leaf, identity: Identity): [string, Buffer][] => {
  const paths = identityPaths(leaf);
  return [
    [paths.certificate, Buffer.from(identity.certificatePem)],
    [paths.key, Buffer.from(identity.keyPem)],
    [paths.p12, identity.p12],
    [paths.legacyP12, identity.legacyP12],
  ];
};

const makeIdentities = async (
  leaves: readonly Leaf[],
  issuing: Promise<Authority>,
  now: Date,
): Promise<[string, Buffer][]> => {
  const made = leaves.map(async (leaf) => identityFiles(leaf, await makeIdentity(leaf, issuing, now)));
  return (await Promise.all(made)).flat();
};

const revokedPems = (files: PkiContents): string[] =>
  clientLeaves
    .filter((leaf) => leaf.revoked)
    .flatMap((leaf) => files.get(identityPaths(leaf).certificate)?.toString('utf8') ?? []);

const issuingRevocations = (issuing: Authority, files: PkiContents, now: Date): [string, Buffer] => [
  authorityPaths('issuing').revocations,
  makeRevocationList(
    pemOf(issuing.certificate),
    issuing.key,
    revokedPems(files),
    now,
    files.get(authorityPaths('issuing').revocations),
  ),
];

const authorityFiles = (kind: 'root' | 'issuing', authority: Authority): [string, Buffer][] => [
  [authorityPaths(kind).certificate, Buffer.from(pemOf(authority.certificate))],
  [authorityPaths(kind).key, Buffer.from(pemOfKey(authority.key))],
];

/** The truststore of a PKI, by its path. */
export const trustStoreOf = (trustPem: string): [string, Buffer] => [
  TRUST_STORE,
  packTrust(trustPem, PASSWORD),
];

/** Makes both authorities, their CRLs, the server's identity and every client's. Takes about a second. */
export const makePki = async (now: Date): Promise<PkiFiles> => {
  const rootAuthority = newKey(2048).then((key) => makeAuthority('root', key, now));
  const issuingAuthority = newKey(2048).then(async (key) =>
    makeAuthority('issuing', key, now, await rootAuthority),
  );
  const [root, issuing, identities] = await Promise.all([
    rootAuthority,
    issuingAuthority,
    makeIdentities([serverLeaf, ...clientLeaves], issuingAuthority, now),
  ]);
  const trustPem = pemOf(root.certificate) + pemOf(issuing.certificate);
  const files = new Map([
    [TRUST, Buffer.from(trustPem)],
    trustStoreOf(trustPem),
    ...authorityFiles('root', root),
    ...authorityFiles('issuing', issuing),
    ...identities,
  ]);
  const rootPem = pemOf(root.certificate);
  files.set(authorityPaths('root').revocations, makeRevocationList(rootPem, root.key, [], now));
  files.set(...issuingRevocations(issuing, files, now));
  return files;
};

/** An authority from its files. */
export const readAuthority = (files: {
  readonly certificatePem: string;
  readonly keyPem: string;
}): Authority => ({
  certificate: forge.pki.certificateFromPem(files.certificatePem),
  key: createPrivateKey(files.keyPem),
});

/**
 * Makes identities for clients that an existing PKI lacks, and the CRL that revokes those of them that are to be.
 *
 * @param existing the files there are
 * @param signer the issuing authority among them
 * @returns the files to add or replace
 */
export const makeClients = async (
  leaves: readonly Leaf[],
  existing: PkiContents,
  signer: { readonly certificatePem: string; readonly keyPem: string },
  now: Date,
): Promise<PkiFiles> => {
  const issuing = readAuthority(signer);
  const added = new Map(await makeIdentities(leaves, Promise.resolve(issuing), now));
  if (leaves.some((leaf) => leaf.revoked))
    added.set(...issuingRevocations(issuing, { get: (path) => added.get(path) ?? existing.get(path) }, now));
  return added;
};

/**
 * Issues a certificate for the server's key that is good for more hosts.
 *
 * @param names DNS names and addresses, beside those that every server certificate has
 * @returns PEM, the leaf and then the issuing CA
 */
export const reissueServer = (
  keyPem: string,
  names: readonly string[],
  signer: { readonly certificatePem: string; readonly keyPem: string },
  now: Date,
): string => {
  const hosts = [...new Set([...serverLeaf.hosts, ...names])];
  const key = createPrivateKey(keyPem);
  return (
    pemOf(makeLeafCertificate({ ...serverLeaf, hosts }, key, readAuthority(signer), now)) +
    signer.certificatePem
  );
};
