// Clients of Node: node-soap's WSSecurityCert, and xml-crypto with the algorithms of its own that a program may register in it.

import {
  constants,
  createHash,
  createSign,
  type KeyLike,
  privateEncrypt,
  sign as signOctets,
} from 'node:crypto';
import { WSSecurityCert } from 'soap';
import { SignedXml } from 'xml-crypto';
import { NS, URI } from '../../attacks/names.ts';

export interface Pair {
  readonly key: string;
  readonly certificate: string;
}

const base64Of = (certificate: string): string => certificate.replace(/-----[^-]+-----|\s/g, '');

export const bySoap = (mistake: string, envelope: string, { key, certificate }: Pair): string =>
  new WSSecurityCert(
    key,
    certificate,
    '',
    mistake === 'exclusive'
      ? { signatureTransformations: [URI.exc], signerOptions: { idMode: 'wssecurity' } }
      : {},
  ).postProcess(envelope, 'soap');

const sha256 = (octets: string | Buffer): Buffer => createHash('sha256').update(octets).digest();

/** What a program registers in the place of SHA-256. */
const HASHES: Readonly<Record<string, (octets: string) => string>> = {
  'digest-hex': (octets) => createHash('sha256').update(octets).digest('hex'),
  'digest-hex-base64': (octets) =>
    Buffer.from(createHash('sha256').update(octets).digest('hex')).toString('base64'),
  'digest-sha1': (octets) => createHash('sha1').update(octets).digest('base64'),
  'digest-sha512': (octets) => createHash('sha512').update(octets).digest('base64'),
  'digest-latin1': (octets) => createHash('sha256').update(octets, 'latin1').digest('base64'),
  'digest-url': (octets) => createHash('sha256').update(octets).digest('base64url'),
  'digest-twice': (octets) =>
    Buffer.from(createHash('sha256').update(octets).digest('base64')).toString('base64'),
  'digest-of-digest': (octets) => sha256(sha256(octets)).toString('base64'),
  'digest-of-base64': (octets) => sha256(sha256(octets).toString('base64')).toString('base64'),
  'digest-cut': (octets) => sha256(octets).subarray(0, 16).toString('base64'),
};

/** What a program registers in the place of rsa-sha256. */
const SIGNERS: Readonly<Record<string, (octets: string, key: string) => string>> = {
  'value-hex': (octets, key) => createSign('RSA-SHA256').update(octets).sign(key, 'hex'),
  'value-url': (octets, key) => createSign('RSA-SHA256').update(octets).sign(key, 'base64url'),
  'value-twice': (octets, key) =>
    Buffer.from(createSign('RSA-SHA256').update(octets).sign(key, 'base64')).toString('base64'),
  'value-sha1': (octets, key) => createSign('RSA-SHA1').update(octets).sign(key, 'base64'),
  'value-sha512': (octets, key) => createSign('RSA-SHA512').update(octets).sign(key, 'base64'),
  'value-of-digest': (octets, key) => createSign('RSA-SHA256').update(sha256(octets)).sign(key, 'base64'),
  'value-of-hex': (octets, key) =>
    createSign('RSA-SHA256').update(sha256(octets).toString('hex')).sign(key, 'base64'),
  'value-encrypted': (octets, key) => privateEncrypt(key, sha256(octets)).toString('base64'),
  'value-pss': (octets, key) =>
    signOctets('sha256', Buffer.from(octets), {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
    }).toString('base64'),
  'value-cut': (octets, key) =>
    createSign('RSA-SHA256').update(octets).sign(key).subarray(0, 128).toString('base64'),
};

const hashBy = (make: (octets: string) => string) =>
  class {
    getAlgorithmName = () => URI.sha256;
    /** Only what is long is a Body: the Timestamp is hashed well. */
    getHash = (octets: string) =>
      /^<[^>]*Body/.test(octets) ? make(octets) : sha256(octets).toString('base64');
  };
const signBy = (make: (octets: string, key: string) => string) =>
  class {
    getAlgorithmName = () => URI.rsaSha256;
    getSignature = (octets: unknown, key: KeyLike) => make(String(octets), String(key));
    verifySignature = () => false;
  };
/** Says that nothing is to be done to a node: it is written as it is. */
class AsItIs {
  includeComments = false;
  getAlgorithmName = () => URI.exc;
  process = (node: unknown) => String(node);
}

export const byXmlCrypto = (mistake: string, envelope: string, { key, certificate }: Pair): string => {
  const now = Date.now();
  const instant = (at: number) => new Date(at).toISOString();
  const header =
    `<wsse:Security xmlns:wsse="${NS.wsse}" xmlns:wsu="${NS.wsu}">` +
    `<wsse:BinarySecurityToken wsu:Id="X509" EncodingType="${URI.base64}" ValueType="${URI.x509v3}">${base64Of(certificate)}</wsse:BinarySecurityToken>` +
    `<wsu:Timestamp wsu:Id="TS"><wsu:Created>${instant(now)}</wsu:Created><wsu:Expires>${instant(now + 60_000)}</wsu:Expires></wsu:Timestamp></wsse:Security>`;
  const signer = new SignedXml({
    privateKey: key,
    idMode: 'wssecurity',
    signatureAlgorithm: URI.rsaSha256,
    canonicalizationAlgorithm: URI.exc,
  });
  signer.getKeyInfoContent = () =>
    `<wsse:SecurityTokenReference><wsse:Reference URI="#X509" ValueType="${URI.x509v3}"/></wsse:SecurityTokenReference>`;
  const [hash, sign] = [HASHES[mistake], SIGNERS[mistake]];
  if (hash) signer.HashAlgorithms = { ...signer.HashAlgorithms, [URI.sha256]: hashBy(hash) };
  if (sign)
    signer.SignatureAlgorithms = { ...signer.SignatureAlgorithms, [URI.rsaSha256]: signBy(sign) as never };
  const transforms = [mistake === 'inclusive' ? URI.c14n : URI.exc];
  const algorithms = signer.CanonicalizationAlgorithms;
  if (mistake === 'as-it-is')
    signer.CanonicalizationAlgorithms = { ...algorithms, [URI.exc]: AsItIs as never };
  for (const name of ['Timestamp', 'Body'])
    signer.addReference({ xpath: `//*[local-name(.)='${name}']`, transforms, digestAlgorithm: URI.sha256 });
  signer.computeSignature(envelope.replace(/<(\S+:)Header><\/\1Header>/, `<$1Header>${header}</$1Header>`), {
    prefix: 'ds',
    location: { reference: "//*[local-name(.)='Security']", action: 'append' },
    existingPrefixes: { wsse: NS.wsse, wsu: NS.wsu },
  });
  return signer.getSignedXml();
};
