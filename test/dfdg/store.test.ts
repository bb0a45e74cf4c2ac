// Citizens in SQLite, and what is kept beside them: messages sent, calls made, request ids used.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Citizen, CodeAttempts, ContactData, OutgoingMessage } from '../../src/dfdg/register/citizen.ts';
import { openDanishRegister } from '../../src/dfdg/register/seed.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { newDirectory } from '../directories.ts';
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

describe('the Danish register in SQLite', () => {
  let opened: OpenStore;
  let register: ReturnType<typeof openDanishRegister>;
  let now = NOW;

  const open = (directory?: string): void => {
    opened = openStore(directory, 'crash');
    register = openDanishRegister(opened.database, () => now);
  };
  const save = (citizen: Citizen): void => register.store.save({ cpr: citizen.id }, citizen);
  const change = (next: Citizen): void => {
    register.store.change({ cpr: next.id }, () => ({ result: 1, next }));
  };
  beforeEach(() => {
    now = NOW;
    open();
  });
  afterEach(() => opened.close());

  it('gives back any citizen as it was saved, over an earlier state too, by either way of saving', () => {
    fc.assert(
      fc.property(fc.array(anyCitizen, { minLength: 1, maxLength: 4 }), fc.boolean(), (states, whole) => {
        for (const state of states) (whole ? save : change)(state);
        assert.deepEqual(register.store.load({ cpr: CPR }), states.at(-1));
      }),
      { numRuns: 300 },
    );
    assert.equal(register.store.count(), 1);
  });

  it('gives citizens back after it was closed and opened again', () => {
    const directory = newDirectory();
    fc.assert(
      fc.property(anyCitizen, (citizen) => {
        opened.close();
        open(directory);
        save(citizen);
        opened.close();
        open(directory);
        assert.deepEqual(register.store.load({ cpr: CPR }), citizen);
      }),
      { numRuns: 15 },
    );
  });

  it('stores a change that replaces only one part of a citizen', () => {
    save(aCitizen({ contactData: [PHONE, MAIL] }));
    const step = (alter: (citizen: Citizen) => Citizen): void => {
      let expected: Citizen | undefined;
      register.store.change({ cpr: CPR }, (citizen) => {
        assert.ok(citizen);
        expected = alter(citizen);
        return { result: 1, next: expected };
      });
      assert.deepEqual(register.store.load({ cpr: CPR }), expected);
    };
    step((citizen) => ({ ...citizen, contactData: citizen.contactData.slice(1) }));
    step((citizen) => ({ ...citizen, dead: true }));
    step((citizen) => ({ ...citizen, subscriptions: ['cv'] }));
    step((citizen) => ({
      ...citizen,
      contactData: [...citizen.contactData.map((one) => ({ ...one, status: 2 as const }))],
    }));
  });

  it('finds a citizen by current number, former number and CV number', () => {
    const citizen = aCitizen({ formerId: FORMER });
    save(citizen);
    for (const target of [{ cpr: CPR }, { cpr: FORMER }, { cv: '10000001' }])
      assert.deepEqual(register.store.load(target), citizen);
    for (const target of [{ cpr: OTHER }, { cv: '1' }, { cv: CPR }, {}])
      assert.equal(register.store.load(target), undefined);
  });

  it('gives who has a number now before who had it once', () => {
    save(aCitizen({ id: FORMER, formerId: OTHER, cvCustomerIdentifier: '2' }));
    save(aCitizen({ id: OTHER, cvCustomerIdentifier: '3' }));
    assert.equal(register.store.load({ cpr: OTHER })?.id, OTHER);
  });

  it('finds by the normal form of number and address, everybody who has it', () => {
    save(aCitizen({ contactData: [PHONE, MAIL] }));
    const same = [
      { ...PHONE, value: '+4534412304' },
      { ...MAIL, value: 'ALMA.ALT@example.dk' },
    ];
    save(aCitizen({ id: OTHER, cvCustomerIdentifier: '2', contactData: same }));
    const ids = (type: 1 | 2 | 3, value: string) => register.store.find(type, value).map(({ id }) => id);
    assert.deepEqual(ids(1, '+4534412304'), [CPR, OTHER]);
    assert.deepEqual(ids(3, 'alma.alt@example.dk'), [CPR, OTHER]);
    assert.deepEqual(ids(2, '+4534412304'), []);
    assert.deepEqual(ids(1, '34412304'), []);
  });

  it('keeps messages newest first and unchanged, whatever becomes of the citizen', () => {
    const message = (code: string): OutgoingMessage => ({
      channel: 'email',
      address: MAIL.value,
      kind: 'verification',
      code,
      text: `code ${code}`,
    });
    change(aCitizen({ contactData: [MAIL], outgoing: [message('1')] }));
    now += HOUR;
    change(aCitizen({ contactData: [MAIL], outgoing: [message('2'), message('3')] }));
    const outbox = (part = {}) => register.logs.outbox({ limit: 10, ...part });
    const rows = outbox();
    assert.deepEqual(
      rows.map(({ code }) => code),
      ['3', '2', '1'],
    );
    const { kind, channel, address, text } = message('1');
    const oldest = {
      id: rows[2]?.id,
      at: new Date(NOW).toISOString(),
      citizen: CPR,
      kind,
      channel,
      address,
      code: '1',
      text,
    };
    assert.deepEqual(rows[2], oldest);
    change(aCitizen());
    register.store.remove(CPR);
    assert.deepEqual(outbox(), rows);
    assert.deepEqual(outbox({ after: rows[1]?.id }), [rows[0]]);
    assert.deepEqual(outbox({ before: rows[1]?.id }), [rows[2]]);
    assert.deepEqual(outbox({ limit: 2 }), rows.slice(0, 2));
  });

  it('admits a request id once for each certificate, and again after a day', () => {
    const { logs } = register;
    assert.deepEqual([logs.admitRequest('a', '1'), logs.admitRequest('a', '1')], [true, false]);
    assert.deepEqual([logs.admitRequest('b', '1'), logs.admitRequest('a', '2')], [true, true]);
    now += 24 * HOUR - 1;
    assert.equal(logs.admitRequest('a', '1'), false);
    now += 2;
    assert.equal(logs.admitRequest('a', '1'), true);
  });
});
