// kontakt relation: who may act for whom, listed, added and removed, in both countries.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { ask } from '../kontaktregister/oppslagstjeneste/calling.ts';
import { assertOneLine, kontakt } from '../program.ts';
import { control, DIGIPOST, startRunning } from '../running.ts';

const OWNER = '991825827';
const SERVICE = 'OPPSLAGSTJENESTEN';

describe('kontakt relation', () => {
  let emulator: Emulator;
  const relation = (...args: string[]) => kontakt(['relation', ...args, '--url', emulator.url]);
  const done = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await relation(...args);
    assert.equal(code, 0, stderr);
    return stdout;
  };

  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  it('opens the lookup service for whoever acts for another, and closes it again', async () => {
    const look = () =>
      ask(emulator, 'HentPersoner', {
        informasjonsbehov: 'Person',
        personidentifikator: '12838410985',
        PaaVegneAv: OWNER,
      });
    assert.equal((await look()).http, 400);
    await done('add', DIGIPOST, OWNER, SERVICE);
    assert.equal((await look()).http, 200);
    assert.match(await done('list'), new RegExp(`^${DIGIPOST} +${OWNER} +${SERVICE}$`, 'm'));
    await done('add', DIGIPOST, OWNER, SERVICE);
    const { relations } = JSON.parse(await done('list', '--json'));
    assert.equal(
      relations.filter(({ onBehalfOf }: { onBehalfOf: string }) => onBehalfOf === OWNER).length,
      1,
    );
    await done('remove', DIGIPOST, OWNER, SERVICE);
    assert.equal((await look()).http, 400);
  });

  it('adds each of those that are added at once, in the eyes of the control interface too', async () => {
    const owners = ['983163327', '996460320', '922020175', '988015814'];
    const change = (body: object) => control(emulator.url, 'POST', '/relations?country=no', body);
    const all = owners.map((onBehalfOf) => ({ organisation: DIGIPOST, onBehalfOf, service: SERVICE }));
    await Promise.all([
      ...all.slice(1).map((one) => change({ add: [one] })),
      done('add', DIGIPOST, owners[0] ?? '', SERVICE),
    ]);
    const has = async () => {
      const { relations } = JSON.parse(await done('list', '--json'));
      return owners.map((owner) =>
        relations.some((one: (typeof all)[0]) => one.organisation === DIGIPOST && one.onBehalfOf === owner),
      );
    };
    assert.deepEqual(await has(), [true, true, true, true]);
    const [first] = all;
    const { http, json } = await change({ remove: [...all, { ...first, onBehalfOf: OWNER }] });
    assert.equal(http, 404, JSON.stringify(json));
    assert.deepEqual(await has(), [true, true, true, true]);
    assert.equal((await change({ remove: all })).http, 200);
    assert.deepEqual(await has(), [false, false, false, false]);
  });

  it('knows those of Denmark', async () => {
    const before = await done('list', '--country', 'dk');
    assert.match(before, /^cvr +type +code$/m);
    await done('add', '90009999', '8', '101', '--country', 'dk');
    assert.match(await done('list', '--country', 'dk'), /^90009999 +8 +101$/m);
    await done('remove', '90009999', '8', '101', '--country', 'dk');
    assert.equal(await done('list', '--country', 'dk'), before);
  });

  it('says in one line what is wrong', async () => {
    for (const [args, reason, code] of [
      [['add', DIGIPOST, OWNER], /a relation has organisation, onBehalfOf, service/, 2],
      [['add', DIGIPOST, OWNER, 'ALT'], /add\.0\.service/, 1],
      [['add', '1', OWNER, SERVICE], /add\.0\.organisation/, 1],
      [['remove', DIGIPOST, OWNER, SERVICE], /there is no relation 984661185 991825827/, 1],
    ] as const) {
      const ended = await relation(...args);
      assert.equal(ended.code, code);
      assertOneLine(ended, reason);
    }
  });
});
