// An emulator's answers without the emulator: signed and encrypted for a client of a test PKI, and read by that client.

import assert from 'node:assert/strict';
import { type AnswerRefusal, type ReadAnswer, type Receiver, readAnswer } from '../../src/client/answer.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { openPki, type Pki } from '../../src/pki/pki.ts';
import { contentCiphers, encryption as identifiers, keyTransports } from '../../src/security/algorithms.ts';
import { fill, writeForm, writtenName } from '../../src/security/answers/answer-form.ts';
import { encryptBody } from '../../src/security/answers/encrypt.ts';
import { createAnswerSigner } from '../../src/security/answers/sign.ts';
import type { AnswerProtection, Encryption } from '../../src/security/profiles/profile.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { type Certificate, readPem } from '../../src/security/trust/certificate.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import type { SoapVersion } from '../../src/soap/version.ts';
import { type ElementNode, element } from '../../src/xml/writer.ts';

export const NOW = Date.UTC(2026, 5, 1, 12);
const MESSAGES = { prefix: 'm', uri: 'urn:test:messages' };
/** What was decided, as an operation would answer it. */
export const payloadOf = (text: string): ElementNode =>
  element(MESSAGES, 'SecretRespons', [], element(MESSAGES, 'status', [], text));

export interface Answering {
  readonly pki: Pki;
  readonly certificateOf: (client: string) => Certificate;
  /** The answer to a request of `digipost`, with this SignatureValue. */
  readonly answer: (
    text: string,
    version: SoapVersion,
    protection: AnswerProtection,
    signatureValue?: Buffer,
  ) => Promise<string>;
  /** What `digipost`, or another, makes of an answer to a request with this SignatureValue. */
  readonly read: (
    message: string | Buffer,
    version: SoapVersion,
    signatureValue?: Buffer,
    client?: string,
  ) => ReadAnswer | AnswerRefusal;
}

export const REQUEST = Buffer.from('the SignatureValue of the request');

export const openAnswering = async (): Promise<Answering> => {
  const pki = await openPki(undefined, new Date(NOW));
  const client = (name: string): { certificatePem: string; keyPem: string } => {
    const found = pki.clients.get(name);
    assert.ok(found, name);
    return found;
  };
  const certificateOf = (name: string): Certificate => {
    const [certificate] = readPem(client(name).certificatePem);
    assert.ok(certificate);
    return certificate;
  };
  const signer = createAnswerSigner(pki.server.certificatePem, pki.server.keyPem);
  const trust = createTrustStore([pki.trustPem], pki.crls);
  return {
    pki,
    certificateOf,
    answer: async (text, version, protection, signatureValue = REQUEST) => {
      const certificate = certificateOf('digipost');
      const request = { signatureValue, certificate };
      return (await signer.sign(payloadOf(text), version, NOW, protection, request)).toString();
    },
    read: (message, version, signatureValue = REQUEST, name = 'digipost') => {
      const receiver: Receiver = {
        trust,
        keyPem: client(name).keyPem,
        knownPem: [pki.server.certificatePem],
        signatureValue,
      };
      return readAnswer(Buffer.from(message), version, receiver, NOW + 1000);
    },
  };
};

/** The content of a Body, as the writer writes it. */
export const contentOf = (message: string): string =>
  /:Body [^>]*>(.*)<\/[\w-]+:Body>/s.exec(message)?.[1] ?? assert.fail('no Body');

/**
 * Encrypts anything at all to a certificate and puts it in the place of the Body's content: everybody can, since nothing but
 * the certificate is needed.
 */
export const encryptInto = (
  message: string,
  plain: string,
  version: SoapVersion,
  encryption: Encryption,
  recipient: Certificate,
): string => {
  const form = writeForm(version.namespace, recipient, protectedBy(encryption));
  assert.ok(form.encrypted);
  const { key, content } = encryptBody(Buffer.from(plain), encryption, recipient.publicKey);
  const data = contentOf(fill(form.encrypted.body, content));
  const wrapped = fill(form.encrypted.key, writtenName(recipient), key);
  return message
    .replace(
      /(:Body(?: [^>]*)?>).*(<\/[\w-]+:Body>)/s,
      (_, open: string, close: string) => open + data + close,
    )
    .replace(/<wsse:Security [^>]*>/, (tag) => tag + wrapped);
};

/** The element of what was decided, or the problem; fails where it should have been refused. */
export const refusalOf = (read: ReadAnswer | AnswerRefusal): AnswerRefusal => {
  assert.ok(isProblem(read), `believed: ${JSON.stringify(read)}`);
  return read;
};
export const believed = (read: ReadAnswer | AnswerRefusal): ReadAnswer => {
  assert.ok(!isProblem(read), JSON.stringify(read));
  return read;
};

export const SECRET = 'Hemmelig';

/** Every cipher with every key transport. */
export const ways: readonly Encryption[] = [...contentCiphers.keys()].flatMap((content) =>
  [...keyTransports.keys()].map((keyTransport) => ({ content, keyTransport, everywhere: true })),
);
export const nameOf = ({ content, keyTransport }: Encryption): string =>
  [content, keyTransport].map((uri) => uri.replace(/^.*#/, '')).join(' and ');
export const CBC = { content: identifiers.aes256Cbc, keyTransport: identifiers.rsa15, everywhere: true };
export const OAEP = { ...CBC, keyTransport: identifiers.rsaOaep };
export const GCM = { ...OAEP, content: identifiers.aes256Gcm };

export const protectedBy = (encryption: Encryption | undefined): AnswerProtection => ({
  ...profiles.observed.answer,
  encryption,
});

/** What every failure of decryption or verification shows. */
export const FACE = JSON.stringify({
  kind: 'fault',
  code: {
    namespace: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
    name: 'FailedCheck',
  },
  text: 'The signature or decryption was invalid',
});
