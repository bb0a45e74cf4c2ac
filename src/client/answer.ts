// An answer as the command line reads it: decrypted and verified by the emulator's own security code before a word is believed.

import { createPrivateKey } from 'node:crypto';
import type { XmlElement } from 'libxml2-wasm';
import { answerLimits } from '../kernel/limits.ts';
import { isProblem, type Problem, type QName } from '../kernel/problem.ts';
import { canonicalizations, digestMethods, signatureMethods } from '../security/algorithms.ts';
import { takeApart } from '../security/anatomy.ts';
import { inAnswers, judgeConfirmation } from '../security/answers/confirmation.ts';
import { readDecrypted } from '../security/answers/decrypt.ts';
import { type SecurityProblem, securityProblem } from '../security/problems.ts';
import type { Profile } from '../security/profiles/profile.ts';
import { profiles } from '../security/profiles/profiles.ts';
import { createSignerCache } from '../security/signer.ts';
import { knownCertificates } from '../security/trust/known-certificates.ts';
import type { TrustStore } from '../security/trust/trust.ts';
import { verifyMessage } from '../security/verify.ts';
import type { Envelope } from '../soap/envelope.ts';
import type { SoapProblem } from '../soap/problems.ts';
import { readMessage } from '../soap/read.ts';
import type { SoapVersion } from '../soap/version.ts';
import type { XmlProblem } from '../xml/problems.ts';
import { attribute, children, isNamed, printQName, qnameOf, textOf } from '../xml/tree.ts';

/** What an answer says. Only a signed one can be believed; a fault never is signed. */
export interface ReadAnswer {
  readonly kind: 'answer' | 'fault';
  readonly element: string;
  /** The leaf elements and the attributes that are in no namespace, in document order. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Subject and organisation number of the verified signer; undefined: the answer was not signed. */
  readonly signer: { readonly subject: string; readonly organisation: string } | undefined;
  readonly encrypted: boolean;
  /** Whether it repeats the request's signature (WSS 1.1 §8.5). */
  readonly confirmed: boolean;
}

/** Why an answer is not believed. */
export type AnswerRefusal = Problem<XmlProblem | SoapProblem | SecurityProblem>;

/** What the receiver of an answer has. */
export interface Receiver {
  readonly trust: TrustStore;
  /** The key of the certificate that signed the request, PEM. */
  readonly keyPem: string;
  /** Certificates that an answer may name without carrying them, PEM. */
  readonly knownPem: readonly string[];
  /** The decoded SignatureValue of the request, where it was signed. */
  readonly signatureValue: Buffer | undefined;
  /** The element that answers the request; without it any is taken. */
  readonly response?: QName;
}

// Whatever an emulator's profile makes of an answer must be readable here.
const ANSWERS: Profile = {
  ...profiles.strict,
  name: 'answer',
  canonicalizations: [...canonicalizations.keys()],
  signatures: [...signatureMethods.keys()],
  digests: [...digestMethods.keys()],
  keyReferences: profiles['14-05'].keyReferences,
  timestamp: { ...profiles.strict.timestamp, maxLifetime: 86_400 },
  policies: [],
  replay: false,
};

/** The item of every code list has this name; the element around it says which list it is. */
const CODE_LIST_ITEM = 'CodeListItemIdentifier';

/** What stands in attributes of its own, such as the numbers of an answer and the dates of a value. */
const attributesOf = (element: XmlElement): { name: string; value: string }[] =>
  element.attrs.filter(({ namespaceUri }) => namespaceUri === '').map(({ name, value }) => ({ name, value }));

const leaves = (element: XmlElement): { name: string; value: string }[] => [
  ...attributesOf(element),
  ...children(element).flatMap((child) =>
    children(child).length > 0
      ? leaves(child)
      : [
          { name: child.name === CODE_LIST_ITEM ? element.name : child.name, value: textOf(child) },
          ...attributesOf(child),
        ],
  ),
];

/** A request that comes back is signed too, by somebody who is trusted: its own sender. */
const judgeResponse = (payload: XmlElement, response: QName | undefined): AnswerRefusal | undefined =>
  !response || isNamed(payload, response.namespace, response.name)
    ? undefined
    : securityProblem('security.confirmation', {
        check: 'element of the answer',
        expected: printQName(response),
        found: printQName(qnameOf(payload)),
        rule: 'contract: the response of the operation in the WSDL',
        remedy: 'this is no answer to the request: look at what stands between client and service',
      });

const verify = (
  envelope: Envelope,
  receiver: Receiver,
  now: number,
  encrypted: boolean,
): ReadAnswer | AnswerRefusal => {
  const { payload, version, blocks } = envelope;
  const told = (kind: ReadAnswer['kind']) => ({
    kind,
    element: payload.name,
    fields: leaves(payload),
    signer: undefined,
    encrypted,
    confirmed: false,
  });
  if (isNamed(payload, version.namespace.uri, 'Fault')) return told('fault');
  const strange = judgeResponse(payload, receiver.response);
  if (strange) return strange;
  if (blocks.length === 0) return told('answer');
  const { trust, knownPem, signatureValue } = receiver;
  const signers = createSignerCache(trust, knownCertificates(knownPem));
  const verified = verifyMessage(takeApart(envelope, signers, inAnswers), ANSWERS, now);
  if (isProblem(verified)) return verified;
  const { signer, further } = verified;
  const [confirmation] = further.map((element) => attribute(element, '', 'Value') ?? '');
  const refused = judgeConfirmation(confirmation, signatureValue);
  if (refused) return refused;
  return {
    ...told('answer'),
    signer: signer && { subject: signer.certificate.subject, organisation: signer.organisation },
    confirmed: confirmation !== undefined,
  };
};

/**
 * Reads an answer: decrypts it where it is encrypted and verifies it where it has a Security header.
 *
 * @param now milliseconds since 1970
 * @returns a problem when the answer is no SOAP message, cannot be decrypted, or its signature does not hold
 */
export const readAnswer = (
  bytes: Buffer,
  version: SoapVersion,
  receiver: Receiver,
  now: number,
): ReadAnswer | AnswerRefusal => {
  const message = readMessage(bytes, { version, limits: answerLimits });
  if (isProblem(message)) return message;
  using envelope = message;
  const decrypted = readDecrypted(envelope, createPrivateKey(receiver.keyPem));
  if (decrypted === undefined) return verify(envelope, receiver, now, false);
  if (isProblem(decrypted)) return decrypted;
  using plain = decrypted;
  return verify(plain, receiver, now, true);
};
