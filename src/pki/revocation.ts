// Making certificate revocation lists (RFC 5280 §5), which node-forge cannot.

import { type KeyObject, sign, X509Certificate } from 'node:crypto';
import { AsnConvert, AsnParser, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  Certificate,
  CertificateList,
  CRLNumber,
  CRLReason,
  CRLReasons,
  Extension,
  id_ce_authorityKeyIdentifier,
  id_ce_cRLNumber,
  id_ce_cRLReasons,
  id_ce_subjectKeyIdentifier,
  KeyIdentifier,
  RevokedCertificate,
  SubjectKeyIdentifier,
  TBSCertList,
  Time,
  Version,
} from '@peculiar/asn1-x509';
import { justBefore, yearsAfter } from './certificate.ts';

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';

const extension = (extnID: string, value: unknown): Extension =>
  new Extension({ extnID, extnValue: new OctetString(AsnConvert.serialize(value)) });

/** Revoked from its first moment: there was never a time when it was good. */
const revoked = (certificatePem: string): RevokedCertificate => {
  const { validity, serialNumber } = structure(certificatePem);
  return new RevokedCertificate({
    userCertificate: serialNumber,
    revocationDate: new Time(validity.notBefore.getTime()),
    crlEntryExtensions: [extension(id_ce_cRLReasons, new CRLReason(CRLReasons.keyCompromise))],
  });
};

const structure = (certificatePem: string) =>
  AsnConvert.parse(new X509Certificate(certificatePem).raw, Certificate).tbsCertificate;

const keyIdentifier = (issuer: ReturnType<typeof structure>): KeyIdentifier => {
  const found = issuer.extensions?.find(({ extnID }) => extnID === id_ce_subjectKeyIdentifier);
  if (!found) throw new Error('the certificate of the authority has no subject key identifier');
  return new KeyIdentifier(AsnConvert.parse(found.extnValue, SubjectKeyIdentifier).buffer);
};

/** What a list carries on from the one before it. */
interface Before {
  readonly entries: readonly RevokedCertificate[];
  readonly number: number;
}

const readBefore = (der: Buffer | undefined): Before => {
  if (!der) return { entries: [], number: 0 };
  // The parser's own bound is that of certificates: some thousand entries would be too many for it.
  const { tbsCertList } = AsnParser.parse(der, CertificateList, { berOptions: { maxNodes: 1_000_000 } });
  const { revokedCertificates = [], crlExtensions = [] } = tbsCertList;
  const number = crlExtensions.find(({ extnID }) => extnID === id_ce_cRLNumber);
  return {
    entries: revokedCertificates,
    // Declared as a number, and a text where it is a long one.
    number: number ? Number(AsnConvert.parse(number.extnValue, CRLNumber).value) : 0,
  };
};

const serialOf = ({ userCertificate }: RevokedCertificate): string =>
  Buffer.from(userCertificate).toString('hex');

/**
 * @param issuerPem the authority's certificate
 * @param revokedPems the certificates to revoke, all of that authority
 * @param previous the list before, whose entries stay
 * @returns the list in DER, good for ten years. Its number is the time in seconds, and higher than that of the list before
 */
export const makeRevocationList = (
  issuerPem: string,
  issuerKey: KeyObject,
  revokedPems: readonly string[],
  now: Date,
  previous?: Buffer,
): Buffer => {
  const issuer = structure(issuerPem);
  const before = readBefore(previous);
  const added = revokedPems.map(revoked);
  const entries = [
    ...before.entries.filter((old) => !added.some((one) => serialOf(one) === serialOf(old))),
    ...added,
  ];
  const number = Math.max(Math.floor(now.getTime() / 1000), before.number + 1);
  const algorithm = new AlgorithmIdentifier({ algorithm: SHA256_WITH_RSA, parameters: null });
  const list = new TBSCertList({
    version: Version.v2,
    signature: algorithm,
    issuer: issuer.subject,
    thisUpdate: new Time(justBefore(now)),
    nextUpdate: new Time(yearsAfter(now, 10)),
    // An empty list must be left out, not written empty.
    ...(entries.length > 0 ? { revokedCertificates: entries } : {}),
    crlExtensions: [
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({ keyIdentifier: keyIdentifier(issuer) }),
      ),
      extension(id_ce_cRLNumber, new CRLNumber(number)),
    ],
  });
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(list)), issuerKey);
  const whole = new CertificateList({
    tbsCertList: list,
    signatureAlgorithm: algorithm,
    signature: Uint8Array.from(signature).buffer,
  });
  return Buffer.from(AsnConvert.serialize(whole));
};
