// Signed requests with every knob an attacker or a broken client turns, made without any code of the emulator's security.

import { createPrivateKey, hash, sign } from 'node:crypto';
import { ParseOption, XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { NS, URI } from './names.ts';

export interface Credentials {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** A canonicalization as the message names it; `content` is what stands inside the element. */
export interface Method {
  readonly algorithm: string;
  readonly prefixes?: string;
  readonly content?: string;
}

export interface Reference {
  /** XPath of the element that the digest is made over; undefined: a digest of nothing. */
  readonly target: string | undefined;
  readonly uri?: string | undefined;
  /** Further attributes, as XML. */
  readonly attributes?: string;
  readonly transforms?: readonly Method[];
  readonly digest?: string;
  /** The method that the octets are really made by; by default that of the last transform. */
  readonly canonical?: string;
  /** The PrefixList that goes with it. */
  readonly prefixes?: string;
  /** What the signer writes as DigestValue; by default the digest of the octets in base64. */
  readonly declared?: (octets: Buffer) => string;
  /** XML before the value in DigestValue. */
  readonly digestContent?: string;
  /** By STR-Transform: the target is the token, the URI that of the reference to it; the method is that of `canonical`. */
  readonly dereferenced?: Method;
}

export interface Recipe {
  readonly soap: string;
  readonly prolog: string;
  readonly epilog: string;
  readonly envelopeAttributes: string;
  /** Header blocks before and after Security. */
  readonly before: string;
  readonly after: string;
  readonly securityAttributes: string;
  /** The content of Security in order: `timestamp`, `token`, `signature`, or XML. */
  readonly order: readonly string[];
  readonly timestamp: string;
  readonly token: string;
  readonly bodyAttributes: string;
  readonly payload: string;
  readonly references: readonly Reference[];
  readonly canonicalization: Method;
  readonly signatureMethod: string;
  readonly methodContent: string;
  readonly keyInfo: string;
  /** XML behind KeyInfo, and XML behind the last Reference. */
  readonly objects: string;
  readonly signedInfoTail: string;
  /** Who signs, and with which function over the canonical SignedInfo. */
  readonly signer: Credentials;
  readonly signature: (octets: Buffer, key: string) => Buffer;
}

export const derOf = (pem: string): Buffer =>
  Buffer.from(
    (/-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(pem)?.[1] ?? '').replace(/\s+/g, ''),
    'base64',
  );

export const timestampOf = (created: number | string, expires?: number | string, more = ''): string => {
  const text = (value: number | string): string =>
    typeof value === 'number' ? new Date(value).toISOString() : value;
  const end = expires === undefined ? '' : `<wsu:Expires>${text(expires)}</wsu:Expires>`;
  return `<wsu:Timestamp wsu:Id="TS"><wsu:Created>${text(created)}</wsu:Created>${end}${more}</wsu:Timestamp>`;
};

export const tokenOf = (
  content: string | Buffer,
  type: string = URI.x509v3,
  encoding: string = URI.base64,
): string =>
  `<wsse:BinarySecurityToken wsu:Id="X509" EncodingType="${encoding}" ValueType="${type}">${
    typeof content === 'string' ? content : content.toString('base64')
  }</wsse:BinarySecurityToken>`;

export const keyInfoOf = (inside: string): string => `<ds:KeyInfo>${inside}</ds:KeyInfo>`;
export const directReference = (uri = '#X509', attributes = ''): string =>
  `<wsse:SecurityTokenReference${attributes}><wsse:Reference URI="${uri}" ValueType="${URI.x509v3}"/></wsse:SecurityTokenReference>`;

const methodOf = (name: string, { algorithm, prefixes, content = '' }: Method): string => {
  const list =
    prefixes === undefined ? '' : `<ec:InclusiveNamespaces xmlns:ec="${NS.ec}" PrefixList="${prefixes}"/>`;
  return `<ds:${name} Algorithm="${algorithm}">${list}${content}</ds:${name}>`;
};

const HASHES = new Map<string, string>([
  [URI.sha1, 'sha1'],
  [URI.sha512, 'sha512'],
  [URI.md5, 'md5'],
]);
const DEFAULT_TRANSFORM: readonly Method[] = [{ algorithm: URI.exc }];

/** The octets by libxml2: what an honest signer makes of the method, without comments as XMLDSig §4.4.3.3 has it. */
const octetsOf = (
  text: string,
  target: string,
  { algorithm, prefixes }: Method,
  comments: boolean,
): Buffer => {
  using document = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NOERROR });
  const element = document.get(target, { soap: document.root.namespaceUri, ...NS });
  if (!(element instanceof XmlElement)) throw new Error(`nothing to sign at ${target}`);
  const exclusive = algorithm.startsWith(URI.exc);
  return Buffer.from(
    document.canonicalizeToString({
      mode: exclusive ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 : XmlC14NMode.XML_C14N_1_0,
      withComments: comments,
      nodeSet: new Set([element]),
      ...(exclusive && prefixes !== undefined ? { inclusiveNamespacePrefixes: prefixes.split(/\s+/) } : {}),
    }),
  );
};

/** WSS 1.1 §8.3: of the apex a default namespace is written in any case. */
const dereferencedOctets = (text: string, target: string, method: Method): Buffer => {
  const prefixes = `${method.prefixes ?? ''} #default`.trim();
  const octets = octetsOf(text, target, { ...method, prefixes }, false).toString();
  return Buffer.from(octets.replace(/^<([^ >]+)(?=[ >])(?! xmlns=")/, '<$1 xmlns=""'));
};

/** A Reference by STR-Transform to what KeyInfo names, whose reference has the Id `STR`. */
export const byDereference = (
  method: Method = { algorithm: URI.exc },
  more: Partial<Reference> = {},
): Reference => ({
  target: '//wsse:BinarySecurityToken',
  uri: '#STR',
  dereferenced: method,
  transforms: [
    {
      algorithm: URI.strTransform,
      content: `<wsse:TransformationParameters>${methodOf('CanonicalizationMethod', method)}</wsse:TransformationParameters>`,
    },
  ],
  ...more,
});

const referenceOf = (reference: Reference, place: number): string => {
  const {
    target,
    attributes = '',
    transforms = DEFAULT_TRANSFORM,
    digest = URI.sha256,
    digestContent = '',
  } = reference;
  const id = target === undefined ? '' : (/'([^']+)'\]$/.exec(target)?.[1] ?? '');
  const uri = 'uri' in reference ? reference.uri : `#${id}`;
  const steps = transforms.map((step) => methodOf('Transform', step)).join('');
  return `<ds:Reference${uri === undefined ? '' : ` URI="${uri}"`}${attributes}>${
    steps && `<ds:Transforms>${steps}</ds:Transforms>`
  }<ds:DigestMethod Algorithm="${digest}"/><ds:DigestValue>${digestContent}@digest${place}@</ds:DigestValue></ds:Reference>`;
};

/** A Reference to the element with this Id, in whichever attribute. */
export const signed = (id: string, more: Partial<Reference> = {}): Reference => ({
  target: `//*[@*[local-name()='Id' or local-name()='ID' or local-name()='id']='${id}']`,
  uri: `#${id}`,
  ...more,
});

export const rsa =
  (digest: string) =>
  (octets: Buffer, key: string): Buffer =>
    sign(digest, octets, createPrivateKey(key));

/** A usual, valid request; every knob may be turned. */
export const usual = (signer: Credentials, payload: string, now: number): Recipe => ({
  soap: NS.soap11,
  prolog: '',
  epilog: '',
  envelopeAttributes: '',
  before: '',
  after: '',
  securityAttributes: ' soap:mustUnderstand="1"',
  order: ['token', 'timestamp', 'signature'],
  timestamp: timestampOf(now, now + 60_000),
  token: tokenOf(derOf(signer.certificatePem)),
  bodyAttributes: ' wsu:Id="Body"',
  payload,
  references: [signed('TS'), signed('Body')],
  canonicalization: { algorithm: URI.exc },
  signatureMethod: URI.rsaSha256,
  methodContent: '',
  keyInfo: keyInfoOf(directReference()),
  objects: '',
  signedInfoTail: '',
  signer,
  signature: rsa('sha256'),
});

const layout = (recipe: Recipe): string => {
  const info = [
    methodOf('CanonicalizationMethod', recipe.canonicalization),
    methodOf('SignatureMethod', { algorithm: recipe.signatureMethod, content: recipe.methodContent }),
    ...recipe.references.map(referenceOf),
    recipe.signedInfoTail,
  ].join('');
  const signature = `<ds:Signature><ds:SignedInfo>${info}</ds:SignedInfo><ds:SignatureValue>@value@</ds:SignatureValue>${recipe.keyInfo}${recipe.objects}</ds:Signature>`;
  const known: Readonly<Record<string, string>> = {
    token: recipe.token,
    timestamp: recipe.timestamp,
    signature,
  };
  const security = `<wsse:Security${recipe.securityAttributes}>${recipe.order.map((part) => known[part] ?? part).join('')}</wsse:Security>`;
  return `${recipe.prolog}<soap:Envelope xmlns:soap="${recipe.soap}" xmlns:wsse="${NS.wsse}" xmlns:wsu="${NS.wsu}" xmlns:ds="${NS.ds}"${recipe.envelopeAttributes}><soap:Header>${recipe.before}${security}${recipe.after}</soap:Header><soap:Body${recipe.bodyAttributes}>${recipe.payload}</soap:Body></soap:Envelope>${recipe.epilog}`;
};

/** Lays the message out, makes the digests, then the signature: honest over whatever the recipe says. */
export const compose = (recipe: Recipe): string => {
  let text = layout(recipe);
  recipe.references.forEach((reference, place) => {
    const {
      target,
      transforms = DEFAULT_TRANSFORM,
      digest = URI.sha256,
      canonical,
      dereferenced,
    } = reference;
    const { prefixes, declared = (made) => hash(HASHES.get(digest) ?? 'sha256', made, 'base64') } = reference;
    const method = canonical
      ? { algorithm: canonical, ...(prefixes === undefined ? {} : { prefixes }) }
      : (transforms.at(-1) ?? { algorithm: URI.c14n });
    const octets =
      target === undefined
        ? Buffer.alloc(0)
        : dereferenced
          ? dereferencedOctets(text, target, dereferenced)
          : octetsOf(text, target, method, false);
    text = text.replace(`@digest${place}@`, declared(octets));
  });
  const { canonicalization, signature, signer } = recipe;
  const comments = canonicalization.algorithm.endsWith('WithComments');
  const info = octetsOf(text, '//ds:SignedInfo', canonicalization, comments);
  return text.replace('@value@', signature(info, signer.keyPem).toString('base64'));
};
