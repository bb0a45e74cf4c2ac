// A register of an earlier version: what it holds is still there, in the new form.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

import { openDanishRegister } from '../../src/dfdg/register/seed.ts';
import { packagePath } from '../../src/kernel/root.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { newDirectory } from '../directories.ts';
import { CPR, LIFETIME, NOW, usualLimits } from './circumstances.ts';

const FIRST_TWO = ['001-norwegian-register.sql', '002-danish-register.sql'];
const FIRST_THREE = [...FIRST_TWO, '003-access-log-of-refused-calls.sql'];

/** A data directory with a register that some migrations made, and what is put into it. */
const writtenBy = (migrations: readonly string[], fill: (database: Database.Database) => void): string => {
  const directory = newDirectory();
  const before = new Database(join(directory, 'register.db'));
  for (const name of migrations)
    before.exec(readFileSync(packagePath(`src/store/migrations/${name}`), 'utf8'));
  fill(before);
  before.pragma(`user_version = ${migrations.length}`);
  before.close();
  return directory;
};

describe('a register with the access log of an earlier version', () => {
  it('keeps its rows, and marks those that nothing vouched for', () => {
    const directory = writtenBy(FIRST_TWO, (before) => {
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

    const opened = openStore(directory, 'crash');
    try {
      const { logs } = openDanishRegister(opened.database, () => NOW, usualLimits);
      const rows = logs.accesses({ limit: 10 });
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
      opened.close();
    }
  });
});

describe('a register whose codes counted their own attempts', () => {
  const CODE = '123456';
  const DECOMPOSED = 'Bla\u030ab\u00e6r@BLA\u030aB\u00c6R.dk';
  let opened: OpenStore;
  let register: ReturnType<typeof openDanishRegister>;

  before(() => {
    const directory = writtenBy(FIRST_THREE, (database) => {
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
    opened = openStore(directory, 'crash');
    register = openDanishRegister(opened.database, () => NOW, { ...usualLimits, accessLogRows: 10 });
  });
  after(() => opened.close());

  it('keeps codes, and what was tried with them', () => {
    const { contactData, attempts } = register.store.load({ cpr: CPR }) ?? {};
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

  it('is searched in the form of today', () => {
    for (const [type, form] of [
      [1, '+4534412304'],
      [2, '+4532123404'],
      [3, 'bl\u00e5b\u00e6r@xn--blbr-roah.dk'],
    ] as const)
      assert.deepEqual(
        register.store.find(type, form).map(({ id }) => id),
        [CPR],
        form,
      );
  });

  it('keeps request ids, and of the access log as many rows as are wanted now', () => {
    const { logs } = register;
    assert.deepEqual([logs.admitRequest('a', 'used'), logs.admitRequest('b', 'used')], [false, true]);
    assert.equal(logs.admitRequest('b', 'long ago'), true);
    assert.deepEqual(
      logs.accesses({ limit: 100 }).map(({ id }) => id),
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3],
    );
  });
});
