// The certificate of whoever signed, told part by part: whom it names, when and for what it is good, and whom it leads to.

import { isProblem } from '../kernel/problem.ts';
import type { Anatomy } from '../security/anatomy.ts';
import type { Certificate } from '../security/trust/certificate.ts';
import { serialDecimal } from '../security/trust/serial-number.ts';
import type { ExplainedCertificate } from './explained.ts';

/** What a country reads in a certificate. */
export interface CertificateHolder {
  readonly number: string;
  /** The attribute of the subject that holds it. */
  readonly place: string;
  readonly generation: string;
}
/** Undefined: it names no organisation. */
export type ReadHolder = (certificate: Certificate) => CertificateHolder | undefined;

const validityOf = ({ notBefore, notAfter }: Certificate, now: number): ExplainedCertificate['validity'] => ({
  from: new Date(notBefore).toISOString(),
  until: new Date(notAfter).toISOString(),
  right: now >= notBefore && now <= notAfter,
});

/** @param now milliseconds since 1970 */
export const explainedCertificate = (
  anatomy: Anatomy,
  certificate: Certificate,
  now: number,
  readHolder: ReadHolder,
): ExplainedCertificate => {
  const { subject, issuer, serialNumber, keyUsage } = certificate;
  const carried = anatomy.carried();
  const holder = readHolder(certificate);
  const { chain, missing } = anatomy.chain(certificate);
  return {
    subject,
    issuer,
    serial: serialDecimal(serialNumber),
    carried: carried !== undefined && !isProblem(carried) && carried.der.equals(certificate.der),
    organisation: holder ? { number: holder.number, place: holder.place } : null,
    generation: holder?.generation ?? null,
    validity: validityOf(certificate, now),
    usage: {
      key: keyUsage ?? null,
      extended: certificate.extendedKeyUsage,
      policies: certificate.policies,
    },
    chain: chain.map((one) => one.subject),
    path: chain.map((one, index) => ({
      subject: one.subject,
      validity: validityOf(one, now),
      trusted: missing === undefined && index === chain.length - 1,
    })),
    missing: missing ?? null,
  };
};
