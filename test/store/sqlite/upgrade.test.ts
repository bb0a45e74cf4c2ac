// A register of 0.1.0, in each of its forms: what it holds is still there, in the form of today.

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Engine, Query } from '../../../src/store/engine.ts';
import { openEngine } from '../../../src/store/open.ts';
import { keyOf, nothing } from '../../../src/store/tables.ts';
import { newDirectory } from '../../directories.ts';
import { found, made, written } from '../contract/verbs.ts';
import { ANE, BO, CERTIFICATE, FORMS, KARI, LIFETIME, NOW, OLA, relationalDirectory } from './relational.ts';
import { takenOver } from './taken-over.ts';

const { persons, citizens, changes, outbox, accesses, requests } = takenOver();
const TABLES = [persons, citizens, changes, outbox, accesses, requests];

const openOn = (directory: string, tables: Parameters<typeof openEngine>[1] = TABLES): Engine =>
  openEngine({ directory, durability: 'crash', real: () => NOW }, tables);

/** What a register holds, table by table, while nobody has it. */
const dump = (directory: string): Record<string, unknown[]> => {
  const database = new Database(join(directory, 'register.db'));
  const names = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  const all = names.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()] as const);
  const version = database.pragma('user_version', { simple: true });
  database.close();
  return { ...Object.fromEntries(all), version: [version] };
};

const ANE_NOW = {
  id: ANE,
  formerId: BO,
  cvCustomerIdentifier: 'CV-1',
  dead: false,
  municipality: '101',
  jobCentre: '0101',
  unemploymentFund: '33',
  subscriptions: ['cv', 'møde'],
  contactData: [
    { type: 1, value: '34412304', status: 1, pending: { code: '123456', expires: NOW + LIFETIME } },
    { type: 2, value: '32123404', status: 3, pending: { code: '654321', expires: NOW + LIFETIME } },
    { type: 3, value: 'Ane@Example.dk', status: 2 },
  ],
  attempts: [
    { type: 1, wrong: [NOW, NOW], sent: [NOW] },
    { type: 2, wrong: [], sent: [NOW] },
  ],
};

for (let form = 1; form <= FORMS; form += 1)
  describe(`a register of 0.1.0 (form ${form} of ${FORMS})`, () => {
    let directory: string;
    let engine: Engine;
    const read = <Loaded>(query: Query<Loaded>): Promise<Loaded> => found(engine, query);
    const single = (name: string): unknown => JSON.parse(engine.value(name)?.body ?? 'null');

    before(() => {
      directory = relationalDirectory(form);
      engine = openOn(directory);
    });
    after(() => engine.close());

    it('keeps its persons in their order, with their mailboxes', async () => {
      assert.deepEqual((await read(persons.page(10))).states, [
        { id: OLA, status: 'SLETTET', deletionCause: 'Død', reserved: true, mailboxes: [] },
        {
          id: KARI,
          status: 'AKTIV',
          reserved: false,
          mobile: { value: '+4799999999', updated: NOW, verified: NOW + 1 },
          email: { value: 'kari@example.no', updated: NOW + 2 },
          mailboxes: [
            { provider: '922020175', address: 'kari#"æ"', active: false },
            {
              provider: '984661185',
              address: 'kari#1A2B',
              certificate: CERTIFICATE.toString('base64'),
              active: true,
            },
          ],
        },
      ]);
    });

    /** Calls have all of their members; what the forms before did not know is null. */
    const exchange = (number: number | null) => ({ exchange: form >= 5 ? number : null });

    it('keeps its changes, and each person the number of the last', async () => {
      assert.deepEqual(await read(changes.rows({ limit: 10 })), [
        {
          id: 3,
          at: NOW + 2,
          person: KARI,
          cause: 'OpprettPostkasse',
          organisation: '984661185',
          ...(form >= 5 ? { exchange: 17 } : {}),
        },
        { id: 2, at: NOW + 1, person: KARI, cause: 'emulator' },
        { id: 1, at: NOW, person: OLA, cause: 'emulator' },
      ]);
      const database = new Database(join(directory, 'register.db'), { readonly: true });
      const numbers = database.prepare('SELECT id, changed FROM no_person ORDER BY changed').raw().all();
      database.close();
      assert.deepEqual(numbers, [
        [OLA, 1],
        [KARI, 3],
      ]);
    });

    it('keeps organisations, relations and the marks of its seeds', () => {
      assert.deepEqual(single('no_organisations'), {
        providers: [
          { orgnr: '922020175', navn: 'e-Boks (test)' },
          { orgnr: '984661185', navn: 'Digipost (test)' },
        ],
        relations: [
          { organisation: '922020175', onBehalfOf: '991825827', service: 'OPPSLAGSTJENESTEN' },
          { organisation: '984661185', onBehalfOf: '984661185', service: 'ENDRINGSTJENESTEN' },
        ],
      });
      assert.deepEqual(
        single('dk_organisations'),
        form < 2
          ? { organisations: [], relations: [] }
          : {
              organisations: [
                { type: 1, code: '101', name: 'Kommune', cvr: '90000016' },
                { type: 2, code: '33', name: 'Kasse', cvr: '90000024' },
              ],
              relations: [{ cvr: '90000016', type: 2, code: '33' }],
            },
      );
      assert.equal(single('no_seeded'), NOW);
      assert.equal(single('dk_seeded'), form < 2 ? null : NOW + 1);
    });

    it('goes on with the numbers that it gave', async () => {
      assert.equal(engine.numbers('exchange').next(), form >= 5 ? 2001 : 1);
      for (const [one, last] of [
        [changes, 3],
        [outbox, form < 2 ? 0 : 4],
        [accesses, form < 2 ? 0 : 6],
      ] as const) {
        assert.equal(await read(one.last()), last);
        await written(engine, one.append(NOW, {}));
        assert.equal((await read(one.rows({ limit: 1 })))[0]?.id, last + 1);
      }
    });

    it('has its tables no more, and is as it was at the next start', async () => {
      await engine.close();
      const before = dump(directory);
      for (const table of ['person', 'postkasse', 'borger', 'kontaktdata', 'udbakke', 'anmodning', 'teller'])
        assert.ok(!(table in before), table);
      let read = 0;
      const tables = takenOver(() => {
        read += 1;
      });
      engine = openOn(directory, Object.values(tables));
      await engine.close();
      assert.equal(read, 0);
      assert.deepEqual(dump(directory), before);
      engine = openOn(directory);
    });

    if (form < 2) return;

    it('keeps its citizens with codes and attempts, found by every number and in the form of today', async () => {
      assert.deepEqual((await read(citizens.page(10))).states, [
        { id: '2512484916', dead: true, subscriptions: [], contactData: [], attempts: [] },
        ANE_NOW,
      ]);
      assert.deepEqual(await read(citizens.find(BO, 'former')), ANE_NOW);
      assert.deepEqual(await read(citizens.findBy('cv', 'CV-1')), ANE_NOW);
      assert.deepEqual(await read(citizens.all('mobile', '34412304')), [ANE_NOW]);
      assert.deepEqual(await read(citizens.all('email', 'ane@example.dk')), [ANE_NOW]);
    });

    it('keeps outbox and access log', async () => {
      assert.deepEqual(await read(outbox.rows({ limit: 10, before: 5 })), [
        {
          id: 4,
          at: NOW + 1,
          citizen: ANE,
          channel: 'email',
          address: 'ane@example.dk',
          kind: 'reminder',
          code: null,
          text: 'Mødet er i morgen',
        },
        {
          id: 3,
          at: NOW,
          citizen: ANE,
          channel: 'sms',
          address: '+4534412304',
          kind: 'verification',
          code: '123456',
          text: 'Koden er 123456',
        },
      ]);
      const caller = {
        operation: 'Get',
        cvr: '90000016',
        organisationType: 1,
        organisationCode: '101',
        userType: 3,
        user: 'u',
      };
      const nobody = Object.fromEntries(Object.keys(caller).map((name) => [name, null]));
      assert.deepEqual(await read(accesses.rows({ limit: 10, before: 7 })), [
        {
          id: 6,
          at: NOW + 1,
          reference: 'reference 6',
          ...exchange(19),
          service: 'rest',
          ...(form >= 3 ? nobody : caller),
          citizen: null,
          claimed: true,
          result: '1013',
        },
        {
          id: 5,
          at: NOW,
          reference: 'reference 5',
          ...exchange(19),
          service: 'rest',
          ...caller,
          citizen: ANE,
          claimed: false,
          result: 'OK',
        },
      ]);
    });

    it('remembers request ids for as long as they count', async () => {
      const seen = (...parts: readonly string[]): Promise<boolean> =>
        made(engine, {
          load: nothing,
          once: { table: requests.name, key: keyOf(...parts), until: NOW + 1, now: NOW },
          decide: (_, before) => ({ result: before }),
        });
      assert.deepEqual(
        [await seen('a', 'used'), await seen('b', 'used'), await seen('b', 'long ago')],
        [true, false, false],
      );
    });
  });

describe('an upgrade of a register of 0.1.0', () => {
  it('that does not end leaves the register as it was, and the next one makes it', async () => {
    const directory = relationalDirectory(FORMS);
    const before = dump(directory);
    const failing = takenOver(() => assert.fail('half-way'));
    assert.throws(() => openOn(directory, Object.values(failing)), /half-way/);
    assert.deepEqual(dump(directory), before);
    const engine = openOn(directory);
    assert.equal(await found(engine, persons.count()), 2);
    await engine.close();
  });

  for (const form of [2, FORMS])
    it(`that a sudden death ends leaves a register that 0.1.0 knows (form ${form} of ${FORMS})`, async () => {
      const [directory, grave] = [relationalDirectory(form), newDirectory()];
      const dying = takenOver(() => cpSync(directory, grave, { recursive: true }));
      await openOn(directory, Object.values(dying)).close();
      const left = dump(grave);
      assert.deepEqual(left.version, [FORMS]);
      assert.deepEqual([left.person?.length, left.borger?.length, left.no_person], [2, 2, undefined]);
      const engine = openOn(grave);
      assert.equal(await found(engine, citizens.count()), 2);
      await engine.close();
    });

  it('keeps of its logs as many rows as are wanted now, when the next one comes', async () => {
    const tables = TABLES.map((table) =>
      table === accesses ? { ...accesses, bounds: { rows: 2, age: 1e15 } } : table,
    );
    const engine = openOn(relationalDirectory(FORMS), tables);
    await written(engine, accesses.append(NOW, {}));
    const rows = await found(engine, accesses.rows({ limit: 10 }));
    assert.deepEqual(
      rows.map(({ id }) => id),
      [7, 6],
    );
    await engine.close();
  });

  it('that did not mark its registers yet marks it, however few upgrades it has had', async () => {
    for (const form of [1, FORMS]) {
      const directory = relationalDirectory(form);
      const mark = (set?: number): unknown => {
        const database = new Database(join(directory, 'register.db'));
        if (set !== undefined) database.pragma(`application_id = ${set}`);
        const found = database.pragma('application_id', { simple: true });
        database.close();
        return found;
      };
      assert.equal(mark(0), 0);
      await openOn(directory).close();
      assert.equal(mark(), 0x4b4f4e54);
      assert.equal(dump(directory).no_person?.length, 2);
    }
  });

  it('is refused where the old register lacks a part, which is named', () => {
    for (const [damage, part] of [
      ['DROP TABLE kodeforsoeg', 'table kodeforsoeg'],
      ['DROP INDEX postkasse_aktiv', 'index postkasse_aktiv'],
      ['ALTER TABLE person DROP COLUMN slettet_aarsak', 'column person.slettet_aarsak'],
    ] as const) {
      const directory = relationalDirectory(FORMS);
      const database = new Database(join(directory, 'register.db'));
      database.exec(damage);
      database.close();
      assert.throws(() => openOn(directory), new RegExp(`it is damaged; .*\\(it has no ${part}\\)$`));
    }
  });
});
