// What the URL of a database says, for the driver: what is not understood here is refused, and not passed over.

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ConnectionOptions, createSecureContext } from 'node:tls';
import { fileErrorOf } from '../../kernel/file-error.ts';
import { printable } from '../../kernel/printable.ts';

/** It says what cannot be done; told in a line that begins with the address. */
export class AddressError extends Error {}

/** What the driver makes of the rest of the URL. */
const DRIVER = ['host', 'port', 'user', 'password', 'application_name'];
const TLS = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword'];
const MODES = ['disable', 'require', 'verify-ca', 'verify-full'];
/** A register is encrypted on its way or is not, whatever the server says. */
const UNDECIDED = ['prefer', 'allow'];

export interface Address {
  /** Without what follows here. */
  readonly connectionString: string;
  readonly ssl: false | ConnectionOptions;
  /** Settings of the server; empty: none. */
  readonly options: string;
}

/** @param check throws where the text is not what it should be */
const readPem = (name: string, path: string, check: (pem: string) => unknown): string => {
  try {
    const pem = readFileSync(path, 'utf8');
    check(pem);
    return pem;
  } catch (error) {
    const why = fileErrorOf(error) ?? 'it is not in PEM';
    throw new AddressError(`${name}, ${printable(path)}, cannot be used: ${why}`);
  }
};

const certificates = (pem: string): X509Certificate => new X509Certificate(pem);
const key = (pem: string): void => {
  if (!pem.includes('PRIVATE KEY-----')) throw new TypeError('no key');
};

type Given = (name: string) => string | undefined;

const variableOf = (name: string): string => `PG${name.toUpperCase()}`;

/** The certificate that is shown to the server. */
const shown = (given: Given): ConnectionOptions => {
  const [sslcert, sslkey, passphrase] = [given('sslcert'), given('sslkey'), given('sslpassword')];
  if ((sslcert === undefined) !== (sslkey === undefined))
    throw new AddressError('sslcert and sslkey go together; give both');
  if (sslcert === undefined || sslkey === undefined) return {};
  const material = {
    cert: readPem('sslcert', sslcert, certificates),
    key: readPem('sslkey', sslkey, key),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
  try {
    createSecureContext(material);
  } catch (error) {
    const said = error instanceof Error ? printable(error.message) : '';
    throw new AddressError(`sslcert, sslkey and sslpassword do not fit together (${said})`);
  }
  return material;
};

/** As every client of PostgreSQL understands it (https://www.postgresql.org/docs/15/libpq-ssl.html). */
const tlsOf = (given: Given, named: (name: string) => string): Address['ssl'] => {
  const mode = given('sslmode');
  if (mode === undefined || mode === 'disable') return false;
  if (UNDECIDED.includes(mode))
    throw new AddressError(
      `${named('sslmode')} is ${mode}, which leaves it to the server whether anything is encrypted; write require (any certificate) or verify-full (its certificate is verified), or disable for no TLS`,
    );
  if (!MODES.includes(mode))
    throw new AddressError(
      `${named('sslmode')} is ${printable(mode)}; it can be disable, require, verify-ca or verify-full`,
    );
  const root = given('sslrootcert');
  if (mode === 'verify-ca' && root === undefined) throw new AddressError('verify-ca needs sslrootcert');
  const own = shown(given);
  if (mode === 'require' && root === undefined) return { ...own, rejectUnauthorized: false };
  const trust = root === undefined ? {} : { ca: readPem('sslrootcert', root, certificates) };
  return {
    ...own,
    ...trust,
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
};

/** A password may hold what has a meaning in a URL. */
const checkEncoding = (address: string): void => {
  try {
    decodeURIComponent(address);
  } catch {
    throw new AddressError(
      'a % in it does not encode a character; write each special character encoded, a % as %25',
    );
  }
};

/** What has another form may be a part of a password. */
const nameable = (name: string): string => (/^[a-z_]+$/.test(name) ? name : '(hidden)');

const checkParameters = (asked: URLSearchParams): void => {
  for (const name of new Set(asked.keys())) {
    if (![...DRIVER, ...TLS, 'options'].includes(name))
      throw new AddressError(`its parameter ${nameable(name)} is not supported; leave it out`);
    if (asked.getAll(name).length > 1) throw new AddressError(`its parameter ${name} is given twice`);
  }
  const port = asked.get('port') ?? '1';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new AddressError(`its port ${printable(port)} is no number to 65535`);
};

/** Each connection goes to the same server: a register is in one place, and the driver knows one host. */
const checkHost = (base: string, asked: URLSearchParams): void => {
  const [, inUrl = ''] = /^\w+:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(base) ?? [];
  const host = asked.get('host') || inUrl || process.env.PGHOST || '';
  if (host.includes(','))
    throw new AddressError(
      'it names several hosts; name one: the primary, or an address that always leads to the primary, such as that of a proxy',
    );
};

/**
 * @param address a URL: postgres://user@host:5432/database?sslmode=verify-full
 * @throws AddressError
 */
export const readAddress = (address: string): Address => {
  checkEncoding(address);
  const [base = '', query = ''] = address.split('?', 2);
  const asked = new URLSearchParams(query);
  checkHost(base, asked);
  checkParameters(asked);
  const named = (name: string): string => (asked.has(name) ? name : variableOf(name));
  const given = (name: string): string | undefined => asked.get(name) ?? process.env[variableOf(name)];
  const lonely = TLS.find((name) => asked.has(name));
  if (lonely !== undefined && given('sslmode') === undefined)
    throw new AddressError(`${lonely} needs sslmode: verify-full or verify-ca`);
  const ssl = tlsOf(given, named);
  const options = asked.get('options') ?? '';
  for (const name of [...TLS, 'options']) asked.delete(name);
  return { connectionString: asked.size > 0 ? `${base}?${asked}` : base, ssl, options };
};
