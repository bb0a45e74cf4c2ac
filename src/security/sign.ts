// The way back: an answer with token, Signature and Timestamp. One RSA operation, no canonicalizer, off the main thread.

import { createPrivateKey, hash, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { SoapVersion } from '../soap/version.ts';
import { ds, wsse, wsu } from '../xml/names.ts';
import { type ElementNode, element, scopeOf, write, writeSigned } from '../xml/writer.ts';
import { algorithms, tokenTypes } from './algorithms.ts';
import { readPem } from './certificate.ts';

const signAsync = promisify(sign) as (digest: string, data: Buffer, key: KeyObject) => Promise<Buffer>;

// Ids need to be unique within a message only.
const TOKEN_ID = 'X509';
const TIMESTAMP_ID = 'Timestamp';
const BODY_ID = 'Body';

const id = (value: string) => ({ namespace: wsu, name: 'Id', value });
const method = (name: string, algorithm: string): ElementNode =>
  element(ds, name, [{ name: 'Algorithm', value: algorithm }]);

const referenceTo = (target: string, canonical: string): ElementNode =>
  element(
    ds,
    'Reference',
    [{ name: 'URI', value: `#${target}` }],
    element(ds, 'Transforms', [], method('Transform', algorithms.excC14n)),
    method('DigestMethod', algorithms.sha256),
    element(ds, 'DigestValue', [], hash('sha256', canonical, 'base64')),
  );

const timestampElement = (now: number, lifetime: number): ElementNode =>
  element(
    wsu,
    'Timestamp',
    [id(TIMESTAMP_ID)],
    element(wsu, 'Created', [], new Date(now).toISOString()),
    element(wsu, 'Expires', [], new Date(now + lifetime * 1000).toISOString()),
  );

export interface AnswerSigner {
  /**
   * Puts a payload into a signed envelope.
   *
   * @param now milliseconds since 1970 by the security hand of the clock
   * @param lifetime of the Timestamp in seconds
   */
  sign(payload: ElementNode, version: SoapVersion, now: number, lifetime: number): Promise<string>;
}

/**
 * @param certificatePem the emulator's certificate, leaf first
 * @throws Error when certificate or key cannot be read, or do not belong together
 */
export const createAnswerSigner = (certificatePem: string, keyPem: string): AnswerSigner => {
  const [certificate] = readPem(certificatePem);
  if (!certificate) throw new Error('the server certificate cannot be read');
  const key = createPrivateKey(keyPem);
  if (!certificate.x509.checkPrivateKey(key))
    throw new Error('the server key does not belong to the server certificate');

  const token = element(
    wsse,
    'BinarySecurityToken',
    [
      id(TOKEN_ID),
      { name: 'EncodingType', value: tokenTypes.base64 },
      { name: 'ValueType', value: tokenTypes.x509v3 },
    ],
    certificate.der.toString('base64'),
  );
  const reference = element(wsse, 'Reference', [
    { name: 'URI', value: `#${TOKEN_ID}` },
    { name: 'ValueType', value: tokenTypes.x509v3 },
  ]);
  const keyInfo = element(ds, 'KeyInfo', [], element(wsse, 'SecurityTokenReference', [], reference));
  // The token and KeyInfo are the same in every answer; they are written once per SOAP prefix in scope.
  const inSecurity = scopeOf(wsse);
  const tokenText = { written: write(token, inSecurity) };
  const keyInfoText = { written: write(keyInfo, scopeOf(wsse, ds)) };

  return {
    sign: async (payload, { namespace }, now, lifetime) => {
      const body = writeSigned(element(namespace, 'Body', [id(BODY_ID)], payload), scopeOf(namespace));
      const timestamp = writeSigned(timestampElement(now, lifetime), scopeOf(namespace, wsse));
      const signedInfo = writeSigned(
        element(
          ds,
          'SignedInfo',
          [],
          method('CanonicalizationMethod', algorithms.excC14n),
          method('SignatureMethod', algorithms.rsaSha256),
          referenceTo(TIMESTAMP_ID, timestamp.canonical),
          referenceTo(BODY_ID, body.canonical),
        ),
        scopeOf(namespace, wsse, ds),
      );
      const value = await signAsync('sha256', Buffer.from(signedInfo.canonical), key);
      const signature = element(
        ds,
        'Signature',
        [],
        { written: signedInfo.text },
        element(ds, 'SignatureValue', [], value.toString('base64')),
        keyInfoText,
      );
      const security = element(
        wsse,
        'Security',
        [{ namespace, name: 'mustUnderstand', value: namespace.prefix === 'env' ? 'true' : '1' }],
        tokenText,
        signature,
        { written: timestamp.text },
      );
      return write(
        element(namespace, 'Envelope', [], element(namespace, 'Header', [], security), {
          written: body.text,
        }),
      );
    },
  };
};
