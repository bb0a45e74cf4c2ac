// Telephone numbers and e-mail addresses: what is taken, and which spellings are the same number.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isEmail, normalEmail, normalTelephone } from '../../src/identifiers/contact.ts';

describe('a telephone number', () => {
  it('of Denmark is the same with +45, with 0045 and without', () => {
    for (const text of ['34412345', '+4534412345', '004534412345'])
      assert.equal(normalTelephone(text), '+4534412345');
    assert.equal(normalTelephone('32123456'), '+4532123456');
  });

  it('of another country is taken in international form, with + or 00', () => {
    assert.equal(normalTelephone('+46701740610'), '+46701740610');
    assert.equal(normalTelephone('0046701740610'), '+46701740610');
    assert.equal(normalTelephone('+4790000021'), '+4790000021');
    assert.equal(normalTelephone('+442071838750'), '+442071838750');
  });

  it('may be mobile or landline: Danish numbers do not tell', () => {
    for (const text of ['20123456', '30123456', '40123456', '50123456', '60123456', '71123456', '81123456'])
      assert.equal(normalTelephone(text), `+45${text}`);
  });

  it('that no numbering plan has is refused', () => {
    for (const text of [
      '',
      '12',
      '112',
      '123',
      '00000000',
      '01234567',
      '3441234',
      '344123456',
      '+453441234',
      '+45344123456',
      '+4500000000',
      '+99912345678',
      '0046',
      '+',
      '123456789012345678901',
    ])
      assert.equal(normalTelephone(text), undefined, text);
  });

  it('is written in digits only, with one + before them', () => {
    for (const text of [
      '34 41 23 45',
      '34-41-23-45',
      '(+45)34412345',
      '34412345 ',
      ' 34412345',
      '34412345\n',
      '++4534412345',
      '45+34412345',
      'tel:+4534412345',
      '34412345x1',
      '３４４１２３４５',
    ])
      assert.equal(normalTelephone(text), undefined, JSON.stringify(text));
  });

  it('keeps its normal form when that is asked again, and never throws', () => {
    const numbers = fc.stringMatching(/^\+?[0-9]{0,21}$/);
    fc.assert(
      fc.property(fc.oneof(numbers, fc.string()), (text) => {
        const normal = normalTelephone(text);
        if (normal === undefined) return;
        assert.match(normal, /^\+[0-9]{3,20}$/);
        assert.equal(normalTelephone(normal), normal);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an e-mail address', () => {
  it('has at most 191 characters before its one @, and 1 to 64 after it', () => {
    const address = (before: number, after: number): string => `${'a'.repeat(before)}@${'b'.repeat(after)}`;
    const taken: readonly (readonly [number, number])[] = [
      [0, 1],
      [1, 1],
      [191, 64],
      [0, 64],
    ];
    for (const [before, after] of taken)
      assert.equal(isEmail(address(before, after)), true, `${before} ${after}`);
    for (const [before, after] of [
      [192, 64],
      [191, 65],
      [1, 0],
      [0, 0],
    ] as const)
      assert.equal(isEmail(address(before, after)), false, `${before} ${after}`);
  });

  it('has no brackets, separators or white space', () => {
    for (const sign of '>()[]\\,;:@ \t\n\r') {
      assert.equal(isEmail(`a${sign}b@example.dk`), false, JSON.stringify(sign));
      assert.equal(isEmail(`ab@exam${sign}ple.dk`), false, JSON.stringify(sign));
      assert.equal(isEmail(`ab@example.dk${sign}`), false, JSON.stringify(sign));
    }
  });

  it('may have everything else, and no dot', () => {
    for (const text of [
      'a@b',
      '@b',
      'bo&ida@example.dk',
      'a<b@c',
      'søren@blåbær.dk',
      "o'neil+x@example.dk",
      '"a"@b',
    ])
      assert.equal(isEmail(text), true, text);
    for (const text of ['', 'a', 'example.dk', 'a@b@c']) assert.equal(isEmail(text), false, text);
  });

  it('is counted in characters, as the pattern of the schema counts', () => {
    assert.equal(isEmail(`a@${'😀'.repeat(64)}`), true);
    assert.equal(isEmail(`a@${'😀'.repeat(65)}`), false);
  });

  it('is the same in upper and lower case, composed and decomposed, with its domain in either form', () => {
    const spellings = [
      'søren.é@blåbær.dk',
      'SØREN.É@BLÅBÆR.DK',
      'søren.e\u0301@bla\u030abær.dk',
      'søren.é@xn--blbr-roah.dk',
      'Søren.É@XN--BLBR-ROAH.dk',
    ];
    assert.deepEqual([...new Set(spellings.map(normalEmail))], ['søren.é@xn--blbr-roah.dk']);
    assert.equal(normalEmail('søren@blåbær'), 'søren@xn--blbr-roah');
  });

  it('is another one with another letter, and what a domain cannot hold changes nothing', () => {
    const all = [
      'o@example.dk',
      'ø@example.dk',
      'o@ä/b',
      'o@ä/c',
      'o@ä?b',
      'o@ä%41',
      'o@äa',
      'o@1.2',
      'o@1.0.0.2',
    ];
    assert.equal(new Set(all.map(normalEmail)).size, all.length);
    assert.equal(normalEmail('o@1.2'), 'o@1.2');
    assert.equal(normalEmail('no address'), undefined);
  });

  it('keeps its normal form when that is asked again, and never throws', () => {
    const address = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 12 }));
    fc.assert(
      fc.property(address, ([local, domain]) => {
        const normal = normalEmail(`${local}@${domain}`);
        if (normal !== undefined && isEmail(normal)) assert.equal(normalEmail(normal), normal);
      }),
      { numRuns: 2000 },
    );
  });
});
