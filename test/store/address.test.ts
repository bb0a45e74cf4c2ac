// The address of a database server is shown without its password, wherever that stands.

import assert from 'node:assert/strict';
import { isAddress, shownAddress } from '../../src/store/address.ts';
import { kontakt } from '../program.ts';

const SECRET = 'p:a@s/s?w#rd';

describe('the address of a database server', () => {
  it('is a URL of PostgreSQL, with a host or without', () => {
    for (const address of [
      'postgres://db/kontakt',
      'postgresql://me@db:5433/kontakt?sslmode=verify-full',
      'postgres:///kontakt?host=/run/postgresql',
      'postgres://me@/kontakt?host=/run/postgresql',
      'postgres://me:a,b@one:5432,two:5433/kontakt',
    ])
      assert.ok(isAddress(address), address);
    for (const address of ['', 'db', 'mysql://db/kontakt', 'http://db', '/run/postgresql', 'postgres:db'])
      assert.ok(!isAddress(address), address);
  });

  it('is shown as it is but for the password', () => {
    for (const [address, shown] of [
      ['postgres://me@db/kontakt', 'postgres://me@db/kontakt'],
      ['postgres://me:secret@db/kontakt?sslmode=require', 'postgres://me@db/kontakt?sslmode=require'],
      ['postgres://me:a:b@c@db:1/kontakt', 'postgres://me@db:1/kontakt'],
      ['postgres://me:@db/kontakt', 'postgres://me@db/kontakt'],
      ['postgres://:secret@db/kontakt', 'postgres://@db/kontakt'],
      [
        'postgres:///k?user=me&password=secret&host=/run',
        'postgres:///k?user=me&password=(hidden)&host=/run',
      ],
      ['postgres://db/k?PASSWORD=secret', 'postgres://db/k?PASSWORD=(hidden)'],
      ['postgres://db/k?p%61ssword=secret', 'postgres://db/k?p%61ssword=(hidden)'],
      ['postgres://db/k?password=sec#ret&user=me', 'postgres://db/k?password=(hidden)'],
      ['postgres://me:1?secret@db/k', 'postgres://me@db/k'],
      ['postgres://me:sec\nret@db/k', 'postgres://me@db/k'],
      ['postgres://me:sec,ret@one:1,two:2/k', 'postgres://me@one:1,two:2/k'],
    ] as const)
      assert.equal(shownAddress(address), shown);
  });

  it('that is none is not shown at all', () => {
    const others = [`postgres:me:${SECRET}@db`, ` postgres://me:${SECRET}@db`];
    for (const address of [`mysql://me:${SECRET}@db`, SECRET, `me:${SECRET}@db/kontakt`, ...others])
      assert.equal(shownAddress(address), '(hidden)');
  });

  it('is never printed with its password: by --print-config, by a refusal, or where nothing answers', async () => {
    const password = 'f0rbidden';
    const place = { env: { KONTAKT_STORE: `postgres://me:${password}@127.0.0.1:1/kontakt` } };
    const printed = await kontakt(['serve', '--print-config'], place);
    assert.match(printed.stdout, /postgres:\/\/me@127\.0\.0\.1:1\/kontakt/);
    const refused = await kontakt(['serve', '--store', `mysql://me:${password}@db`]);
    assert.match(
      refused.stderr,
      /^kontakt: --store: \(hidden\) cannot be used; PostgreSQL database[^\n]*\n$/,
    );
    const unanswered = await kontakt(['serve', '--port', '0', '--tls-port', '0'], place);
    assert.match(
      unanswered.stderr,
      /^kontakt: PostgreSQL at postgres:\/\/me@127\.0\.0\.1:1\/kontakt: nothing answers[^\n]*\n$/,
    );
    for (const { stdout, stderr } of [printed, refused, unanswered])
      assert.doesNotMatch(stdout + stderr, new RegExp(password));
  });

  it('excludes a register in memory', async () => {
    const { code, stderr } = await kontakt(['serve', '--in-memory', '--store', 'postgres://db/kontakt']);
    assert.equal(code, 2);
    assert.equal(stderr, 'kontakt: --in-memory and --store exclude each other; leave one of them out\n');
  });
});
