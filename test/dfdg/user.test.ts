// The user of a call against its certificate: a system is the certificate itself, an employee is of its CVR number.

import assert from 'node:assert/strict';
import type { ActorFields } from '../../src/client/danish.ts';
import { judgeUser } from '../../src/dfdg/user.ts';
import { BASE, openStation, type Station } from '../rest/client.ts';
import { actors, call, journalOf, outcome } from './calling.ts';
import { CPR } from './circumstances.ts';

const UUID = '7e570000-abcd-4000-8000-000000000016';

describe('a user against the certificate', () => {
  const judged = (userType: number, userIdentifier: string, own: string) =>
    judgeUser({ userType, userIdentifier }, { cvr: '90000016', userIdentifier: own })?.code;

  it('of type 3 is the certificate’s whole identifier, in each form that certificates have', () => {
    for (const id of [`UUID:${UUID}`, 'FID:1234', 'RID:1234', 'UID:1234']) {
      const own = `CVR:90000016-${id}`;
      assert.equal(judged(3, own, own), undefined, id);
      for (const other of [
        `${own}5`,
        own.slice(0, -1),
        'CVR:90000016',
        'CVR:90000016-',
        `CVR:90000024-${id}`,
        ` ${own}`,
      ])
        assert.equal(judged(3, other, own), 4575, other);
    }
    assert.equal(judged(3, 'CVR:90000016-FID:1234', 'CVR:90000016-RID:1234'), 4575);
  });

  it('may write a UUID in either case, and nothing else', () => {
    const [lower, upper] = [UUID, UUID.toUpperCase()].map((uuid) => `CVR:90000016-UUID:${uuid}`);
    assert.deepEqual(
      [judged(3, lower ?? '', upper ?? ''), judged(3, upper ?? '', lower ?? '')],
      [undefined, undefined],
    );
    assert.equal(judged(3, (lower ?? '').toLowerCase(), lower ?? ''), 4575);
    assert.equal(judged(3, 'CVR:90000016-FID:a', 'CVR:90000016-FID:A'), 4575);
  });

  it('of types 2 and 4 is anybody of its CVR number', () => {
    for (const type of [2, 4]) {
      assert.equal(judged(type, 'CVR:90000016-RID:9', `CVR:90000016-UUID:${UUID}`), undefined);
      for (const other of ['CVR:90000024-RID:9', 'RID:9', 'CVR:90000016', CPR, ''])
        assert.equal(judged(type, other, `CVR:90000016-UUID:${UUID}`), 4575, other);
    }
  });

  describe('at the services', () => {
    let station: Station;
    before(async () => {
      station = await openStation();
    });
    after(() => station.close());

    const soap = (client: 'star' | 'kommune', actor: ActorFields) =>
      call(station.emulator, 'reminder', 'GetPersonContactData', { client, actor });
    const rest = async (client: 'star' | 'kommune', { userType, userIdentifier }: ActorFields) => {
      const headers = {
        'x-request-user-type-identifier': userType,
        'x-request-user-identifier': userIdentifier,
      };
      const { status, json } = await station.as(client)('GET', BASE, { cpr: CPR, headers });
      return status === 200 ? 'OK' : String(json.fejlkode);
    };

    it('of type 3 with another UUID or FID is refused with 4575, which is documented', async () => {
      for (const [client, own, other] of [
        ['star', actors.star, actors.star.userIdentifier.replace(/.$/, '7')],
        ['kommune', actors.kommune, 'CVR:90000040-FID:40404041'],
      ] as const) {
        const actor = { ...own, userIdentifier: other };
        const reply = await soap(client, actor);
        assert.deepEqual([outcome(reply), await rest(client, actor)], ['4575', '4575']);
        const { explanation } = await journalOf(station.emulator, reply);
        assert.equal(explanation?.basis, 'documented');
        assert.ok(explanation.expected.includes(own.userIdentifier), explanation.expected);
        const upper = { ...own, userIdentifier: own.userIdentifier.toUpperCase() };
        for (const good of [own, upper])
          assert.deepEqual([outcome(await soap(client, good)), await rest(client, good)], ['OK', 'OK']);
      }
    });

    it('of types 2 and 4 needs the CVR number only, which is assumed', async () => {
      for (const userType of ['2', '4']) {
        const actor = { ...actors.star, userType, userIdentifier: 'CVR:90000016-RID:77' };
        assert.deepEqual([outcome(await soap('star', actor)), await rest('star', actor)], ['OK', 'OK']);
        const foreign = { ...actor, userIdentifier: 'CVR:90000024-RID:77' };
        const reply = await soap('star', foreign);
        assert.deepEqual([outcome(reply), await rest('star', foreign)], ['4575', '4575']);
        assert.equal((await journalOf(station.emulator, reply)).explanation?.basis, 'assumed');
      }
    });
  });
});
