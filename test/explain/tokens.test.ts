// Canonical octets as tokens: what is read is written again to the letter, and what a change undoes is another text.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { changes } from '../../src/explain/changed/changes.ts';
import { differenceOf } from '../../src/explain/octets/difference.ts';
import { textOf, tokensOf } from '../../src/explain/octets/tokens.ts';
import { maskMessage } from '../../src/journal/mask.ts';

/** Any content: elements with prefixes and attributes, texts with what has to be escaped, comments. */
const content = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('constructor', '__proto__', 'toString'),
    fc.stringMatching(/^[a-z >"'\n\t]{1,12}$/),
    fc.constantFrom('&lt;', '&amp;', '&#13;', '<!-- > -->', '<![CDATA[<]]>', 'å', '<?pi a?>'),
    fc
      .tuple(
        fc.constantFrom('a', 'p:b', 'q:c'),
        fc.constantFrom('', ' x="&lt;>&quot;"', ' p:y=" "'),
        fc.array(tie('node'), { maxLength: 4 }),
      )
      .map(([name, attributes, inside]) => `<${name}${attributes}>${inside.join('')}</${name}>`),
  ),
})).node;

const canonical = (inside: string): string => {
  using document = XmlDocument.fromString(`<r xmlns:p="urn:p" xmlns:q="urn:q">${inside}</r>`);
  return document.canonicalizeToString({ withComments: true });
};

describe('tokens of a canonical form', () => {
  it('are written as they were read, whatever the form holds', () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 5 }), (parts) => {
        const text = canonical(parts.join(''));
        assert.equal(textOf(tokensOf(text)), text);
      }),
    );
  });

  it('are undone by every hypothesis without an exception, and stay as they are', () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 3 }), (parts) => {
        const text = canonical(parts.join(''));
        const tokens = tokensOf(text);
        for (const { undo } of changes)
          for (const former of undo(tokens)) assert.equal(typeof textOf(former), 'string');
        assert.equal(textOf(tokens), text);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a difference', () => {
  it('begins at the first octet that differs, with what cannot be seen as signs', () => {
    const found = differenceOf(Buffer.from('<a>\n\t<b> </b></a>'), Buffer.from('<a>\r\n<b> </b></a>'));
    assert.deepEqual(found, { at: 3, signed: '<a>⏎→<b>·</b></a>', arrived: '<a>␍⏎<b>·</b></a>' });
  });

  it('lets nothing act on a terminal', () => {
    const found = differenceOf(Buffer.from('a\u001b[2J\u202e'), Buffer.from('b'));
    assert.equal(found?.signed, 'a\\u{1b}[2J\\u{202e}');
  });

  it('hides in all the octets before it shows a part of them', () => {
    const [signed, arrived] = ['<p>12838410985</p><qqqqqqqqqq>å</q>', '<p>128384 10985</p>'].map((one) =>
      Buffer.from(one),
    );
    assert.deepEqual(differenceOf(signed as Buffer, arrived as Buffer, maskMessage), {
      at: 9,
      signed: '<p>128384*****</p><qqqqqqqqqq>å</q>',
      arrived: '<p>128384·*****</p>',
    });
    const found = differenceOf(
      signed as Buffer,
      Buffer.from('<p>12838410985</p><qqqqqqqqqq>b</q>'),
      maskMessage,
    );
    assert.match(found?.signed ?? '', /^…\d*\*{5}<\/p><q+>å<\/q>$/);
    // Of octets in an encoding that nobody names, no digit is left; what stands beside the number changes nothing.
    const wide = differenceOf(
      Buffer.from('12838410985', 'utf16le'),
      Buffer.from('12838410985–'),
      maskMessage,
    );
    assert.doesNotMatch(wide?.signed.replaceAll('\\u{0}', '') ?? '', /\d/);
    assert.equal(wide?.arrived, '128384*****–');
  });

  it('is none between octets that are the same', () => {
    assert.equal(differenceOf(Buffer.from('a'), Buffer.from('a')), undefined);
  });
});
