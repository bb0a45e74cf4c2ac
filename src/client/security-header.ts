// The Security header of a request, as a client writes it before it signs.

import { hash } from 'node:crypto';
import { UserError } from '../kernel/user-error.ts';
import { algorithms, tokenTypes } from '../security/algorithms.ts';
import {
  directReferenceElement,
  id,
  issuerSerialElement,
  methodElement,
  tokenElement,
} from '../security/answers/token-elements.ts';
import type { ReferenceKind } from '../security/profiles/profile.ts';
import type { Certificate } from '../security/trust/certificate.ts';
import { ds, type Namespace, soap12, wsse, wsu } from '../xml/names.ts';
import { type ElementNode, element } from '../xml/writer.ts';

export type SignedPart = 'Timestamp' | 'Body';

/** How to sign; algorithms by their identifiers. */
export interface Signing {
  readonly reference: ReferenceKind;
  readonly signature: string;
  readonly digest: string;
  readonly canonicalization: string;
  /** Of the Timestamp, in seconds. */
  readonly lifetime: number;
  /** What is signed; undefined: both. */
  readonly parts?: readonly SignedPart[];
}

/** Whether a part is signed. */
export const signs = ({ parts = ['Timestamp', 'Body'] }: Signing, part: SignedPart): boolean =>
  parts.includes(part);

/** What every profile but a user's own takes. */
export const usualSigning: Signing = {
  reference: 'direct',
  signature: algorithms.rsaSha256,
  digest: algorithms.sha256,
  canonicalization: algorithms.excC14n,
  lifetime: 60,
};

const TIMESTAMP_ID = 'Timestamp';

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

const certificateReference = (certificate: Certificate, kind: ReferenceKind): ElementNode => {
  if (kind === 'direct') return directReferenceElement;
  if (kind === 'thumbprint')
    return identifier(tokenTypes.thumbprint, hash('sha1', certificate.der, 'buffer'));
  if (kind === 'issuerSerial') return issuerSerialElement(certificate);
  if (!certificate.keyIdentifier) throw new UserError('the certificate has no SubjectKeyIdentifier');
  return identifier(tokenTypes.subjectKeyIdentifier, Buffer.from(certificate.keyIdentifier, 'hex'));
};

const signatureReference = (target: string, { canonicalization, digest }: Signing): ElementNode =>
  element(
    ds,
    'Reference',
    [{ name: 'URI', value: `#${target}` }],
    element(ds, 'Transforms', [], methodElement(ds, 'Transform', canonicalization)),
    methodElement(ds, 'DigestMethod', digest),
    element(ds, 'DigestValue'),
  );

/** The Signature without its values. */
const signatureElement = (
  certificate: Certificate,
  signing: Signing,
  ids: readonly string[],
): ElementNode => {
  const reference = certificateReference(certificate, signing.reference);
  return element(
    ds,
    'Signature',
    [],
    element(
      ds,
      'SignedInfo',
      [],
      methodElement(ds, 'CanonicalizationMethod', signing.canonicalization),
      methodElement(ds, 'SignatureMethod', signing.signature),
      ...(signs(signing, 'Timestamp') ? [TIMESTAMP_ID] : [])
        .concat(ids)
        .map((target) => signatureReference(target, signing)),
    ),
    element(ds, 'SignatureValue'),
    element(ds, 'KeyInfo', [], element(wsse, 'SecurityTokenReference', [], reference)),
  );
};

/**
 * The Security header without what the signature is to be made of: the digests and its value.
 *
 * @param ids of what is signed besides the Timestamp
 */
export const securityElement = (
  soap: Namespace,
  certificate: Certificate,
  signing: Signing,
  ids: readonly string[],
  now: number,
): ElementNode => {
  const demand = soap.uri === soap12.uri ? 'true' : '1';
  // Without a prefix of its own the SOAP namespace cannot be that of an attribute.
  const understood = soap.prefix ? [{ namespace: soap, name: 'mustUnderstand', value: demand }] : [];
  return element(
    wsse,
    'Security',
    understood,
    ...(signing.reference === 'direct' ? [tokenElement(certificate)] : []),
    timestampElement(now, signing.lifetime),
    signatureElement(certificate, signing, ids),
  );
};
