// The test PKI over the years: loaded again, damaged, interrupted, completed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { contentsOf } from '../../src/pki/folder.ts';
import { readerOf } from '../../src/pki/layout.ts';
import { openPki, type Pki } from '../../src/pki/pki.ts';

describe('the folder of the test PKI', () => {
  const now = new Date();
  let home: string;
  let original: string;
  let made: Pki;
  let copies = 0;

  const copy = (): string => {
    copies += 1;
    const directory = join(home, `copy-${copies}`, 'pki');
    cpSync(original, directory, { recursive: true });
    return directory;
  };
  const filesIn = (directory: string): string[] =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
      .sort();

  /** All that it holds, read now. */
  const contentOf = ({ directory: _, server, clients, trustPem, crls }: Pki) => ({
    trustPem,
    crls,
    identities: [server, ...clients.values()].map((identity) => ({ ...identity })),
  });
  /** Reads every file of a folder, as one after the other is asked for. */
  const readAll = async (directory: string): Promise<void> => {
    contentOf(await openPki(directory, now));
    const reader = readerOf(contentsOf(directory), directory);
    reader.authority('root');
    reader.authority('issuing');
  };

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'kontakt-pki-'));
    original = join(home, 'data', 'pki');
    made = await openPki(original, now);
  });
  after(() => rmSync(home, { recursive: true }));

  it('keeps keys from other users', () => {
    for (const path of filesIn(original)) {
      const mode = statSync(join(original, path)).mode & 0o777;
      const isSecret = /\.(key|p12)$/.test(path) && path !== 'trust.p12';
      assert.equal(mode, isSecret ? 0o600 : 0o644, path);
      assert.equal(statSync(dirname(join(original, path))).mode & 0o777, 0o700);
    }
  });

  it('gives the same identities to the next process', async () => {
    const loaded = await openPki(original, new Date(now.getTime() + 86_400_000));
    assert.deepEqual(contentOf(loaded), contentOf(made));
  });

  it('that lacks nothing is only read, and nobody has to be kept away', async () => {
    const never = () => assert.fail('the lock was taken');
    assert.deepEqual(contentOf(await openPki(original, now, never)), contentOf(made));
  });

  it('that cannot be written to is used as it is, without what an earlier version did not make', async () => {
    const directory = copy();
    rmSync(join(directory, 'trust.p12'));
    for (const ending of ['.pem', '.key', '.p12', '-legacy.p12'])
      rmSync(join(directory, 'clients', `fremmed${ending}`));
    const refused = () => Promise.reject(new Error('the file system is read-only'));
    const pki = await openPki(directory, now, refused);
    assert.deepEqual(
      [...pki.clients.keys()],
      [...made.clients.keys()].filter((name) => name !== 'fremmed'),
    );
    assert.equal((await pki.trustStore())[0], 0x30);
    rmSync(join(directory, 'server.key'));
    await assert.rejects(openPki(directory, now, refused), /read-only/);
  });

  it('that holds something else is left alone', async () => {
    const directory = join(home, 'source');
    mkdirSync(directory);
    writeFileSync(join(directory, 'main.c'), '');
    await assert.rejects(openPki(directory, now), /source holds something else \(main\.c\)/);
    assert.deepEqual(filesIn(directory), ['main.c']);
    rmSync(join(directory, 'main.c'));
    writeFileSync(join(directory, '.gitkeep'), '');
    await openPki(directory, now);
    assert.deepEqual(filesIn(directory), ['.gitkeep', ...filesIn(original)]);
  });

  it('is not half there when the process that made it died', async () => {
    const directory = join(home, 'interrupted', 'pki');
    const draft = join(directory, 'additions.new');
    cpSync(original, draft, { recursive: true });
    rmSync(join(draft, 'server.key'));
    const fresh = await openPki(directory, now);
    assert.notEqual(fresh.trustPem, made.trustPem);
    assert.deepEqual(filesIn(directory), filesIn(original));

    const ready = join(home, 'moved', 'pki');
    cpSync(original, join(ready, 'additions'), { recursive: true });
    assert.equal((await openPki(ready, now)).trustPem, made.trustPem);
    assert.deepEqual(filesIn(ready), filesIn(original));
  });

  it('may exist and be empty', async () => {
    const directory = join(home, 'empty', 'pki');
    mkdirSync(directory, { recursive: true });
    await openPki(directory, now);
    assert.deepEqual(filesIn(directory), filesIn(original));
  });

  it('explains each file that is missing', async () => {
    for (const path of filesIn(original).filter((one) => !/(?:-legacy|^trust)\.p12$/.test(one))) {
      const directory = copy();
      rmSync(join(directory, path));
      await assert.rejects(openPki(directory, now), (error: Error) => {
        assert.ok(error.message.startsWith(join(directory, path)), error.message);
        assert.match(error.message, /is missing; delete the pki folder to have a new one made$/);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      });
    }
  });

  it('explains each file that was cut short', async () => {
    const directory = copy();
    for (const path of filesIn(original).filter((one) => one !== 'trust.p12')) {
      const whole = readFileSync(join(directory, path));
      for (const length of [0, 400, whole.length - 60]) {
        truncateSync(join(directory, path), length);
        await assert.rejects(readAll(directory), (error: Error) => {
          assert.ok(error.message.startsWith(join(directory, path)), error.message);
          assert.match(error.message, /delete the pki folder/);
          return true;
        });
        writeFileSync(join(directory, path), whole);
      }
    }
  }).timeout(60_000);

  it('explains a key that belongs to another certificate, and a file that cannot be read', async () => {
    const mixed = copy();
    cpSync(join(mixed, 'clients/eboks.key'), join(mixed, 'server.key'));
    await assert.rejects(openPki(mixed, now), /server\.key is not the key of the certificate/);

    const folder = copy();
    rmSync(join(folder, 'trust.pem'));
    mkdirSync(join(folder, 'trust.pem'));
    await assert.rejects(openPki(folder, now), /trust\.pem cannot be read.*delete the pki folder/);

    const file = join(home, 'file');
    writeFileSync(file, '');
    await assert.rejects(openPki(file, now), /file cannot be read.*delete the pki folder/);
  });

  it('gets the clients that a newer version knows, and keeps the others', async () => {
    const directory = copy();
    for (const name of ['fremmed', 'tilbakekalt'])
      for (const ending of ['.pem', '.key', '.p12', '-legacy.p12'])
        rmSync(join(directory, 'clients', `${name}${ending}`));

    const completed = await openPki(directory, new Date(now.getTime() + 60_000));
    assert.deepEqual([...completed.clients.keys()], [...made.clients.keys()]);
    for (const [name, identity] of completed.clients)
      assert.equal(
        identity.certificatePem === made.clients.get(name)?.certificatePem,
        !['fremmed', 'tilbakekalt'].includes(name),
        name,
      );
    assert.deepEqual(filesIn(directory), filesIn(original));
    assert.deepEqual(contentOf(await openPki(directory, now)), contentOf(completed));

    const openssl = (...args: string[]) => spawnSync('openssl', args, { encoding: 'utf8', cwd: directory });
    const list = openssl('crl', '-inform', 'DER', '-in', 'ca/issuing.crl').stdout;
    writeFileSync(join(home, 'list.pem'), list);
    const verify = (name: string) =>
      openssl(
        'verify',
        '-CAfile',
        'trust.pem',
        '-crl_check',
        '-CRLfile',
        join(home, 'list.pem'),
        `clients/${name}.pem`,
      );
    assert.match(verify('fremmed').stdout, /OK/);
    assert.match(verify('tilbakekalt').stderr, /certificate revoked/);
  });

  it('gets the PKCS#12 files for older stacks that an earlier version did not make', async () => {
    const directory = copy();
    const missing = filesIn(original).filter((path) => path.endsWith('-legacy.p12'));
    assert.equal(missing.length, made.clients.size + 1);
    for (const path of missing) rmSync(join(directory, path));
    const completed = await openPki(directory, now);
    assert.deepEqual(filesIn(directory), filesIn(original));
    for (const [name, { certificatePem, keyPem, p12 }] of completed.clients) {
      const before = made.clients.get(name);
      assert.deepEqual([certificatePem, keyPem, p12], [before?.certificatePem, before?.keyPem, before?.p12]);
    }
    const file = join(directory, 'server-legacy.p12');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const args = ['pkcs12', '-legacy', '-in', file, '-passin', 'pass:changeit', '-nocerts', '-nodes'];
    const { stdout } = spawnSync('openssl', args, { encoding: 'utf8' });
    assert.ok(stdout.includes(made.server.keyPem.trim()));
  });

  it('brings interrupted additions to their end, and forgets unfinished ones', async () => {
    const directory = copy();
    const ready = join(directory, 'additions', 'clients');
    mkdirSync(ready, { recursive: true });
    for (const ending of ['.key', '.p12', '-legacy.p12'])
      renameSync(join(directory, `clients/eboks${ending}`), join(ready, `eboks${ending}`));
    renameSync(join(directory, 'server-legacy.p12'), join(directory, 'additions', 'server-legacy.p12'));
    mkdirSync(join(directory, 'additions.new', 'clients'), { recursive: true });
    writeFileSync(join(directory, 'additions.new', 'clients', 'eboks.pem'), 'half');

    const settled = await openPki(directory, now);
    assert.deepEqual(contentOf(settled), contentOf(made));
    assert.ok(!existsSync(join(directory, 'additions')) && !existsSync(join(directory, 'additions.new')));
  });

  it('needs no node-forge once it exists', () => {
    const loadedModules = (directory: string): number => {
      const script = `
        import { createRequire } from 'node:module';
        import { openPki } from ${JSON.stringify(new URL('../../src/pki/pki.ts', import.meta.url).href)};
        await openPki(${JSON.stringify(directory)}, new Date());
        const loaded = Object.keys(createRequire(import.meta.url).cache);
        console.log(loaded.filter((path) => path.includes('node-forge')).length);`;
      const args = ['--import', 'tsx', '--input-type=module', '-e', script];
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      assert.equal(stderr, '');
      return Number(stdout);
    };
    assert.ok(loadedModules(join(home, 'forged', 'pki')) > 0);
    assert.equal(loadedModules(original), 0);
  });
});
