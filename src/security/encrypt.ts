// The last step of an answer that is encrypted: a fresh content key, wrapped for the caller, and the Body's content under it.

import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { ds, wsse, wsse11, xenc } from '../xml/names.ts';
import { type ElementNode, element } from '../xml/writer.ts';
import { contentCiphers, encryption as identifiers, keyTransports, tokenTypes } from './algorithms.ts';
import { issuerSerialElement, methodElement } from './answer-form.ts';
import type { Certificate } from './certificate.ts';
import type { Encryption } from './profile.ts';

const KEY_ID = 'EncryptedKey';
const DATA_ID = 'EncryptedData';

/** XML Encryption §5.2: the initialization vector, the ciphertext, and the tag where the cipher has one. */
const encryptContent = (plain: string, algorithm: string, key: Buffer): Buffer => {
  const content = contentCiphers.get(algorithm);
  if (!content) throw new Error(`no content cipher ${algorithm}`);
  const { cipher: name, ivLength, tagLength } = content;
  const iv = randomBytes(ivLength);
  // PKCS#7 padding is one of the paddings that XML Encryption §5.2.1 allows: only the last byte has a meaning there.
  if (name === 'aes-128-gcm' || name === 'aes-256-gcm') {
    const cipher = createCipheriv(name, key, iv, { authTagLength: tagLength });
    return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }
  const cipher = createCipheriv(name, key, iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]);
};

const encryptKey = (key: Buffer, algorithm: string, recipient: KeyObject): Buffer => {
  const transport = keyTransports.get(algorithm);
  if (!transport) throw new Error(`no key transport ${algorithm}`);
  return transport === 'oaep'
    ? publicEncrypt({ key: recipient, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, key)
    : publicEncrypt({ key: recipient, padding: constants.RSA_PKCS1_PADDING }, key);
};

const cipherData = (value: Buffer): ElementNode =>
  element(xenc, 'CipherData', [], element(xenc, 'CipherValue', [], value.toString('base64')));

/** What stands in the Security header, and what in the Body instead of its content. */
export interface EncryptedContent {
  readonly key: ElementNode;
  readonly data: ElementNode;
}

/**
 * Encrypts the content of a Body to the holder of a certificate.
 *
 * @param plain the content as text that stands alone: every namespace it uses is declared in it
 */
export const encryptBody = (
  plain: string,
  { content, keyTransport }: Encryption,
  recipient: Certificate,
): EncryptedContent => {
  const key = randomBytes(contentCiphers.get(content)?.keyLength ?? 0);
  return {
    key: element(
      xenc,
      'EncryptedKey',
      [{ name: 'Id', value: KEY_ID }],
      methodElement(xenc, 'EncryptionMethod', keyTransport),
      element(ds, 'KeyInfo', [], element(wsse, 'SecurityTokenReference', [], issuerSerialElement(recipient))),
      cipherData(encryptKey(key, keyTransport, recipient.publicKey)),
      element(
        xenc,
        'ReferenceList',
        [],
        element(xenc, 'DataReference', [{ name: 'URI', value: `#${DATA_ID}` }]),
      ),
    ),
    data: element(
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
      cipherData(encryptContent(plain, content, key)),
    ),
  };
};
