// Two emulators over one PostgreSQL database have one journal: whichever is asked tells of every exchange, in one order.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { createEmulator, type Emulator } from '../../../src/index.ts';
import { listen } from '../../event-stream.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { kontakt } from '../../program.ts';
import { control } from '../../running.ts';
import { times } from '../contract/verbs.ts';
import { asked, type Both, openBoth } from './both.ts';

const PERSON = '12838410985';

type Exchanges = readonly { readonly id: string; readonly number: number }[];

const create = (where: Emulator, unsigned = false) =>
  where.call('postkasseleverandoer.OpprettPostkasse', {
    as: 'digipost',
    set: { personidentifikator: PERSON },
    unsigned,
  });

/** The exchanges as one of them lists them. */
const listed = async (where: Emulator, query = ''): Promise<Exchanges> =>
  (await asked<{ entries: Exchanges }>(where, 'GET', `/journal?${query}`)).entries;
const numbers = async (where: Emulator, query = ''): Promise<number[]> =>
  (await listed(where, query)).map(({ number }) => number);

/** Waits until what the other has just answered is kept too. */
const whenKept = async (where: Emulator, many: number): Promise<Exchanges> => {
  for (;;) {
    const all = await listed(where, 'limit=1000');
    if (all.length >= many) return all;
    await setTimeout(20);
  }
};

describeWith([stacks.postgresql], 'the journal of two emulators over one PostgreSQL database', () => {
  let both: Both;
  before(async function () {
    this.timeout(60_000);
    both = await openBoth();
  });
  after(() => both?.close());
  beforeEach(async () => {
    await both.one.reset({ journal: true });
    await both.one.persons.no.put({ id: PERSON });
  });

  it('is the same at both: lists, pages, messages, trees, octets, files and explanations', async () => {
    const { one, other } = both;
    for (const where of [one, other, other, one]) await create(where);
    await create(other, true);
    const all = await whenKept(one, 5);
    assert.deepEqual(await listed(other), all);
    assert.equal(new Set(all.map(({ number }) => number)).size, 5);
    assert.ok(
      all.some(({ number }, index) => number > (all[index - 1]?.number ?? number)),
      'no order of numbers',
    );
    for (const query of ['problems=true', 'operation=OpprettPostkasse&limit=2', `before=${all[2]?.number}`]) {
      const found = await listed(one, query);
      assert.ok(found.length > 0, query);
      assert.deepEqual(await listed(other, query), found, query);
    }
    assert.deepEqual(await listed(one, `before=${all[2]?.number}`), all.slice(3));
    assert.deepEqual(await listed(one, `after=${all[2]?.number}`), all.slice(0, 2));
    const parts = ['', '/message?side=request', '/message?side=response', '/tree', '/explanation', '/export'];
    for (const { id, number } of all)
      for (const part of [...parts, '/octets?reference=1']) {
        const [here, there] = await Promise.all(
          [one, other].map(({ url }) => control(url, 'GET', `/journal/${id}${part}`)),
        );
        assert.deepEqual(there, here, `${number}${part}`);
        if (!part.startsWith('/octets')) assert.equal(here?.http, 200, `${number}${part}`);
      }
  });

  it('tells of an exchange by its number at once, whoever answered it', async () => {
    const { one, other } = both;
    for (const [here, there] of [
      [one, other],
      [other, one],
    ] as const) {
      const { exchange } = await create(here);
      const { http, json } = await control(there.url, 'GET', `/journal/${exchange?.number}`);
      assert.equal(http, 200, JSON.stringify(json));
    }
    const { http, json } = await control(one.url, 'GET', '/journal/99');
    assert.equal(http, 404);
    assert.doesNotMatch(JSON.stringify(json), /ask the one/);
  });

  it('shows what led to a refusal, also where the other one answered that', async () => {
    const { one, other } = both;
    const first = await create(one);
    const second = await create(other);
    assert.ok(first.accepted && !second.accepted);
    const { json } = await control(one.url, 'GET', `/journal/${second.exchange?.number}/explanation`);
    assert.match(JSON.stringify(json), new RegExp(`"exchange":${first.exchange?.number},[^}]*"kept":true`));
  });

  it('is told alike by the commands', async () => {
    const { one, other } = both;
    await create(one);
    const { exchange } = await create(other, true);
    await whenKept(one, 2);
    for (const command of [
      ['journal'],
      ['journal', '--problems', '--json'],
      ['journal', 'last'],
      ['journal', String(exchange?.number), '--request'],
      ['explain', String(exchange?.number)],
    ]) {
      const [here, there] = await Promise.all(
        [one, other].map(({ url }) => kontakt([...command, '--url', url])),
      );
      assert.equal(here?.stderr, '', command.join(' '));
      assert.deepEqual(there, here, command.join(' '));
    }
  });

  it('is emptied at both, with what one of them has not kept yet', async () => {
    const { one, other } = both;
    for (let round = 0; round < 3; round += 1) {
      const made = await Promise.all([one, other, other].map((where) => create(where)));
      if (round === 1) await other.reset({ journal: true });
      else await one.journal.clear();
      assert.deepEqual(await Promise.all([one, other].map((where) => listed(where))), [[], []]);
      const gone = made.map(({ exchange }, index) =>
        control([other, one][index % 2]?.url ?? '', 'GET', `/journal/${exchange?.id}`),
      );
      assert.deepEqual(
        (await Promise.all(gone)).map(({ http }) => http),
        [404, 404, 404],
      );
    }
    const { exchange } = await create(other);
    await whenKept(one, 1);
    assert.deepEqual(await numbers(one), [exchange?.number]);
    assert.deepEqual(await numbers(other), [exchange?.number]);
  });

  it('outlives them, and goes on with the next one', async () => {
    const { one, other, store, data } = both;
    const before = await create(one);
    const third = await createEmulator({ port: 0, tlsPort: 0, log: 'silent', store, data });
    const { exchange } = await create(third, true);
    await third.close();
    const all = await numbers(other);
    assert.deepEqual(all, [exchange?.number, before.exchange?.number]);
    const info = await asked<{ journal: object }>(one, 'GET', '/info');
    const { bytes, ...state } = info.journal as { bytes: number };
    assert.ok(bytes > 5000);
    assert.deepEqual(state, { kept: 'database', entries: 2, dropped: 0 });
  });

  it('is followed at either, with what changes at the other', async () => {
    const { one, other } = both;
    const stream = await listen(other.url);
    const { exchange } = await create(one);
    const { data } = await stream.next('exchange', ({ id }) => id === exchange?.id);
    assert.deepEqual(data, (await control(one.url, 'GET', `/journal/${exchange?.id}`)).json);
    await stream.next('persons', ({ country }) => country === 'no');
    const [citizen = assert.fail('no citizen')] = await one.persons.dk.list({ limit: 1 });
    const changes: readonly (readonly [event: string, method: string, path: string, body?: unknown])[] = [
      ['persons', 'DELETE', `/persons/dk/${citizen.id}`],
      ['organisations', 'PUT', '/organisations?country=dk', { organisations: [] }],
      ['clock', 'PUT', '/clock', { advance: 'PT1S' }],
      ['profiles', 'PUT', '/profiles', { rest: null }],
      ['journal', 'DELETE', '/journal'],
    ];
    for (const [event, method, path, body] of changes) {
      const before = stream.told.length;
      const { http, json } = await control(one.url, method, path, body);
      assert.ok(http < 300, `${path}: ${JSON.stringify(json)}`);
      await stream.next(event, (_, index) => index >= before);
    }
    const [first, second] = [await create(other, true), await create(one, true)];
    for (const made of [first, second]) await stream.next('exchange', ({ id }) => id === made.exchange?.id);
    const ids = stream.told.flatMap(({ event, data: told }) => (event === 'exchange' ? [told.id] : []));
    assert.equal(new Set(ids).size, ids.length, 'each is told once');
    stream.leave();
  });

  it('is kept whole while both are called as fast as they answer', async () => {
    const { one, other } = both;
    const asking = times(200, (index) => create(index % 2 === 0 ? one : other, true));
    const made = (await Promise.all(asking)).map(({ exchange }) => exchange?.number ?? 0);
    const all = (await whenKept(other, 200)).map(({ number }) => number);
    assert.deepEqual(all.toSorted(), made.toSorted());
    assert.deepEqual(await numbers(one, 'limit=1000'), await numbers(other, 'limit=1000'));
  });
});

describeWith([stacks.postgresql], 'journals in memory of two emulators over one PostgreSQL database', () => {
  let both: Both;
  before(async function () {
    this.timeout(60_000);
    both = await openBoth({ journal: 'memory' });
  });
  after(() => both?.close());

  it('tell of an exchange at the one that answered it, and elsewhere that it may be at another', async () => {
    const { one, other } = both;
    await one.persons.no.put({ id: PERSON });
    const first = (await create(one)).exchange?.number;
    const second = (await create(other)).exchange?.number;
    for (const [here, there, number] of [
      [one, other, first],
      [other, one, second],
    ] as const) {
      assert.equal((await control(here.url, 'GET', `/journal/${number}`)).http, 200);
      const { http, json } = await control(there.url, 'GET', `/journal/${number}`);
      assert.equal(http, 404);
      assert.match(JSON.stringify(json), /ask the one that answered the exchange/);
    }
    // What led to the refusal is told by its number, and not as if it could be looked at there.
    const { json } = await control(other.url, 'GET', `/journal/${second}/explanation`);
    assert.match(JSON.stringify(json), new RegExp(`"exchange":${first},[^}]*"kept":false`));
  });
});
