// A message's protection taken apart: each part as a value, or as the problem that says why it is not there. Nothing is judged here.
//
// Every part is made when it is asked for and once at most, so that the server does no more than its verdict needs, while
// `kontakt verify` and whoever explains a refusal look at all of it. Nothing throws, whatever the message is.

import { isProblem, type Problem, type QName } from '../kernel/problem.ts';
import type { Envelope } from '../soap/envelope.ts';
import { isNamed, printQName, qnameOf } from '../xml/tree.ts';
import { type Coverage, type Part, type ResolvedReference, resolveReferences } from './coverage.ts';
import { readSecurityHeader, type SecurityHeader } from './header.ts';
import { needsCertificate, referenceOctets, signedInfoOctets } from './octets.ts';
import type { SecurityProblem } from './problems.ts';
import { readSignature, type Signature } from './signature.ts';
import type { Signer, SignerCache } from './signer.ts';
import { readTimestamp, type Timestamp } from './timestamp.ts';
import { readToken, unreadable } from './token.ts';
import { type Certificate, readCertificate } from './trust/certificate.ts';
import type { KnownChain } from './trust/trust.ts';

type Refusal = Problem<SecurityProblem>;

/** What a message may hold besides the usual. */
export interface Expected {
  /** The header blocks, besides Security, that the service takes notice of. */
  readonly processed?: readonly QName[];
  /** Elements that the Security header may hold besides, each once and each of them signed: answers have some. */
  readonly further?: readonly QName[];
}

export interface Anatomy {
  readonly envelope: Envelope;
  readonly header: () => SecurityHeader | Refusal;
  readonly timestamp: () => Timestamp | Refusal;
  readonly signature: () => Signature | Refusal;
  /** What the references point at; a problem where that is ambiguous, or where there is no signature. */
  readonly coverage: () => Coverage | Refusal;
  /** What a profile may want signed; empty where there is no header. */
  readonly parts: () => readonly Part[];
  /** The canonical octets that the SignatureValue is of. */
  readonly signedInfo: () => Buffer | Refusal;
  /**
   * The octets that a reference's digest is of.
   *
   * @param certificate the signer's: what an STR-Transform is about where KeyInfo only names it
   */
  readonly octets: (reference: ResolvedReference, certificate: Certificate | undefined) => Buffer | Refusal;
  /** The certificate that the message carries, believed or not; undefined: it carries none. */
  readonly carried: () => Certificate | Refusal | undefined;
  /** The certificate that KeyInfo means, believed or not; undefined: nobody knows it. */
  readonly claimed: () => Certificate | undefined;
  /** How far a certificate leads to somebody who is trusted. */
  readonly chain: (certificate: Certificate) => KnownChain;
  /**
   * Who signed, where the certificate is to be believed.
   *
   * @param now milliseconds since 1970
   * @param minimumKeyBits the shortest RSA key that is taken
   */
  readonly signer: (now: number, minimumKeyBits: number) => Signer | Refusal;
}

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const partsOf = (envelope: Envelope, header: SecurityHeader, processed: readonly QName[]): Part[] => [
  { label: 'wsu:Timestamp', element: header.timestamp, always: true },
  { label: 'soap:Body', element: envelope.body, always: true },
  ...header.further.map((element) => ({ label: printQName(qnameOf(element)), element, always: true })),
  ...envelope.blocks
    .filter(({ element }) => processed.some(({ namespace, name }) => isNamed(element, namespace, name)))
    .map(({ element }) => ({ label: printQName(qnameOf(element)), element, always: false })),
];

const certificateIn = (token: SecurityHeader['token']): Certificate | Refusal | undefined => {
  const der = token && readToken(token);
  if (!der || isProblem(der)) return der;
  return readCertificate(der) ?? unreadable('bytes that are no X.509 certificate');
};

/** The certificate that KeyInfo means: the first that it may name, else the one that lies beside it. */
const claimedIn = (
  { keyReference }: Signature,
  token: Certificate | Refusal | undefined,
  signers: SignerCache,
): Certificate | undefined => {
  const carried = isProblem(token) ? undefined : token;
  const [named] = keyReference.kind === 'direct' ? [] : signers.candidates(keyReference, carried);
  return named ?? carried;
};

/** Each set of octets is made once; those of a certificate that is only named are another for each certificate. */
const octetsBy = ({ document }: Envelope): Anatomy['octets'] => {
  const made = new Map<ResolvedReference, Buffer | Refusal>();
  return (reference, certificate) => {
    if (needsCertificate(reference)) return referenceOctets(document, reference, certificate?.der);
    const octets = made.get(reference) ?? referenceOctets(document, reference, undefined);
    made.set(reference, octets);
    return octets;
  };
};

/** Takes an envelope's protection apart. The anatomy lives as long as the envelope's tree. */
export const takeApart = (
  envelope: Envelope,
  signers: SignerCache,
  { processed = [], further = [] }: Expected = {},
): Anatomy => {
  const { document } = envelope;
  const header = once(() => readSecurityHeader(envelope, further));
  const timestamp = once(() => {
    const found = header();
    return 'problem' in found ? found : readTimestamp(found.timestamp);
  });
  const signature = once(() => {
    const found = header();
    return 'problem' in found ? found : readSignature(found.signature);
  });
  const coverage = once(() => {
    const [found, signed] = [header(), signature()];
    if ('problem' in found) return found;
    return 'problem' in signed ? signed : resolveReferences(document, signed, found.token);
  });
  const signedInfo = once(() => {
    const signed = signature();
    return 'problem' in signed ? signed : signedInfoOctets(document, signed);
  });
  const carried = once(() => {
    const found = header();
    return 'problem' in found ? found : certificateIn(found.token);
  });
  return {
    envelope,
    header,
    timestamp,
    signature,
    coverage,
    parts: () => {
      const found = header();
      return 'problem' in found ? [] : partsOf(envelope, found, processed);
    },
    signedInfo,
    octets: octetsBy(envelope),
    carried,
    claimed: once(() => {
      const signed = signature();
      return 'problem' in signed ? undefined : claimedIn(signed, carried(), signers);
    }),
    chain: (certificate) => signers.chain(certificate),
    signer: (now, minimumKeyBits) => {
      const [found, signed, covered] = [header(), signature(), coverage()];
      if ('problem' in found) return found;
      if ('problem' in signed) return signed;
      if ('problem' in covered) return covered;
      return covered.misled ?? signers.identify(signed.keyReference, found.token, now, minimumKeyBits);
    },
  };
};
