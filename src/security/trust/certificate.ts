// Reading a certificate: everything trust and rules ask of it, from DER, once.

import { type KeyObject, X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  Certificate as Asn1Certificate,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CertificatePolicies,
  ExtendedKeyUsage,
  type Extension,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_cRLDistributionPoints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  KeyUsage,
  type KeyUsageType,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509';
import { type SignatureScheme, schemeOf } from './certificate-algorithms.ts';
import { serialText } from './serial-number.ts';
import {
  attributesOf,
  type Organisation,
  organisationOf,
  printName,
  type SubjectAttribute,
} from './subject.ts';

/** What a certificate says about the key that signed it. */
export interface AuthorityKey {
  /** Hexadecimal, like the serial number. */
  readonly keyIdentifier: string | undefined;
  /** Of the authority's own certificate, and who issued that: names in DER. */
  readonly serialNumber: string | undefined;
  readonly issuedBy: readonly Buffer[];
}

export interface Certificate {
  readonly der: Buffer;
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  readonly subject: string;
  readonly issuer: string;
  readonly subjectDer: Buffer;
  readonly issuerDer: Buffer;
  /** The attributes of the issuer's name, in order, by OID. */
  readonly issuerAttributes: readonly SubjectAttribute[];
  /** Hexadecimal, as node:crypto prints it: with a minus where it is negative. */
  readonly serialNumber: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** The attributes of the subject, in order, by OID. */
  readonly attributes: readonly SubjectAttribute[];
  /** The Norwegian organisation number, where there is one. */
  readonly organisation: Organisation | undefined;
  readonly ca: boolean;
  readonly pathLength: number | undefined;
  /** Undefined: the certificate does not restrict its use. */
  readonly keyUsage: readonly KeyUsageType[] | undefined;
  /** OIDs. */
  readonly extendedKeyUsage: readonly string[];
  readonly policies: readonly string[];
  /** The extensions subjectAltName and nameConstraints, DER, critical or not. */
  readonly alternativeNames: Buffer | undefined;
  readonly nameConstraints: Buffer | undefined;
  /** Critical extensions that nobody here understands. */
  readonly unknownCritical: readonly string[];
  /** The subject key identifier, hexadecimal. */
  readonly keyIdentifier: string | undefined;
  readonly authorityKey: AuthorityKey;
  /** How it is signed. */
  readonly scheme: SignatureScheme;
}

const UNDERSTOOD: readonly string[] = [
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_cRLDistributionPoints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
];

const hex = (octets: ArrayBuffer | undefined): string | undefined =>
  octets && Buffer.from(octets).toString('hex').toUpperCase();

const extensionValue = <T>(
  extensions: readonly Extension[],
  oid: string,
  type: new () => T,
): T | undefined => {
  const extension = extensions.find(({ extnID }) => extnID === oid);
  return extension ? AsnConvert.parse(extension.extnValue.buffer, type) : undefined;
};

const octetsOf = (extensions: readonly Extension[], oid: string): Buffer | undefined => {
  const extension = extensions.find(({ extnID }) => extnID === oid);
  return extension && Buffer.from(extension.extnValue.buffer);
};

/** In bytes; real certificates have 1,000 to 3,000. */
export const LARGEST_CERTIFICATE = 32 * 1024;
/** ASN.1 values in one; real certificates have about 100. Each costs time, and anybody may send a certificate. */
const MAX_NODES = 2000;

/**
 * Reads a DER certificate; undefined when it is none, when it is too large, when bytes follow it, or when it is BER that
 * is no DER: the same certificate must not have two forms, or the cache of signers would hold it twice.
 */
export const readCertificate = (der: Buffer): Certificate | undefined => {
  if (der.length > LARGEST_CERTIFICATE) return undefined;
  try {
    const x509 = new X509Certificate(der);
    if (!x509.raw.equals(der)) return undefined;
    const { tbsCertificate, signatureAlgorithm } = AsnConvert.parse(der, Asn1Certificate, {
      berOptions: { maxNodes: MAX_NODES },
    });
    const extensions = [...(tbsCertificate.extensions ?? [])];
    const authorityKey = extensionValue(extensions, id_ce_authorityKeyIdentifier, AuthorityKeyIdentifier);
    const constraints = extensionValue(extensions, id_ce_basicConstraints, BasicConstraints);
    return {
      der,
      x509,
      publicKey: x509.publicKey,
      subject: printName(tbsCertificate.subject),
      issuer: printName(tbsCertificate.issuer),
      subjectDer: Buffer.from(AsnConvert.serialize(tbsCertificate.subject)),
      issuerDer: Buffer.from(AsnConvert.serialize(tbsCertificate.issuer)),
      serialNumber: x509.serialNumber,
      notBefore: tbsCertificate.validity.notBefore.getTime().getTime(),
      notAfter: tbsCertificate.validity.notAfter.getTime().getTime(),
      attributes: attributesOf(tbsCertificate.subject),
      issuerAttributes: attributesOf(tbsCertificate.issuer),
      organisation: organisationOf(tbsCertificate.subject),
      ca: constraints?.cA ?? false,
      pathLength: constraints?.pathLenConstraint,
      keyUsage: extensionValue(extensions, id_ce_keyUsage, KeyUsage)?.toJSON(),
      extendedKeyUsage: [...(extensionValue(extensions, id_ce_extKeyUsage, ExtendedKeyUsage) ?? [])],
      policies: (extensionValue(extensions, id_ce_certificatePolicies, CertificatePolicies) ?? []).map(
        ({ policyIdentifier }) => policyIdentifier,
      ),
      alternativeNames: octetsOf(extensions, id_ce_subjectAltName),
      nameConstraints: octetsOf(extensions, id_ce_nameConstraints),
      unknownCritical: extensions
        .filter(({ critical, extnID }) => critical && !UNDERSTOOD.includes(extnID))
        .map(({ extnID }) => extnID),
      keyIdentifier: hex(
        extensionValue(extensions, id_ce_subjectKeyIdentifier, SubjectKeyIdentifier)?.buffer,
      ),
      authorityKey: {
        keyIdentifier: hex(authorityKey?.keyIdentifier?.buffer),
        serialNumber:
          authorityKey?.authorityCertSerialNumber && serialText(authorityKey.authorityCertSerialNumber),
        issuedBy: (authorityKey?.authorityCertIssuer ?? []).flatMap(({ directoryName }) =>
          directoryName ? [Buffer.from(AsnConvert.serialize(directoryName))] : [],
        ),
      },
      scheme: schemeOf(signatureAlgorithm),
    };
  } catch {
    return undefined;
  }
};

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** All certificates of a PEM text, in order; an unreadable one is undefined. */
export const readPem = (pem: string): (Certificate | undefined)[] =>
  [...pem.matchAll(PEM)].map(([, body = '']) =>
    readCertificate(Buffer.from(body.replace(/\s+/g, ''), 'base64')),
  );
