// Person numbers: what is accepted, what is hidden, what is made.

import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import {
  checkPersonidentifikator,
  maskPerson,
  syntheticPersonidentifikator,
} from '../../src/identifiers/personidentifikator.ts';

const birth = fc
  .date({ min: new Date('1900-01-01'), max: new Date('1999-12-31'), noInvalidDate: true })
  .map((date) => ({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }));
const individual = fc.integer({ min: 0, max: 499 });
const kind = fc.constantFrom('fnr' as const, 'dnr' as const);

const made = (): string => {
  const number = syntheticPersonidentifikator({ year: 1984, month: 3, day: 7 }, 101);
  assert.ok(number);
  return number;
};

describe('a personidentifikator', () => {
  it('is valid with month + 80, with month + 40 and as a D-number', () => {
    for (const number of ['17912099997', '29822099635', '13527248013'])
      assert.equal(checkPersonidentifikator(number), undefined, number);
    assert.match(made(), /^078384101\d\d$/);
    assert.match(
      syntheticPersonidentifikator({ year: 1984, month: 3, day: 7 }, 102, 'dnr') ?? '',
      /^478384102\d\d$/,
    );
  });

  it('is valid under the rule of 2032, where the first control digit may leave a remainder', () => {
    const accepted = Array.from(
      { length: 100 },
      (_, control) => `018101001${String(control).padStart(2, '0')}`,
    ).filter((number) => checkPersonidentifikator(number) === undefined);
    assert.ok(accepted.length > 1 && accepted.length <= 4, accepted.join(' '));
  });

  it('is refused with the rule that failed, and without the number', () => {
    const wrongControl = made().slice(0, 10) + ((Number(made().at(-1)) + 1) % 10);
    const reasons = [
      ['1234567890', /11 digits/],
      ['123456789012', /11 digits/],
      ['', /11 digits/],
      [`${made()}\n`, /11 digits/],
      ['１２３４５６７８９０１', /11 digits/],
      ['32018400123', /not a date/],
      ['00000000000', /not a date/],
      [wrongControl, /control digits/],
    ] as const;
    for (const [number, reason] of reasons) {
      const told = checkPersonidentifikator(number) ?? 'valid';
      assert.match(told, reason, number);
      if (number) assert.ok(!told.includes(number));
    }
  });

  it('when made is valid, and differs from every real number by its month', () => {
    fc.assert(
      fc.property(birth, individual, kind, (born, digits, which) => {
        const number = syntheticPersonidentifikator(born, digits, which);
        if (number === undefined) return;
        assert.equal(checkPersonidentifikator(number), undefined);
        assert.ok(Number(number.slice(2, 4)) > 80);
        assert.equal(Number(number.slice(0, 2)) > 40, which === 'dnr');
      }),
    );
  });

  it('when made is the number that others publish as an example for that birth', () => {
    const published = [
      [2020, 11, 17, 999, '17912099997'],
      [2020, 2, 29, 996, '29822099635'],
      [2003, 4, 5, 998, '05840399895'],
      [1994, 2, 12, 999, '12829499914'],
    ] as const;
    for (const [year, month, day, digits, number] of published)
      assert.equal(syntheticPersonidentifikator({ year, month, day }, digits), number);
  });

  it('cannot be made for every individual number', () => {
    const numbers = Array.from({ length: 500 }, (_, digits) =>
      syntheticPersonidentifikator({ year: 1950, month: 1, day: 1 }, digits),
    );
    const missing = numbers.filter((number) => number === undefined).length;
    assert.ok(missing > 50 && missing < 120, `${missing} of 500`);
  });

  it('is not made from a birth that is no date or an individual number out of range', () => {
    assert.throws(() => syntheticPersonidentifikator({ year: 1985, month: 2, day: 29 }, 1), RangeError);
    assert.throws(() => syntheticPersonidentifikator({ year: 1985, month: 1, day: 1 }, 1000), RangeError);
    assert.throws(() => syntheticPersonidentifikator({ year: 1985, month: 1, day: 1 }, 1.5), RangeError);
  });
});

describe('masking', () => {
  it('keeps the birth date of each number that stands alone', () => {
    assert.equal(maskPerson('07838410123'), '078384*****');
    assert.equal(maskPerson('0101504321'), '010150****');
    assert.equal(maskPerson('<p>07838410123</p>,0101504321.'), '<p>078384*****</p>,010150****.');
    assert.equal(maskPerson('07838410123 07838410123'), '078384***** 078384*****');
  });

  it('knows them in the forms that people write', () => {
    assert.equal(maskPerson('"010150-4321"'), '"010150-****"');
    assert.equal(maskPerson('078384 10123'), '078384 *****');
  });

  it('leaves digits alone that are part of something longer or shorter', () => {
    const untouched = [
      '984661185',
      '123456789012',
      'x07838410123',
      '07838410123x',
      'å07838410123',
      'MIIC07838410123AQ',
      '1700000000000',
      '',
    ];
    for (const text of untouched) assert.equal(maskPerson(text), text);
  });

  it('leaves no lone number of 10 or 11 digits in any text', () => {
    const text = fc.array(fc.constantFrom('07838410123', '0101504321', '1', ' ', 'a', '<', 'ø', '٣'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (parts) => {
        const masked = maskPerson(parts.join(''));
        assert.equal(masked.length, parts.join('').length);
        assert.doesNotMatch(masked, /(?<![\p{L}\p{Nd}])\d{10,11}(?![\p{L}\p{Nd}])/u);
      }),
    );
  });

  it('comes to an end in texts that would keep a search busy for hours that begins again at every character', () => {
    for (const unit of ['1', '12345678901 ', '123456 ', '1234567890a']) {
      const text = unit.repeat(Math.ceil(4_000_000 / unit.length));
      const masked = runInNewContext('mask(text)', { mask: maskPerson, text }, { timeout: 60_000 });
      assert.equal(masked.length, text.length);
    }
  }).timeout(300_000);
});
