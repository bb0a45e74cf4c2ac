// Certificates as a country reads them: whom they name, and whether its services would take them.

import type { Explanation } from '../kernel/problem.ts';
import type { Certificate } from '../security/trust/certificate.ts';
import type { TrustStore } from '../security/trust/trust.ts';

/** The organisation that a certificate names. */
export interface CertificateIdentity {
  /** Its number in the register of organisations. */
  readonly number: string;
  /** The attribute of the subject that holds it. */
  readonly place: string;
  /** Which of the country's shapes the certificate has. */
  readonly generation: string;
  /** What else it says of its holder, by the names that people know. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** Taken, or refused with the code and the explanation that the journal would show. */
export interface CertificateJudgement {
  /** Who judges. */
  readonly by: string;
  readonly accepted: boolean;
  readonly problem?: string;
  readonly explanation?: Explanation;
}

export interface CertificateReading {
  /** What the shapes of the country's certificates are called together. */
  readonly family: string;
  /** Certificate policies by OID, in words. */
  readonly policies: Readonly<Record<string, string>>;
  /** Undefined: it names no organisation of this country. */
  readonly identityOf: (certificate: Certificate) => CertificateIdentity | undefined;
  /**
   * As a client's, by each of those in the country who judge one.
   *
   * @param now milliseconds since 1970
   */
  readonly judge: (
    certificate: Certificate,
    trust: TrustStore,
    now: number,
  ) => readonly CertificateJudgement[];
  /** The call that a new certificate is tried with. */
  readonly tryWith: string;
}
