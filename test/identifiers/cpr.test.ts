// CPR numbers: the documented pattern and the calendar decide, modulus 11 never does.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCpr } from '../../src/identifiers/cpr.ts';

/** The pattern letter for letter as documented; the check's own may be written otherwise. */
const DOCUMENTED =
  /^(?:((((0[1-9]|1[0-9]|2[0-9]|3[0-1])(01|03|05|07|08|10|12))|((0[1-9]|1[0-9]|2[0-9]|30)(04|06|09|11))|((0[1-9]|1[0-9]|2[0-9])(02)))[0-9]{6})|0000000000)$/;

/** By digit 7: the first year that it can mean, and the last two-digit year before the older century. */
const CENTURIES: readonly (readonly [young: number, last: number, old: number])[] = [
  [1900, 99, 1900],
  [1900, 99, 1900],
  [1900, 99, 1900],
  [1900, 99, 1900],
  [2000, 36, 1900],
  [2000, 57, 1800],
  [2000, 57, 1800],
  [2000, 57, 1800],
  [2000, 57, 1800],
  [2000, 36, 1900],
];

const bornIn = (cpr: string): number => {
  const short = Number(cpr.slice(4, 6));
  const [young, last, old] = CENTURIES[Number(cpr[6])] ?? [0, 0, 0];
  return short <= last ? young + short : old + short;
};

/** The Gregorian calendar by its own rules, without Date. */
const daysIn = (month: number, year: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

const reference = (text: string): boolean => {
  if (!DOCUMENTED.test(text)) return false;
  if (text === '0000000000') return true;
  return Number(text.slice(0, 2)) <= daysIn(Number(text.slice(2, 4)), bornIn(text));
};

const digits = (length: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: 10 ** length - 1 }).map((number) => String(number).padStart(length, '0'));

/** Numbers near what is valid: a day and a month, some of them impossible. */
const nearly = fc
  .tuple(fc.integer({ min: 0, max: 33 }), fc.integer({ min: 0, max: 14 }), digits(6))
  .map(([day, month, rest]) => `${String(day).padStart(2, '0')}${String(month).padStart(2, '0')}${rest}`);

const leapDays = digits(6).map((rest) => `2902${rest}`);

describe('a CPR number', () => {
  it('is valid exactly when pattern and calendar say so', () => {
    const agrees = (text: string): void =>
      assert.equal(checkCpr(text) === undefined, reference(text), `${text}: ${checkCpr(text)}`);
    fc.assert(fc.property(fc.oneof(nearly, leapDays, digits(10)), agrees), { numRuns: 5000 });
    fc.assert(fc.property(fc.string({ maxLength: 12 }), agrees));
  });

  it('has the century that its seventh digit says, which leap days of 00 and of 36 and 60 show', () => {
    const valid = [
      '2902002',
      '2902004',
      '2902009',
      '2902005',
      '2902008',
      '2902600',
      '2902364',
      '2902369',
      '2902565',
    ];
    // 1900 was no leap year and 2000 was one.
    assert.deepEqual(
      valid.map((start) => checkCpr(`${start}123`) === undefined),
      [false, true, true, true, true, true, true, true, true],
    );
  });

  it('of a digit 5 to 8 is of 1858 to 2057, and 58 is the border', () => {
    // 1896, 1904, 2004: leap years but 1900; 57 and 58 are none in either century.
    assert.equal(checkCpr('2902965123'), undefined);
    assert.equal(checkCpr('2902045123'), undefined);
    assert.match(checkCpr('2902575123') ?? '', /2057/);
    assert.match(checkCpr('2902585123') ?? '', /1858/);
    assert.match(checkCpr('2902374123') ?? '', /1937/);
    assert.match(checkCpr('2902354123') ?? '', /2035/);
  });

  it('of ten zeros fits the pattern', () => assert.equal(checkCpr('0000000000'), undefined));

  it('is never refused for modulus 11: all ten last digits are good', () => {
    for (const last of '0123456789') assert.equal(checkCpr(`140345589${last}`), undefined);
    fc.assert(
      fc.property(nearly, (text) => {
        const verdicts = [...'0123456789'].map((last) => checkCpr(text.slice(0, 9) + last) === undefined);
        assert.equal(new Set(text === '0000000000' ? [] : verdicts).size <= 1 || /^0{9}/.test(text), true);
      }),
    );
  });

  it('of another length, with a hyphen, white space or letters is refused, and not repeated in the reason', () => {
    for (const text of [
      '',
      '140345589',
      '14034558966',
      '140345-5896',
      ' 1403455896',
      '1403455896\n',
      '14034558A6',
      '١٤٠٣٤٥٥٨٩٦',
    ]) {
      const reason = checkCpr(text);
      assert.ok(reason, JSON.stringify(text));
      if (text !== '') assert.ok(!reason.includes(text));
    }
  });

  it('is refused for a day its month cannot have, and for one that its year did not have', () => {
    for (const text of ['3002455001', '3104455001', '0013455001', '1413455001', '0001455001', '2902455001'])
      assert.ok(checkCpr(text), text);
    assert.equal(checkCpr('2902486219'), undefined);
  });
});
