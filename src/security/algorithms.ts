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
  rsaSha256: `${XMLDSIG_MORE}rsa-sha256`,
  rsaSha1: `${XMLDSIG}rsa-sha1`,
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha1: `${XMLDSIG}sha1`,
} as const;

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
export const tokenTypes = {
  x509v3: `${WSS}x509-token-profile-1.0#X509v3`,
  base64: `${WSS}soap-message-security-1.0#Base64Binary`,
} as const;
