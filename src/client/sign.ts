// Signs an envelope as a client does, by xml-crypto: so not by the code that verifies it.

import { hash, randomBytes } from 'node:crypto';
import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import { SignedXml } from 'xml-crypto';
import { isProblem } from '../kernel/problem.ts';
import { UserError } from '../kernel/user-error.ts';
import { algorithms, tokenTypes } from '../security/algorithms.ts';
import { type Certificate, readPem } from '../security/certificate.ts';
import type { ReferenceKind } from '../security/profile.ts';
import { directReferenceElement, id, issuerSerialElement, tokenElement } from '../security/token-elements.ts';
import { type Envelope, readEnvelope } from '../soap/envelope.ts';
import { SOAP_1_1, SOAP_1_2 } from '../soap/version.ts';
import { guard } from '../xml/guard.ts';
import { wsse, wsu } from '../xml/names.ts';
import { parse } from '../xml/parse.ts';
import { children, isNamed } from '../xml/tree.ts';
import { type ElementNode, element, write } from '../xml/writer.ts';

/** Who signs: certificate (the leaf comes first) and key, PEM. */
export interface ClientIdentity {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** How to sign; algorithms by their identifiers. */
export interface Signing {
  readonly reference: ReferenceKind;
  readonly signature: string;
  readonly digest: string;
  readonly canonicalization: string;
  /** Of the Timestamp, in seconds. */
  readonly lifetime: number;
}

/** What every profile but a user's own takes. */
export const usualSigning: Signing = {
  reference: 'direct',
  signature: algorithms.rsaSha256,
  digest: algorithms.sha256,
  canonicalization: algorithms.excC14n,
  lifetime: 60,
};

const TIMESTAMP_ID = 'Timestamp';
const BODY_ID = 'Body';

const timestampElement = (now: number, lifetime: number): ElementNode =>
  element(
    wsu,
    'Timestamp',
    [id(TIMESTAMP_ID)],
    element(wsu, 'Created', [], new Date(now).toISOString()),
    element(wsu, 'Expires', [], new Date(now + lifetime * 1000).toISOString()),
  );

const identifier = (type: string, value: Buffer): ElementNode =>
  element(
    wsse,
    'KeyIdentifier',
    [
      { name: 'EncodingType', value: tokenTypes.base64 },
      { name: 'ValueType', value: type },
    ],
    value.toString('base64'),
  );

const referenceElement = (certificate: Certificate, kind: ReferenceKind): ElementNode => {
  if (kind === 'direct') return directReferenceElement;
  if (kind === 'thumbprint')
    return identifier(tokenTypes.thumbprint, hash('sha1', certificate.der, 'buffer'));
  if (kind === 'subjectKeyIdentifier') {
    if (!certificate.keyIdentifier) throw new UserError('the certificate has no SubjectKeyIdentifier');
    return identifier(tokenTypes.subjectKeyIdentifier, Buffer.from(certificate.keyIdentifier, 'hex'));
  }
  return issuerSerialElement(certificate);
};

/** Where the Security header goes while the tree is written out. */
const PLACE = randomBytes(16).toString('hex');

/**
 * What is signed is found by its place: other elements may bear the same name or Id, an Id may hold any character, and a
 * Security header may be there already for somebody else.
 */
const SECURITY = "(/*/*[local-name(.)='Header']/*)[last()]";

const headerOf = ({ body, version: { namespace } }: Envelope): XmlElement => {
  const [first] = children(body.parent ?? body);
  if (first && isNamed(first, namespace.uri, 'Header')) return first;
  return body.prependElement('Header', body.prefix || undefined);
};

/** Gives the Body an Id where it has none. */
const nameBody = (body: XmlElement): void => {
  const present = body.attrs.find(
    ({ name, namespaceUri }) => name === 'Id' && (namespaceUri === wsu.uri || namespaceUri === ''),
  );
  if (present) return;
  const bound = body.namespaceForPrefix(wsu.prefix);
  const prefix = bound === null || bound === wsu.uri ? wsu.prefix : `${wsu.prefix}-`;
  if (bound !== wsu.uri) body.addNsDeclaration(wsu.uri, prefix);
  body.setAttr('Id', BODY_ID, prefix);
};

const prepare = (document: XmlDocument, securityOf: (envelope: Envelope) => string): string => {
  const version = document.root.namespaceUri === SOAP_1_2.namespace.uri ? SOAP_1_2 : SOAP_1_1;
  const envelope = readEnvelope(document, version);
  if (isProblem(envelope)) throw new UserError(`this cannot be signed: ${envelope.explanation.found}`);
  if (envelope.blocks.some(({ element: block, ours }) => ours && isNamed(block, wsse.uri, 'Security')))
    throw new UserError('the envelope has a wsse:Security header already; remove it first');
  nameBody(envelope.body);
  headerOf(envelope).addText(PLACE);
  return document.toString({ format: false }).replace(PLACE, () => securityOf(envelope));
};

const parsed = (xml: string | Buffer): XmlDocument => {
  const bytes = guard(Buffer.from(xml), undefined);
  const document = isProblem(bytes) ? bytes : parse(bytes);
  if (isProblem(document)) throw new UserError(`this cannot be signed: ${document.explanation.found}`);
  return document;
};

/**
 * Signs Timestamp and Body of an envelope that has no Security header yet.
 *
 * @param now milliseconds since 1970
 * @throws UserError when the text is no envelope, or is signed already
 */
export const signEnvelope = (
  xml: string | Buffer,
  { certificatePem, keyPem }: ClientIdentity,
  { reference, signature, digest, canonicalization, lifetime }: Signing,
  now: number,
): string => {
  const [certificate] = readPem(certificatePem);
  if (!certificate) throw new UserError('the client’s certificate cannot be read');
  using document = parsed(xml);
  const prepared = prepare(document, ({ version: { namespace }, body }) => {
    const soap = { prefix: body.prefix, uri: namespace.uri };
    const demand = namespace === SOAP_1_2.namespace ? 'true' : '1';
    // Without a prefix of its own the SOAP namespace cannot be that of an attribute.
    const understood = soap.prefix ? [{ namespace: soap, name: 'mustUnderstand', value: demand }] : [];
    const token = reference === 'direct' ? [tokenElement(certificate)] : [];
    return write(element(wsse, 'Security', understood, ...token, timestampElement(now, lifetime)));
  });

  const keyInfo = write(
    element(wsse, 'SecurityTokenReference', [], referenceElement(certificate, reference)),
  );
  const signer = new SignedXml({
    privateKey: keyPem,
    signatureAlgorithm: signature,
    canonicalizationAlgorithm: canonicalization,
    idMode: 'wssecurity',
    getKeyInfoContent: () => keyInfo,
  });
  for (const xpath of [`${SECURITY}/*[local-name(.)='Timestamp']`, "/*/*[local-name(.)='Body']"]) {
    signer.addReference({ xpath, transforms: [canonicalization], digestAlgorithm: digest });
  }
  signer.computeSignature(prepared, {
    prefix: 'ds',
    location: { reference: SECURITY, action: 'append' },
  });
  return signer.getSignedXml();
};
