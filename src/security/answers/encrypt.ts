// The last step of an answer that is encrypted: a fresh content key, wrapped for the caller, and the Body's content under it.

import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { contentCiphers, keyTransports } from '../algorithms.ts';
import type { Encryption } from '../profiles/profile.ts';

/** XML Encryption §5.2: the initialization vector, the ciphertext, and the tag where the cipher has one. */
const encryptContent = (plain: Buffer, algorithm: string, key: Buffer): Buffer => {
  const content = contentCiphers.get(algorithm);
  if (!content) throw new Error(`no content cipher ${algorithm}`);
  const { cipher: name, ivLength, tagLength } = content;
  const iv = randomBytes(ivLength);
  // PKCS#7 padding is one of the paddings that XML Encryption §5.2.1 allows: only the last byte has a meaning there.
  if (name === 'aes-128-gcm' || name === 'aes-256-gcm') {
    const cipher = createCipheriv(name, key, iv, { authTagLength: tagLength });
    return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }
  const cipher = createCipheriv(name, key, iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]);
};

const encryptKey = (key: Buffer, algorithm: string, recipient: KeyObject): Buffer => {
  const transport = keyTransports.get(algorithm);
  if (!transport) throw new Error(`no key transport ${algorithm}`);
  return transport === 'oaep'
    ? publicEncrypt({ key: recipient, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, key)
    : publicEncrypt({ key: recipient, padding: constants.RSA_PKCS1_PADDING }, key);
};

/** The two ciphertexts of an answer, in base64. */
export interface Ciphertexts {
  /** The content key, for the holder of the recipient's key only. */
  readonly key: string;
  readonly content: string;
}

/**
 * Encrypts the content of a Body under a fresh key.
 *
 * @param plain the content in UTF-8; it stands alone: every namespace it uses is declared in it
 */
export const encryptBody = (
  plain: Buffer,
  { content, keyTransport }: Encryption,
  recipient: KeyObject,
): Ciphertexts => {
  const key = randomBytes(contentCiphers.get(content)?.keyLength ?? 0);
  return {
    key: encryptKey(key, keyTransport, recipient).toString('base64'),
    content: encryptContent(plain, content, key).toString('base64'),
  };
};
