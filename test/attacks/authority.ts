// A certificate authority of the attacker's own, by OpenSSL: leaves with anything wrong that a certificate can have.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  /** Its issuer bears a trusted name and another key. */
  forgedIssuer: () => {
    certificate('forged', { subject: '/O=Angriper TEST/CN=Trusted Root', key: 'other', extensions: CA });
    return leaf('by-forged', { issuer: 'forged', issuerKey: 'other' });
  },
  unknownIssuer: () => {
    certificate('unknown', { subject: '/O=Angriper TEST/CN=Unknown Root', extensions: CA });
    return leaf('by-unknown', { issuer: 'unknown' });
  },
} as const;
