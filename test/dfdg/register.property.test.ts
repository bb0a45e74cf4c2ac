// The Danish rules over whole histories, against a reference that is written in another way.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Citizen, ContactData } from '../../src/dfdg/register/citizen.ts';
import { isRefusal } from '../../src/dfdg/rule.ts';
import {
  aCitizen,
  codeOf,
  decide,
  FORMER,
  LIFETIME,
  NOW,
  type RuleName,
  stateAfter,
  usual,
} from './circumstances.ts';
import { asked, MEANING, type Model, type Step } from './reference.ts';

const row = fc
  .constantFrom(1, 2, 3)
  .chain((type) =>
    fc
      .constantFrom(...Object.keys(MEANING[type] ?? {}), undefined)
      .map((value) => ({ type, value: value as string | undefined })),
  );

const step: fc.Arbitrary<Step> = fc
  .record({
    name: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<RuleName>('save', 'sendCode') },
      { weight: 4, arbitrary: fc.constant<RuleName>('verify') },
      { weight: 1, arbitrary: fc.constantFrom<RuleName>('setStatus', 'read') },
    ),
    type: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(1, 3) },
      { weight: 2, arbitrary: fc.constantFrom(2, 7) },
    ),
    status: fc.constantFrom(1, 2, 3, 3, 4),
    rows: fc.oneof(
      { weight: 20, arbitrary: fc.array(row, { minLength: 1, maxLength: 4 }) },
      { weight: 1, arbitrary: fc.constant([{ type: 7, value: 'a@b.dk' }]) },
    ),
    whose: fc.oneof(
      { weight: 30, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.constantFrom({ cpr: FORMER }, { cpr: '3002455001' }, { cv: '10000001' }) },
    ),
    own: fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    pause: fc.constantFrom(0, 0, 0, 1, 1000, LIFETIME - 1000, LIFETIME + 1, 4 * LIFETIME),
    right: fc.boolean(),
  })
  .map(({ name, type, status, rows, whose, own, pause, right }) => ({
    name,
    own,
    pause,
    right,
    command: {
      ...whose,
      ...(name === 'save' ? { rows } : { type }),
      ...(name === 'setStatus' ? { status } : {}),
    },
  }));

const meaningOf = ({ type, value }: ContactData): string | undefined => MEANING[type]?.[value];

const start = fc.record({
  dead: fc.oneof({ weight: 15, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  subscribed: fc.boolean(),
});

const withoutAttempts = ({ attempts: _, ...rest }: Citizen) => rest;

const freeze = (citizen: Citizen): Citizen => {
  for (const one of [...citizen.contactData, ...citizen.attempts]) Object.freeze(one);
  Object.freeze(citizen.contactData);
  return Object.freeze(citizen);
};

describe('any history of a citizen', () => {
  it('agrees with the reference, and a refusal changes nothing but attempt counters', () => {
    fc.assert(
      fc.property(start, fc.array(step, { minLength: 1, maxLength: 40 }), ({ dead, subscribed }, steps) => {
        const subscriptions = subscribed ? ['cv'] : [];
        let citizen = freeze(aCitizen({ dead, subscriptions, formerId: FORMER }));
        const model: Model = {
          dead,
          subscribed,
          values: new Map(),
          status: new Map(),
          codes: new Map(),
          tried: [],
        };
        let now = NOW;
        for (const [number, one] of steps.entries()) {
          now += one.pause;
          const sent = model.codes.get(one.command.type ?? 0)?.code;
          const code = one.name === 'sendCode' || !one.right || !sent ? String(100_000 + number) : sent;
          const command = { ...one.command, ...(one.name === 'verify' ? { code } : {}) };
          const before = citizen;
          const verdict = decide(one.name, citizen, command, {
            ...usual,
            now,
            mayAct: () => one.own,
            newCode: () => code,
          });
          assert.equal(codeOf(verdict), asked(model, one, now, code), `${number} ${one.name}`);
          citizen = freeze(stateAfter(verdict, before));
          if (isRefusal(verdict.result)) {
            assert.deepEqual(withoutAttempts(citizen), withoutAttempts(before));
            assert.equal(verdict.next?.outgoing, undefined);
          }
          const { contactData, attempts, ...rest } = citizen;
          const { contactData: _, attempts: __, ...was } = before;
          assert.deepEqual(rest, was);
          for (const { wrong, sent: codes } of attempts) assert.ok(wrong.length <= 5 && codes.length <= 5);
          assert.deepEqual(
            new Map(contactData.map((data) => [data.type, meaningOf(data)])),
            new Map([...model.values].sort()),
          );
          assert.deepEqual(
            new Map(contactData.map(({ type, status }) => [type, status])),
            new Map([...model.status].sort()),
          );
          for (const { type, pending } of contactData) {
            const waiting = model.codes.get(type);
            assert.equal(pending?.code, waiting?.code);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
