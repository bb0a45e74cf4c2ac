// Certificates and revocation lists with anything right or wrong in them, made without any code of the emulator.

import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  type SignKeyObjectInput,
  sign,
} from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CertificateList,
  CRLNumber,
  CRLReason,
  Extension,
  Extensions,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  RevokedCertificate,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  TBSCertList,
  Time,
  Validity,
  Version,
} from '@peculiar/asn1-x509';

const OID = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  organisationIdentifier: '2.5.4.97',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  subjectKey: '2.5.29.14',
  authorityKey: '2.5.29.35',
  crlNumber: '2.5.29.20',
  reason: '2.5.29.21',
} as const;

/** How a certificate or list is signed: the algorithm's identifier and what to do. */
export const schemes = {
  sha256: { oid: '1.2.840.113549.1.1.11', digest: 'sha256' },
  sha384: { oid: '1.2.840.113549.1.1.12', digest: 'sha384' },
  sha512: { oid: '1.2.840.113549.1.1.13', digest: 'sha512' },
  sha1: { oid: '1.2.840.113549.1.1.5', digest: 'sha1' },
  md5: { oid: '1.2.840.113549.1.1.4', digest: 'md5' },
  ecdsa: { oid: '1.2.840.10045.4.3.2', digest: 'sha256' },
  pss: {
    oid: '1.2.840.113549.1.1.10',
    digest: 'sha256',
    parameters:
      '3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120',
  },
  // No parameters' worth: SHA-1 by default (RFC 4055 §3.1).
  pssOfSha1: { oid: '1.2.840.113549.1.1.10', digest: 'sha1', parameters: '3000' },
} as const;
export type Scheme = keyof typeof schemes;

const keys = new Map<string, KeyObject>();
/** A key by name, made once; `short` has 1024 bits, `curve` is on P-256, `weak curve` on a curve too small. */
export const keyOf = (name: string): KeyObject => {
  const known = keys.get(name);
  if (known) return known;
  const made = name.endsWith('curve')
    ? generateKeyPairSync('ec', { namedCurve: name.startsWith('weak') ? 'secp224r1' : 'prime256v1' })
    : generateKeyPairSync('rsa', { modulusLength: name.startsWith('short') ? 1024 : 2048 });
  keys.set(name, made.privateKey);
  return made.privateKey;
};

const signWith = (octets: Buffer, key: KeyObject, scheme: Scheme): ArrayBuffer => {
  const { digest, oid } = schemes[scheme];
  const padded: KeyObject | SignKeyObjectInput =
    oid === schemes.pss.oid
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: digest === 'sha1' ? 20 : 32 }
      : key;
  return Uint8Array.from(sign(digest, octets, padded)).buffer;
};

const algorithmOf = (scheme: Scheme): AlgorithmIdentifier => {
  const chosen = schemes[scheme];
  if ('parameters' in chosen) {
    const parameters = Uint8Array.from(Buffer.from(chosen.parameters, 'hex')).buffer;
    return new AlgorithmIdentifier({ algorithm: chosen.oid, parameters });
  }
  return new AlgorithmIdentifier({
    algorithm: chosen.oid,
    ...(scheme === 'ecdsa' ? {} : { parameters: null }),
  });
};

const attributeOf = (type: string, text: string): RelativeDistinguishedName =>
  new RelativeDistinguishedName([
    new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: text }) }),
  ]);

/** A name in DER, of a common name and further attributes. */
export const nameDer = (commonName: string, more: readonly (readonly [string, string])[] = []): Buffer =>
  Buffer.from(AsnConvert.serialize(nameOf(commonName, more)));

const nameOf = (commonName: string, more: readonly (readonly [string, string])[] = []): Name =>
  new Name([attributeOf(OID.commonName, commonName), ...more.map(([type, text]) => attributeOf(type, text))]);

export const extension = (extnID: string, value: unknown, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

/** An extension whose octets are given. */
export const rawExtension = (extnID: string, octets: Buffer, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(Uint8Array.from(octets)) });

/** A value in DER: tag, length, content. */
export const der = (tag: number, ...contents: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(contents);
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
};

const keyInfo = (key: KeyObject): SubjectPublicKeyInfo => {
  const half = key.type === 'public' ? key : createPublicKey(key);
  return AsnConvert.parse(half.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo);
};

/** RFC 5280 §4.2.1.2 (1). */
const identifier = (key: KeyObject): ArrayBuffer =>
  Uint8Array.from(hash('sha1', Buffer.from(keyInfo(key).subjectPublicKey), 'buffer')).buffer;

/** 2026-06-01, the middle of every usual period. */
export const NOON = Date.UTC(2026, 5, 1, 12);
export const DAY = 86_400_000;

export interface CertificateWish {
  /** The common name, which is also the name of the key unless there is another. */
  readonly subject: string;
  readonly key?: string;
  /** The organisation's number as serialNumber; end certificates have digipost's. */
  readonly organisation?: string;
  readonly organisationIdentifier?: string;
  /** Further attributes of the subject, by OID. */
  readonly attributes?: readonly (readonly [string, string])[];
  /** The issuer's common name and key; by default its own. */
  readonly issuer?: string;
  readonly issuerKey?: string;
  readonly ca?: boolean;
  readonly pathLength?: number;
  /** Undefined: what belongs to it; null: no such extension. */
  readonly usage?: number | null;
  readonly from?: number;
  readonly until?: number;
  readonly serial?: number;
  /** The octets of the serial number, whatever they are. */
  readonly serialOctets?: readonly number[];
  /** The key that is certified, where it is not that of the name. */
  readonly publicKey?: KeyObject;
  /** The octets of subjectKeyIdentifier, where they are not the key's own. */
  readonly keyIdentifier?: Buffer;
  readonly scheme?: Scheme;
  /** The key that authorityKeyIdentifier names; null: no such extension. */
  readonly authorityKey?: string | null;
  readonly extensions?: readonly Extension[];
}

const CA_USAGE = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;

const extensionsOf = (wish: CertificateWish): Extension[] => {
  const { subject, key = subject, issuer = subject, issuerKey = issuer, ca = false } = wish;
  const usage = wish.usage === undefined ? (ca ? CA_USAGE : KeyUsageFlags.digitalSignature) : wish.usage;
  const named = wish.authorityKey === undefined ? issuerKey : wish.authorityKey;
  const length = wish.pathLength === undefined ? {} : { pathLenConstraint: wish.pathLength };
  return [
    extension(OID.basicConstraints, new BasicConstraints({ cA: ca, ...length }), true),
    ...(usage === null ? [] : [extension(OID.keyUsage, new KeyUsage(usage), true)]),
    extension(
      OID.subjectKey,
      new SubjectKeyIdentifier(
        wish.keyIdentifier ? Uint8Array.from(wish.keyIdentifier).buffer : identifier(keyOf(key)),
      ),
    ),
    ...(named === null
      ? []
      : [
          extension(
            OID.authorityKey,
            new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(identifier(keyOf(named))) }),
          ),
        ]),
    ...(wish.extensions ?? []),
  ];
};

let serials = 1000;

/** Issues a certificate; DER. */
export const certificateOf = (wish: CertificateWish): Buffer => {
  const { subject, key = subject, issuer = subject, issuerKey = issuer, scheme = 'sha256' } = wish;
  const identity = wish.organisationIdentifier ? OID.organisationIdentifier : OID.serialNumber;
  const number = wish.organisationIdentifier ?? wish.organisation ?? (wish.ca ? '' : '984661185');
  const name = nameOf(subject, [
    ...(number === '' ? [] : [[identity, number] as const]),
    ...(wish.attributes ?? []),
  ]);
  serials += 1;
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: Uint8Array.from(
      wish.serialOctets ?? [1, ...[24, 16, 8, 0].map((shift) => ((wish.serial ?? serials) >> shift) & 255)],
    ).buffer,
    signature: algorithmOf(scheme),
    issuer: wish.issuer === undefined ? name : nameOf(issuer),
    validity: new Validity({
      notBefore: new Date(wish.from ?? NOON - 365 * DAY),
      notAfter: new Date(wish.until ?? NOON + 365 * DAY),
    }),
    subject: name,
    subjectPublicKeyInfo: keyInfo(wish.publicKey ?? keyOf(key)),
    extensions: new Extensions(extensionsOf(wish)),
  });
  const octets = AsnConvert.serialize(tbs);
  const signatureValue = signWith(Buffer.from(octets), keyOf(issuerKey), scheme);
  return Buffer.from(
    AsnConvert.serialize(
      new Certificate({ tbsCertificate: tbs, signatureAlgorithm: algorithmOf(scheme), signatureValue }),
    ),
  );
};

export const pemOf = (der: Buffer, label = 'CERTIFICATE'): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END ${label}-----\n`;

export interface ListWish {
  readonly issuer: string;
  readonly issuerKey?: string;
  /** The numbers of what it revokes, with a reason where there is one. */
  readonly revoked?: readonly (number | { readonly serial: number; readonly reason: number })[];
  /** The octets of the first of them, whatever they are. */
  readonly revokedOctets?: readonly number[];
  readonly from?: number;
  /** Null: no nextUpdate. */
  readonly until?: number | null;
  readonly number?: number;
  /** Version 1: no extensions. */
  readonly first?: boolean;
  readonly scheme?: Scheme;
  readonly extensions?: readonly Extension[];
  /** Of every entry. */
  readonly entryExtensions?: readonly Extension[];
}

/** Issues a revocation list; DER. */
export const listOf = (wish: ListWish): Buffer => {
  const { issuer, issuerKey = issuer, revoked = [], number = 1, scheme = 'sha256' } = wish;
  const entries = revoked.map((entry) => {
    const { serial, reason } = typeof entry === 'number' ? { serial: entry, reason: undefined } : entry;
    const extensions = [
      ...(reason === undefined ? [] : [extension(OID.reason, new CRLReason(reason))]),
      ...(wish.entryExtensions ?? []),
    ];
    return new RevokedCertificate({
      userCertificate: Uint8Array.of(1, ...[24, 16, 8, 0].map((shift) => (serial >> shift) & 255)).buffer,
      revocationDate: new Time(new Date(NOON - 10 * DAY)),
      ...(extensions.length > 0 ? { crlEntryExtensions: extensions } : {}),
    });
  });
  const until = wish.until === undefined ? NOON + 10 * DAY : wish.until;
  const tbs = new TBSCertList({
    ...(wish.first ? {} : { version: Version.v2 }),
    signature: algorithmOf(scheme),
    issuer: nameOf(issuer),
    thisUpdate: new Time(new Date(wish.from ?? NOON - DAY)),
    ...(until === null ? {} : { nextUpdate: new Time(new Date(until)) }),
    ...(entries.length > 0 ? { revokedCertificates: entries } : {}),
    ...(wish.first
      ? {}
      : { crlExtensions: [extension(OID.crlNumber, new CRLNumber(number)), ...(wish.extensions ?? [])] }),
  });
  const [first] = entries;
  if (first && wish.revokedOctets) first.userCertificate = Uint8Array.from(wish.revokedOctets).buffer;
  const octets = AsnConvert.serialize(tbs);
  const signature = signWith(Buffer.from(octets), keyOf(issuerKey), scheme);
  return Buffer.from(
    AsnConvert.serialize(
      new CertificateList({ tbsCertList: tbs, signatureAlgorithm: algorithmOf(scheme), signature }),
    ),
  );
};
