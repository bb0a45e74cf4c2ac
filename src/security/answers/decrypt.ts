// An encrypted answer made readable again, as its receiver does it: before its signature is verified, since it was signed first.

import { constants, createDecipheriv, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto';
import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import { answerLimits } from '../../kernel/limits.ts';
import { isProblem, type Problem } from '../../kernel/problem.ts';
import type { Envelope } from '../../soap/envelope.ts';
import { type Message, readMessage } from '../../soap/read.ts';
import { decodeBase64 } from '../../xml/base64.ts';
import { wsse, xenc } from '../../xml/names.ts';
import { attribute, children, isNamed, onlyText } from '../../xml/tree.ts';
import { contentCiphers, encryption as identifiers, keyTransports } from '../algorithms.ts';
import { type SecurityProblem, securityProblem } from '../problems.ts';

type Refusal = Problem<SecurityProblem>;

const failed = (found: string): Refusal =>
  securityProblem('security.decryption', {
    check: 'decryption of the Body',
    expected: 'an EncryptedKey for this certificate, and under it the content of the Body',
    found,
    rule: 'XML Encryption §4.2; WSS 1.1 §9',
    remedy: 'decrypt with the key of the certificate that signed the request',
  });

/** Also of what is no message once it is decrypted: who could tell that from bad padding could decrypt answers by asking. */
const undecipherable = (): Refusal => failed('what cannot be decrypted with this key');

const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element && children(element).find((one) => isNamed(one, xenc.uri, name));

const algorithmOf = (element: XmlElement): string => {
  const method = child(element, 'EncryptionMethod');
  // Nothing inside: with a DigestMethod there the key transport would be another one.
  return method && children(method).length === 0 ? (attribute(method, '', 'Algorithm') ?? '') : '';
};

const cipherValue = (element: XmlElement): Buffer | undefined => {
  const value = child(child(element, 'CipherData'), 'CipherValue');
  return value && decodeBase64(onlyText(value) ?? '');
};

/** PKCS#1 1.5 by hand, since node:crypto no longer does it; what is wrong gives some key or other, so that it tells nothing. */
const unwrapPkcs1 = (wrapped: Buffer, key: KeyObject, length: number): Buffer => {
  const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, wrapped);
  const end = block.indexOf(0, 2);
  const right = block[0] === 0 && block[1] === 2 && end >= 10 && block.length - end - 1 === length;
  const other = randomBytes(length);
  return right ? block.subarray(end + 1) : other;
};

const unwrap = (wrapped: Buffer, algorithm: string, key: KeyObject, length: number): Buffer => {
  const transport = keyTransports.get(algorithm);
  if (!transport) throw new Error('unknown key transport');
  return transport === 'oaep'
    ? privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, wrapped)
    : unwrapPkcs1(wrapped, key, length);
};

const decryptContent = (data: Buffer, algorithm: string, key: Buffer): Buffer => {
  const content = contentCiphers.get(algorithm);
  if (!content || data.length < content.ivLength + content.tagLength)
    throw new Error('unknown content cipher');
  const { cipher: name, ivLength, tagLength } = content;
  const iv = data.subarray(0, ivLength);
  if (name === 'aes-128-gcm' || name === 'aes-256-gcm') {
    const decipher = createDecipheriv(name, key, iv, { authTagLength: tagLength });
    decipher.setAuthTag(data.subarray(data.length - tagLength));
    return Buffer.concat([
      decipher.update(data.subarray(ivLength, data.length - tagLength)),
      decipher.final(),
    ]);
  }
  // XML Encryption §5.2.1: only the last byte of the padding means anything.
  const decipher = createDecipheriv(name, key, iv).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(data.subarray(ivLength)), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > 16) throw new Error('padding');
  return padded.subarray(0, padded.length - padding);
};

/** Takes the place of the content while the tree is written out; nothing that was parsed can hold it. */
const PLACE = randomBytes(16).toString('hex');

/**
 * Decrypts the Body of an envelope; the tree is changed on the way and of no use afterwards.
 *
 * @param key the private key of the receiver
 * @returns the envelope's bytes with the content in its place, to be parsed again; undefined when nothing is encrypted; a
 *   problem, the same for every failure, when it cannot be decrypted
 */
const decryptBody = (
  document: XmlDocument,
  { blocks, payload }: Envelope,
  key: KeyObject,
): Buffer | Refusal | undefined => {
  const security = blocks.find(
    ({ element, ours }) => ours && isNamed(element, wsse.uri, 'Security'),
  )?.element;
  const wrapped = child(security, 'EncryptedKey');
  if (!isNamed(payload, xenc.uri, 'EncryptedData'))
    return wrapped && failed('an EncryptedKey, but nothing encrypted');
  if (!wrapped) return failed('an EncryptedData without an EncryptedKey in the Security header');
  const named = child(child(wrapped, 'ReferenceList'), 'DataReference');
  if (!named || attribute(named, '', 'URI') !== `#${attribute(payload, '', 'Id') ?? ''}`)
    return failed('an EncryptedKey whose ReferenceList does not name the EncryptedData');
  if (attribute(payload, '', 'Type') !== identifiers.content)
    return failed(`EncryptedData of the type ${attribute(payload, '', 'Type') ?? '(none)'}`);
  const method = algorithmOf(payload);
  const length = contentCiphers.get(method)?.keyLength ?? 0;
  const [keyValue, dataValue] = [cipherValue(wrapped), cipherValue(payload)];
  let plain: Buffer;
  try {
    if (!keyValue || !dataValue) throw new Error('no CipherValue');
    const contentKey = unwrap(keyValue, algorithmOf(wrapped), key, length);
    plain = decryptContent(dataValue, method, contentKey);
  } catch {
    return undecipherable();
  }
  const body = payload.parent;
  payload.remove();
  wrapped.remove();
  body?.addText(PLACE);
  const [before = '', after = ''] = document.toString({ format: false }).split(PLACE);
  return Buffer.concat([Buffer.from(before), plain, Buffer.from(after)]);
};

/**
 * Reads an envelope once more with its Body decrypted, by the same guard and parser as everything else; the tree that it was in
 * is of no use afterwards.
 *
 * @param key the private key of the receiver
 * @returns undefined when nothing is encrypted; a problem when it cannot be decrypted, or is no message then
 */
export const readDecrypted = (envelope: Envelope, key: KeyObject): Message | Refusal | undefined => {
  const bytes = decryptBody(envelope.document, envelope, key);
  if (bytes === undefined || isProblem(bytes)) return bytes;
  const message = readMessage(bytes, { version: envelope.version, limits: answerLimits });
  return isProblem(message) ? undecipherable() : message;
};
