// The certificates of callers who are known beforehand, for messages that only name theirs.

import { hash } from 'node:crypto';
import type { KeyReference } from '../key-reference.ts';
import { type Certificate, readPem } from './certificate.ts';
import { isNameOf } from './distinguished-name.ts';
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

/** Where the certificates come from. */
export interface CertificateSource {
  /** Gives the PEM texts; called when they are first needed, and again when the stamp has changed. */
  load(): readonly string[];
  /** A text that is another one when a file has changed. */
  stamp(): string;
  /** What the machine's clock shows, in milliseconds since 1970. */
  real(): number;
}

/** How long what was found may stand before the files are looked at again, in milliseconds. */
const PATIENCE = 1000;
const MEMORY = 1000;

const keyOf = (reference: IndirectReference): string =>
  reference.kind === 'issuerSerial'
    ? `${reference.serial} ${reference.issuer}`
    : `${reference.kind} ${reference.value.toString('hex')}`;

/** What is not found is looked for in the files as they are now; what was found, as they were a second ago at most. */
export const followCertificates = ({ load, stamp, real }: CertificateSource): KnownCertificates => {
  const found = new Map<string, readonly Certificate[]>();
  let certificates: readonly Certificate[] | undefined;
  let seen = '';
  let looked = 0;
  const look = (): readonly Certificate[] => {
    looked = real();
    const now = stamp();
    if (certificates && now === seen) return certificates;
    seen = now;
    found.clear();
    certificates = load()
      .flatMap((pem) => readPem(pem))
      .filter((one): one is Certificate => one !== undefined && !one.ca);
    return certificates;
  };
  return {
    find: (reference) => {
      const key = keyOf(reference);
      if (Math.abs(real() - looked) > PATIENCE) look();
      const before = found.get(key);
      if (before) return before;
      const named = look().filter((one) => names(reference, one));
      if (found.size >= MEMORY) found.clear();
      if (named.length > 0) found.set(key, named);
      return named;
    },
  };
};

/** Certificates that never change, from PEM texts. */
export const knownCertificates = (pems: readonly string[]): KnownCertificates =>
  followCertificates({ load: () => pems, stamp: () => '', real: () => 0 });
