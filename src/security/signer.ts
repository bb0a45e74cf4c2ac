// Step 7: who signed. From the token's text to a certificate fit for signing, its key and its organisation.

import { hash } from 'node:crypto';
import type { XmlElement } from 'libxml2-wasm';
import type { Problem } from '../kernel/problem.ts';
import { attribute, children, textOf } from '../xml/tree.ts';
import { tokenTypes } from './algorithms.ts';
import { decodeBase64 } from './base64.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { type Reason, type SecurityProblem, securityProblem, type WssFault } from './problems.ts';
import type { Profile } from './profiles.ts';
import type { Span } from './revocation.ts';
import { MINIMUM_KEY_BITS, type TrustStore } from './trust.ts';

/** How many tokens are remembered; a client uses one or two. */
const CACHE_SIZE = 1000;

/** The caller as its certificate names it. */
export interface Signer {
  readonly certificate: Certificate;
  readonly organisation: string;
}

type Refusal = Problem<SecurityProblem>;
const refuse = (code: SecurityProblem, fault: WssFault, reason: Reason): Refusal =>
  securityProblem(code, fault, reason);

const readToken = (element: XmlElement): string | Refusal => {
  const valueType = attribute(element, '', 'ValueType');
  const encoding = attribute(element, '', 'EncodingType') ?? tokenTypes.base64;
  if (valueType !== tokenTypes.x509v3 || encoding !== tokenTypes.base64) {
    return refuse('security.token-unsupported', 'UnsupportedSecurityToken', {
      check: 'type of the BinarySecurityToken',
      expected: 'ValueType …#X509v3, EncodingType …#Base64Binary',
      found: `ValueType ${valueType ?? '(none)'}, EncodingType ${encoding}`,
      rule: 'contract: WS-Security of requests; WSS X.509 Token Profile 1.1 §3.1',
      remedy: 'send the single signing certificate as X509v3, no PKCS#7 and no PkiPath',
    });
  }
  return textOf(element);
};

const unreadable = (found: string): Refusal =>
  refuse('security.token-unreadable', 'InvalidSecurityToken', {
    check: 'content of the BinarySecurityToken',
    expected: 'one X.509 certificate: DER, base64, nothing after it',
    found,
    rule: 'WSS X.509 Token Profile 1.1 §3.1.1',
    remedy: 'send the base64 of the DER certificate, without PEM lines',
  });

/**
 * Whether the key and the extensions allow the certificate to sign messages at all.
 *
 * @param minimumKeyBits the shortest RSA key
 */
export const judgeFitness = (
  certificate: Certificate,
  minimumKeyBits = MINIMUM_KEY_BITS,
): Refusal | undefined => {
  const { publicKey, keyUsage, ca, unknownCritical, subject } = certificate;
  if (publicKey.asymmetricKeyType !== 'rsa') {
    return refuse('security.certificate-key', 'UnsupportedAlgorithm', {
      check: `key of the certificate ${subject}`,
      expected: 'RSA',
      found: publicKey.asymmetricKeyType ?? 'unknown',
      rule: 'contract: rsa-sha256',
      remedy: 'use a certificate with an RSA key',
    });
  }
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < minimumKeyBits) {
    return refuse('security.certificate-key', 'InvalidSecurityToken', {
      check: `key of the certificate ${subject}`,
      expected: `RSA of at least ${minimumKeyBits} bits`,
      found: `${bits} bits`,
      rule: 'contract: certificates, RSA-2048',
      remedy: 'use a certificate with a longer key',
    });
  }
  const found = ca
    ? 'a CA certificate'
    : keyUsage && !keyUsage.includes('digitalSignature')
      ? `key usage ${keyUsage.join(', ')}`
      : unknownCritical.length > 0
        ? `unknown critical extension ${unknownCritical.join(', ')}`
        : undefined;
  if (!found) return undefined;
  return refuse('security.certificate-usage', 'InvalidSecurityToken', {
    check: `use of the certificate ${subject}`,
    expected: 'an end certificate with digitalSignature and no unknown critical extension',
    found,
    rule: 'RFC 5280 §4.2.1.3, §4.2.1.9; contract: certificates',
    remedy:
      'sign with the organisation’s certificate for authentication and signing, not its encryption or CA certificate',
  });
};

const missingOrganisation = (certificate: Certificate): Refusal =>
  refuse('security.certificate-organisation', 'FailedAuthentication', {
    check: 'organisation number in the certificate',
    expected: 'nine digits in 2.5.4.97 (NTRNO-…), else in serialNumber, else as CN',
    found: certificate.subject,
    rule: 'contract: certificates',
    remedy: 'use an organisation certificate (virksomhetssertifikat)',
    basis: 'observed',
  });

/** Whether the certificate carries a policy that the profile asks for. */
export const judgePolicy = (certificate: Certificate, profile: Profile): Refusal | undefined => {
  const { policies } = profile;
  if (policies.length === 0 || certificate.policies.some((policy) => policies.includes(policy)))
    return undefined;
  return refuse('security.certificate-policy', 'FailedAuthentication', {
    check: `policy of the certificate ${certificate.subject}`,
    expected: policies.join(' or '),
    found: certificate.policies.join(', ') || 'none',
    rule: `profile ${profile.name}; contract: certificates`,
    remedy: 'use an organisation certificate (virksomhetssertifikat), not a person’s or a server’s',
  });
};

/** A signer, and when the verdict holds. */
interface Verdict extends Span {
  readonly signer: Signer;
}

/** Judges a certificate as the signer of a message, but for its policy: chain, fitness, organisation. */
export const judgeSigner = (
  certificate: Certificate,
  trust: TrustStore,
  now: number,
  minimumKeyBits: number,
): Verdict | Refusal => {
  const chain = trust.judge(certificate, now, minimumKeyBits);
  if ('problem' in chain) return chain;
  const unfit = judgeFitness(certificate, minimumKeyBits);
  if (unfit) return unfit;
  const { organisation } = certificate;
  if (!organisation) return missingOrganisation(certificate);
  const { from, until } = chain;
  return { signer: { certificate, organisation: organisation.number }, from, until };
};

export interface SignerCache {
  /**
   * Finds out who a token names; a good verdict is kept by certificate, and only as long as it holds.
   *
   * @param minimumKeyBits the shortest RSA key that the profile takes, of the signer and of its authorities
   */
  identify(token: XmlElement, now: number, minimumKeyBits: number): Signer | Refusal;
}

export const createSignerCache = (trust: TrustStore): SignerCache => {
  const known = new Map<string, Verdict>();
  let { revision } = trust;
  const identify: SignerCache['identify'] = (token, now, minimumKeyBits) => {
    if (children(token).length > 0) return unreadable('child elements');
    const text = readToken(token);
    if (typeof text !== 'string') return text;
    const der = decodeBase64(text);
    if (!der) return unreadable('text that is not base64');
    if (revision !== trust.revision) known.clear();
    revision = trust.revision;
    // By the decoded bytes, so that one certificate has one place however its text is folded.
    const key = `${minimumKeyBits} ${hash('sha256', der, 'base64')}`;
    const before = known.get(key);
    if (before && now >= before.from && now <= before.until) return before.signer;
    known.delete(key);
    const certificate = readCertificate(der);
    if (!certificate) return unreadable('bytes that are no X.509 certificate');
    const verdict = judgeSigner(certificate, trust, now, minimumKeyBits);
    if ('problem' in verdict) return verdict;
    if (known.size >= CACHE_SIZE) known.delete(known.keys().next().value ?? '');
    known.set(key, verdict);
    return verdict.signer;
  };
  return { identify };
};
