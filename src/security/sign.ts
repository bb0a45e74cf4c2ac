// The way back: an answer with token, Signature and Timestamp. One RSA operation, no canonicalizer, off the main thread.

import { createPrivateKey, hash, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { UserError } from '../kernel/user-error.ts';
import type { SoapVersion } from '../soap/version.ts';
import { ds, type Namespace, wsse, wsu } from '../xml/names.ts';
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

const referenceTo = (target: string, digest: string): ElementNode =>
  element(
    ds,
    'Reference',
    [{ name: 'URI', value: `#${target}` }],
    element(ds, 'Transforms', [], method('Transform', algorithms.excC14n)),
    method('DigestMethod', algorithms.sha256),
    element(ds, 'DigestValue', [], digest),
  );

const timestampElement = (created: string, expires: string): ElementNode =>
  element(
    wsu,
    'Timestamp',
    [id(TIMESTAMP_ID)],
    element(wsu, 'Created', [], created),
    element(wsu, 'Expires', [], expires),
  );

const signedInfoElement = (timestampDigest: string, bodyDigest: string): ElementNode =>
  element(
    ds,
    'SignedInfo',
    [],
    method('CanonicalizationMethod', algorithms.excC14n),
    method('SignatureMethod', algorithms.rsaSha256),
    referenceTo(TIMESTAMP_ID, timestampDigest),
    referenceTo(BODY_ID, bodyDigest),
  );

const securityElement = (
  soap: Namespace,
  token: string,
  signature: ElementNode,
  timestamp: string,
): ElementNode =>
  element(
    wsse,
    'Security',
    [{ namespace: soap, name: 'mustUnderstand', value: soap.prefix === 'env' ? 'true' : '1' }],
    element(
      wsse,
      'BinarySecurityToken',
      [
        id(TOKEN_ID),
        { name: 'EncodingType', value: tokenTypes.base64 },
        { name: 'ValueType', value: tokenTypes.x509v3 },
      ],
      token,
    ),
    signature,
    { written: timestamp },
  );

const signatureElement = (signedInfo: string, value: string): ElementNode =>
  element(
    ds,
    'Signature',
    [],
    { written: signedInfo },
    element(ds, 'SignatureValue', [], value),
    element(
      ds,
      'KeyInfo',
      [],
      element(
        wsse,
        'SecurityTokenReference',
        [],
        element(wsse, 'Reference', [
          { name: 'URI', value: `#${TOKEN_ID}` },
          { name: 'ValueType', value: tokenTypes.x509v3 },
        ]),
      ),
    ),
  );

// Stands where two answers differ. No XML text may hold this character, so nothing else is a mark.
const MARK = '\uFFFF';

/** A text that was written once with marks: filled in by putting the values, in order, between its pieces. */
const fill = (pieces: readonly string[], ...values: readonly string[]): string =>
  pieces.reduce((text, piece, index) => text + (values[index - 1] ?? '') + piece);
const cut = (text: string): string[] => text.split(MARK);

/** What every answer of a SOAP version has in common, cut at its marks. */
const writeTemplates = (soap: Namespace, token: string) => {
  const timestamp = writeSigned(timestampElement(MARK, MARK), scopeOf(soap, wsse));
  const signedInfo = writeSigned(signedInfoElement(MARK, MARK), scopeOf(soap, wsse, ds));
  const envelope = element(
    soap,
    'Envelope',
    [],
    element(soap, 'Header', [], securityElement(soap, token, signatureElement(MARK, MARK), MARK)),
    { written: MARK },
  );
  return {
    timestamp: { text: cut(timestamp.text), canonical: cut(timestamp.canonical) },
    signedInfo: { text: cut(signedInfo.text), canonical: cut(signedInfo.canonical) },
    envelope: cut(write(envelope)),
  };
};

const digestOf = (canonical: string): string => hash('sha256', canonical, 'base64');
const iso = (instant: number): string => new Date(instant).toISOString();

const readKey = (pem: string): KeyObject => {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new UserError(`the server key cannot be read: ${(error as Error).message}`);
  }
};

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
 * @throws UserError when certificate or key cannot be read, or do not belong together
 */
export const createAnswerSigner = (certificatePem: string, keyPem: string): AnswerSigner => {
  const [certificate] = readPem(certificatePem);
  if (!certificate) throw new UserError('the server certificate holds no certificate that can be read');
  const key = readKey(keyPem);
  if (!certificate.x509.checkPrivateKey(key)) {
    throw new UserError('the server key does not belong to the server certificate');
  }
  const token = certificate.der.toString('base64');
  const written = new Map<string, ReturnType<typeof writeTemplates>>();
  const templatesFor = (soap: Namespace): ReturnType<typeof writeTemplates> => {
    const templates = written.get(soap.uri) ?? writeTemplates(soap, token);
    written.set(soap.uri, templates);
    return templates;
  };

  return {
    sign: async (payload, { namespace }, now, lifetime) => {
      const { timestamp, signedInfo, envelope } = templatesFor(namespace);
      const times = [iso(now), iso(now + lifetime * 1000)];
      const body = writeSigned(element(namespace, 'Body', [id(BODY_ID)], payload), scopeOf(namespace));
      const digests = [digestOf(fill(timestamp.canonical, ...times)), digestOf(body.canonical)];
      const value = await signAsync('sha256', Buffer.from(fill(signedInfo.canonical, ...digests)), key);
      return fill(
        envelope,
        fill(signedInfo.text, ...digests),
        value.toString('base64'),
        fill(timestamp.text, ...times),
        body.text,
      );
    },
  };
};
