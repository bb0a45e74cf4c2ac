// Person numbers are hidden by what a message means, in whatever way it is written; nothing else of it changes.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { maskMessage, maskText } from '../../src/journal/mask.ts';

const NUMBERS = ['12838410985', '1403455896'] as const;
const hidden = (number: string): string => number.slice(0, 6) + '*'.repeat(number.length - 6);

const show = (text: string): string => maskMessage(Buffer.from(text)).toString();

/** The ways in which XML may write one digit, or nothing at all. */
const xmlDigit = (digit: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(digit),
    fc.constant(`&#${digit.charCodeAt(0)};`),
    fc.constant(`&#${'0'.repeat(60)}${digit.charCodeAt(0)};`),
    fc.constant(`&#x${digit.charCodeAt(0).toString(16)};`),
    fc.constant(`<![CDATA[${digit}]]>`),
    fc.constant(`<!-- 1 -->${digit}`),
  );
const jsonDigit = (digit: string): fc.Arbitrary<string> =>
  fc.constantFrom(digit, `\\u00${digit.charCodeAt(0).toString(16)}`);
const spelled = (number: string, digit: (one: string) => fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(...[...number].map(digit)).map((digits) => digits.join(''));

const meaningOf = (xml: string): string => {
  using document = XmlDocument.fromString(xml);
  return document.root.content;
};

describe('masking by meaning', () => {
  it('hides a number however XML writes its digits, and leaves what stands around it', () => {
    for (const number of NUMBERS)
      fc.assert(
        fc.property(spelled(number, xmlDigit), (written) => {
          const shown = show(`<a b="x &amp; y"><!-- kept --><id>${written}</id> &lt;5</a>`);
          assert.equal(meaningOf(shown), `${hidden(number)} <5`);
          assert.ok(shown.startsWith('<a b="x &amp; y"><!-- kept --><id>'));
          assert.ok(shown.endsWith('</id> &lt;5</a>'));
        }),
      );
  });

  it('hides a number however JSON writes its digits', () => {
    for (const number of NUMBERS)
      fc.assert(
        fc.property(spelled(number, jsonDigit), (written) => {
          const shown = show(`{"who": "${written}", "text": "a \\"b\\" \\u00e6"}`);
          assert.deepEqual(JSON.parse(shown), { who: hidden(number), text: 'a "b" æ' });
        }),
      );
  });

  it('hides numbers in attribute values, comments, instructions, broken markup and addresses', () => {
    const [number] = NUMBERS;
    for (const text of [
      `<a b="1283841&#48;985"/>`,
      `<a b='${number}'/>`,
      `<!-- ${number} --><a/>`,
      `<?x ${number}?><a/>`,
      `<!DOCTYPE a [<!ENTITY n "${number}">]><a/>`,
      `<a ${number}>`,
      `<a>${number}`,
      `<a><![CDATA[${number}`,
      `id=12838%3410985&x=1`,
      number,
    ]) {
      assert.doesNotMatch(show(text).replace(/&#48;|%34/g, ''), /10985|1?0?985"/, text);
    }
    assert.equal(maskText('/v1/x/%31403455896'), '/v1/x/%3140345****');
  });

  it('hides numbers in UTF-16, whichever end comes first', () => {
    const text = Buffer.from('\ufeff<a>12838410985</a>', 'utf16le');
    for (const bytes of [text, Buffer.from(text).swap16()])
      assert.equal(maskMessage(bytes).toString(), '<a>128384*****</a>');
  });

  it('keeps no digit where nobody can say what the bytes or the entities mean', () => {
    const unmarked = Buffer.from('<a>12838410985</a>', 'utf16le');
    const latin1 = Buffer.from('<a>\xe612838410985</a>', 'latin1');
    for (const bytes of [unmarked, latin1, Buffer.from('<a>&x;410985</a>')])
      assert.doesNotMatch(maskMessage(bytes).toString('latin1'), /\d/);
  });

  it('reads the escape or the reference beside a number as the letter it stands for', () => {
    const [number] = NUMBERS;
    for (const [text, masked] of [
      [`{"a":"x\\n${number}"}`, `{"a":"x\\n${hidden(number)}"}`],
      [`{"a":"\\t${number}\\r"}`, `{"a":"\\t${hidden(number)}\\r"}`],
      [`<a>&lt;${number}&gt;</a>`, `<a>&lt;${hidden(number)}&gt;</a>`],
      [`<a>&quot;${number}&apos;</a>`, `<a>&quot;${hidden(number)}&apos;</a>`],
      [`<a>x &amp;${number}</a>`, `<a>x &amp;${hidden(number)}</a>`],
      [`/a?b=%20${number}%26c`, `/a?b=%20${hidden(number)}%26c`],
    ] as const)
      assert.equal(show(text), masked);
  });

  it('keeps no digit beside a reference to no character', () => {
    for (const reference of ['&#0;', '&#x0;', '&#x110000;', '&#1114112;'])
      assert.equal(
        show(`<a>128384${reference}10985</a>`),
        `<a>******${reference.replace(/\d/g, '*')}*****</a>`,
      );
    assert.equal(show('<a>&#x10ffff;12838410985</a>'), '<a>&#x10ffff;128384*****</a>');
  });

  it('changes nothing in a message without person numbers', () => {
    for (const text of [
      '<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns:p="urn:1"><p:b c="2">&#x41; <![CDATA[<&]]></p:b>\r\n</a>',
      '{"a": [1, 2.5e3, "b\\n\\u00e5"], "c": "12345678901234567890"}',
      'nothing to see',
      '',
    ])
      assert.equal(show(text), text);
  });

  it('looks at each character a bounded number of times', () => {
    // A pattern that begins anew at each of these would take minutes, and the test run would end it.
    for (const unit of ['<!--', '<![CDATA[', '&', '&#', '<a "', "<a '", '{"\\', '"', '%3', '<'])
      show(unit.repeat(Math.ceil(1_000_000 / unit.length)));
  });
});
