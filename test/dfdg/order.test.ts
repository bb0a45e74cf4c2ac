// The order of the checks: a request that is wrong in two ways gets the earlier code.

import assert from 'node:assert/strict';
import type { Citizen, CodeAttempts } from '../../src/dfdg/register/citizen.ts';
import {
  aCitizen,
  CODE,
  CPR,
  codeOf,
  decide,
  FORMER,
  LINE,
  MAIL,
  NOW,
  type RuleName,
  type Saying,
} from './circumstances.ts';

interface Question {
  readonly citizen: Citizen | undefined;
  readonly command: Saying;
  readonly own: boolean;
  readonly self: boolean;
}
type Spoil = (question: Question) => Question;

const withCitizen =
  (change: (citizen: Citizen) => Citizen): Spoil =>
  (question) => ({ ...question, citizen: question.citizen && change(question.citizen) });
const withCommand =
  (change: Saying): Spoil =>
  (question) => ({ ...question, command: { ...question.command, ...change } });
const withMail = (change: Partial<typeof MAIL>): Spoil =>
  withCitizen((citizen) => ({
    ...citizen,
    contactData: citizen.contactData.map((one) => (one.type === 3 ? { ...one, ...change } : one)),
  }));

const unknown: Spoil = (question) => ({ ...question, citizen: undefined });
const notSelf: Spoil = (question) => ({ ...question, self: false });
const foreign: Spoil = (question) => ({ ...question, own: false });

const shared: readonly (readonly [string, Spoil])[] = [
  ['1001', withCommand({ cpr: '3002455001' })],
  ['1010', unknown],
  ['4575', foreign],
  ['4575', notSelf],
  ['4405', withCitizen((citizen) => ({ ...citizen, dead: true }))],
  ['9460', withCommand({ cpr: FORMER })],
];
const badType = ['9153', withCommand({ type: 9 })] as const;
const registered: readonly (readonly [string, Spoil])[] = [
  ['9159', withCitizen((citizen) => ({ ...citizen, contactData: [] }))],
  ['9240', withCommand({ type: 2 })],
  [
    '9242',
    withCitizen((citizen) => ({
      ...citizen,
      contactData: citizen.contactData.filter(({ type }) => type !== 3),
    })),
  ],
  ['9247', withMail({ status: 2 })],
];
const pending = { code: CODE, expires: NOW + 1 };
const spoilPending = (change: Partial<typeof pending>): Spoil =>
  withCitizen((citizen) => ({
    ...citizen,
    contactData: citizen.contactData.map((one) =>
      one.pending ? { ...one, pending: { ...one.pending, ...change } } : one,
    ),
  }));

const withAttempts = (change: Partial<CodeAttempts>): Spoil =>
  withCitizen((citizen) => ({ ...citizen, attempts: [{ type: 3, wrong: [], sent: [], ...change }] }));

const checks: Readonly<Record<Exclude<RuleName, 'read'>, readonly (readonly [string, Spoil])[]>> = {
  save: [
    ...shared,
    [
      '9153',
      ({ command, ...rest }) => ({
        ...rest,
        command: { ...command, rows: [...(command.rows ?? []), { type: 9, value: 'a@b' }] },
      }),
    ],
    [
      '9156',
      ({ command, ...rest }) => ({
        ...rest,
        command: { ...command, rows: [{ type: 1, value: '1' }, ...(command.rows ?? [])] },
      }),
    ],
  ],
  sendCode: [...shared, badType, ...registered, ['9244', withAttempts({ sent: Array(5).fill(NOW - 1) })]],
  verify: [
    ...shared,
    badType,
    ...registered,
    ['9244', withAttempts({ wrong: Array(5).fill(NOW - 1) })],
    ['9243', spoilPending({ expires: NOW - 1 })],
    ['9241', withCommand({ code: '654321' })],
  ],
  setStatus: [
    ...shared,
    badType,
    ['2002', withCommand({ status: 4 })],
    ['9159', withCitizen((citizen) => ({ ...citizen, contactData: [LINE] }))],
  ],
};

const sound = (): Question => ({
  citizen: aCitizen({ formerId: FORMER, contactData: [LINE, { ...MAIL, pending }] }),
  command: { cpr: CPR, type: 3, code: CODE, status: 2, rows: [{ type: 2, value: '32123499' }] },
  own: true,
  self: true,
});

const ask = (name: RuleName, { citizen, command, own, self }: Question): string =>
  codeOf(decide(name, citizen, command, { mayAct: () => own, isSelf: () => self }));

for (const [name, list] of Object.entries(checks) as [RuleName, (typeof checks)['save']][])
  describe(`the order of checks of ${name}`, () => {
    it('lets a sound request through', () => assert.equal(ask(name, sound()), 'OK'));

    for (const [code, spoil] of list)
      it(`refuses with ${code}`, () => assert.equal(ask(name, spoil(sound())), code));

    it('is the decided one for any two mistakes', () => {
      const wrong: string[] = [];
      for (const [index, [earlier, first]] of list.entries())
        for (const [later, second] of list.slice(index + 1)) {
          const code = ask(name, first(second(sound())));
          if (code !== earlier) wrong.push(`${earlier} and ${later}: ${code}`);
        }
      assert.deepEqual(wrong, []);
    });
  });

describe('the order of checks of read', () => {
  it('is 1001, 1010, 4575; dead people and former numbers are read', () => {
    const citizen = aCitizen({ formerId: FORMER, dead: true, contactData: [MAIL] });
    const whose = { mayAct: () => false };
    assert.equal(codeOf(decide('read', undefined, { cpr: '2902455001' }, whose)), '1001');
    assert.equal(codeOf(decide('read', undefined, {}, whose)), '1010');
    assert.equal(codeOf(decide('read', citizen, {}, whose)), '4575');
    assert.deepEqual(decide('read', citizen, { cpr: FORMER }), { result: { answer: [MAIL] } });
  });

  it('an unknown CV number is 4400 for every rule, ten zeros are 1010', () => {
    for (const name of ['save', 'sendCode', 'verify', 'setStatus', 'read'] as const) {
      assert.equal(codeOf(decide(name, undefined, { cv: '19999999' })), '4400');
      assert.equal(codeOf(decide(name, undefined, { cpr: '0000000000' })), '1010');
    }
  });
});
