// Databases that cannot be used: a start says why in one line, and nothing in them is changed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { newDataDirectory, newDirectory } from '../../directories.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { assertOneLine, kontakt, serve } from '../../program.ts';
import { cluster, giveToServer, makeCluster } from './cluster.ts';
import { openPassage } from './passage.ts';

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
};

describeWith([stacks.postgresql], 'a start on a PostgreSQL database', () => {
  let data: string;
  before(async () => {
    data = await newDataDirectory();
  });

  const args = (store: string): string[] => ['--data', data, '--store', store, '--store-timeout', '30'];
  const refused = async (store: string, content: RegExp): Promise<void> => {
    const options = ['--port', '0', '--tls-port', '0', '--log', 'silent'];
    const ended = await kontakt(['serve', ...options, ...args(store)]);
    assert.equal(ended.code, 1, ended.stderr);
    assert.equal(ended.stdout, '');
    assertOneLine(ended, content);
  };
  const served = async (store: string): Promise<string> => {
    const { child, banner, ended } = await serve(args(store));
    child.kill('SIGTERM');
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
    return banner + stdout;
  };
  const sql = (store: string, text: string): string[] => cluster().sql(store, text);
  const inDatabase = (store: string, change: string): string => store.replace(/\/[^/?]*\?/, `/${change}?`);

  it('that is there is served from, and says so without a password', async () => {
    const store = cluster().database().replace('kontakt@', 'kontakt:s3cret@');
    const said = await served(store);
    assert.match(said, /100 persons and citizens in postgres:\/\/kontakt@\/register_\d+\?host=/);
    assert.match(said, /stopped; the register is in postgres:\/\/kontakt@/);
    assert.doesNotMatch(said, /s3cret/);
  }).timeout(60_000);

  it('at a wrong address is refused', async () => {
    await refused(
      'postgres://127.0.0.1:1/kontakt',
      /^kontakt: PostgreSQL at .*: nothing answers at its address/,
    );
    await refused('postgres://nobody.invalid/kontakt', /there is no host of this name|cannot be looked up/);
    await refused('postgres:///kontakt?host=/nowhere', /there is no socket at its address/);
  }).timeout(60_000);

  it('that falls silent while it is counted who is in it ends the program, which says why', async () => {
    const store = cluster().database();
    const passage = await openPassage(cluster().folder);
    let stalled = false;
    passage.watch((octets) => {
      stalled ||= octets.includes('count(*)');
      return stalled ? 'stall' : undefined;
    });
    const through = store.replace(cluster().folder, passage.folder);
    const options = ['--port', '0', '--tls-port', '0', '--log', 'silent', '--store-timeout', '2'];
    const ended = await kontakt(['serve', ...options, '--data', data, '--store', through]);
    passage.end();
    assert.deepEqual([ended.code, ended.stdout], [1, '']);
    assertOneLine(ended, /PostgreSQL[^\n]*: it does not answer in time/);
  }).timeout(60_000);

  it('that there is not is refused', () =>
    refused(inDatabase(cluster().database(), 'nothing_here'), /there is no such database; create it first/));

  it('whose schema is another program’s is refused, and left as it is', async () => {
    const store = cluster().database();
    sql(store, 'CREATE SCHEMA kontakt; CREATE TABLE kontakt.orders (id int)');
    await refused(
      store,
      /the schema kontakt belongs to another program; choose another database with --store/,
    );
    assert.deepEqual(
      sql(store, "SELECT relname FROM pg_class WHERE relnamespace = 'kontakt'::regnamespace"),
      ['orders'],
    );
  });

  it('that has other schemas than ours is shared with them', async () => {
    const store = cluster().database();
    sql(store, 'CREATE TABLE public.counter (id int); CREATE TABLE public.form (id int)');
    await served(store);
    assert.deepEqual(sql(store, 'SELECT count(*) FROM public.counter'), ['0']);
  });

  it('of a newer version, or not whole, is refused, and left as it is', async () => {
    const store = cluster().database();
    await served(store);
    const all = (): string[] => sql(store, 'SELECT id, body FROM kontakt.no_person ORDER BY place');
    const before = all();
    sql(store, "UPDATE kontakt.form SET form = 99 WHERE name = 'no_person'");
    await refused(
      store,
      /was written by a newer version \(form 99 of no_person, this one knows \d+\); upgrade/,
    );
    sql(
      store,
      "UPDATE kontakt.form SET form = 1 WHERE name = 'no_person'; DROP INDEX kontakt.no_person_changed",
    );
    await refused(
      store,
      /the register is damaged \(it has no index no_person_changed\); restore it from a backup/,
    );
    sql(
      store,
      'CREATE INDEX no_person_changed ON kontakt.no_person (changed); ALTER TABLE kontakt.no_change DROP COLUMN at',
    );
    await refused(store, /it has no column no_change\.at/);
    assert.deepEqual(all(), before);
  }).timeout(60_000);

  it('in another encoding is refused', async () => {
    const store = cluster().database();
    sql(store, "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    await refused(
      inDatabase(store, 'latin'),
      /has the encoding LATIN1; make the database with ENCODING 'UTF8'/,
    );
  });

  it('that is read-only is refused', async () => {
    const store = cluster().database();
    const replica = makeCluster('', cluster());
    await refused(
      store.replace(cluster().folder, replica.folder),
      /is a read-only replica; name the primary/,
    );
    sql(store, `ALTER DATABASE ${/register_\d+/.exec(store)?.[0]} SET default_transaction_read_only = on`);
    await refused(store, /it is read-only/);
  }).timeout(60_000);

  it('over TLS is served from where its certificate and the password are right, and refused where not', async () => {
    const [port, folder] = [await freePort(), newDirectory()];
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate];
    assert.equal(spawnSync('openssl', [...request, ...names]).status, 0);
    chmodSync(folder, 0o755);
    chmodSync(key, 0o600);
    for (const file of [key, certificate]) giveToServer(file);
    const server = makeCluster(`
listen_addresses = 'localhost'
port = ${port}
ssl = on
ssl_key_file = '${key}'
ssl_cert_file = '${certificate}'
`);
    const local = server.database();
    server.sql(local, "ALTER USER kontakt PASSWORD 's3cret'");
    server.protect();
    const database = /register_\d+/.exec(local)?.[0];
    const at = (password: string, query: string): string =>
      `postgres://kontakt:${password}@localhost:${port}/${database}?${query}`;
    const verified = `sslmode=verify-full&sslrootcert=${certificate}`;
    await served(at('s3cret', verified));
    await served(at('s3cret', 'sslmode=require'));
    await refused(
      at('wr0ng', verified),
      /postgres:\/\/kontakt@localhost:\d+\/register_\d+\?\S+: it refuses the user/,
    );
    await refused(at('s3cret', 'sslmode=verify-full'), /certificate is (?:signed by itself|of an authority)/);
    await refused(
      at('s3cret', verified).replace('localhost', '127.0.0.1'),
      /its certificate is for another name/,
    );
    await refused(
      at('s3cret', ''),
      /it refuses the connection \(no pg_hba\.conf entry [^\n]*no encryption\)/,
    );
  }).timeout(180_000);
});
