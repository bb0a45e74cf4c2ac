// Opening a data directory: one process at a time, and every directory that cannot be used is told in one line.

import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { kontakt, serve } from '../program.ts';
import { control } from '../running.ts';
import { openEmulator } from '../starting.ts';
import {
  assertIntact,
  assertRefused,
  closedDirectory,
  giveAway,
  isRoot,
  readOnly,
  startOn,
  stop,
  unprivileged,
} from './damage.ts';

describe('a data directory', () => {
  let original: string;
  let register: Buffer;

  /** A copy of a directory that was closed in order, with another register. */
  const copy = (edit: (bytes: Buffer) => Buffer = (bytes) => bytes): string => {
    const data = join(newDirectory(), 'data');
    cpSync(original, data, { recursive: true });
    writeFileSync(join(data, 'register.db'), edit(Buffer.from(register)));
    return data;
  };

  before(async () => {
    original = await closedDirectory();
    register = readFileSync(join(original, 'register.db'));
  });

  it('that was closed in order is one file without a log', () => {
    assert.ok(!existsSync(join(original, 'register.db-wal')));
    assertIntact(original);
  });

  it('is refused to a second process, for serving and for changing it', async () => {
    const data = copy();
    const holder = await serve(['--data', data]);
    assertRefused(await startOn(data), /is in use by another running emulator; stop it/);
    for (const verb of [['person', 'list'], ['reset']]) {
      const ended = await kontakt([...verb, '--data', data]);
      assertRefused(ended, /is in use/);
    }
    await stop(holder);
    assertIntact(data);
  });

  it('is free again at once when its holder was killed', async () => {
    const data = copy();
    for (let round = 0; round < 3; round += 1) {
      const holder = await serve(['--data', data]);
      holder.child.kill('SIGKILL');
      assert.equal((await holder.ended).signal, 'SIGKILL');
    }
    const last = await serve(['--data', data]);
    await stop(last);
    assertIntact(data);
  });

  it('is seeded once: an emptied register stays empty', async () => {
    const data = copy();
    assert.equal((await kontakt(['reset', '--no-seed', '--data', data])).code, 0);
    const again = await serve(['--data', data]);
    assert.match(again.banner, /register +0 persons/);
    await stop(again);
  });

  it('whose register is no database is refused and left alone', async () => {
    const data = copy(() =>
      Buffer.from('not a database at all, but long enough to be read as a header '.repeat(99)),
    );
    const before = readFileSync(join(data, 'register.db'));
    assertRefused(await startOn(data), /it is no SQLite database; move it away/);
    assert.ok(readFileSync(join(data, 'register.db')).equals(before));
  });

  it('whose register was damaged is refused: schema, persons, or cut short', async () => {
    const page = register.readUInt16BE(16);
    const noise = (from: number, to: number) => (bytes: Buffer) => bytes.fill(0xa5, from, to);
    const damages: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
      schema: noise(100, page),
      'all but the schema': noise(page, register.length),
      'cut short': (bytes) => bytes.subarray(0, page * 3),
    };
    for (const [what, edit] of Object.entries(damages))
      await startOn(copy(edit)).then(
        (ended) => assertRefused(ended, /it is damaged; move it away/),
        (error: unknown) => assert.fail(`${what}: ${error}`),
      );
  });

  it('whose persons alone are damaged is refused too, and does not half start', async () => {
    const database = new Database(join(original, 'register.db'), { readonly: true });
    const root = database
      .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'no_person'")
      .pluck()
      .get() as number;
    database.close();
    const page = register.readUInt16BE(16);
    const data = copy((bytes) => bytes.fill(0xa5, (root - 1) * page, root * page));
    assertRefused(await startOn(data), /it is damaged; move it away/);
  });

  it('of a newer version is refused with both versions', async () => {
    const data = copy();
    const database = new Database(join(data, 'register.db'));
    database.pragma('user_version = 99');
    database.close();
    assertRefused(await startOn(data), /newer version \(schema 99, this one knows \d+\); upgrade/);
  });

  it('whose register is another program’s is refused and left alone, whatever its version', async () => {
    for (const version of [0, 3, 99]) {
      const data = await newDataDirectory();
      const file = join(data, 'register.db');
      const foreign = new Database(file);
      foreign.exec('CREATE TABLE contacts (id INTEGER PRIMARY KEY); INSERT INTO contacts VALUES (1)');
      foreign.pragma(`user_version = ${version}`);
      if (version === 99) foreign.pragma('application_id = 252006673');
      foreign.close();
      chmodSync(file, 0o644);
      const before = readFileSync(file);
      assertRefused(await startOn(data), /register\.db is a database of another program; move it away/);
      assert.ok(readFileSync(file).equals(before));
      assert.equal(statSync(file).mode & 0o777, 0o644);
    }
  }).timeout(60_000);

  it('whose register lacks a table, an index or a column is told as damaged, and which', async () => {
    const damages: readonly (readonly [string, RegExp])[] = [
      ['DROP TABLE no_change', /it has no table no_change/],
      ['DROP TABLE value', /it has no table value/],
      ['DROP INDEX dk_citizen_former', /it has no index dk_citizen_former/],
      ['ALTER TABLE no_person DROP COLUMN body', /it has no column no_person\.body/],
    ];
    for (const [damage, complaint] of damages) {
      const data = copy();
      const database = new Database(join(data, 'register.db'));
      database.exec(damage);
      database.close();
      const ended = await kontakt(['person', 'list', '--data', data]);
      assertRefused(ended, complaint);
      assertRefused(ended, /it is damaged; move it away/);
    }
  });

  it('whose lock is another file is refused in a line that names it', async () => {
    for (const [name, verb] of [
      ['lock', ['person', 'list']],
      ['pki/pki.lock', ['cert', 'new', 'ny']],
    ] as const) {
      const data = join(newDirectory(), 'data');
      cpSync(await newDataDirectory(), data, { recursive: true });
      writeFileSync(join(data, name), 'a note to myself, not a lock\n'.repeat(99));
      assertRefused(await kontakt([...verb, '--data', data]), new RegExp(`data/${name} is no lock`));
    }
  });

  it('keeps its files from others, also where the directory was there before and its files were open', async () => {
    const data = await newDataDirectory();
    chmodSync(data, 0o755);
    const modes = (): Record<string, string> =>
      Object.fromEntries(
        readdirSync(data)
          .filter((name) => statSync(join(data, name)).isFile())
          .map((name) => [name, (statSync(join(data, name)).mode & 0o777).toString(8)]),
      );
    const emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', data });
    const private600 = ['lock', 'register.db', 'register.db-shm', 'register.db-wal'];
    const assertPrivate = (names: readonly string[]): void => {
      const found = modes();
      for (const name of names) assert.equal(found[name], '600', name);
      assert.deepEqual(new Set(Object.values(found)), new Set(['600']));
    };
    await control(emulator.url, 'GET', '/journal');
    const expected = [...private600, 'journal.db', 'journal.db-shm', 'journal.db-wal'];
    assertPrivate(expected);
    await emulator.close();
    for (const name of Object.keys(modes())) chmodSync(join(data, name), 0o644);
    const again = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', data });
    assertPrivate([...private600, 'journal.db']);
    await again.close();
    assert.equal(statSync(data).mode & 0o777, 0o755);
    assert.equal(statSync(join(data, 'pki')).mode & 0o077, 0);
  });

  it('that is a file, or lies below one, is refused', async () => {
    const file = join(newDirectory(), 'file');
    writeFileSync(file, 'mine');
    assertRefused(await startOn(file), /is a file, not a directory/);
    assertRefused(await startOn(join(file, 'below')), /is a file, not a directory/);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  it('that may only be read is refused', async () => {
    const data = copy();
    giveAway(data);
    for (const name of ['register.db', 'lock']) readOnly(join(data, name));
    chmodSync(data, 0o555);
    assertRefused(await startOn(data, unprivileged), /cannot be (?:written to|opened); check/);
    chmodSync(data, 0o755);
    assertIntact(data);
  });

  it('whose register alone may only be read is refused', async () => {
    const data = copy();
    giveAway(data);
    readOnly(join(data, 'register.db'));
    assertRefused(await startOn(data, unprivileged), /cannot be written to; check the owner/);
  });

  it('whose lock may only be read is not used by two at once', async () => {
    const data = copy();
    giveAway(data);
    readOnly(join(data, 'lock'));
    const ended = await startTwice(data);
    assertRefused(ended, /cannot be written to|is in use/);
  });

  it('that may not be made is refused', async function () {
    if (!isRoot) this.skip();
    const parent = newDirectory();
    chmodSync(parent, 0o755);
    assertRefused(await startOn(join(parent, 'data'), unprivileged), /permission denied/);
  });

  it('with damaged certificates is refused in one line, and the register is let go', async () => {
    const data = await newDataDirectory();
    rmSync(join(data, 'pki', 'trust.pem'));
    assertRefused(await startOn(data), /trust\.pem is missing; delete the pki folder/);
    rmSync(join(data, 'pki'), { recursive: true });
    mkdirSync(join(data, 'pki'));
    writeFileSync(join(data, 'pki', 'trust.pem'), '');
    assertRefused(await startOn(data), /delete the pki folder/);
  });
});

/** Starts on a directory twice; the one that was refused, or the second when both started. */
const startTwice = async (data: string) => {
  const args = ['serve', '--port', '0', '--tls-port', '0', '--log', 'silent', '--data', data];
  const first = await serve(['--data', data], unprivileged).catch(() => undefined);
  if (!first) return kontakt(args, unprivileged);
  const second = await serve(['--data', data], unprivileged).catch(() => undefined);
  second?.child.kill('SIGTERM');
  await second?.ended;
  const refused = second
    ? { code: 0, signal: null, stdout: second.banner, stderr: 'both started' }
    : await kontakt(args, unprivileged);
  first.child.kill('SIGTERM');
  await first.ended;
  return refused;
};
