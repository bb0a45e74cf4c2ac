// What answers look like: their security header as elements, written once for each kind of answer and cut at its marks.

import { ds, type Namespace, wsse, wsse11, wsu } from '../xml/names.ts';
import { type ElementNode, element, type SignedText, scopeOf, write, writeSigned } from '../xml/writer.ts';
import { algorithms, tokenTypes } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import { writeName } from './distinguished-name.ts';
import type { AnswerProtection } from './profile.ts';
import { serialDecimal } from './serial-number.ts';

// Stands where two answers differ. No XML text may hold this character, so nothing else is a mark.
const MARK = '\uFFFF';

// Ids need to be unique within a message only.
const TOKEN_ID = 'X509';
const TIMESTAMP_ID = 'Timestamp';
const CONFIRMATION_ID = 'SignatureConfirmation';
export const BODY_ID = 'Body';

export const id = (value: string) => ({ namespace: wsu, name: 'Id', value });
export const methodElement = (namespace: Namespace, name: string, algorithm: string): ElementNode =>
  element(namespace, name, [{ name: 'Algorithm', value: algorithm }]);

/** A certificate named by its issuer and number (XML Signature §4.5.4). */
export const issuerSerialElement = (certificate: Certificate): ElementNode =>
  element(
    ds,
    'X509Data',
    [],
    element(
      ds,
      'X509IssuerSerial',
      [],
      element(ds, 'X509IssuerName', [], writeName(certificate.issuerDer)),
      element(ds, 'X509SerialNumber', [], serialDecimal(certificate.serialNumber)),
    ),
  );

const referenceTo = (target: string, digestMethod: string): ElementNode =>
  element(
    ds,
    'Reference',
    [{ name: 'URI', value: `#${target}` }],
    element(ds, 'Transforms', [], methodElement(ds, 'Transform', algorithms.excC14n)),
    methodElement(ds, 'DigestMethod', digestMethod),
    element(ds, 'DigestValue', [], MARK),
  );

const timestampElement = element(
  wsu,
  'Timestamp',
  [id(TIMESTAMP_ID)],
  element(wsu, 'Created', [], MARK),
  element(wsu, 'Expires', [], MARK),
);

const confirmationElement = element(wsse11, 'SignatureConfirmation', [
  id(CONFIRMATION_ID),
  { name: 'Value', value: MARK },
]);

const signedInfoElement = ({ signature, digest, confirmation }: AnswerProtection): ElementNode =>
  element(
    ds,
    'SignedInfo',
    [],
    methodElement(ds, 'CanonicalizationMethod', algorithms.excC14n),
    methodElement(ds, 'SignatureMethod', signature),
    referenceTo(TIMESTAMP_ID, digest),
    referenceTo(BODY_ID, digest),
    ...(confirmation ? [referenceTo(CONFIRMATION_ID, digest)] : []),
  );

const keyReference = (certificate: Certificate, reference: AnswerProtection['reference']): ElementNode =>
  reference === 'issuerSerial'
    ? issuerSerialElement(certificate)
    : element(wsse, 'Reference', [
        { name: 'URI', value: `#${TOKEN_ID}` },
        { name: 'ValueType', value: tokenTypes.x509v3 },
      ]);

const signatureElement = (certificate: Certificate, reference: AnswerProtection['reference']): ElementNode =>
  element(
    ds,
    'Signature',
    [],
    { written: MARK },
    element(ds, 'SignatureValue', [], MARK),
    element(
      ds,
      'KeyInfo',
      [],
      element(wsse, 'SecurityTokenReference', [], keyReference(certificate, reference)),
    ),
  );

const tokenElement = (certificate: Certificate): ElementNode =>
  element(
    wsse,
    'BinarySecurityToken',
    [
      id(TOKEN_ID),
      { name: 'EncodingType', value: tokenTypes.base64 },
      { name: 'ValueType', value: tokenTypes.x509v3 },
    ],
    certificate.der.toString('base64'),
  );

/** In the order that was recorded from the real service: key, token, Signature, Timestamp, SignatureConfirmation. */
const securityElement = (
  soap: Namespace,
  certificate: Certificate,
  { reference, confirmation, encryption }: AnswerProtection,
): ElementNode =>
  element(
    wsse,
    'Security',
    [{ namespace: soap, name: 'mustUnderstand', value: soap.prefix === 'env' ? 'true' : '1' }],
    ...(encryption ? [{ written: MARK }] : []),
    ...(reference === 'direct' ? [tokenElement(certificate)] : []),
    signatureElement(certificate, reference),
    { written: MARK },
    ...(confirmation ? [{ written: MARK }] : []),
  );

/** A text that was written once with marks, in the pieces between them. */
export type Pieces = readonly string[];

/** Puts the values, in order, between the pieces. */
export const fill = (pieces: Pieces, ...values: readonly string[]): string =>
  pieces.reduce((text, piece, index) => text + (values[index - 1] ?? '') + piece);
const cut = (text: string): Pieces => text.split(MARK);
const cutBoth = ({ text, canonical }: SignedText) => ({ text: cut(text), canonical: cut(canonical) });

/** What every answer of one kind has in common. */
export interface AnswerForm {
  /** Created, Expires. */
  readonly timestamp: { readonly text: Pieces; readonly canonical: Pieces };
  /** The request's SignatureValue. */
  readonly confirmation: { readonly text: Pieces; readonly canonical: Pieces };
  /** The digests of Timestamp, Body and, where it is there, SignatureConfirmation. */
  readonly signedInfo: { readonly text: Pieces; readonly canonical: Pieces };
  /** EncryptedKey where there is one, SignedInfo, SignatureValue, Timestamp, SignatureConfirmation where there is one, Body. */
  readonly envelope: Pieces;
}

/** Writes the form of the answers of one SOAP version, protected in one way and signed with one certificate. */
export const writeForm = (
  soap: Namespace,
  certificate: Certificate,
  answer: AnswerProtection,
): AnswerForm => ({
  timestamp: cutBoth(writeSigned(timestampElement, scopeOf(soap, wsse))),
  confirmation: cutBoth(writeSigned(confirmationElement, scopeOf(soap, wsse))),
  signedInfo: cutBoth(writeSigned(signedInfoElement(answer), scopeOf(soap, wsse, ds))),
  envelope: cut(
    write(
      element(soap, 'Envelope', [], element(soap, 'Header', [], securityElement(soap, certificate, answer)), {
        written: MARK,
      }),
    ),
  ),
});
