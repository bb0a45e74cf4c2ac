// The way back: an answer with token, Signature and Timestamp. One RSA operation, no canonicalizer, off the main thread.

import { createHash, createPrivateKey, hash, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { UserError } from '../../kernel/user-error.ts';
import type { SoapVersion } from '../../soap/version.ts';
import type { Namespace } from '../../xml/names.ts';
import { joinOctets } from '../../xml/octets.ts';
import { type ElementNode, writeOctets } from '../../xml/writer.ts';
import { digestMethods, signatureMethods } from '../algorithms.ts';
import type { AnswerProtection } from '../profiles/profile.ts';
import { type Certificate, readPem } from '../trust/certificate.ts';
import {
  type AnswerForm,
  fill,
  fillParts,
  type Parts,
  type Pieces,
  writeForm,
  writtenName,
} from './answer-form.ts';
import { encryptBody } from './encrypt.ts';

type Sign = (digest: string, data: Buffer, key: KeyObject) => Promise<Buffer> | Buffer;
const signInPool: Sign = promisify(sign) as Sign;
const signOnTheSpot: Sign = sign;

const iso = (instant: number): string => new Date(instant).toISOString();

const readKey = (pem: string): KeyObject => {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new UserError(`the server key cannot be read: ${(error as Error).message}`);
  }
};

/** The message that is answered, as far as its answer depends on it. */
export interface Request {
  /** The decoded SignatureValue; undefined: it was not signed. */
  readonly signatureValue: Buffer | undefined;
  /** The certificate that it was signed with. */
  readonly certificate: Certificate | undefined;
}

export interface AnswerSigner {
  /**
   * Puts a payload into a signed envelope and, where the protection says so, encrypts it to the caller. Signed first.
   *
   * @param now milliseconds since 1970 by the security hand of the clock
   * @returns the envelope in UTF-8
   */
  sign(
    payload: ElementNode,
    version: SoapVersion,
    now: number,
    answer: AnswerProtection,
    request: Request,
  ): Promise<Buffer>;
}

/** WSS 1.1 §8.5: a request that was not signed is confirmed by a SignatureConfirmation without Value; we write none. */
const adapt = (answer: AnswerProtection, { signatureValue, certificate }: Request): AnswerProtection => ({
  ...answer,
  confirmation: answer.confirmation && signatureValue !== undefined,
  encryption: certificate && answer.encryption,
});

/** The EncryptedKey of the header and the Body that goes with it; undefined where the answer stays readable. */
const encryptAnswer = (
  written: Buffer,
  { encrypted }: AnswerForm,
  { encryption }: AnswerProtection,
  { certificate }: Request,
): { readonly key: string; readonly body: Parts } | undefined => {
  if (!encrypted || !encryption || !certificate) return undefined;
  const { key, content } = encryptBody(written, encryption, certificate.publicKey);
  return {
    key: fill(encrypted.key, writtenName(certificate), key),
    body: fillParts(encrypted.body, content),
  };
};

/** The digest of what octets stand in. */
const digestAround = (method: string, pieces: Pieces, octets: Buffer): string => {
  const [before = '', after = ''] = pieces;
  return createHash(method).update(before).update(octets).update(after).digest('base64');
};

/**
 * @param certificatePem the emulator's certificate, leaf first
 * @param onTheSpot whether signatures are made on the main thread: the way to another costs more where no core is free for it
 * @throws UserError when certificate or key cannot be read, or do not belong together
 */
export const createAnswerSigner = (
  certificatePem: string,
  keyPem: string,
  onTheSpot = false,
): AnswerSigner => {
  const signWith = onTheSpot ? signOnTheSpot : signInPool;
  const [certificate] = readPem(certificatePem);
  if (!certificate) throw new UserError('the server certificate holds no certificate that can be read');
  const key = readKey(keyPem);
  if (!certificate.x509.checkPrivateKey(key)) {
    throw new UserError('the server key does not belong to the server certificate');
  }
  const forms = new Map<string, AnswerForm>();
  const formFor = (soap: Namespace, answer: AnswerProtection): AnswerForm => {
    const { signature, digest, reference, confirmation, encryption } = answer;
    const ciphers = encryption ? `${encryption.content} ${encryption.keyTransport}` : 'none';
    const kind = [soap.uri, signature, digest, reference, confirmation, ciphers].join(' ');
    const form = forms.get(kind) ?? writeForm(soap, certificate, answer);
    forms.set(kind, form);
    return form;
  };

  return {
    sign: async (payload, { namespace }, now, wanted, request) => {
      const answer = adapt(wanted, request);
      const form = formFor(namespace, answer);
      const { timestamp, confirmation, signedInfo, body, envelope } = form;
      const digestMethod = digestMethods.get(answer.digest) ?? '';
      const digestOf = (canonical: string): string => hash(digestMethod, canonical, 'base64');
      const times = [iso(now), iso(now + answer.lifetime * 1000)];
      const confirmed = request.signatureValue?.toString('base64') ?? '';
      // Written once, so that it stands alone: what it uses it declares, inside the Body and under encryption alike.
      const written = writeOctets(payload);
      const digests = [
        digestOf(fill(timestamp.canonical, ...times)),
        digestAround(digestMethod, body.canonical, written),
        ...(answer.confirmation ? [digestOf(fill(confirmation.canonical, confirmed))] : []),
      ];
      const value = signWith(
        signatureMethods.get(answer.signature) ?? '',
        Buffer.from(fill(signedInfo.canonical, ...digests)),
        key,
      );
      const encrypted = encryptAnswer(written, form, answer, request);
      return joinOctets(
        fillParts(
          envelope,
          ...(encrypted ? [encrypted.key] : []),
          fill(signedInfo.text, ...digests),
          (await value).toString('base64'),
          fill(timestamp.text, ...times),
          ...(answer.confirmation ? [fill(confirmation.text, confirmed)] : []),
          encrypted?.body ?? fillParts(body.text, written),
        ),
      );
    },
  };
};
