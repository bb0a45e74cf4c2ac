// Step 7: who signed. From what KeyInfo names to a certificate fit for signing, its key and its organisation.

import { hash } from 'node:crypto';
import type { XmlElement } from 'libxml2-wasm';
import { isProblem, type Problem } from '../kernel/problem.ts';
import type { KeyReference } from './key-reference.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import { readToken, unreadable } from './token.ts';
import { type Certificate, readCertificate } from './trust/certificate.ts';
import { judgeFitness, missingOrganisation } from './trust/fitness.ts';
import { type IndirectReference, type KnownCertificates, names } from './trust/known-certificates.ts';
import type { Span } from './trust/revocation.ts';
import type { KnownChain, TrustStore } from './trust/trust.ts';

/** How many certificates are remembered; a client uses one or two. */
const CACHE_SIZE = 1000;

/** The caller as its certificate names it. */
export interface Signer {
  readonly certificate: Certificate;
  readonly organisation: string;
}

type Refusal = Problem<SecurityProblem>;

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

const printReference = (reference: IndirectReference): string =>
  reference.kind === 'issuerSerial'
    ? `number ${reference.serial} of ${reference.issuer.slice(0, 200)}`
    : `${reference.kind} ${reference.value.toString('hex').slice(0, 80)}`;

const unknown = (reference: IndirectReference): Refusal =>
  securityProblem('security.token-unavailable', {
    check: 'the certificate that KeyInfo names',
    expected: 'one that the emulator knows: a client of its PKI, or one of --known-certificates',
    found: printReference(reference),
    rule: 'WSS X.509 Token Profile 1.1 §3.2.2, §3.2.3',
    remedy: 'send the certificate itself (BinarySecurityToken), or make it known with --known-certificates',
    kind: 'only-named',
  });

export interface SignerCache {
  /**
   * The certificates that a reference may mean, the likeliest first, believed or not.
   *
   * @param carried the one that the message carries, which counts where the reference names it
   */
  candidates(reference: IndirectReference, carried: Certificate | undefined): readonly Certificate[];
  /** How far a certificate leads to somebody who is trusted. */
  chain(certificate: Certificate): KnownChain;
  /**
   * Finds out who signed; a good verdict is kept by certificate, and only as long as it holds.
   *
   * @param token the certificate that the message carries, where it carries one
   * @param minimumKeyBits the shortest RSA key that the profile takes, of the signer and of its authorities
   */
  identify(
    reference: KeyReference,
    token: XmlElement | undefined,
    now: number,
    minimumKeyBits: number,
  ): Signer | Refusal;
}

const NONE: KnownCertificates = { find: () => [] };

/** @param directory the certificates that a message may name without carrying them */
export const createSignerCache = (trust: TrustStore, directory: KnownCertificates = NONE): SignerCache => {
  const verdicts = new Map<string, Verdict>();
  let { revision } = trust;

  /** @param read the certificate, when it has to be read */
  const judge = (
    der: Buffer,
    read: () => Certificate | undefined,
    now: number,
    minimumKeyBits: number,
  ): Signer | Refusal => {
    if (revision !== trust.revision) verdicts.clear();
    revision = trust.revision;
    // By the decoded bytes, so that one certificate has one place however its text is folded.
    const key = `${minimumKeyBits} ${hash('sha256', der, 'base64')}`;
    const before = verdicts.get(key);
    if (before && now >= before.from && now <= before.until) return before.signer;
    verdicts.delete(key);
    const certificate = read();
    if (!certificate) return unreadable('bytes that are no X.509 certificate');
    const verdict = judgeSigner(certificate, trust, now, minimumKeyBits);
    if ('problem' in verdict) return verdict;
    if (verdicts.size >= CACHE_SIZE) verdicts.delete(verdicts.keys().next().value ?? '');
    verdicts.set(key, verdict);
    return verdict.signer;
  };

  const candidates: SignerCache['candidates'] = (reference, carried) => [
    ...(carried && names(reference, carried) ? [carried] : []),
    ...directory.find(reference),
  ];

  /** Of several certificates of one name the first that is good counts; where none is, the first says why. */
  const judgeNamed = (
    reference: IndirectReference,
    carried: Certificate | undefined,
    now: number,
    minimumKeyBits: number,
  ): Signer | Refusal => {
    let refusal: Refusal | undefined;
    for (const candidate of candidates(reference, carried)) {
      const signer = judge(candidate.der, () => candidate, now, minimumKeyBits);
      if (!isProblem(signer)) return signer;
      refusal ??= signer;
    }
    return refusal ?? unknown(reference);
  };

  const identify: SignerCache['identify'] = (reference, token, now, minimumKeyBits) => {
    const der = token && readToken(token);
    if (der && 'problem' in der) return der;
    if (reference.kind !== 'direct')
      return judgeNamed(reference, der && readCertificate(der), now, minimumKeyBits);
    // That a direct reference leads to this token was seen when the references were resolved.
    if (!der) throw new Error('a direct reference without a token');
    return judge(der, () => readCertificate(der), now, minimumKeyBits);
  };
  return { candidates, chain: (certificate) => trust.chain(certificate), identify };
};
