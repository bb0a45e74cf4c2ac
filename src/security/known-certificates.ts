// The certificates of callers who are known beforehand, for messages that only name theirs.

import { hash } from 'node:crypto';
import { type Certificate, readPem } from './certificate.ts';
import { isNameOf } from './distinguished-name.ts';
import type { KeyReference } from './key-reference.ts';
import { serialDecimal } from './serial-number.ts';

export type IndirectReference = Exclude<KeyReference, { kind: 'direct' }>;

/** Whether the reference names this certificate. */
export const names = (reference: IndirectReference, certificate: Certificate): boolean => {
  if (reference.kind === 'issuerSerial') {
    return (
      serialDecimal(certificate.serialNumber) === reference.serial &&
      isNameOf(reference.issuer, certificate.issuerDer)
    );
  }
  return reference.kind === 'thumbprint'
    ? hash('sha1', certificate.der, 'buffer').equals(reference.value)
    : certificate.keyIdentifier === reference.value.toString('hex').toUpperCase();
};

export interface KnownCertificates {
  /** All that a reference names: several where two carry one key. */
  find(reference: IndirectReference): readonly Certificate[];
}

/** @param load gives the PEM texts; called when they are first needed, and again when `version` has changed */
export const createKnownCertificates = (
  load: () => readonly string[],
  version: () => unknown = () => undefined,
): KnownCertificates => {
  let known: { readonly version: unknown; readonly certificates: readonly Certificate[] } | undefined;
  return {
    find: (reference) => {
      const current = version();
      if (known?.version !== current || !known) {
        const certificates = load().flatMap((pem) => readPem(pem).filter((one) => one !== undefined));
        known = { version: current, certificates };
      }
      return known.certificates.filter((one) => !one.ca && names(reference, one));
    },
  };
};
