// A certificate authority of the attacker's own, by OpenSSL: leaves with anything wrong that a certificate can have.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OctetString } from '@peculiar/asn1-schema';
import { Extension } from '@peculiar/asn1-x509';
import { type CertificateWish, certificateOf, keyOf, listOf, pemOf } from '../security/issuing.ts';
import type { Credentials } from './message.ts';

const home = mkdtempSync(join(tmpdir(), 'kontakt-attacks-'));
const at = (name: string): string => join(home, name);
process.once('exit', () => rmSync(home, { recursive: true, force: true }));

const openssl = (...args: string[]): void => {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
};

const KEYS = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  short: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  other: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
} as const;
type Key = keyof typeof KEYS;

const made = new Map<string, string>();
/** Makes a file once. */
const once = (name: string, make: (file: string) => void): string => {
  const file = made.get(name) ?? at(name);
  if (!made.has(name)) make(file);
  made.set(name, file);
  return file;
};
const keyFile = (key: Key): string =>
  once(`${key}.key`, (file) => openssl('genpkey', ...KEYS[key], '-out', file));

interface Wish {
  readonly subject: string;
  readonly key?: Key;
  readonly extensions: readonly string[];
  /** The name of an issuer made before; undefined: it signs itself. */
  readonly issuer?: string;
  readonly issuerKey?: Key;
}

const certificate = (name: string, { subject, key = 'rsa', extensions, issuer, issuerKey }: Wish): string =>
  once(`${name}.pem`, (file) => {
    const config = once(`${name}.cnf`, (path) =>
      writeFileSync(
        path,
        `[req]\ndistinguished_name=dn\nx509_extensions=v3\n[dn]\n[v3]\n${extensions.join('\n')}\n`,
      ),
    );
    const by = issuer ? ['-CA', at(`${issuer}.pem`), '-CAkey', keyFile(issuerKey ?? 'rsa')] : [];
    openssl(
      ...['req', '-x509', '-new', '-utf8', '-config', config, '-key', keyFile(key), '-sha256', '-days', '30'],
      ...['-subj', subject, '-out', file, ...by],
    );
  });

const CA = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
const END = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature'];
const SUBJECT = '/C=NO/O=Angriper TEST AS/CN=Angriper TEST AS/serialNumber=984661185';

const leaf = (name: string, wish: Partial<Wish> = {}): Credentials => {
  const file = certificate(name, { subject: SUBJECT, extensions: END, issuer: 'trusted', ...wish });
  return {
    certificatePem: readFileSync(file, 'utf8'),
    keyPem: readFileSync(keyFile(wish.key ?? 'rsa'), 'utf8'),
  };
};

/** By an authority of its own kind, which the emulator trusts too; made without OpenSSL, which refuses some of this. */
const under = (issuer: string, wish: Partial<CertificateWish> = {}): Credentials => ({
  certificatePem: pemOf(
    certificateOf({ ...LIVE, subject: 'Angriper TEST', key: 'attacker', issuer, ...BY_SHARED, ...wish }),
  ),
  keyPem: keyOf('attacker').export({ type: 'pkcs8', format: 'pem' }).toString(),
});
/** One key for all these authorities: making keys takes long, and names tell authorities apart. */
const BY_SHARED = { issuerKey: 'authority' };
/** Around whatever day the tests run on. */
const LIVE = { from: Date.UTC(2020, 0, 1), until: Date.UTC(2049, 0, 1) };
const PAST = { from: Date.UTC(2000, 0, 1), until: Date.UTC(2010, 0, 1) };
const FUTURE = { from: Date.UTC(2048, 0, 1), until: Date.UTC(2049, 0, 1) };
const NAME_CONSTRAINTS = new Extension({
  extnID: '2.5.29.30',
  critical: true,
  extnValue: new OctetString(Buffer.from('3000', 'hex')),
});
const weirdAuthorities = (): CertificateWish[] => [
  { subject: 'Ground' },
  { subject: 'Expired', issuer: 'Ground', ...PAST },
  { subject: 'Coming', issuer: 'Ground', ...FUTURE },
  { subject: 'Expired Root', ...PAST },
  { subject: 'Weak', key: 'short authority', issuer: 'Ground' },
  { subject: 'Broken', issuer: 'Ground', scheme: 'sha1' },
  { subject: 'Constrained', issuer: 'Ground', extensions: [NAME_CONSTRAINTS] },
  { subject: 'Revoked', issuer: 'Ground', serial: 66 },
  { subject: 'Overdue', issuer: 'Ground' },
  // Each certifies the other, and nobody certifies them.
  { subject: 'Left', issuer: 'Right' },
  { subject: 'Right', issuer: 'Left' },
];

/** The lists that the emulator is given: who is revoked, and a list that nobody has renewed. */
export const lists = (): string[] =>
  [
    listOf({ issuer: 'Ground', ...BY_SHARED, revoked: [66, 77], ...LIVE }),
    listOf({ issuer: 'Overdue', ...BY_SHARED, ...PAST }),
  ].map((der, place) => once(`list-${place}.crl`, (file) => writeFileSync(file, der)));

/** The authorities that the emulator is told to trust: a sound root, and what an unsound one may issue under it. */
export const trusted = (): string[] => [
  certificate('trusted', { subject: '/O=Angriper TEST/CN=Trusted Root', extensions: CA }),
  certificate('narrow', {
    subject: '/O=Angriper TEST/CN=Narrow Root',
    extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign'],
  }),
  certificate('below', { subject: '/O=Angriper TEST/CN=Below', extensions: CA, issuer: 'narrow' }),
  certificate('no-ca', { subject: '/O=Angriper TEST/CN=No CA', extensions: END, issuer: 'trusted' }),
  certificate('no-usage', {
    subject: '/O=Angriper TEST/CN=No Usage',
    extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,digitalSignature'],
    issuer: 'trusted',
  }),
  ...weirdAuthorities().map((wish) =>
    once(`${wish.subject}.pem`, (file) =>
      writeFileSync(
        file,
        pemOf(certificateOf({ ...LIVE, ca: true, key: 'authority', ...BY_SHARED, ...wish })),
      ),
    ),
  ),
  certificate('dead-end', {
    subject: '/O=CommfidesTest AS/CN=CommfidesTest Root',
    extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign'],
  }),
];

export const leaves = {
  sound: () => leaf('sound'),
  ec: () => leaf('ec', { key: 'ec' }),
  short: () => leaf('short', { key: 'short' }),
  authority: () => leaf('authority', { extensions: CA }),
  encryption: () => leaf('encryption', { extensions: ['keyUsage=critical,keyEncipherment'] }),
  critical: () => leaf('critical', { extensions: [...END, '1.2.3.4.5=critical,DER:0500'] }),
  nameless: () => leaf('nameless', { subject: '/O=Angriper TEST AS/CN=Angriper TEST AS' }),
  misnumbered: () => leaf('misnumbered', { subject: '/O=Angriper TEST AS/CN=x/serialNumber=98466118' }),
  tooDeep: () => leaf('too-deep', { issuer: 'below' }),
  byEndEntity: () => leaf('by-end-entity', { issuer: 'no-ca' }),
  byMisusedAuthority: () => leaf('by-misused', { issuer: 'no-usage' }),
  byExpired: () => under('Expired'),
  byComing: () => under('Coming'),
  byExpiredRoot: () => under('Expired Root'),
  byWeak: () => under('Weak', { issuerKey: 'short authority' }),
  byBroken: () => under('Broken'),
  byConstrained: () => under('Constrained'),
  byRevoked: () => under('Revoked'),
  byOverdue: () => under('Overdue'),
  inCircle: () => under('Left'),
  listed: () => under('Ground', { serial: 77 }),
  sha1: () => under('Ground', { scheme: 'sha1' }),
  md5: () => under('Ground', { scheme: 'md5' }),
  misnamed: () => under('Ground', { authorityKey: 'attacker' }),
  notYet: () => under('Ground', FUTURE),
  unsigned: () => under('Ground', { issuerKey: 'attacker', authorityKey: 'authority' }),
  underGround: () => under('Ground'),
  /** Its issuer bears a trusted name and another key. */
  forgedIssuer: () => {
    certificate('forged', { subject: '/O=Angriper TEST/CN=Trusted Root', key: 'other', extensions: CA });
    return leaf('by-forged', { issuer: 'forged', issuerKey: 'other' });
  },
  unknownIssuer: () => {
    certificate('unknown', { subject: '/O=Angriper TEST/CN=Unknown Root', extensions: CA });
    return leaf('by-unknown', { issuer: 'unknown' });
  },
  /** Its issuer is below the trusted root, and says so by nothing but the leaf's authorityKeyIdentifier. */
  belowUnsent: () => {
    certificate('unsent', { subject: '/O=Mellomledd TEST/CN=Unsent', extensions: CA, issuer: 'trusted' });
    return leaf('by-unsent', {
      issuer: 'unsent',
      extensions: [...END, 'authorityKeyIdentifier=keyid,issuer:always'],
    });
  },
  /** Its issuer has the organisation of an authority that is trusted, and a unit of its own. */
  ofOtherUnit: () => {
    certificate('unit', { subject: '/O=Angriper TEST/OU=Other/CN=Unit', extensions: CA });
    return leaf('by-unit', { issuer: 'unit' });
  },
  /** Its issuer is called like an authority that is trusted and may certify no other. */
  besideDeadEnd: () => {
    certificate('beside', { subject: '/O=CommfidesTest AS/CN=CommfidesTest CA', extensions: CA });
    return leaf('by-beside', { issuer: 'beside' });
  },
} as const;
