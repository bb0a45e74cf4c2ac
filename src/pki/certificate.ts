// Making X.509 certificates for the test PKI: node-forge writes them, node:crypto signs them.

import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  CertificatePolicies,
  GeneralName,
  id_ad_ocsp,
  id_ce_certificatePolicies,
  id_pe_authorityInfoAccess,
  PolicyInformation,
} from '@peculiar/asn1-x509';
import forge from 'node-forge';
import { authorityName, type KeyUsageName, type Leaf, type SubjectAttribute } from './leaves.ts';

/** A certificate authority that can sign. */
export interface Authority {
  readonly certificate: forge.pki.Certificate;
  readonly key: KeyObject;
}

interface Period {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Nothing answers there (RFC 2606): the CRLs are read from the PKI's folder. */
const SITE = 'http://pki.kontakt-emulator.invalid';

const HOUR = 3_600_000;

/** An hour of grace, for machines whose clocks differ a little. */
export const justBefore = (now: Date): Date => new Date(now.getTime() - HOUR);

export const yearsAfter = (now: Date, years: number): Date => {
  const date = new Date(now);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
};

const leafPeriod = ({ period }: Leaf, now: Date): Period => {
  if (period === 'expired') return { notBefore: yearsAfter(now, -3), notAfter: yearsAfter(now, -1) };
  return period === 'current' ? { notBefore: justBefore(now), notAfter: yearsAfter(now, 10) } : period;
};

/** Twenty years, begun early enough to contain the certificate that has expired. */
const authorityPeriod = (now: Date): Period => ({
  notBefore: yearsAfter(now, -5),
  notAfter: yearsAfter(now, 15),
});

const distinguishedName = (attributes: readonly SubjectAttribute[]): forge.pki.CertificateField[] =>
  attributes.map(({ type, value, encoding }) => ({
    type,
    value,
    // The declared type asks for a tag class where the library takes a tag.
    valueTagClass: (encoding === 'utf8'
      ? forge.asn1.Type.UTF8
      : forge.asn1.Type.PRINTABLESTRING) as unknown as forge.asn1.Class,
  }));

const extension = (id: string, value: unknown) => ({
  id,
  value: Buffer.from(AsnConvert.serialize(value)).toString('latin1'),
});

/** No policies, no extension: an empty one is malformed (RFC 5280 §4.2.1.4). */
const policies = (oids: readonly string[]) =>
  oids.length === 0
    ? []
    : [
        extension(
          id_ce_certificatePolicies,
          new CertificatePolicies(
            oids.map((policyIdentifier) => new PolicyInformation({ policyIdentifier })),
          ),
        ),
      ];

const usage = (names: readonly KeyUsageName[]) =>
  names.length === 0
    ? []
    : [{ name: 'keyUsage', critical: true, ...Object.fromEntries(names.map((name) => [name, true])) }];

const statusService = () =>
  extension(
    id_pe_authorityInfoAccess,
    new AuthorityInfoAccessSyntax([
      new AccessDescription({
        accessMethod: id_ad_ocsp,
        accessLocation: new GeneralName({ uniformResourceIdentifier: `${SITE}/ocsp` }),
      }),
    ]),
  );

const URI = 6;
const DNS_NAME = 2;
const IP_ADDRESS = 7;

const revocationList = (kind: 'root' | 'issuing') => ({
  name: 'cRLDistributionPoints',
  altNames: [{ type: URI, value: `${SITE}/${kind}.crl` }],
});

const forHosts = (hosts: readonly string[]) =>
  hosts.length === 0
    ? []
    : [
        { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
        {
          name: 'subjectAltName',
          altNames: hosts.map((host) =>
            isIP(host) === 0 ? { type: DNS_NAME, value: host } : { type: IP_ADDRESS, ip: host },
          ),
        },
      ];

/** Sixteen random octets; the first makes the number positive and its DER form minimal (RFC 5280 §4.1.2.2). */
const serialNumber = (): string => {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return octets.toString('hex');
};

const issue = (
  subject: readonly SubjectAttribute[],
  key: KeyObject,
  period: Period,
  issuer: Authority | undefined,
  extensions: readonly object[],
): forge.pki.Certificate => {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(
    createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
  );
  certificate.serialNumber = serialNumber();
  certificate.validity = { ...period };
  certificate.setSubject(distinguishedName(subject));
  certificate.setIssuer((issuer?.certificate ?? certificate).subject.attributes);
  certificate.setExtensions([
    ...extensions,
    { name: 'subjectKeyIdentifier' },
    {
      name: 'authorityKeyIdentifier',
      keyIdentifier: (issuer?.certificate ?? certificate).generateSubjectKeyIdentifier().getBytes(),
    },
  ]);
  // The library's own RSA takes thirty times as long; all it asks of a key is this one function.
  const signer: Pick<forge.pki.rsa.PrivateKey, 'sign'> = {
    sign: () => {
      const signed = Buffer.from(forge.asn1.toDer(certificate.tbsCertificate).getBytes(), 'latin1');
      return sign('sha256', signed, issuer?.key ?? key).toString('latin1');
    },
  };
  certificate.sign(signer as forge.pki.rsa.PrivateKey, forge.md.sha256.create());
  return certificate;
};

/** Makes the root, or the issuing authority under it. */
export const makeAuthority = (
  kind: 'root' | 'issuing',
  key: KeyObject,
  now: Date,
  root?: Authority,
): Authority => ({
  key,
  certificate: issue(authorityName(kind), key, authorityPeriod(now), root, [
    { name: 'basicConstraints', critical: true, cA: true, ...(root ? { pathLenConstraint: 0 } : {}) },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    ...(root ? [...policies(['2.5.29.32.0']), revocationList('root')] : []),
  ]),
});

/** Makes a leaf's certificate, signed by the issuing authority or by its own key, as the leaf says. */
export const makeLeafCertificate = (
  leaf: Leaf,
  key: KeyObject,
  issuing: Authority,
  now: Date,
): forge.pki.Certificate =>
  issue(leaf.subject, key, leafPeriod(leaf, now), leaf.issuer === 'itself' ? undefined : issuing, [
    { name: 'basicConstraints', cA: leaf.ca, ...(leaf.ca ? { critical: true } : {}) },
    ...usage(leaf.usage),
    ...policies(leaf.policies),
    revocationList('issuing'),
    statusService(),
    ...forHosts(leaf.hosts),
  ]);
