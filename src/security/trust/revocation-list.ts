// Reading a certificate revocation list from DER: whom it revokes, until when it holds, and who signed it.

import { AsnConvert, AsnParser } from '@peculiar/asn1-schema';
import {
  CertificateList,
  CRLNumber,
  CRLReason,
  CRLReasons,
  type Extension,
  IssuingDistributionPoint,
  id_ce_authorityKeyIdentifier,
  id_ce_cRLNumber,
  id_ce_cRLReasons,
  id_ce_deltaCRLIndicator,
  id_ce_issuingDistributionPoint,
  type RevokedCertificate,
} from '@peculiar/asn1-x509';
import type { Certificate } from './certificate.ts';
import { isSignedBy, type SignatureScheme, schemeOf } from './certificate-algorithms.ts';
import { serialKey, serialText } from './serial-number.ts';
import { printName } from './subject.ts';

/** Which of its issuer's certificates a list speaks of; lists of one `part` replace each other. */
export interface Scope {
  readonly leaves: boolean;
  readonly authorities: boolean;
  readonly part: string;
}

/** Plain data: a list may be read on another thread than the one that judges by it. */
export interface RevocationList {
  readonly issuer: string;
  readonly issuerDer: Buffer;
  /** How many certificates it revokes. */
  readonly entries: number;
  /**
   * Their serial numbers, each between two line ends: upper-case hexadecimal without leading zeros, a minus before a
   * negative one. As a text, since a hundred thousand of them are handed over faster so, and are seldom asked for.
   */
  readonly revoked: Buffer;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** Its CRL number, decimal. */
  readonly number: string | undefined;
  readonly scope: Scope;
  /** How it is signed, over which octets. */
  readonly scheme: SignatureScheme;
  readonly octets: Buffer;
  readonly signature: Buffer;
}

/** Why a list cannot be used. */
export interface UnfitList {
  readonly unfit: string;
}

/** The parser's own bounds are those of certificates; lists of some authorities have a hundred thousand entries. */
const MAX_NODES = 5_000_000;
const MAX_LENGTH = 128 * 1024 * 1024;

const UNDERSTOOD: readonly string[] = [
  id_ce_authorityKeyIdentifier,
  id_ce_cRLNumber,
  id_ce_issuingDistributionPoint,
];

const find = (extensions: readonly Extension[], oid: string): Extension | undefined =>
  extensions.find(({ extnID }) => extnID === oid);

const scopeOf = (extensions: readonly Extension[]): Scope | UnfitList => {
  const extension = find(extensions, id_ce_issuingDistributionPoint);
  if (!extension) return { leaves: true, authorities: true, part: '' };
  const point = AsnConvert.parse(extension.extnValue.buffer, IssuingDistributionPoint);
  if (point.indirectCRL) return { unfit: 'an indirect list, which speaks for other issuers' };
  if (point.onlySomeReasons || point.onlyContainsAttributeCerts) {
    return { unfit: 'a list of some reasons or of attribute certificates only' };
  }
  return {
    leaves: !point.onlyContainsCACerts,
    authorities: !point.onlyContainsUserCerts,
    part: Buffer.from(extension.extnValue.buffer).toString('hex'),
  };
};

/** Whether an entry takes its certificate off the list (RFC 5280 §5.3.1) rather than putting it on. */
const isRemoval = ({ crlEntryExtensions = [] }: RevokedCertificate): boolean => {
  const reason = find(crlEntryExtensions, id_ce_cRLReasons);
  return (
    reason !== undefined &&
    AsnConvert.parse(reason.extnValue.buffer, CRLReason).reason === CRLReasons.removeFromCRL
  );
};

/** RFC 5280 §5.2, §5.3: a list with a critical extension that is not understood must not be relied on. */
const criticalUnknown = (
  extensions: readonly Extension[],
  entries: readonly RevokedCertificate[],
): string | undefined =>
  extensions.find(({ critical, extnID }) => critical && !UNDERSTOOD.includes(extnID))?.extnID ??
  entries
    .flatMap(({ crlEntryExtensions = [] }) => crlEntryExtensions)
    .find(({ critical, extnID }) => critical && extnID !== id_ce_cRLReasons)?.extnID;

const read = (der: Buffer): RevocationList | UnfitList => {
  const { tbsCertList, tbsCertListRaw, signatureAlgorithm, signature } = AsnParser.parse(
    der,
    CertificateList,
    { berOptions: { maxNodes: MAX_NODES, maxContentLength: MAX_LENGTH } },
  );
  const { issuer, thisUpdate, nextUpdate, revokedCertificates: entries = [] } = tbsCertList;
  const extensions = tbsCertList.crlExtensions ?? [];
  if (find(extensions, id_ce_deltaCRLIndicator)) {
    return { unfit: 'a delta list, which holds the changes of another list only' };
  }
  // RFC 5280 §5.1.2.5 demands it; and the parser finds no entries in a list that has none.
  if (!nextUpdate) return { unfit: 'a list without nextUpdate' };
  const scope = scopeOf(extensions);
  if ('unfit' in scope) return scope;
  const critical = criticalUnknown(extensions, entries);
  if (critical) return { unfit: `a list with the critical extension ${critical}, which is not understood` };
  const number = find(extensions, id_ce_cRLNumber);
  const revoked = entries
    .filter((entry) => !isRemoval(entry))
    .map(({ userCertificate }) => serialKey(serialText(userCertificate)));
  return {
    issuer: printName(issuer),
    issuerDer: Buffer.from(AsnConvert.serialize(issuer)),
    entries: revoked.length,
    revoked: Buffer.from(`\n${revoked.join('\n')}\n`),
    thisUpdate: thisUpdate.getTime().getTime(),
    nextUpdate: nextUpdate.getTime().getTime(),
    // Declared as a number, and a text where it is a long one.
    number: number && String(AsnConvert.parse(number.extnValue.buffer, CRLNumber).value),
    scope,
    scheme: schemeOf(signatureAlgorithm),
    octets: Buffer.from(tbsCertListRaw ?? AsnConvert.serialize(tbsCertList)),
    signature: Buffer.from(signature),
  };
};

/** Reads a DER list. */
export const readRevocationList = (der: Buffer): RevocationList | UnfitList => {
  try {
    return read(der);
  } catch {
    return { unfit: 'no revocation list' };
  }
};

/** Whether a list names a certificate, whose serial number is in the form of node:crypto. */
export const revokes = ({ revoked }: RevocationList, serialNumber: string): boolean =>
  revoked.includes(`\n${serialKey(serialNumber)}\n`);

const verified = new WeakMap<RevocationList, Map<Certificate, boolean>>();

/** Whether the list is signed with the authority's key; found out once, since lists are long. */
export const isListOf = (list: RevocationList, authority: Certificate): boolean => {
  const before = verified.get(list) ?? new Map<Certificate, boolean>();
  verified.set(list, before);
  const { scheme, octets, signature } = list;
  const signed = before.get(authority) ?? isSignedBy(scheme, octets, signature, authority.publicKey);
  before.set(authority, signed);
  return signed;
};

/** What keeps a list from being used with these authorities; undefined: one of them signed it and may. */
export const faultOfList = (
  list: RevocationList,
  authorities: readonly Certificate[],
): string | undefined => {
  const { issuer, issuerDer, scheme } = list;
  const namesakes = authorities.filter(({ subjectDer }) => subjectDer.equals(issuerDer));
  if (namesakes.length === 0) return `issued by ${issuer}, which is none of the trusted certificates`;
  const signers = namesakes.filter((one) => isListOf(list, one));
  if (signers.length === 0) return `its signature (${scheme.name}) is not by the key of ${issuer}`;
  return signers.some(maySignLists) ? undefined : `${issuer} may not sign lists: key usage without cRLSign`;
};

/** RFC 5280 §6.3.3 (f): the list's signer has cRLSign, where its use is restricted at all. */
export const maySignLists = ({ keyUsage }: Certificate): boolean => keyUsage?.includes('crlSign') ?? true;
