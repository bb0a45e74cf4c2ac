// What the URL of a database may say, and what the driver is told; what cannot be meant is refused in one line.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readAddress } from '../../../src/store/postgres/address.ts';
import { refusalOf } from '../../../src/store/postgres/refusals.ts';
import { newDataDirectory } from '../../directories.ts';

const BASE = 'postgres://me@db/kontakt';

describe('the URL of a database', () => {
  let pki: string;
  before(async () => {
    pki = join(await newDataDirectory(), 'pki');
  });

  const tls = (query: string) => readAddress(`${BASE}?${query}`).ssl;
  const refused = (query: string, why: RegExp): void => {
    const address = query.includes('://') ? query : `${BASE}?${query}`;
    assert.throws(
      () => readAddress(address),
      (error) => why.test(refusalOf(error)?.cause ?? String(error)),
      address,
    );
  };

  it('hands on who and where, and keeps the settings of the server and of TLS apart', () => {
    assert.deepEqual(readAddress(BASE), { connectionString: BASE, ssl: false, options: '' });
    const host = '?host=/run/postgresql&port=5433';
    assert.deepEqual(readAddress(`${BASE}${host}&options=-c%20work_mem=8MB&sslmode=disable`), {
      connectionString: `${BASE}?host=%2Frun%2Fpostgresql&port=5433`,
      ssl: false,
      options: '-c work_mem=8MB',
    });
  });

  it('means by sslmode what every client of PostgreSQL means', () => {
    const root = `sslrootcert=${pki}/trust.pem`;
    const [require, authority, name] = ['require', `verify-ca&${root}`, `verify-full&${root}`].map((mode) =>
      tls(`sslmode=${mode}`),
    );
    assert.deepEqual(require, { rejectUnauthorized: false });
    const members = (ssl: ReturnType<typeof tls>): string[] => Object.keys(ssl || {}).sort();
    assert.deepEqual(members(authority ?? false), ['ca', 'checkServerIdentity']);
    assert.deepEqual(members(name ?? false), ['ca']);
    assert.deepEqual(members(tls(`sslmode=require&${root}`)), ['ca', 'checkServerIdentity']);
    const client = `${pki}/clients/digipost`;
    const known = tls(`sslmode=require&sslcert=${client}.pem&sslkey=${client}.key`);
    assert.deepEqual(members(known), ['cert', 'key', 'rejectUnauthorized']);
  });

  it('is refused where TLS cannot be as it says', () => {
    refused('sslmode=on', /sslmode is on; it can be disable, require, verify-ca or verify-full/);
    for (const mode of ['prefer', 'allow'])
      refused(
        `sslmode=${mode}`,
        /^sslmode is \w+, which leaves it to the server .* write require .* or verify-full .*, or disable for no TLS$/,
      );
    refused('sslmode=verify-ca', /verify-ca needs sslrootcert/);
    refused(`sslrootcert=${pki}/trust.pem`, /sslrootcert needs sslmode/);
    refused('sslmode=require&sslcert=a.pem', /sslcert and sslkey go together/);
    refused(
      'sslmode=verify-full&sslrootcert=/nowhere.pem',
      /\/nowhere\.pem, cannot be used: there is no such/,
    );
    refused(`sslmode=verify-full&sslrootcert=${pki}`, /cannot be used: it is a directory/);
    refused(`sslmode=verify-full&sslrootcert=${pki}/server.key`, /cannot be used: it is not in PEM/);
    const [cert, key] = [`sslcert=${pki}/server.pem`, `sslkey=${pki}/clients/digipost.key`];
    refused(`sslmode=require&${cert}&${key}`, /do not fit together \([^\n]*mismatch\)$/);
  });

  it('is refused where it names several hosts, which the driver takes for one', () => {
    const several = /^it names several hosts; name one: the primary, or an address that always leads to the/;
    for (const address of [
      'postgres://me@one,two/kontakt',
      'postgres://me:pass,word@one:5432,two:5433/kontakt?target_session_attrs=read-write',
      'postgres://me@/kontakt?host=one,two',
      'postgres://me@/kontakt?host=/run/one,/run/two&port=1,2',
    ])
      refused(address, several);
    const before = process.env.PGHOST;
    process.env.PGHOST = 'one,two';
    try {
      refused('postgres://me@/kontakt', several);
      assert.equal(readAddress('postgres://me:pass,word@db/kontakt').ssl, false);
    } finally {
      if (before === undefined) delete process.env.PGHOST;
      else process.env.PGHOST = before;
    }
  });

  it('is refused where it says what is not understood, and never tells what may be a password', () => {
    refused('connect_timeout=5', /^its parameter connect_timeout is not supported; leave it out$/);
    refused('sslmode=require&sslmode=disable', /^its parameter sslmode is given twice$/);
    refused('port=abc', /^its port abc is no number/);
    for (const address of [
      'postgres://me:secret%zz@db/kontakt',
      'postgres://me:secret%ff@db/kontakt',
      'postgres://me:1?secret@db/kontakt',
    ])
      refused(address, /^(?!.*secret).*(?:a % as %25|its parameter \(hidden\) is not supported)/);
  });
});
