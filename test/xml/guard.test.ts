// The byte guard and the scan: what no SOAP message may hold is refused before any parser runs.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isProblem } from '../../src/kernel/problem.ts';
import { guard } from '../../src/xml/guard.ts';
import { parse } from '../../src/xml/parse.ts';
import { limits } from '../../src/xml/scan.ts';

const verdict = (message: string | Buffer, charset?: string): string => {
  const result = guard(Buffer.from(message), charset);
  return isProblem(result) ? result.problem : 'ok';
};
const utf16 = (text: string, big = false): Buffer => {
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? little.swap16() : little;
};

describe('the byte guard', () => {
  it('lets UTF-8 and marked UTF-16 through, as UTF-8', () => {
    const text = '<?xml version="1.0" encoding="UTF-16"?><a>åß€</a>';
    for (const big of [false, true]) {
      const result = guard(utf16(text, big), undefined);
      assert.ok(!isProblem(result));
      assert.match(result.toString('utf8'), /<a>åß€<\/a>$/);
    }
    assert.equal(verdict('<?xml version="1.0" encoding="utf-8"?><a/>', 'UTF-8'), 'ok');
    assert.equal(verdict('\ufeff<a/>'), 'ok');
  });

  it('refuses bytes, marks, charsets and declarations that contradict each other', () => {
    for (const [message, charset] of [
      [Buffer.from([0x3c, 0xff, 0x3e]), undefined],
      [Buffer.from('<a/>', 'utf16le'), undefined],
      [utf16('<a/>').subarray(0, 9), undefined],
      ['<a/>', 'iso-8859-1'],
      ['<a/>', 'utf-16'],
      ['<?xml version="1.0" encoding="ISO-8859-1"?><a/>', undefined],
      [utf16('<?xml version="1.0" encoding="UTF-8"?><a/>'), undefined],
    ] as const)
      assert.equal(verdict(message, charset), 'xml.encoding', String(message));
    assert.equal(verdict(''), 'xml.empty');
    assert.equal(verdict('<?xml version="1.1"?><a/>'), 'xml.version');
  });

  it('refuses document types and processing instructions wherever they stand', () => {
    for (const message of [
      '<!DOCTYPE a><a/>',
      '<a><!ENTITY x "y"></a>',
      '<a/><!DOCTYPE a>',
      '<!doctype a><a/>',
      '<a><![INCLUDE[x]]></a>',
    ])
      assert.equal(verdict(message), 'xml.doctype', message);
    for (const message of [
      '<?pi?><a/>',
      '<a><?pi x?></a>',
      '<a/><?pi?>',
      ' <?xml version="1.0"?><a/>',
      '<?xml-stylesheet href="x"?><a/>',
      '<a><?xml version="1.0"?></a>',
    ])
      assert.equal(verdict(message), 'xml.processing-instruction', message);
  });

  it('is not misled by comments, CDATA and attribute values', () => {
    for (const message of [
      '<a><!-- <!DOCTYPE a> <?pi?> --></a>',
      '<a><![CDATA[<!DOCTYPE a><?pi?>]]></a>',
      '<a b="<!DOCTYPE a>" c=\'<?pi?>"\'/>'.replaceAll('<!', '&lt;!').replaceAll('<?', '&lt;?'),
      '<a b=">"><c/></a>',
    ])
      assert.equal(verdict(message), 'ok', message);
    assert.equal(verdict('<a><!-- --><!DOCTYPE a></a>'), 'xml.doctype');
    assert.equal(verdict('<a b="\'>"/><?pi?>'), 'xml.processing-instruction');
  });

  it('takes what is at a cap, and refuses what is one beyond', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    const many = (count: number) => `<r>${'<e/>'.repeat(count - 1)}</r>`;
    const attributes = (count: number) =>
      `<r ${Array.from({ length: count }, (_, place) => `a${place}=""`).join(' ')}/>`;
    const named = (bytes: number) => `<${'n'.repeat(bytes)}/>`;
    const text = (bytes: number) => `<r>${'t'.repeat(bytes)}</r>`;
    for (const [make, limit, code] of [
      [nested, limits.depth, 'xml.too-deep'],
      [many, limits.elements, 'xml.too-many-elements'],
      [attributes, limits.attributes, 'xml.too-many-attributes'],
      [named, limits.name, 'xml.name-too-long'],
    ] as const) {
      assert.equal(verdict(make(limit)), 'ok', code);
      assert.equal(verdict(make(limit + 2)), code, code);
    }
    assert.equal(verdict(text(limits.text - 10)), 'ok');
    assert.equal(verdict(text(limits.text + 10)), 'xml.text-too-long');
    assert.equal(verdict(`<r><!--${'c'.repeat(limits.text + 10)}--></r>`), 'xml.text-too-long');
    assert.equal(verdict(`<r a="${'c'.repeat(limits.text + 10)}"/>`), 'xml.text-too-long');
  });

  it('never throws, and what it lets through the parser reads or explains', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="d"/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!',
      '"',
      "'",
      '&lt;',
      '&',
      'x',
      ' ',
      '<',
      '>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const bytes = guard(Buffer.from(pieces.join('')), undefined);
        if (isProblem(bytes)) return;
        const document = parse(bytes);
        if (isProblem(document)) assert.equal(document.problem, 'xml.malformed');
        else document.dispose();
      }),
      { numRuns: 1000 },
    );
  });

  it('looks the same from outside whatever it refuses', () => {
    const faces = ['', '<!DOCTYPE a><a/>', '<a><?pi?></a>', '<?xml version="1.1"?><a/>'].map((message) => {
      const problem = guard(Buffer.from(message), undefined);
      return isProblem(problem) ? problem.wire : undefined;
    });
    for (const face of faces) assert.deepEqual(face, faces[0]);
  });
});
