// The roster of the test PKI: who gets a certificate, and of which shape. A new client is one more row.

/** One attribute of a subject name; `type` is its OID. */
export interface SubjectAttribute {
  readonly type: string;
  readonly value: string;
  readonly encoding: 'utf8' | 'printable';
}

/** The key usages as RFC 5280 §4.2.1.3 names them, in the order of their bits. */
export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsageName = (typeof keyUsages)[number];

/** What one identity's certificate says. */
export interface Leaf {
  readonly name: string;
  /** The number of the organisation, as the certificate carries it. */
  readonly organisation: string;
  readonly subject: readonly SubjectAttribute[];
  /** Policy OIDs; none: no such extension. */
  readonly policies: readonly string[];
  /** The length of an RSA key, or a key on P-256. */
  readonly key: number | 'ec';
  readonly period: 'current' | 'expired' | { readonly notBefore: Date; readonly notAfter: Date };
  /** None: no such extension. */
  readonly usage: readonly KeyUsageName[];
  readonly ca: boolean;
  readonly issuer: 'issuing' | 'itself';
  readonly revoked: boolean;
  /** Host names and addresses; a certificate that has any is also good for TLS, at either end. */
  readonly hosts: readonly string[];
}

/** Attribute types of X.520. */
const COMMON_NAME = '2.5.4.3';
const SERIAL_NUMBER = '2.5.4.5';
const COUNTRY = '2.5.4.6';
const ORGANISATION = '2.5.4.10';
const ORGANISATION_IDENTIFIER = '2.5.4.97';

const utf8 = (type: string, value: string): SubjectAttribute => ({ type, value, encoding: 'utf8' });
const printable = (type: string, value: string): SubjectAttribute => ({ type, value, encoding: 'printable' });

type Shape = Pick<Leaf, 'organisation' | 'subject' | 'policies' | 'key'>;

const named = (owner: string): string => `Kontakt-emulator TEST ${owner}`;

/** An enterprise certificate (virksomhetssertifikat) of the SOAP era: the number in serialNumber. */
const seid1 = (owner: string, organisation: string): Shape => ({
  organisation,
  subject: [
    printable(COUNTRY, 'NO'),
    utf8(ORGANISATION, named(owner)),
    utf8(COMMON_NAME, named(owner)),
    printable(SERIAL_NUMBER, organisation),
  ],
  policies: ['2.16.578.1.26.1.0.3.2'],
  key: 2048,
});

/** Its successor: the number in organizationIdentifier (ETSI EN 319 412-1 §5.1.4), longer keys. */
const seid2 = (owner: string, organisation: string): Shape => ({
  organisation,
  subject: [
    printable(COUNTRY, 'NO'),
    utf8(ORGANISATION, named(owner)),
    utf8(ORGANISATION_IDENTIFIER, `NTRNO-${organisation}`),
    utf8(COMMON_NAME, named(owner)),
  ],
  policies: ['2.16.578.1.26.1.3.2'],
  key: 3072,
});

/** A Danish function certificate of OCES 3: the CVR number in organizationIdentifier, a UUID as serialNumber. */
const oces3 = (owner: string, cvr: string, uuid: string): Shape => ({
  organisation: cvr,
  subject: [
    printable(COUNTRY, 'DK'),
    utf8(ORGANISATION_IDENTIFIER, `NTRDK-${cvr}`),
    utf8(ORGANISATION, named(owner)),
    printable(SERIAL_NUMBER, `UI:DK-O:G:${uuid}`),
    utf8(COMMON_NAME, named(owner)),
  ],
  policies: [],
  key: 2048,
});

/** Its predecessor, OCES 2: CVR number and function id together in serialNumber. */
const oces2 = (owner: string, cvr: string, functionId: string): Shape => ({
  organisation: cvr,
  subject: [
    printable(COUNTRY, 'DK'),
    utf8(ORGANISATION, `${named(owner)} // CVR:${cvr}`),
    utf8(COMMON_NAME, named(owner)),
    printable(SERIAL_NUMBER, `CVR:${cvr}-FID:${functionId}`),
  ],
  policies: [],
  key: 2048,
});

/** UUIDs of the Danish test clients, alike but for the last digits. */
const uuid = (number: number): string => `7e570000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const DIGIPOST = '984661185';

/** What a certificate is like that nothing is wrong with. */
export const sound = {
  period: 'current',
  usage: ['digitalSignature', 'keyEncipherment', 'dataEncipherment'],
  ca: false,
  issuer: 'issuing',
  revoked: false,
  hosts: [],
} as const;

/** The shapes that certificates are ordered in, each with the number that the emulator knows best. */
export const shapes = {
  seid1: { digits: 9, organisation: DIGIPOST, make: seid1 },
  seid2: { digits: 9, organisation: DIGIPOST, make: seid2 },
  oces2: {
    digits: 8,
    organisation: '90000040',
    make: (owner: string, cvr: string) => oces2(owner, cvr, cvr),
  },
  oces3: {
    digits: 8,
    organisation: '90000016',
    make: (owner: string, cvr: string) => oces3(owner, cvr, uuid(Number(cvr))),
  },
} as const satisfies Readonly<
  Record<
    string,
    { digits: number; organisation: string; make: (owner: string, organisation: string) => Shape }
  >
>;
export type ShapeName = keyof typeof shapes;

/** A subject as it would be without the organisation's number. */
export const withoutNumber = (subject: readonly SubjectAttribute[]): SubjectAttribute[] => {
  const place = subject.some(({ type }) => type === ORGANISATION_IDENTIFIER)
    ? ORGANISATION_IDENTIFIER
    : SERIAL_NUMBER;
  return subject
    .filter(({ type }) => type !== place)
    .map((one) => ({ ...one, value: one.value.replace(/ \/\/ CVR:\d+$/, '') }));
};

/** The emulator's own identity. */
export const serverLeaf: Leaf = {
  name: 'server',
  ...seid1('Kontaktregister', '991825827'),
  ...sound,
  hosts: ['localhost', '127.0.0.1', '::1'],
};

/** The certificates users call with: those the register knows, and one of each kind it has to refuse. */
export const clientLeaves: readonly Leaf[] = [
  { name: 'digipost', ...seid1('Digipost AS', DIGIPOST), ...sound },
  { name: 'eboks', ...seid1('e-Boks AS', '996460320'), ...sound },
  { name: 'fremmed', ...seid1('Fremmed AS', '988015814'), ...sound },
  { name: 'utloept', ...seid1('Utløpt AS', DIGIPOST), ...sound, period: 'expired' },
  { name: 'tilbakekalt', ...seid1('Tilbakekalt AS', DIGIPOST), ...sound, revoked: true },
  { name: 'selvsignert', ...seid1('Selvsignert AS', DIGIPOST), ...sound, issuer: 'itself' },
  { name: 'digipost-seid2', ...seid2('Digipost AS', DIGIPOST), ...sound },
  { name: 'star', ...oces3('STAR', '90000016', uuid(16)), ...sound },
  { name: 'akasse', ...oces3('Testernes A-kasse', '90000024', uuid(24)), ...sound },
  { name: 'kommune', ...oces2('Eksempelby Kommune', '90000040', '40404040'), ...sound },
  { name: 'jobcenter', ...oces3('Jobcenter Eksempelby', '90000075', uuid(75)), ...sound },
  { name: 'jobnet', ...oces3('Jobnet', '90000105', uuid(105)), ...sound },
  { name: 'fremmedcvr', ...oces3('Fremmed ApS', '90009999', uuid(9999)), ...sound },
];

/** Class 3 is what Norwegian authorities call their level for enterprises. */
export const authorityName = (kind: 'root' | 'issuing'): readonly SubjectAttribute[] => [
  printable(COUNTRY, 'NO'),
  utf8(ORGANISATION, 'Kontakt-emulator TEST'),
  utf8(COMMON_NAME, named(kind === 'root' ? 'Class 3 Root CA' : 'Class 3 CA 1')),
];
