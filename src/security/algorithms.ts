// The algorithms that exist for us at all. Profiles choose among them; nothing else ever touches a key.

const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
const XMLDSIG_MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export type Hash = 'sha1' | 'sha256';

/** Canonicalization methods. */
export const canonicalizations: ReadonlyMap<
  string,
  { readonly exclusive: boolean; readonly comments: boolean }
> = new Map([
  [C14N, { exclusive: false, comments: false }],
  [`${C14N}#WithComments`, { exclusive: false, comments: true }],
  [EXC_C14N, { exclusive: true, comments: false }],
  [`${EXC_C14N}WithComments`, { exclusive: true, comments: true }],
]);

export const signatureMethods: ReadonlyMap<string, Hash> = new Map([
  [`${XMLDSIG_MORE}rsa-sha256`, 'sha256'],
  [`${XMLDSIG}rsa-sha1`, 'sha1'],
]);

export const digestMethods: ReadonlyMap<string, Hash> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  [`${XMLDSIG}sha1`, 'sha1'],
]);

export const algorithms = {
  c14n: C14N,
  excC14n: EXC_C14N,
  enveloped: `${XMLDSIG}enveloped-signature`,
  /** WSS 1.1 §8.3. */
  strTransform:
    'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform',
  rsaSha256: `${XMLDSIG_MORE}rsa-sha256`,
  rsaSha1: `${XMLDSIG}rsa-sha1`,
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha1: `${XMLDSIG}sha1`,
} as const;

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
const XMLENC_11 = 'http://www.w3.org/2009/xmlenc11#';

/** A block cipher for the content of an answer; lengths in bytes. */
export interface ContentCipher {
  /** As node:crypto names it. */
  readonly cipher: 'aes-128-cbc' | 'aes-256-cbc' | 'aes-128-gcm' | 'aes-256-gcm';
  readonly keyLength: number;
  readonly ivLength: number;
  /** The length of the authentication tag that follows the ciphertext; 0: the cipher has none. */
  readonly tagLength: number;
}

export const contentCiphers: ReadonlyMap<string, ContentCipher> = new Map([
  [`${XMLENC}aes128-cbc`, { cipher: 'aes-128-cbc', keyLength: 16, ivLength: 16, tagLength: 0 }],
  [`${XMLENC}aes256-cbc`, { cipher: 'aes-256-cbc', keyLength: 32, ivLength: 16, tagLength: 0 }],
  [`${XMLENC_11}aes128-gcm`, { cipher: 'aes-128-gcm', keyLength: 16, ivLength: 12, tagLength: 16 }],
  [`${XMLENC_11}aes256-gcm`, { cipher: 'aes-256-gcm', keyLength: 32, ivLength: 12, tagLength: 16 }],
]);

/** Key transport: OAEP with SHA-1 and MGF1-SHA-1, without parameters, or PKCS#1 1.5. */
export const keyTransports: ReadonlyMap<string, 'oaep' | 'pkcs1'> = new Map([
  [`${XMLENC}rsa-oaep-mgf1p`, 'oaep'],
  [`${XMLENC}rsa-1_5`, 'pkcs1'],
]);

export const encryption = {
  content: `${XMLENC}Content`,
  aes128Cbc: `${XMLENC}aes128-cbc`,
  aes256Cbc: `${XMLENC}aes256-cbc`,
  aes128Gcm: `${XMLENC_11}aes128-gcm`,
  aes256Gcm: `${XMLENC_11}aes256-gcm`,
  rsaOaep: `${XMLENC}rsa-oaep-mgf1p`,
  rsa15: `${XMLENC}rsa-1_5`,
} as const;

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const WSS_11 = 'http://docs.oasis-open.org/wss/oasis-wss-';
export const tokenTypes = {
  x509v3: `${WSS}x509-token-profile-1.0#X509v3`,
  base64: `${WSS}soap-message-security-1.0#Base64Binary`,
  subjectKeyIdentifier: `${WSS}x509-token-profile-1.0#X509SubjectKeyIdentifier`,
  thumbprint: `${WSS_11}soap-message-security-1.1#ThumbprintSHA1`,
  encryptedKey: `${WSS_11}soap-message-security-1.1#EncryptedKey`,
} as const;
