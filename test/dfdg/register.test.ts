// The Danish rules one by one: what is saved, removed, sent and verified, and what is refused.

import assert from 'node:assert/strict';
import { isRefusal } from '../../src/dfdg/rule.ts';
import {
  aCitizen,
  CODE,
  codeOf,
  dataOf,
  decide,
  done,
  LIFETIME,
  LINE,
  MAIL,
  MINUTE,
  NOW,
  PHONE,
  stateAfter,
} from './circumstances.ts';

const full = aCitizen({ contactData: [PHONE, LINE, MAIL] });
const pending = { code: CODE, expires: NOW + LIFETIME };
const waiting = aCitizen({ contactData: [{ ...MAIL, pending }] });

describe('saving contact data', () => {
  it('registers all three kinds at once, not verified, ordered by type', () => {
    const rows = [MAIL, LINE, PHONE].map(({ type, value }) => ({ type, value }));
    assert.deepEqual(decide('save', aCitizen(), { rows }).next?.contactData, [PHONE, LINE, MAIL]);
  });

  it('removes what comes without a value, and nothing else', () => {
    const verdict = decide('save', full, { rows: [{ type: 1, value: undefined }] });
    assert.deepEqual(stateAfter(verdict, full).contactData, [LINE, MAIL]);
    assert.deepEqual(decide('save', aCitizen(), { rows: [{ type: 3, value: undefined }] }), {
      result: { answer: undefined },
    });
  });

  it('refuses an invalid value with the code of its type', () => {
    for (const [type, code] of [
      [1, '9156'],
      [2, '9157'],
      [3, '9158'],
    ] as const)
      for (const value of ['12', 'not one', ' ', 'a b@c'])
        assert.equal(codeOf(decide('save', aCitizen(), { rows: [{ type, value }] })), code);
  });

  it('refuses a type that is in no code list', () => {
    for (const type of [0, 4, -1, 1.5, Number.NaN, 100000000])
      assert.equal(codeOf(decide('save', full, { rows: [{ type, value: 'a@b' }] })), '9153');
  });

  it('keeps nothing of a request with one bad row, wherever it stands', () => {
    const good = [
      { type: 1, value: '34412399' },
      { type: 3, value: undefined },
    ];
    const bad = { type: 2, value: '1' };
    for (const rows of [[bad, ...good], [...good, bad], [good, bad, good].flat()]) {
      const verdict = decide('save', full, { rows });
      assert.equal(codeOf(verdict), '9157');
      assert.equal(verdict.next, undefined);
    }
  });

  it('changes nothing for the same value, in whichever spelling', () => {
    const verified = aCitizen({
      contactData: [
        { ...PHONE, status: 2 },
        { ...MAIL, pending },
      ],
    });
    for (const row of [
      { type: 1, value: '34412304' },
      { type: 1, value: '+4534412304' },
      { type: 1, value: '004534412304' },
      { type: 1, value: '4534412304' },
      { type: 3, value: 'Alma.Alt@EXAMPLE.dk' },
    ])
      assert.deepEqual(decide('save', verified, { rows: [row] }), { result: { answer: undefined } });
  });

  it('makes a changed value unverified, and its pending code dies', () => {
    for (const status of [1, 2, 3] as const) {
      const before = aCitizen({ contactData: [{ ...MAIL, status, pending }] });
      const next = stateAfter(
        decide('save', before, { rows: [{ type: 3, value: 'new@example.dk' }] }),
        before,
      );
      assert.deepEqual(next.contactData, [{ type: 3, value: 'new@example.dk', status: 1 }]);
      assert.equal(codeOf(decide('verify', next, { type: 3, code: CODE })), '9241');
    }
  });

  it('does not remove an e-mail address while a subscription exists, but replaces it', () => {
    const subscribed = { ...full, subscriptions: ['interview'] };
    const remove = (type: number) => decide('save', subscribed, { rows: [{ type, value: undefined }] });
    assert.equal(codeOf(remove(3)), '9155');
    assert.equal(codeOf(decide('save', subscribed, { rows: [{ type: 3, value: 'new@example.dk' }] })), 'OK');
    const without = aCitizen({ subscriptions: ['cv'] });
    assert.equal(codeOf(decide('save', without, { rows: [{ type: 3, value: undefined }] })), 'OK');
  });
});

describe('several rows of one type in a save', () => {
  const rows = (...values: readonly (readonly [number, string | undefined])[]) => ({
    rows: values.map(([type, value]) => ({ type, value })),
  });

  it('count as their last one, with a warning that names the type', () => {
    const verdict = decide('save', full, rows([3, 'one@example.dk'], [1, '20123456'], [3, 'two@example.dk']));
    assert.deepEqual(
      stateAfter(verdict, full).contactData.map(({ value }) => value),
      ['20123456', LINE.value, 'two@example.dk'],
    );
    const { warnings = [] } = done(verdict);
    assert.deepEqual(
      warnings.map(({ problem, explanation: { basis, found } }) => [problem, basis, found]),
      [['dfdg.repeated-type', 'assumed', 'type 3 in 2 rows']],
    );
  });

  it('leave no trace of the others: what was there and comes last is unchanged, and its code lives', () => {
    const before = aCitizen({ contactData: [{ ...MAIL, status: 3, pending }], subscriptions: ['cv'] });
    for (const first of ['other@example.dk', undefined])
      assert.equal(decide('save', before, rows([3, first], [3, MAIL.value])).next, undefined);
    const removed = decide('save', full, rows([3, 'other@example.dk'], [3, undefined]));
    assert.deepEqual(stateAfter(removed, full).contactData, [PHONE, LINE]);
  });

  it('must be valid all the same', () => {
    for (const values of [
      ['12', '20123456'],
      ['20123456', '12'],
    ] as const)
      assert.equal(codeOf(decide('save', full, rows([1, values[0]], [1, values[1]]))), '9156');
  });

  it('are no matter where each type comes once', () => {
    assert.equal(done(decide('save', full, rows([1, '20123456'], [3, undefined]))).warnings, undefined);
  });
});

describe('a verification code', () => {
  it('is sent to the mobile number or the e-mail address, and kept with its expiry', () => {
    for (const [data, channel] of [
      [PHONE, 'sms'],
      [MAIL, 'email'],
    ] as const) {
      const verdict = decide('sendCode', full, { type: data.type });
      assert.deepEqual(done(verdict), { answer: CODE });
      const [message, ...more] = verdict.next?.outgoing ?? [];
      assert.equal(more.length, 0);
      assert.deepEqual(
        { ...message, text: message?.text.includes(CODE) },
        { channel, address: data.value, kind: 'verification', code: CODE, text: true },
      );
      assert.deepEqual(dataOf(stateAfter(verdict, full), data.type), { ...data, pending });
    }
  });

  it('verifies once', () => {
    const verdict = decide('verify', waiting, { type: 3, code: CODE });
    assert.deepEqual(done(verdict), { answer: 2 });
    const next = stateAfter(verdict, waiting);
    assert.deepEqual(next.contactData, [{ ...MAIL, status: 2 }]);
    assert.equal(codeOf(decide('verify', next, { type: 3, code: CODE })), '9247');
    const again = stateAfter(decide('setStatus', next, { type: 3, status: 1 }), next);
    assert.equal(codeOf(decide('verify', again, { type: 3, code: CODE })), '9241');
  });

  it('lives for its lifetime and no longer', () => {
    const at = (now: number): string => codeOf(decide('verify', waiting, { type: 3, code: CODE }, { now }));
    assert.equal(at(NOW + LIFETIME - 1), 'OK');
    assert.equal(at(NOW + LIFETIME + 1), '9243');
  });

  it('is replaced by the second one', () => {
    const next = stateAfter(decide('sendCode', waiting, { type: 3 }, { newCode: () => '777777' }), waiting);
    assert.equal(codeOf(decide('verify', next, { type: 3, code: CODE })), '9241');
    assert.equal(codeOf(decide('verify', next, { type: 3, code: '777777' })), 'OK');
  });

  it('of one kind does not verify the other', () => {
    const both = aCitizen({ contactData: [PHONE, { ...MAIL, pending }] });
    assert.equal(codeOf(decide('verify', both, { type: 1, code: CODE })), '9241');
  });

  it('that nobody asked for is a wrong one', () => {
    assert.equal(codeOf(decide('verify', full, { type: 3, code: CODE })), '9241');
  });

  it('may be asked for invalid data too: only verified data needs none', () => {
    const invalid = aCitizen({ contactData: [{ ...MAIL, status: 3 }] });
    assert.equal(codeOf(decide('sendCode', invalid, { type: 3 })), 'OK');
  });
});

describe('attempts at codes', () => {
  /** A citizen whose history goes on with each call; the clock is moved by hand. */
  const history = () => {
    let citizen = waiting;
    const ask = (...[name, , command, circumstances]: Parameters<typeof decide>): string => {
      const verdict = decide(name, citizen, command, circumstances);
      citizen = stateAfter(verdict, citizen);
      return codeOf(verdict);
    };
    return {
      guess: (code: string, now = NOW, type = 3) => ask('verify', undefined, { type, code }, { now }),
      send: (now = NOW, type = 3) => ask('sendCode', undefined, { type }, { now }),
      save: (value: string, type = 3) => ask('save', undefined, { rows: [{ type, value }] }),
    };
  };
  const five = <T>(make: (place: number) => T): T[] => Array.from({ length: 5 }, (_, place) => make(place));
  const WRONG = ['9241', '9241', '9241', '9241', '9241'];
  const SENT = ['OK', 'OK', 'OK', 'OK', 'OK'];

  it('end with the fifth wrong one, after which not even the right one is heard', () => {
    const { guess } = history();
    const wrong = ['000000', '', '12345', '1234567', '１２３４５６'];
    assert.deepEqual(
      wrong.map((code) => guess(code)),
      WRONG,
    );
    assert.deepEqual([guess(CODE), guess('0')], ['9244', '9244']);
  });

  it('are not given back by a new code, nor by another value, nor by a code that nobody asked for', () => {
    const { guess, send, save } = history();
    assert.deepEqual(
      [guess('0'), send(), guess('0'), save('new@example.dk'), guess('0')],
      ['9241', 'OK', '9241', 'OK', '9241'],
    );
    assert.deepEqual([guess('0'), guess('0'), send(), guess(CODE)], ['9241', '9241', 'OK', '9244']);
  });

  it('count for 15 minutes each, by the clock', () => {
    const { guess, send } = history();
    assert.deepEqual(
      five((place) => guess('0', NOW + place * MINUTE)),
      WRONG,
    );
    assert.equal(guess('0', NOW + 15 * MINUTE - 1), '9244');
    assert.equal(send(NOW + 15 * MINUTE), 'OK');
    assert.deepEqual([guess('0', NOW + 15 * MINUTE), guess(CODE, NOW + 15 * MINUTE)], ['9241', '9244']);
    assert.equal(guess(CODE, NOW + 16 * MINUTE), 'OK');
  });

  it('are counted for each type by itself', () => {
    const { guess, save } = history();
    assert.equal(save(PHONE.value, 1), 'OK');
    assert.deepEqual(
      five(() => guess('0')),
      WRONG,
    );
    assert.deepEqual([guess('0', NOW, 1), guess(CODE)], ['9241', '9244']);
  });

  it('are five codes sent in an hour too, and the sixth is refused and not sent', () => {
    const { send, save } = history();
    assert.deepEqual(
      five((place) => send(NOW + place * MINUTE)),
      SENT,
    );
    assert.equal(save('new@example.dk'), 'OK');
    assert.equal(send(NOW + 60 * MINUTE - 1), '9244');
    assert.deepEqual([send(NOW + 60 * MINUTE), send(NOW + 60 * MINUTE)], ['OK', '9244']);
  });

  it('are refused with the time from which the next one is heard', () => {
    const { result, next } = decide(
      'verify',
      aCitizen({
        contactData: [MAIL],
        attempts: [{ type: 3, wrong: five((place) => NOW - place), sent: [] }],
      }),
      { type: 3, code: CODE },
    );
    assert.ok(isRefusal(result));
    assert.equal(next, undefined);
    assert.equal(result.explanation.basis, 'assumed');
    assert.match(result.explanation.remedy, /2026-03-31T12:15:00\.000Z/);
  });

  it('that the clock was set back behind do not count', () => {
    const { guess, send } = history();
    assert.deepEqual(
      five(() => guess('0', NOW + 1)),
      WRONG,
    );
    assert.deepEqual([guess('0', NOW + 1), send(), guess(CODE)], ['9244', 'OK', 'OK']);
  });
});

describe('the status of contact data', () => {
  it('is set to any value of the code list, and ends a pending code', () => {
    for (const status of [1, 2, 3]) {
      const next = stateAfter(decide('setStatus', waiting, { type: 3, status }), waiting);
      assert.deepEqual(next.contactData, [{ ...MAIL, status }]);
    }
    for (const status of [0, 4, Number.NaN])
      assert.equal(codeOf(decide('setStatus', waiting, { type: 3, status })), '2002');
    assert.equal(codeOf(decide('setStatus', waiting, { type: 1, status: 2 })), '9159');
  });
});

describe('every refusal of the rules', () => {
  it('explains check, expectation, finding, remedy and rule, and says what is assumed', () => {
    const { result } = decide('verify', waiting, { type: 3, code: '0' });
    assert.ok(isRefusal(result));
    const { check, expected, found, remedy, rule, basis } = result.explanation;
    for (const text of [check, expected, found, remedy, rule]) assert.ok(text.length > 0);
    assert.equal(basis, 'assumed');
    assert.ok(!JSON.stringify(result).includes(CODE));
  });
});
