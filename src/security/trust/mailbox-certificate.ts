// The certificate inside a message, which mail to the mailbox is encrypted with: not a signer, so judged more mildly.

import { readCertificate } from './certificate.ts';
import type { TrustStore } from './trust.ts';

/**
 * @param demand `parse`: an X.509 certificate within its validity; `chain`: one with a trusted chain too
 * @param now the security hand of the clock, in milliseconds since 1970
 * @returns from DER to what is wrong with it, undefined when nothing is
 */
export const createCertificateCheck =
  (trust: TrustStore, demand: 'parse' | 'chain', now: () => number) =>
  (der: Buffer): string | undefined => {
    const certificate = readCertificate(der);
    if (!certificate) return 'bytes that are no DER X.509 certificate, or more than one';
    const { notBefore, notAfter } = certificate;
    const at = now();
    if (at < notBefore || at > notAfter) {
      return `a certificate valid from ${new Date(notBefore).toISOString()} to ${new Date(notAfter).toISOString()} only`;
    }
    if (demand === 'parse') return undefined;
    const chain = trust.judge(certificate, at);
    return 'problem' in chain ? chain.explanation.found : undefined;
  };
