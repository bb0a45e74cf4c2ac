// Whether a message is a request or what comes back, and what of that can be said before anything is decrypted.

import type { XmlElement } from 'libxml2-wasm';
import { shortened } from '../../kernel/brief.ts';
import { isProblem, type QName } from '../../kernel/problem.ts';
import { type KeyReference, readKeyInfo } from '../../security/key-reference.ts';
import type { SignerCache } from '../../security/signer.ts';
import type { Certificate } from '../../security/trust/certificate.ts';
import type { Envelope } from '../../soap/envelope.ts';
import { ds, wsse, wsse11, xenc } from '../../xml/names.ts';
import { children, isNamed } from '../../xml/tree.ts';
import type { Explained } from '../explained.ts';

/** An operation as answers are recognised by. */
export interface KnownOperation {
  readonly request: QName;
  readonly response: QName;
}

/** What is known of a message besides its anatomy. */
export interface Seen {
  readonly kind: 'request' | 'answer' | 'fault';
  /** Whom it is encrypted for, in words; undefined: it is not encrypted. */
  readonly recipient: string | undefined;
  readonly operations: readonly KnownOperation[];
  /** The request that it answers, where somebody gave it. */
  readonly request: { readonly signatureValue: Buffer | undefined; readonly payload: QName } | undefined;
}

const securityIn = ({ blocks }: Envelope): XmlElement[] =>
  blocks.flatMap(({ element }) => (isNamed(element, wsse.uri, 'Security') ? children(element) : []));

export const isEncrypted = ({ payload }: Envelope): boolean => isNamed(payload, xenc.uri, 'EncryptedData');

const kindOf = (envelope: Envelope, operations: readonly KnownOperation[]): Seen['kind'] => {
  const { payload, version } = envelope;
  if (isNamed(payload, version.namespace.uri, 'Fault')) return 'fault';
  const isAnswer =
    isEncrypted(envelope) ||
    operations.some(({ response }) => isNamed(payload, response.namespace, response.name)) ||
    securityIn(envelope).some((one) => isNamed(one, wsse11.uri, 'SignatureConfirmation'));
  return isAnswer ? 'answer' : 'request';
};

/** Whom a message is encrypted for. */
export interface Recipient {
  readonly words: string;
  /** Undefined: nobody knows it here. */
  readonly certificate: Certificate | undefined;
}

const recipientBy = (reference: KeyReference, signers: SignerCache): Recipient => {
  if (reference.kind === 'direct') return { words: 'a token of the message', certificate: undefined };
  const [named] = signers.candidates(reference, undefined);
  const written =
    reference.kind === 'issuerSerial'
      ? `number ${reference.serial} of ${shortened(reference.issuer, 200)}`
      : `${reference.kind} ${shortened(reference.value.toString('hex'), 80)}`;
  return {
    words: named ? `${named.subject} (${written})` : `a certificate that nobody knows here: ${written}`,
    certificate: named,
  };
};

/** @returns undefined where it is not encrypted */
export const recipientOf = (envelope: Envelope, signers: SignerCache): Recipient | undefined => {
  if (!isEncrypted(envelope)) return undefined;
  const key = securityIn(envelope).find((one) => isNamed(one, xenc.uri, 'EncryptedKey'));
  const keyInfo = key && children(key).find((one) => isNamed(one, ds.uri, 'KeyInfo'));
  const named = keyInfo && readKeyInfo(keyInfo);
  return named && !isProblem(named)
    ? recipientBy(named.keyReference, signers)
    : { words: 'nobody who is named', certificate: undefined };
};

export const seenIn = (
  envelope: Envelope,
  operations: readonly KnownOperation[],
  signers: SignerCache,
  request: Seen['request'],
): Seen => ({
  kind: kindOf(envelope, operations),
  recipient: recipientOf(envelope, signers)?.words,
  operations,
  request,
});

/** @param right null: nobody tried to decrypt it */
export const encryptionCheck = (
  { recipient }: Seen,
  right: boolean | null,
  found?: string,
): Explained['checks'] =>
  recipient === undefined
    ? []
    : [{ check: 'encryption', right, found: `encrypted for ${recipient}${found ? `; ${found}` : ''}` }];
