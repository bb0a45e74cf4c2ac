// What answers look like: their security header as elements, written once for each kind of answer and cut at its marks.

import { ds, type Namespace, wsse, wsse11, wsu, xenc } from '../../xml/names.ts';
import {
  type ElementNode,
  element,
  type SignedText,
  scopeOf,
  type WrittenText,
  write,
  writeSigned,
} from '../../xml/writer.ts';
import { algorithms, encryption as identifiers, tokenTypes } from '../algorithms.ts';
import type { AnswerProtection, Encryption } from '../profiles/profile.ts';
import type { Certificate } from '../trust/certificate.ts';
import {
  directReferenceElement,
  id,
  issuerSerialElement,
  methodElement,
  tokenElement,
} from './token-elements.ts';

// Stands where two answers differ. No XML text may hold this character, so nothing else is a mark.
const MARK = '\uFFFF';

// Ids need to be unique within a message only.
const TIMESTAMP_ID = 'Timestamp';
const CONFIRMATION_ID = 'SignatureConfirmation';
const BODY_ID = 'Body';
const KEY_ID = 'EncryptedKey';
const DATA_ID = 'EncryptedData';

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
  reference === 'issuerSerial' ? issuerSerialElement(certificate) : directReferenceElement;

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

const cipherData = element(xenc, 'CipherData', [], element(xenc, 'CipherValue', [], MARK));

/** The content key, wrapped for the holder of a certificate that is named. */
const encryptedKeyElement = ({ keyTransport }: Encryption): ElementNode =>
  element(
    xenc,
    'EncryptedKey',
    [{ name: 'Id', value: KEY_ID }],
    methodElement(xenc, 'EncryptionMethod', keyTransport),
    element(ds, 'KeyInfo', [], element(wsse, 'SecurityTokenReference', [], { written: MARK })),
    cipherData,
    element(
      xenc,
      'ReferenceList',
      [],
      element(xenc, 'DataReference', [{ name: 'URI', value: `#${DATA_ID}` }]),
    ),
  );

const encryptedDataElement = ({ content }: Encryption): ElementNode =>
  element(
    xenc,
    'EncryptedData',
    [
      { name: 'Id', value: DATA_ID },
      { name: 'Type', value: identifiers.content },
    ],
    methodElement(xenc, 'EncryptionMethod', content),
    element(
      ds,
      'KeyInfo',
      [],
      element(
        wsse,
        'SecurityTokenReference',
        [{ namespace: wsse11, name: 'TokenType', value: tokenTypes.encryptedKey }],
        element(wsse, 'Reference', [{ name: 'URI', value: `#${KEY_ID}` }]),
      ),
    ),
    cipherData,
  );

/** The Body, by its Id, with any content. */
const bodyElement = (soap: Namespace, content: ElementNode | WrittenText): ElementNode =>
  element(soap, 'Body', [id(BODY_ID)], content);

/** A certificate's name as it stands in an EncryptedKey; a caller comes more than once. */
const writtenNames = new WeakMap<Certificate, string>();
export const writtenName = (certificate: Certificate): string => {
  const before = writtenNames.get(certificate);
  if (before !== undefined) return before;
  const written = write(issuerSerialElement(certificate), scopeOf(ds));
  writtenNames.set(certificate, written);
  return written;
};

/** A text that was written once with marks, in the pieces between them. */
export type Pieces = readonly string[];

/** Puts the values, in order, between the pieces. */
export const fill = (pieces: Pieces, ...values: readonly string[]): string =>
  pieces.reduce((text, piece, index) => text + (values[index - 1] ?? '') + piece);

/** What a text is made of, where its values may be octets, or parts themselves. */
export type Parts = readonly (string | Buffer)[];

/** The same as parts, which are put together when all of them are there. */
export const fillParts = (pieces: Pieces, ...values: readonly (string | Buffer | Parts)[]): Parts =>
  pieces.flatMap((piece, index) => [...[values[index - 1] ?? ''].flat(), piece]);

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
  /** The Body's content. */
  readonly body: { readonly text: Pieces; readonly canonical: Pieces };
  /** The recipient's name and the wrapped key; then the Body with its ciphertext. */
  readonly encrypted: { readonly key: Pieces; readonly body: Pieces } | undefined;
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
  body: cutBoth(writeSigned(bodyElement(soap, { written: MARK }), scopeOf(soap))),
  encrypted: answer.encryption && {
    key: cut(write(encryptedKeyElement(answer.encryption), scopeOf(soap, wsse))),
    body: cut(write(bodyElement(soap, encryptedDataElement(answer.encryption)), scopeOf(soap))),
  },
  envelope: cut(
    write(
      element(soap, 'Envelope', [], element(soap, 'Header', [], securityElement(soap, certificate, answer)), {
        written: MARK,
      }),
    ),
  ),
});
