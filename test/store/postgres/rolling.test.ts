// An update while others write: emulators of two versions over one database. Tables that are added disturb nobody; a form that
// changes shuts the version before out, in words, and loses nothing.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { countries } from '../../../src/countries.ts';
import type { Contracts } from '../../../src/emulator/contracts.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { startEmulator } from '../../../src/emulator/start.ts';
import { resolveOptions } from '../../../src/settings/resolve.ts';
import { rainbow } from '../../contract/colours/contract.ts';
import { newDataDirectory } from '../../directories.ts';
import { syntheticPersons } from '../../durability/load.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { clientOf, control, DIGIPOST, post, signed } from '../../running.ts';
import { cluster } from './cluster.ts';

const { no, dk } = countries;

/** The version after this one, which has a register more. */
const added: Contracts = { no, dk, xx: rainbow };
/** The version after this one, which keeps its persons in another form. */
const changed: Contracts = {
  dk,
  no: {
    ...no,
    tables: (settings) =>
      no.tables(settings).map((table) => (table.name === 'no_person' ? { ...table, form: 2 } : table)),
  },
};

const OUTGROWN = /a newer version has upgraded the register/;

describeWith([stacks.postgresql], 'an update of emulators over one PostgreSQL database', () => {
  let store: string;
  let data: string;
  const emulators: Emulator[] = [];
  const start = async (all: Contracts = countries): Promise<Emulator> => {
    const options = { port: 0, tlsPort: 0, log: 'silent', store, storeTimeout: 30, data } as const;
    const emulator = await startEmulator(resolveOptions(options), all);
    emulators.push(emulator);
    return emulator;
  };
  before(async () => {
    data = await newDataDirectory();
  });
  beforeEach(() => {
    store = cluster().database();
  });
  afterEach(async () => {
    for (const emulator of emulators.splice(0)) await emulator.close();
  });

  const create = (emulator: Emulator, person: string) =>
    post(
      emulator.url,
      signed(
        'OpprettPostkasse',
        {
          personidentifikator: person,
          postkasseleverandoerOrgNummer: DIGIPOST,
          postkasseadresse: `mailbox.of#${person}`,
        },
        clientOf(emulator, 'digipost'),
      ),
    );
  const personIn = async (emulator: Emulator, person: string): Promise<string> =>
    JSON.stringify((await control(emulator.url, 'GET', `/persons/no/${person}`)).json);

  /** Has an emulator write until it is told to stop, or is refused; says who was acknowledged, and what it was told in the end. */
  const writeAt = (emulator: Emulator, persons: readonly string[]) => {
    const acknowledged: string[] = [];
    let over = false;
    const writing = (async (): Promise<string> => {
      for (const person of persons) {
        if (over) return '';
        const { status } = await create(emulator, person);
        if (status === 'OK') acknowledged.push(person);
        // While the tables are renewed nobody writes; who is shut out is told so from then on.
        else if ((await control(emulator.url, 'GET', '/ready')).http !== 200) return status;
      }
      return '';
    })();
    return {
      acknowledged,
      stop: (): Promise<string> => {
        over = true;
        return writing;
      },
    };
  };
  const known = async (emulator: Emulator, ids: readonly string[]): Promise<void> => {
    const body = { persons: ids.map((id) => ({ id })) };
    assert.equal((await control(emulator.url, 'POST', '/seed', body)).http, 200);
  };
  const becomesUnready = async ({ url }: Emulator): Promise<string> => {
    for (;;) {
      const { http, json } = await control(url, 'GET', '/ready');
      if (http === 503) return (json as { detail: string }).detail;
      await setTimeout(20);
    }
  };

  it('that adds tables goes on beside the version before, which writes all the while and starts again', async () => {
    const persons = syntheticPersons(400);
    const before = await start();
    await known(before, persons);
    const writing = writeAt(before, persons.slice(2));
    while (writing.acknowledged.length === 0) await setTimeout(5);
    const after = await start(added);
    assert.deepEqual(await after.persons(), await before.persons());
    const [atNewer = '', atOlder = ''] = persons;
    assert.equal((await create(after, atNewer)).status, 'OK');
    assert.match(await personIn(before, atNewer), /mailbox\.of/);
    assert.equal(await writing.stop(), '');
    assert.ok(writing.acknowledged.length > 0);
    for (const person of writing.acknowledged) assert.match(await personIn(after, person), /mailbox\.of/);
    const again = await start();
    assert.equal((await create(again, atOlder)).status, 'OK');
    assert.match(await personIn(after, atOlder), /mailbox\.of/);
    // Each puts back what the register was made with.
    for (const emulator of [again, after]) {
      await emulator.reset();
      assert.equal(await before.persons(), 100);
    }
  }).timeout(120_000);

  it('that changes a form shuts the version before out: it says so everywhere, and nothing acknowledged is lost', async () => {
    const persons = syntheticPersons(2000);
    const before = await start();
    await known(before, persons);
    const writing = writeAt(before, persons.slice(0, -1));
    const after = await start({ ...countries, ...changed });
    assert.match(await becomesUnready(before), OUTGROWN);
    await writing.stop();
    for (const person of writing.acknowledged) assert.match(await personIn(after, person), /mailbox\.of/);
    const [late = ''] = persons.slice(-1);
    const { status, journal } = await create(before, late);
    assert.match(status, /The register is not available/);
    const { explanation } = (await control(before.url, 'GET', `/journal/${journal}`)).json as {
      explanation: { found: string };
    };
    assert.match(explanation.found, OUTGROWN);
    assert.equal((await control(before.url, 'POST', '/reset')).http, 503);
    assert.doesNotMatch(await personIn(after, late), /mailbox\.of/);
    assert.equal((await create(after, late)).status, 'OK');
    await assert.rejects(start(), /was written by a newer version \(form 2 of no_person, this one knows 1\)/);
  }).timeout(120_000);
});
