// A register of an earlier version: what its access log holds is still there, in the new form.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openDanishRegister } from '../../src/dfdg/seed.ts';
import { packagePath } from '../../src/kernel/root.ts';
import { openStore } from '../../src/store/open.ts';
import { newDirectory } from '../directories.ts';
import { CPR, NOW } from './circumstances.ts';

const FIRST_TWO = ['001-norwegian-register.sql', '002-danish-register.sql'];

describe('a register with the access log of an earlier version', () => {
  it('keeps its rows, and marks those that nothing vouched for', () => {
    const directory = newDirectory();
    const before = new Database(join(directory, 'register.db'));
    for (const name of FIRST_TWO)
      before.exec(readFileSync(packagePath(`src/store/migrations/${name}`), 'utf8'));
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
    before.pragma(`user_version = ${FIRST_TWO.length}`);
    before.close();

    const opened = openStore(directory, 'crash');
    try {
      const { logs } = openDanishRegister(opened.database, () => NOW);
      const rows = logs.accesses(10);
      assert.deepEqual(
        rows.map(({ reference, citizen, result, claimed }) => [reference, citizen, result, claimed]),
        [
          ['reference 4', CPR, '4575', false],
          ['reference 3', null, '4575', true],
          ['reference 2', null, '1013', true],
          ['reference 1', CPR, 'OK', false],
        ],
      );
      const { reference: _, result: __, citizen: ___, claimed: ____, ...rest } = rows[0] ?? {};
      assert.deepEqual(rest, {
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
