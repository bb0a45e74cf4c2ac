// Registers of earlier versions: what they hold is still there, as the contracts of today read it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Citizen } from '../../src/dfdg/register/citizen.ts';
import { accesses, accessRows, outboxRows } from '../../src/dfdg/register/logs.ts';
import { organisations, rightsIn } from '../../src/dfdg/register/organisations.ts';
import { citizenAsked, citizens, citizensWith, keepCitizen } from '../../src/dfdg/register/store.ts';
import type { Target } from '../../src/dfdg/rule.ts';
import { openCountries, tablesOf } from '../../src/emulator/contracts.ts';
import { packagePath } from '../../src/kernel/root.ts';
import {
  organisations as norwegian,
  rightsIn as norwegianRights,
} from '../../src/kontaktregister/register/organisations.ts';
import { changes, keep, persons } from '../../src/kontaktregister/register/store.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Configuration } from '../../src/settings/settings.ts';
import type { Engine } from '../../src/store/engine.ts';
import { openEngine } from '../../src/store/open.ts';
import { newDirectory } from '../directories.ts';
import { restOver, STAR } from '../rest/way.ts';
import { found, written } from '../store/contract/verbs.ts';
import { aCitizen, CPR, FORMER, LIFETIME, NOW } from './circumstances.ts';

const MIGRATIONS = 'src/store/migrations/';
const ALL = readdirSync(packagePath(MIGRATIONS))
  .filter((name) => name.endsWith('.sql'))
  .sort();
const OTHER = '2707527954';
const KARI = '12838410985';
const OLA = '14897410894';
const DAY = 24 * 3_600_000;

/** A data directory with a register that the first migrations made, and what is put into it. */
const writtenBy = (count: number, fill: (database: Database.Database) => void): string => {
  const directory = newDirectory();
  const before = new Database(join(directory, 'register.db'));
  for (const name of ALL.slice(0, count))
    before.exec(readFileSync(packagePath(`${MIGRATIONS}${name}`), 'utf8'));
  fill(before);
  before.pragma(`user_version = ${count}`);
  before.close();
  return directory;
};

const settings = (dfdg: Partial<Configuration['dfdg']> = {}): Configuration => resolveOptions({ dfdg });
const open = (directory: string, given = settings()): Engine =>
  openEngine({ directory, durability: 'crash', real: () => NOW }, tablesOf(given));
const citizenOf = async (engine: Engine, target: Target = { cpr: CPR }): Promise<Citizen | undefined> =>
  (await found(engine, citizenAsked(target)))[0];

describe('a register with the access log of an earlier version', () => {
  it('keeps its rows, and marks those that nothing vouched for', async () => {
    const directory = writtenBy(2, (before) => {
      const insert = before.prepare(
        `INSERT INTO adgangslog VALUES (?, ?, ?, 'rest', 'Get', ?, '90000016', 1, 'x', 3, 'u', ?)`,
      );
      for (const [id, citizen, result] of [
        [1, CPR, 'OK'],
        [2, null, '1013'],
        [3, null, '4575'],
        [4, CPR, '4575'],
      ])
        insert.run(id, `reference ${id}`, NOW, citizen, result);
    });

    const engine = open(directory);
    try {
      const rows = await found(engine, accessRows({ limit: 10 }));
      assert.deepEqual(
        rows.map(({ reference, citizen, result, claimed }) => [reference, citizen, result, claimed]),
        [
          ['reference 4', CPR, '4575', false],
          ['reference 3', null, '4575', true],
          ['reference 2', null, '1013', true],
          ['reference 1', CPR, 'OK', false],
        ],
      );
      const { id: _, reference: __, result: ___, citizen: ____, claimed: _____, ...rest } = rows[0] ?? {};
      // What is null in a row of today was not there in a row of then.
      assert.deepEqual(rest, {
        exchange: null,
        at: new Date(NOW).toISOString(),
        service: 'rest',
        operation: 'Get',
        cvr: '90000016',
        organisationType: 1,
        organisationCode: 'x',
        userType: 3,
        user: 'u',
      });
    } finally {
      await engine.close();
    }
  });
});

describe('a register whose codes counted their own attempts', () => {
  const CODE = '123456';
  const DECOMPOSED = 'Bla\u030ab\u00e6r@BLA\u030aB\u00c6R.dk';
  let engine: Engine;

  before(() => {
    const directory = writtenBy(3, (database) => {
      database.exec(`INSERT INTO borger VALUES ('${CPR}', NULL, NULL, 0, NULL, NULL, NULL, '[]', 1)`);
      const contact = database.prepare(`INSERT INTO kontaktdata VALUES ('${CPR}', ?, ?, ?, 1, ?, ?, ?)`);
      contact.run(1, '34412304', '+4534412304', CODE, NOW + LIFETIME, 0);
      contact.run(2, '32123404', '+4532123404', null, null, null);
      contact.run(3, DECOMPOSED, DECOMPOSED.toLowerCase(), CODE, NOW + LIFETIME, 3);
      const request = database.prepare('INSERT INTO anmodning VALUES (?, ?, ?)');
      request.run('a', 'used', NOW);
      request.run('b', 'long ago', NOW - 25 * 3_600_000);
      const access = database.prepare(
        `INSERT INTO adgangslog VALUES (?, ?, ${NOW}, 'rest', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '1101')`,
      );
      for (let id = 1; id <= 12; id += 1) access.run(id, `reference ${id}`);
    });
    engine = open(directory, settings({ accessLogRows: 10 }));
  });
  after(() => engine.close());

  it('keeps codes, and what was tried with them', async () => {
    const { contactData, attempts } = (await citizenOf(engine)) ?? {};
    const pending = { code: CODE, expires: NOW + LIFETIME };
    assert.deepEqual(contactData, [
      { type: 1, value: '34412304', status: 1, pending },
      { type: 2, value: '32123404', status: 1 },
      { type: 3, value: DECOMPOSED, status: 1, pending },
    ]);
    assert.deepEqual(attempts, [
      { type: 1, wrong: [], sent: [NOW] },
      { type: 3, wrong: [NOW, NOW, NOW], sent: [NOW] },
    ]);
  });

  it('is searched in the form of today', async () => {
    for (const [type, form] of [
      [1, '+4534412304'],
      [3, 'bl\u00e5b\u00e6r@xn--blbr-roah.dk'],
    ] as const)
      assert.deepEqual(
        (await found(engine, citizensWith(type, form))).map(({ id }) => id),
        [CPR],
        form,
      );
  });

  it('keeps request ids as long as they count', async () => {
    await written(engine, organisations.put({ organisations: [STAR], relations: [{ ...STAR }] }));
    const { send } = restOver(engine, engine, () => NOW);
    const status = async (certificate: string, id: string): Promise<number> =>
      (
        await send('GetKontaktinformation', undefined, {
          certificate,
          headers: { 'x-requestid': id },
        })
      ).status;
    assert.equal(await status('a', 'used'), 412);
    assert.equal(await status('b', 'used'), 200);
    assert.equal(await status('b', 'long ago'), 200);
  });

  it('keeps of the access log as many rows as are wanted now, from the next row on', async () => {
    const before = await found(engine, accesses.last());
    assert.ok(before >= 12);
    const [newest] = await found(engine, accesses.rows({ limit: 1 }));
    assert.ok(newest);
    const { id: _, at, ...row } = newest;
    await written(engine, accesses.append(at, row));
    const rows = await found(engine, accessRows({ limit: 100 }));
    assert.deepEqual(
      rows.map(({ id }) => id),
      Array.from({ length: 10 }, (_none, index) => before + 1 - index),
    );
  });
});

describe('a register of 0.1.0', () => {
  let engine: Engine;
  const opened = () => openCountries({ engine, now: () => NOW, settings: settings() });

  beforeEach(() => {
    const directory = writtenBy(ALL.length, (database) => {
      database.exec(`
        INSERT INTO person VALUES
          ('${OLA}', 'AKTIV', NULL, 'NEI', NULL, NULL, NULL, NULL, NULL, NULL, 1),
          ('${KARI}', 'SLETTET', 'Død', 'JA', '+4799999999', ${NOW}, ${NOW - 1}, 'kari@example.no', NULL, NULL, 2);
        INSERT INTO postkasse VALUES ('${KARI}', '984661185', 'kari.testesen#1A2B', x'308200ff', 1);
        INSERT INTO endring VALUES (1, '${OLA}', ${NOW - DAY}, 'emulator', NULL, NULL),
          (2, '${KARI}', ${NOW}, 'OpprettPostkasse', '984661185', 17);
        INSERT INTO leverandoer VALUES ('984661185', 'Digipost (test)');
        INSERT INTO tilgang VALUES ('984661185', '984661185', 'ENDRINGSTJENESTEN');
        INSERT INTO borger VALUES ('${OTHER}', NULL, NULL, 1, NULL, NULL, NULL, '[]', 1),
          ('${CPR}', '${FORMER}', '10000001', 0, '101', '0101', '33', '["cv"]', 2);
        INSERT INTO kontaktdata (borger_id, type, vaerdi, soegeform, status)
          VALUES ('${CPR}', 3, 'Alma@Example.dk', 'alma@example.dk', 2);
        INSERT INTO kodeforsoeg VALUES ('${CPR}', 3, '[1,2]', '[3]');
        INSERT INTO organisation VALUES (1, 'STAR', 'STAR', '90000016');
        INSERT INTO databehandler VALUES ('90000016', 1, 'STAR');
        INSERT INTO udbakke VALUES (5, ${NOW}, '${CPR}', 'email', 'Alma@Example.dk', 'reminder', NULL, 'text');
        INSERT INTO seeded VALUES ('kontaktregister', ${NOW}), ('dfdg', ${NOW})`);
    });
    engine = open(directory);
  });
  afterEach(() => engine.close());

  it('has its persons, changes and approved providers', async () => {
    const ola = { id: OLA, status: 'AKTIV', reserved: false, mailboxes: [] };
    const kari = {
      id: KARI,
      status: 'SLETTET',
      deletionCause: 'Død',
      reserved: true,
      mobile: { value: '+4799999999', updated: NOW, verified: NOW - 1 },
      email: { value: 'kari@example.no' },
      mailboxes: [
        {
          provider: '984661185',
          address: 'kari.testesen#1A2B',
          certificate: Buffer.from('308200ff', 'hex'),
          active: true,
        },
      ],
    };
    const { states } = await found(engine, persons.page(10));
    assert.deepEqual(states, [ola, kari]);
    const made = { cause: 'OpprettPostkasse', organisation: '984661185', exchange: 17 };
    const [second, first] = [
      { id: 2, at: NOW, person: KARI, ...made },
      { id: 1, at: NOW - DAY, person: OLA, cause: 'emulator' },
    ];
    assert.deepEqual(await found(engine, changes.rows({ limit: 10 })), [second, first]);
    assert.deepEqual(norwegian.current(engine), {
      providers: [{ orgnr: '984661185', navn: 'Digipost (test)' }],
      relations: [{ organisation: '984661185', onBehalfOf: '984661185', service: 'ENDRINGSTJENESTEN' }],
    });
    assert.equal(norwegianRights(engine).approved('984661185'), true);
  });

  it('has its citizens, found by every number and address, and who may call for them', async () => {
    const citizen: Citizen = {
      id: CPR,
      formerId: FORMER,
      cvCustomerIdentifier: '10000001',
      dead: false,
      municipality: '101',
      jobCentre: '0101',
      unemploymentFund: '33',
      contactData: [{ type: 3, value: 'Alma@Example.dk', status: 2 }],
      attempts: [{ type: 3, wrong: [1, 2], sent: [3] }],
      subscriptions: ['cv'],
    };
    for (const target of [{ cpr: CPR }, { cpr: FORMER }, { cv: '10000001' }])
      assert.deepEqual(await citizenOf(engine, target), citizen);
    assert.deepEqual(await found(engine, citizensWith(3, 'alma@example.dk')), [citizen]);
    const { states } = await found(engine, citizens.page(10));
    const dead = { id: OTHER, dead: true, contactData: [], attempts: [], subscriptions: [] };
    assert.deepEqual(states, [dead, citizen]);
    const star = { type: 1, code: 'STAR', name: 'STAR', cvr: '90000016' };
    const { organisation, mayActFor } = rightsIn(engine);
    assert.deepEqual(organisation(1, 'STAR'), star);
    assert.equal(mayActFor(star.cvr, star), true);
  });

  it('has its outbox', async () => {
    const sent = { channel: 'email', address: 'Alma@Example.dk', kind: 'reminder', text: 'text' };
    const [row, ...others] = await found(engine, outboxRows({ limit: 10 }));
    assert.deepEqual(row, { id: 5, at: new Date(NOW).toISOString(), citizen: CPR, code: null, ...sent });
    assert.deepEqual(others, []);
  });

  it('goes on as it was: not seeded again, with the next numbers, shown and removed over the switches', async () => {
    const { no, dk } = opened();
    assert.deepEqual([no.seeding.done(), dk.seeding.done()], [true, true]);
    const ola = await found(engine, persons.find(OLA));
    assert.ok(ola);
    await written(engine, keep(ola, NOW, { cause: 'test' }));
    assert.equal(await found(engine, changes.last()), 3);
    const outgoing = [{ channel: 'sms', address: '1', kind: 'reminder', code: undefined, text: '' }] as const;
    await written(engine, ...keepCitizen(aCitizen({ outgoing }), NOW));
    const [row] = await found(engine, outboxRows({ limit: 1 }));
    assert.equal(row?.id, 6);
    const shown = await found(engine, dk.administration.persons.find(OTHER));
    assert.equal(shown?.view.doed, true);
  });
});
