// A reset of a large register, and lists of it: others are heard meanwhile, and told what is going on.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { control, DIGIPOST, post, unsigned } from '../running.ts';
import { synthetic } from '../seeds/synthetic.ts';
import { openEmulator } from '../starting.ts';
import { assertProblem } from './replies.ts';

const PERSONS = 2500;
const ids = synthetic(PERSONS);

describe('a reset of many persons', () => {
  let emulator: Emulator;
  let outside: Database.Database;
  const call = () =>
    post(
      emulator.url,
      unsigned('OpprettPostkasse', {
        personidentifikator: ids[0] ?? '',
        postkasseleverandoerOrgNummer: DIGIPOST,
        postkasseadresse: 'kari.testesen#1A2B',
      }),
    );
  const persons = (): unknown => outside.prepare('SELECT count(*) FROM no_person').pluck().get();

  before(async () => {
    const data = await newDataDirectory();
    const seed = join(newDirectory(), 'many.json');
    writeFileSync(seed, JSON.stringify({ persons: ids.map((id) => ({ id })) }));
    emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', data, seed, profile: 'none' });
    outside = new Database(join(data, 'register.db'), { readonly: true });
  });
  after(async () => {
    outside.close();
    await emulator.close();
  });

  it('lets others be heard, and shows nobody half of it', async () => {
    const seen = new Set<unknown>();
    let turns = 0;
    let over = false;
    const resetting = emulator.reset().then(() => {
      over = true;
    });
    while (!over) {
      seen.add(persons());
      turns += 1;
      await setImmediate();
    }
    await resetting;
    assert.ok(turns >= PERSONS / 1000, `${turns} turns`);
    assert.deepEqual([...seen], [PERSONS]);
    assert.equal((await call()).status, 'OK');
  });

  it('comes one after the other where the program asks for several', async () => {
    await control(emulator.url, 'DELETE', `/persons/no/${ids[0]}`);
    await Promise.all([emulator.reset(), emulator.reset({ seed: 'none' }), emulator.reset()]);
    assert.equal(persons(), PERSONS);
    assert.equal(await emulator.persons(), PERSONS + 48);
  });

  it('is undone where the disk refuses it half-way, and the clock stays', async () => {
    await control(emulator.url, 'PUT', '/clock', { advance: 'P1D' });
    await control(emulator.url, 'PUT', `/persons/no/${ids[1]}`, { reservert: true });
    const blocking = new Database(outside.name);
    blocking.exec('BEGIN IMMEDIATE');
    const refused = await control(emulator.url, 'POST', '/reset');
    blocking.exec('ROLLBACK');
    blocking.close();
    assertProblem(refused, 503, /another program holds it locked/);
    const { json } = await control(emulator.url, 'GET', `/persons/no/${ids[1]}`);
    assert.equal((json as { reservert: boolean }).reservert, true);
    const clock = (await control(emulator.url, 'GET', '/clock')).json as { register: { mode: string } };
    assert.equal(clock.register.mode, 'offset');
    assert.equal((await control(emulator.url, 'POST', '/reset')).http, 200);
  });

  it('that is under way when the emulator stops is undone', async () => {
    const data = await newDataDirectory();
    const seed = join(newDirectory(), 'many.json');
    const many = synthetic(8 * PERSONS);
    writeFileSync(seed, JSON.stringify({ persons: many.map((id) => ({ id })) }));
    const other = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', data, seed });
    await control(other.url, 'PUT', '/persons/no/14897410894', {});
    const resetting = other.reset();
    const outcome = assert.rejects(resetting, /closed before the change was made/);
    await other.close();
    await outcome;
    const kept = new Database(join(data, 'register.db'), { readonly: true });
    assert.equal(kept.prepare('SELECT count(*) FROM no_person').pluck().get(), many.length + 1);
    kept.close();
  });
});

describe('a list of many persons', () => {
  let emulator: Emulator;
  before(async () => {
    const seed = join(newDirectory(), 'many.json');
    writeFileSync(seed, JSON.stringify({ persons: ids.map((id) => ({ id })) }));
    const data = await newDataDirectory();
    emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', data, seed });
  });
  after(() => emulator.close());

  it('is whole, valid JSON, and comes in more than one piece', async () => {
    const response = await fetch(`${emulator.url}/_emulator/persons`);
    assert.equal(response.headers.get('content-length'), null);
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
    const { persons } = (await response.json()) as { persons: { id: string }[] };
    assert.deepEqual(
      persons.map(({ id }) => id),
      ids,
    );
    const none = await control(emulator.url, 'GET', `/persons?cursor=${ids.at(-1)}`);
    assert.deepEqual(none.json, { persons: [] });
  });

  it('lets others change the register between its pages', async () => {
    const response = await fetch(`${emulator.url}/_emulator/persons`);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    assert.ok(first && !first.done && first.value.length > 0);
    // Nobody reads on, so the list waits; everybody else is served.
    const last = ids.at(-1);
    assert.equal((await control(emulator.url, 'DELETE', `/persons/no/${last}`)).http, 204);
    await reader?.cancel();
    assert.equal((await control(emulator.url, 'GET', '/ready')).http, 200);
  });

  it('has a limit of at most 10,000 persons at once', async () => {
    assertProblem(
      await control(emulator.url, 'GET', '/persons?limit=10001'),
      400,
      /limit is at most 10000.*cursor/,
    );
    const { json } = await control(emulator.url, 'GET', '/persons?limit=10000');
    assert.equal((json as { persons: unknown[] }).persons.length, PERSONS);
  });
});
