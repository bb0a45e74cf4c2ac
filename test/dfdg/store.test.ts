// What the Danish register keeps: citizens as they were saved and by what they are found, messages sent, organisations.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { denmark } from '../../src/dfdg/contract.ts';
import type { Citizen, CodeAttempts, ContactData, OutgoingMessage } from '../../src/dfdg/register/citizen.ts';
import { outboxRows } from '../../src/dfdg/register/logs.ts';
import { type DanishOrganisations, organisations, rightsIn } from '../../src/dfdg/register/organisations.ts';
import { citizenAsked, citizens, citizensWith, keepCitizen } from '../../src/dfdg/register/store.ts';
import type { Target } from '../../src/dfdg/rule.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import { type Engine, isConflict, type Query } from '../../src/store/engine.ts';
import { openEngine } from '../../src/store/open.ts';
import type { Part } from '../../src/store/tables.ts';
import { newDirectory } from '../directories.ts';
import { accepted, found, made, writing, written } from '../store/contract/verbs.ts';
import { aCitizen, CPR, FORMER, MAIL, NOW, PHONE } from './circumstances.ts';

const OTHER = '2707527954';
const HOUR = 3_600_000;

const pending = fc.record(
  {
    code: fc.stringMatching(/^\d{6}$/),
    expires: fc.nat(),
  },
  { noNullPrototype: true },
);
const contact = (type: 1 | 2 | 3): fc.Arbitrary<ContactData> =>
  fc
    .tuple(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(1 as const, 2 as const, 3 as const),
      fc.option(pending),
    )
    .map(([value, status, code]) => ({ type, value, status, ...(code ? { pending: code } : {}) }));
const times = fc.array(fc.nat(), { maxLength: 5 });
const attempts = (type: 1 | 2 | 3): fc.Arbitrary<CodeAttempts> =>
  fc.record({ type: fc.constant(type), wrong: times, sent: times }, { noNullPrototype: true });
const optional = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.option(value).map((one) => (one === null ? {} : { [key]: one }));

const anyCitizen: fc.Arbitrary<Citizen> = fc
  .tuple(
    fc.record(
      {
        id: fc.constant(CPR),
        dead: fc.boolean(),
        subscriptions: fc.array(fc.constantFrom('interview', 'cv', 'booking', 'plan')),
      },
      { noNullPrototype: true },
    ),
    optional('cvCustomerIdentifier', fc.stringMatching(/^[1-9]\d{0,17}$/)),
    optional('formerId', fc.constant(FORMER)),
    optional('municipality', fc.string()),
    optional('jobCentre', fc.string()),
    optional('unemploymentFund', fc.string()),
    fc.tuple(fc.option(contact(1)), fc.option(contact(2)), fc.option(contact(3))),
    fc.tuple(fc.option(attempts(1)), fc.option(attempts(3))),
  )
  .map(([base, cv, former, municipality, jobCentre, fund, contacts, tried]) => ({
    ...base,
    ...cv,
    ...former,
    ...municipality,
    ...jobCentre,
    ...fund,
    contactData: contacts.filter((one) => one !== null),
    attempts: tried.filter((one) => one !== null),
  }));

describe('the Danish register', () => {
  let engine: Engine;

  const open = (directory?: string): void => {
    const tables = denmark.tables(resolveOptions({}));
    engine = openEngine({ directory, durability: 'crash', real: () => NOW }, tables);
  };
  const read = <Loaded>(query: Query<Loaded>): Promise<Loaded> => found(engine, query);
  const save = (citizen: Citizen, at = NOW) => written(engine, ...keepCitizen(citizen, at));
  const load = async (target: Target = { cpr: CPR }) => (await read(citizenAsked(target)))[0];
  beforeEach(() => open());
  afterEach(() => engine.close());

  it('gives back any citizen as it was saved, over an earlier state too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCitizen, { minLength: 1, maxLength: 4 }), async (states) => {
        for (const state of states) await save(state);
        assert.deepEqual(await load(), states.at(-1));
      }),
      { numRuns: 300 },
    );
    assert.equal(await read(citizens.count()), 1);
  });

  it('gives citizens back after it was closed and opened again', async () => {
    const directory = newDirectory();
    await fc.assert(
      fc.asyncProperty(anyCitizen, async (citizen) => {
        await engine.close();
        open(directory);
        await save(citizen);
        await engine.close();
        open(directory);
        assert.deepEqual(await load(), citizen);
      }),
      { numRuns: 15 },
    );
  });

  it('finds a citizen by current number, former number and CV number', async () => {
    const citizen = aCitizen({ formerId: FORMER });
    await save(citizen);
    for (const target of [{ cpr: CPR }, { cpr: FORMER }, { cv: '10000001' }])
      assert.deepEqual(await load(target), citizen);
    for (const target of [{ cpr: OTHER }, { cv: '1' }, { cv: CPR }, {}])
      assert.equal(await load(target), undefined);
  });

  it('finds nobody by a number that was given up, and whoever has it now', async () => {
    await save(aCitizen({ formerId: FORMER, contactData: [MAIL] }));
    await save(aCitizen({ cvCustomerIdentifier: '2' }));
    assert.deepEqual([await load({ cpr: FORMER }), await load({ cv: '10000001' })], [undefined, undefined]);
    assert.deepEqual(await read(citizensWith(3, 'alma.alt@example.dk')), []);
    await save(aCitizen({ id: OTHER, formerId: FORMER }));
    assert.equal((await load({ cpr: FORMER }))?.id, OTHER);
    assert.equal((await load({ cv: '10000001' }))?.id, OTHER);
  });

  it('gives who has a number now before who had it once', async () => {
    await save(aCitizen({ id: FORMER, formerId: OTHER, cvCustomerIdentifier: '2' }));
    await save(aCitizen({ id: OTHER, cvCustomerIdentifier: '3' }));
    assert.equal((await load({ cpr: OTHER }))?.id, OTHER);
  });

  it('keeps nobody with a CV number or a former number that is another’s', async () => {
    await save(aCitizen({ formerId: FORMER }));
    for (const taken of [{ cvCustomerIdentifier: '2', formerId: FORMER }, { formerId: '0303395412' }]) {
      const changed = await engine.change(writing(...keepCitizen(aCitizen({ id: OTHER, ...taken }), NOW)));
      assert.ok(isConflict(changed));
    }
    assert.equal(await load({ cpr: OTHER }), undefined);
  });

  it('finds by the normal form of number and address, everybody who has it, in the order they came', async () => {
    await save(aCitizen({ contactData: [PHONE, MAIL] }));
    const same = [
      { ...PHONE, value: '+4534412304' },
      { ...MAIL, value: 'ALMA.ALT@example.dk' },
    ];
    await save(aCitizen({ id: OTHER, cvCustomerIdentifier: '2', contactData: same }));
    await save(
      aCitizen({ id: FORMER, cvCustomerIdentifier: '3', contactData: [{ ...PHONE, type: 2 as const }] }),
    );
    const ids = async (type: 1 | 3, value: string) =>
      (await read(citizensWith(type, value))).map(({ id }) => id);
    assert.deepEqual(await ids(1, '+4534412304'), [CPR, OTHER]);
    assert.deepEqual(await ids(3, 'alma.alt@example.dk'), [CPR, OTHER]);
    assert.deepEqual(await ids(3, '+4534412304'), []);
    assert.deepEqual(await ids(1, '34412304'), []);
  });

  it('keeps messages newest first and unchanged, whatever becomes of the citizen', async () => {
    const message = (code: string): OutgoingMessage => ({
      channel: 'email',
      address: MAIL.value,
      kind: 'verification',
      code,
      text: `code ${code}`,
    });
    const later = NOW + HOUR;
    await save(aCitizen({ contactData: [MAIL], outgoing: [message('1')] }));
    await save(aCitizen({ contactData: [MAIL], outgoing: [message('2'), message('3')] }), later);
    const outbox = (part: Partial<Part> = {}) => read(outboxRows({ limit: 10, ...part }));
    const row = (id: number, at: number) => ({
      id,
      at: new Date(at).toISOString(),
      citizen: CPR,
      ...message(String(id)),
    });
    const rows = [row(3, later), row(2, later), row(1, NOW)];
    assert.deepEqual(await outbox(), rows);
    assert.equal((await load())?.outgoing, undefined);
    await save(aCitizen());
    await made(engine, openDenmark().administration.persons.remove(CPR));
    assert.deepEqual(await outbox(), rows);
    assert.deepEqual(await outbox({ after: 2 }), rows.slice(0, 1));
    assert.deepEqual(await outbox({ before: 2 }), rows.slice(2));
    assert.deepEqual(await outbox({ limit: 2 }), rows.slice(0, 2));
  });

  it('sends nothing for a citizen that it cannot keep', async () => {
    const outgoing = [
      { channel: 'email', address: MAIL.value, kind: 'reminder', code: undefined, text: '' },
    ] as const;
    await save(aCitizen());
    const changed = await engine.change(writing(...keepCitizen(aCitizen({ id: OTHER, outgoing }), NOW)));
    assert.ok(isConflict(changed));
    assert.deepEqual(await read(outboxRows({ limit: 10 })), []);
  });

  it('tells rules of organisations when they are stored, as one list that stays as it is', async () => {
    const star = { type: 1, code: 'STAR', name: 'STAR', cvr: '90000016' };
    const relation = { cvr: star.cvr, type: 1, code: 'STAR' };
    const wanted: DanishOrganisations = { organisations: [star], relations: [relation] };
    const { organisation, ofCvr, mayActFor } = rightsIn(engine);
    const asked = () => [organisation(1, 'STAR'), organisation(1, star.cvr), ofCvr(star.cvr)];
    const nobody = [undefined, undefined, undefined];
    const change = accepted(await engine.change(writing(organisations.put(wanted))));
    assert.deepEqual([asked(), mayActFor(star.cvr, star)], [nobody, false]);
    assert.equal(await change.durable, undefined);
    assert.deepEqual([asked(), mayActFor(star.cvr, star)], [[star, star, star], true]);
    const list = organisations.current(engine);
    await save(aCitizen());
    assert.equal(organisations.current(engine), list);
    await written(engine, organisations.put({ organisations: [], relations: [] }));
    assert.deepEqual([asked(), mayActFor(star.cvr, star)], [nobody, false]);
    assert.deepEqual(list, wanted);
  });

  it('has each organisation and relation once, the last that was given, in order', async () => {
    const [star, kommune] = [1, 7].map((type) => ({ type, code: '101', name: 'first', cvr: '90000016' }));
    assert.ok(star && kommune);
    const relations = [star, kommune].map(({ cvr, type, code }) => ({ cvr, type, code }));
    await written(
      engine,
      organisations.put({
        organisations: [kommune, star, { ...kommune, name: 'last' }],
        relations: [...relations, ...relations].reverse(),
      }),
    );
    assert.deepEqual(organisations.current(engine), {
      organisations: [star, { ...kommune, name: 'last' }],
      relations,
    });
  });

  const openDenmark = () => denmark.open({ settings: resolveOptions({}), engine, now: () => NOW });
});
