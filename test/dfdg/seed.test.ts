// The shipped Danish seed is as its description promises, and a bad seed is explained with the place in it.

import assert from 'node:assert/strict';
import { denmark } from '../../src/dfdg/contract.ts';
import { brought } from '../../src/dfdg/register/history.ts';
import { citizenFromJson, citizenJson, citizenToJson } from '../../src/dfdg/register/json.ts';
import { accesses, outbox } from '../../src/dfdg/register/logs.ts';
import { organisations as lists } from '../../src/dfdg/register/organisations.ts';
import { findCitizen, citizens as register } from '../../src/dfdg/register/store.ts';
import { checkCpr } from '../../src/identifiers/cpr.ts';
import { UserError } from '../../src/kernel/user-error.ts';
import { parseSeeds, standardSeeds } from '../../src/seeds/content.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import { isConflict } from '../../src/store/engine.ts';
import { openEngine } from '../../src/store/open.ts';
import { found, writing, written } from '../store/contract/verbs.ts';
import { CPR, NOW } from './circumstances.ts';

const WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
const passesModulus11 = (cpr: string): boolean =>
  WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(cpr[place]), 0) % 11 === 0;

/** A register in memory, with what seeds it. */
const openSeeding = () => {
  const settings = resolveOptions({});
  const now = (): number => NOW;
  const engine = openEngine(
    { directory: undefined, durability: 'crash', real: now },
    denmark.tables(settings),
  );
  return { engine, ...denmark.open({ settings, engine, now }) };
};

const SEED = { at: NOW, means: 'seed' };
const seed = standardSeeds().dk;
const { citizens, organisations = [], relations } = seed;

describe('the shipped Danish seed', () => {
  it('begins with at least eight plain citizens', () => {
    for (const { doed, tidligereId, cvCustomerIdentifier, kontaktdata, huskeservice } of citizens.slice(
      0,
      8,
    )) {
      assert.deepEqual(
        { doed, tidligereId, kontaktdata, huskeservice },
        { doed: false, tidligereId: null, kontaktdata: [], huskeservice: [] },
      );
      assert.match(cvCustomerIdentifier ?? '', /^[1-9]\d*$/);
    }
  });

  it('holds numbers of people who are born in 2040 to 2057, each once', () => {
    const numbers = citizens.flatMap(({ id, tidligereId }) =>
      tidligereId === null ? [id] : [id, tidligereId],
    );
    for (const id of numbers) {
      assert.equal(checkCpr(id), undefined, id);
      assert.match(id, /^\d{4}(4\d|5[0-7])[5-8]/);
    }
    assert.equal(new Set(numbers).size, numbers.length);
    const cv = citizens.flatMap(({ cvCustomerIdentifier }) => cvCustomerIdentifier ?? []);
    assert.equal(new Set(cv).size, cv.length);
  });

  it('has somebody for every case', () => {
    const cases: Readonly<Record<string, (citizen: (typeof citizens)[number]) => boolean>> = {
      'breaks modulus 11': ({ id }) => !passesModulus11(id),
      dead: ({ doed }) => doed,
      'former number': ({ tidligereId }) => tidligereId !== null,
      'no CV number': ({ cvCustomerIdentifier }) => cvCustomerIdentifier === null,
      subscription: ({ huskeservice, kontaktdata }) =>
        huskeservice.length > 0 && kontaktdata.some(({ type }) => type === 3),
      'foreign number': ({ kontaktdata }) => kontaktdata.some(({ value }) => /^\+(?!45)/.test(value)),
      'another municipality': ({ kommune }) => kommune !== citizens[0]?.kommune,
      'another a-kasse': ({ akasse }) => akasse !== citizens[0]?.akasse,
    };
    for (const [what, is] of Object.entries(cases)) assert.ok(citizens.some(is), what);
    for (const type of [1, 2, 3])
      for (const status of [1, 2, 3])
        assert.ok(
          citizens.some(({ kontaktdata }) =>
            kontaktdata.some((one) => one.type === type && one.status === status),
          ),
          `${type} ${status}`,
        );
    const values = citizens.flatMap(({ kontaktdata }) =>
      kontaktdata.map(({ type, value }) => `${type} ${value}`),
    );
    assert.ok(new Set(values).size < values.length, 'shared values');
  });

  it('leaves the numbers free that are promised to be nobody’s', () => {
    for (const id of ['1305475366', '2111508618', '0803446339'])
      assert.ok(
        checkCpr(id) === undefined && !citizens.some((one) => one.id === id || one.tidligereId === id),
      );
    assert.ok(!citizens.some(({ cvCustomerIdentifier }) => cvCustomerIdentifier === '19999999'));
  });

  it('lets every organisation act for itself, municipalities for their job centres, and 90009999 for nobody', () => {
    for (const { cvr, type, code } of organisations) {
      assert.match(cvr, /^9\d{7}$/);
      assert.ok(relations.some((one) => one.cvr === cvr && one.type === type && one.code === code));
    }
    for (const { type, code } of relations)
      assert.ok(organisations.some((one) => one.type === type && one.code === code));
    assert.ok(!relations.some(({ cvr }) => cvr === '90009999'));
    assert.deepEqual(
      [...new Set(organisations.map(({ type }) => type))].sort((a, b) => a - b),
      [1, 2, 4, 7, 8, 24, 30],
    );
    for (const { kommune, jobcenter, akasse } of citizens)
      for (const [type, code] of [
        [7, kommune],
        [8, jobcenter],
        [2, akasse],
      ] as const)
        assert.ok(code === null || organisations.some((one) => one.type === type && one.code === code));
  });

  it('goes into a register and comes out again as JSON, in its order', async () => {
    const { engine, seeding } = openSeeding();
    assert.equal(seeding.done(), false);
    await written(engine, ...seeding.add(seed), seeding.mark());
    assert.equal(seeding.done(), true);
    const { states } = await found(engine, register.page(1000));
    const shown = states.map(citizenToJson);
    assert.deepEqual(
      shown,
      citizens.map(({ who: _, ...citizen }) => citizen),
    );
    assert.deepEqual(
      shown.map((one) => brought(citizenFromJson(citizenJson.parse(one)), SEED)),
      states,
    );
    for (const log of [outbox, accesses]) assert.equal(await found(engine, log.last()), 0);
    const rights = lists.current(engine);
    assert.deepEqual(new Set(rights.organisations), new Set(organisations));
    assert.deepEqual(new Set(rights.relations), new Set(relations));
    await written(engine, ...seeding.clear);
    assert.equal(await found(engine, register.count()), 0);
    assert.equal(lists.current(engine), rights);
    await engine.close();
  });
});

describe('a Danish seed', () => {
  it('replaces what it names, and the rest stays', async () => {
    const { engine, seeding } = openSeeding();
    const [first, second] = citizens;
    assert.ok(first && second);
    await written(engine, ...seeding.add(seed));
    const before = lists.current(engine);

    await written(engine, ...seeding.add({ citizens: [{ ...first, doed: true }] }));
    assert.equal((await found(engine, findCitizen(first.id)))?.dead, true);
    assert.deepEqual(await found(engine, findCitizen(second.id)), brought(citizenFromJson(second), SEED));
    assert.equal(await found(engine, register.count()), citizens.length);
    assert.deepEqual(lists.current(engine), before);

    const [organisation] = organisations;
    assert.ok(organisation);
    await written(engine, ...seeding.add({ organisations: [organisation] }));
    assert.deepEqual(lists.current(engine), { ...before, organisations: [organisation] });
    await written(engine, ...seeding.add({ relations: [] }));
    assert.deepEqual(lists.current(engine), { organisations: [organisation], relations: [] });
    assert.equal(await found(engine, register.count()), citizens.length);
    await engine.close();
  });

  it('with a number that is another’s changes nothing', async () => {
    const { engine, seeding } = openSeeding();
    const [owner, other] = citizens;
    assert.ok(owner?.cvCustomerIdentifier && other);
    const { cvCustomerIdentifier } = owner;
    const stranger = citizenJson.parse({ id: '1305475366', cvCustomerIdentifier });
    await written(engine, ...seeding.add(seed));
    const refused = seeding.add({ organisations: [], citizens: [{ ...other, doed: true }, stranger] });
    assert.ok(isConflict(await engine.change(writing(...refused))));
    const { states } = await found(engine, register.page(1000));
    assert.deepEqual(
      states.map(citizenToJson),
      citizens.map(({ who: _, ...citizen }) => citizen),
    );
    assert.equal(lists.current(engine).organisations.length, organisations.length);
    await engine.close();
  });
});

describe('a Danish seed that cannot be used', () => {
  const one = { id: CPR };
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ['a wrong number', { citizens: [one, { id: '2902455001' }] }, /citizens\.1\.id: .*CPR/],
    ['an unknown member', { citizens: [{ ...one, dead: true }] }, /citizens\.0: .*dead/],
    [
      'a wrong type',
      { citizens: [{ ...one, kontaktdata: [{ type: 4, value: 'a@b' }] }] },
      /citizens\.0\.kontaktdata\.0/,
    ],
    [
      'a wrong value',
      { citizens: [{ ...one, kontaktdata: [{ type: 1, value: '1' }] }] },
      /citizens\.0\.kontaktdata\.0/,
    ],
    [
      'a type twice',
      {
        citizens: [
          {
            ...one,
            kontaktdata: [
              { type: 3, value: 'a@b' },
              { type: 3, value: 'c@d' },
            ],
          },
        ],
      },
      /citizens\.0: .*once/,
    ],
    [
      'a wrong CVR number',
      { citizens: [], organisations: [{ type: 1, code: '1', cvr: '1' }] },
      /organisations\.0\.cvr/,
    ],
    ['the same citizen twice', { citizens: [one, { ...one, doed: true }] }, /citizens/],
    [
      'a CV number twice',
      {
        citizens: [
          { ...one, cvCustomerIdentifier: '1' },
          { id: '0211416726', cvCustomerIdentifier: '1' },
        ],
      },
      /citizens/,
    ],
  ];
  for (const [what, content, place] of cases)
    it(`is explained for ${what}`, () =>
      assert.throws(
        () => parseSeeds(content, 'mine.json'),
        (error: Error) => {
          assert.ok(error instanceof UserError);
          assert.match(error.message, /^seed mine\.json: [^\n]+$/);
          assert.match(error.message, place);
          return true;
        },
      ));
});
