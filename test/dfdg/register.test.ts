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
  NOW,
  PHONE,
  stateAfter,
} from './circumstances.ts';

const full = aCitizen({ contactData: [PHONE, LINE, MAIL] });
const pending = { code: CODE, expires: NOW + LIFETIME, attempts: 0 };
const waiting = aCitizen({ contactData: [{ ...MAIL, pending }] });

describe('saving contact data', () => {
  it('registers all three kinds at once, not verified, ordered by type', () => {
    const rows = [MAIL, LINE, PHONE].map(({ type, value }) => ({ type, value }));
    assert.deepEqual(decide('save', aCitizen(), { rows }).next?.contactData, [PHONE, LINE, MAIL]);
  });

  it('removes what comes without a value, and nothing else', () => {
    const verdict = decide('save', full, { rows: [{ type: 1, value: undefined }] });
    assert.deepEqual(stateAfter(verdict, full).contactData, [LINE, MAIL]);
    assert.deepEqual(decide('save', aCitizen(), { rows: [{ type: 3, value: undefined }] }), { result: {} });
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
      { type: 3, value: 'Alma.Alt@EXAMPLE.dk' },
    ])
      assert.deepEqual(decide('save', verified, { rows: [row] }), { result: {} });
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

describe('a verification code', () => {
  it('is sent to the mobile number or the e-mail address, and kept with its expiry', () => {
    for (const [data, channel] of [
      [PHONE, 'sms'],
      [MAIL, 'email'],
    ] as const) {
      const verdict = decide('sendCode', full, { type: data.type });
      assert.deepEqual(done(verdict), { code: CODE });
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
    assert.deepEqual(done(verdict), { status: 2 });
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

  it('takes five wrong attempts, then not even the right one, until a new code is sent', () => {
    let citizen = waiting;
    const attempt = (code: string): string => {
      const verdict = decide('verify', citizen, { type: 3, code });
      citizen = stateAfter(verdict, citizen);
      return codeOf(verdict);
    };
    assert.deepEqual(['000000', '', '12345', '1234567', '１２３４５６'].map(attempt), [
      '9241',
      '9241',
      '9241',
      '9241',
      '9241',
    ]);
    assert.deepEqual([CODE, CODE].map(attempt), ['9244', '9244']);
    citizen = stateAfter(decide('sendCode', citizen, { type: 3 }, { newCode: () => '777777' }), citizen);
    assert.deepEqual([CODE, '777777'].map(attempt), ['9241', 'OK']);
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

  it('that nobody asked for is a wrong one, and nothing is counted', () => {
    const verdict = decide('verify', full, { type: 3, code: CODE });
    assert.equal(codeOf(verdict), '9241');
    assert.equal(verdict.next, undefined);
  });

  it('may be asked for invalid data too: only verified data needs none', () => {
    const invalid = aCitizen({ contactData: [{ ...MAIL, status: 3 }] });
    assert.equal(codeOf(decide('sendCode', invalid, { type: 3 })), 'OK');
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
