// A data directory remembers what it was seeded with: later starts and resets keep to that, and read no seed for it.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { kontakt, type Serving, serve } from '../program.ts';
import { control, DIGIPOST, post, unsigned } from '../running.ts';
import { openEmulator } from '../starting.ts';
import { synthetic } from './synthetic.ts';

const PERSON = '12838410985';
const BUYPASS = '983163327';

const write = (content: unknown): string => {
  const file = join(newDirectory(), 'mine.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

describe('a data directory that was seeded', () => {
  let data: string;
  let emulator: Emulator | undefined;
  const start = async (seed?: string | false): Promise<Emulator> => {
    await emulator?.close();
    emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', data, seed });
    return emulator;
  };
  const idsOf = async (country: string, { url }: Emulator): Promise<string[]> =>
    (
      (await control(url, 'GET', `/persons?country=${country}`)).json as { persons: { id: string }[] }
    ).persons.map(({ id }) => id);
  const providersOf = async ({ url }: Emulator): Promise<string[]> =>
    ((await control(url, 'GET', '/organisations')).json as { providers: { orgnr: string }[] }).providers.map(
      ({ orgnr }) => orgnr,
    );

  beforeEach(async () => {
    data = await newDataDirectory();
  });
  afterEach(async () => {
    await emulator?.close();
    emulator = undefined;
  });

  it('with persons only has the package’s own providers, organisations and citizens too', async () => {
    const running = await start(write({ persons: [{ id: PERSON }] }));
    assert.deepEqual(await idsOf('no', running), [PERSON]);
    assert.deepEqual(await providersOf(running), [DIGIPOST, '996460320']);
    assert.equal((await idsOf('dk', running)).length, 48);
  });

  it('is reset to that after a restart without --seed, though the file is gone', async () => {
    const file = write({ persons: [{ id: PERSON }], providers: [{ orgnr: BUYPASS, navn: 'Buypass' }] });
    await start(file);
    rmSync(file);
    const again = await start();
    await control(again.url, 'PUT', '/persons/no/14897410894', {});
    await control(again.url, 'PUT', '/organisations', { providers: [] });
    await again.reset();
    assert.deepEqual(await idsOf('no', again), [PERSON]);
    assert.deepEqual(await providersOf(again), [BUYPASS]);
    assert.equal((await idsOf('dk', again)).length, 48);
    await again.reset({ seed: 'none' });
    assert.deepEqual([await again.persons(), await providersOf(again)], [0, [BUYPASS]]);
    assert.equal((await control(again.url, 'POST', '/reset')).http, 200);
    assert.deepEqual(await idsOf('no', again), [PERSON]);
  });

  it('is reset to that by kontakt reset --data too', async () => {
    await start(write({ persons: [{ id: PERSON }] }));
    await emulator?.close();
    emulator = undefined;
    for (const [option, count] of [
      ['--no-seed', 0],
      ['', 1],
    ] as const) {
      const args = ['reset', ...(option ? [option] : []), '--data', data];
      const { code, stderr } = await kontakt(args);
      assert.equal(code, 0, stderr);
      const { stdout } = await kontakt(['person', 'list', '--json', '--data', data]);
      assert.equal((JSON.parse(stdout) as { persons: unknown[] }).persons.length, count);
    }
  });

  it('with nobody, by --no-seed, is reset to nobody', async () => {
    await start(false);
    const again = await start();
    await control(again.url, 'PUT', '/persons/no/14897410894', {});
    await again.reset();
    assert.equal(await again.persons(), 0);
    assert.deepEqual(await providersOf(again), [DIGIPOST, '996460320']);
  });

  it('keeps the copy from others, and none of the package’s own content', async () => {
    await start();
    assert.ok(!existsSync(join(data, 'seed.jsonl')));
    data = await newDataDirectory();
    await start(write({ persons: [{ id: PERSON }] }));
    assert.equal(statSync(join(data, 'seed.jsonl')).mode & 0o777, 0o600);
  });

  it('in memory is reset to what it was seeded with', async () => {
    const file = write({ persons: [{ id: PERSON }] });
    emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', inMemory: true, seed: file });
    rmSync(file);
    await control(emulator.url, 'DELETE', `/persons/no/${PERSON}`);
    await emulator.reset();
    assert.deepEqual(await idsOf('no', emulator), [PERSON]);
  }).timeout(60_000);

  it('of many persons comes back whole and in its order, piece by piece', async () => {
    const ids = synthetic(13_000);
    await start(write({ persons: ids.map((id) => ({ id })) }));
    const again = await start();
    let over = false;
    const resetting = again.reset().finally(() => {
      over = true;
    });
    const seen = new Set<number>();
    do seen.add((await control(again.url, 'GET', '/ready')).http);
    while (!over);
    await resetting;
    assert.ok(seen.has(503), [...seen].join());
    assert.deepEqual(await idsOf('no', again), ids);
    assert.equal((await idsOf('dk', again)).length, 48);
  });

  it('says which line of a damaged copy is wrong, and a reset changes nothing', async () => {
    const running = await start(write({ persons: [{ id: PERSON }] }));
    await control(running.url, 'PUT', '/persons/no/14897410894', {});
    await control(running.url, 'PUT', '/clock', { advance: 'P1D' });
    const copy = join(data, 'seed.jsonl');
    writeFileSync(copy, readFileSync(copy, 'utf8').replace(PERSON, '12838410986'));
    const { http, json } = await control(running.url, 'POST', '/reset');
    assert.equal(http, 503);
    assert.match(
      (json as { detail: string }).detail,
      /seed\.jsonl: it is damaged \(line 2: .*persons\.0\.id/,
    );
    assert.deepEqual(await idsOf('no', running), [PERSON, '14897410894']);
    const { register } = (await control(running.url, 'GET', '/clock')).json as { register: { mode: string } };
    assert.equal(register.mode, 'offset');
  });

  it('does not read a seed at a later start: whatever is in that file now', async () => {
    await start(write({ persons: [{ id: PERSON }] }));
    const again = await start(write('{ this is no JSON'));
    assert.deepEqual(await idsOf('no', again), [PERSON]);
  });

  it('is not made from a seed that is wrong, and nothing is left behind', async () => {
    data = join(newDirectory(), 'data');
    await assert.rejects(start(write('{ this is no JSON')), /mine\.json: /);
    await assert.rejects(start(join(newDirectory(), 'none.json')), /there is no such file/);
    assert.ok(!existsSync(data));
  });

  describe('says of a later --seed', () => {
    const stderrOf = async (...args: string[]): Promise<string> => {
      const { child, ended }: Serving = await serve(['--log', 'pretty', '--data', data, ...args]);
      // It is said before the end, however soon that comes.
      child.kill('SIGTERM');
      return (await ended).stderr;
    };

    it('that it is ignored where it differs, in one line, and nothing where it is the same', async () => {
      const mine = write({ persons: [{ id: PERSON }] });
      assert.equal(await stderrOf('--seed', mine), '');
      assert.equal(await stderrOf('--seed', mine), '');
      assert.equal(await stderrOf(), '');
      const other = write({ persons: [] });
      const told = await stderrOf('--seed', other);
      assert.match(told, /^[^\n]*the seed \S+ is ignored: [^\n]*\n$/);
      assert.match(await stderrOf('--no-seed'), /to begin with nobody is ignored/);
    }).timeout(60_000);

    it('that it is ignored where the package’s own persons are in the register', async () => {
      assert.equal(await stderrOf(), '');
      assert.match(await stderrOf('--no-seed'), /to begin with nobody is ignored: .*the package’s own/);
    }).timeout(60_000);
  });

  it('tells in a remedy which providers are approved now', async () => {
    const running = await openEmulator({
      port: 0,
      tlsPort: 0,
      log: 'silent',
      data,
      profile: 'none',
      seed: write({ providers: [{ orgnr: BUYPASS, navn: 'Mine' }] }),
    });
    emulator = running;
    const remedy = async (): Promise<string> => {
      const values = { personidentifikator: PERSON, postkasseleverandoerOrgNummer: DIGIPOST };
      const { status, journal } = await post(running.url, unsigned('SlettPostkasse', values));
      assert.equal(status, 'FEILET UGYLDIG_ORGNR');
      const { json } = await control(running.url, 'GET', `/journal/${journal}`);
      return (json as { explanation: { remedy: string } }).explanation.remedy;
    };
    assert.match(await remedy(), /approved provider \(983163327 Mine\), or add one/);
    await control(running.url, 'PUT', '/organisations', { providers: [] });
    assert.match(await remedy(), /no provider is approved: add one/);
    const many = synthetic(8).map((id) => ({ orgnr: id.slice(0, 9) }));
    await control(running.url, 'PUT', '/organisations', { providers: many });
    assert.match(await remedy(), /\((?:\d{9}, ){4}\d{9} and 3 more\)/);
  });
});
