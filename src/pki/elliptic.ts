// Certificates for elliptic-curve keys, which node-forge cannot make: one for an RSA key, with the key exchanged.

import { createPublicKey, hash, type KeyObject, sign } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  Certificate,
  id_ce_authorityKeyIdentifier,
  id_ce_subjectKeyIdentifier,
  KeyIdentifier,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
} from '@peculiar/asn1-x509';

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';

/** RFC 5280 §4.2.1.2 (1): the SHA-1 of the public key. */
const identifierOf = ({ subjectPublicKey }: SubjectPublicKeyInfo): ArrayBuffer =>
  Uint8Array.from(hash('sha1', Buffer.from(subjectPublicKey), 'buffer')).buffer;

/**
 * Puts another public key into a certificate and signs it again.
 *
 * @param der the certificate
 * @param key the new key
 * @param issuerKey who signs; undefined: the new key itself
 * @returns PEM
 */
export const withKey = (der: Buffer, key: KeyObject, issuerKey: KeyObject | undefined): string => {
  const certificate = AsnConvert.parse(der, Certificate);
  const { tbsCertificate } = certificate;
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const info = AsnConvert.parse(spki, SubjectPublicKeyInfo);
  const identifier = identifierOf(info);
  const replaced = new Map<string, unknown>([
    [id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(identifier)],
  ]);
  if (!issuerKey) {
    const keyIdentifier = new KeyIdentifier(identifier);
    replaced.set(id_ce_authorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier }));
    tbsCertificate.signature = new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
    certificate.signatureAlgorithm = tbsCertificate.signature;
  }
  tbsCertificate.subjectPublicKeyInfo = info;
  for (const extension of tbsCertificate.extensions ?? []) {
    const value = replaced.get(extension.extnID);
    if (value) extension.extnValue = new OctetString(AsnConvert.serialize(value));
  }
  const octets = Buffer.from(AsnConvert.serialize(tbsCertificate));
  certificate.signatureValue = Uint8Array.from(sign('sha256', octets, issuerKey ?? key)).buffer;
  certificate.tbsCertificateRaw = Uint8Array.from(octets).buffer;
  const text = Buffer.from(AsnConvert.serialize(certificate)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
};
