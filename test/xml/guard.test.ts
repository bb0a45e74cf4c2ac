// The byte guard and the scan: what no SOAP message may hold is refused before any parser runs.

import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { usualFace } from '../../src/exchange/faces.ts';
import { usualLimits as limits } from '../../src/kernel/limits.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { guard } from '../../src/xml/guard.ts';
import { parse } from '../../src/xml/parse.ts';

const verdict = (message: string | Buffer, charset?: string): string => {
  const result = guard(Buffer.from(message), charset);
  return isProblem(result) ? result.problem : 'ok';
};
const explained = (message: string | Buffer, charset?: string) => {
  const result = guard(Buffer.from(message), charset);
  assert.ok(isProblem(result), String(message));
  return { problem: result.problem, ...result.explanation };
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
    const texts = (count: number) =>
      `<r>${'x<b>x</b>'.repeat(9000)}${'x<!---->x<![CDATA[]]>'.repeat((count - 18_000) / 2)}</r>`;
    const repeated = (piece: string) => (count: number) => `<r>${piece.repeat(count)}</r>`;
    const named = (bytes: number) => `<${'n'.repeat(bytes)}/>`;
    const text = (bytes: number) => `<r>${'t'.repeat(bytes)}</r>`;
    for (const [make, limit, code] of [
      [nested, limits.depth, 'xml.too-deep'],
      [many, limits.elements, 'xml.too-many-elements'],
      [attributes, limits.attributes, 'xml.too-many-attributes'],
      [named, limits.name, 'xml.name-too-long'],
      [repeated('<!---->'), limits.comments, 'xml.too-many-comments'],
      [repeated('<![CDATA[]]>'), limits.cdataSections, 'xml.too-many-cdata-sections'],
      [texts, limits.texts, 'xml.too-many-texts'],
      [repeated('<e wsu:Id=""/>'), limits.ids, 'xml.too-many-ids'],
      [repeated('<e ID = ""/>'), limits.ids, 'xml.too-many-ids'],
      [
        (count: number) => repeated(`<e${' a=""'.repeat(100)}/>`)(count / 100),
        limits.allAttributes,
        'xml.too-many-attributes',
      ],
    ] as const) {
      assert.equal(verdict(make(limit)), 'ok', code);
      assert.equal(verdict(make(limit + 100)), code, code);
    }
    assert.equal(verdict(text(limits.text - 10)), 'ok');
    assert.equal(verdict(text(limits.text + 10)), 'xml.text-too-long');
    assert.equal(verdict(`<r><!--${'c'.repeat(limits.text + 10)}--></r>`), 'xml.text-too-long');
    assert.equal(verdict(`<r a="${'c'.repeat(limits.text + 10)}"/>`), 'xml.text-too-long');
  });

  it('counts a declaration of a namespace whose = stands apart', () => {
    const declared = (between: string) =>
      Array.from({ length: 200 }, (_, place) => ` xmlns:n${place}${between}="u"`).join('');
    for (const between of ['', ' ', '\n'])
      assert.equal(
        verdict(`<r${declared(between)}>${'<e/>'.repeat(600)}</r>`),
        'xml.too-many-namespaces',
        JSON.stringify(between),
      );
  });

  it('says how many bytes stand before the declaration, which, and what they are', () => {
    const declared = '<?xml version="1.0"?><a/>';
    for (const [before, count, shown, what] of [
      ['\r\n', '2 bytes', '"\\r\\n"', 'white space'],
      [' ', '1 byte', '" "', 'white space'],
      ['\ufeff', '3 bytes', '\\u{feff}', 'a second byte order mark'],
      ['xml=', '4 bytes', '"xml="', 'a form'],
      ['1a3\r\n', '5 bytes', '"1a3\\r\\n"', 'the size of an HTTP chunk, 419 bytes'],
      ['hei ', '4 bytes', '"hei "', 'text'],
    ] as const) {
      const message = before === '\ufeff' ? `\ufeff\ufeff${declared}` : before + declared;
      const { problem, found, remedy } = explained(message);
      assert.equal(problem, 'xml.beginning', message);
      for (const part of [`${count} before the XML declaration`, shown, `(${what})`])
        assert.ok(found.includes(part), `${part} in: ${found}`);
      assert.doesNotMatch(remedy, /processing instruction/);
    }
    assert.match(explained(utf16(`\n${declared}`)).found, /^2 bytes before the XML declaration/);
    assert.match(explained('xml=<soap:Envelope/>').found, /^4 bytes before the envelope: "xml="/);
    assert.equal(verdict('\n <soap:Envelope/>'), 'ok', 'white space before an element is XML');
  });

  it('tells an XML declaration inside the message from another processing instruction', () => {
    const inside = explained('<a><?xml version="1.0"?><b/></a>');
    assert.match(inside.found, /an XML declaration, at byte 3/);
    assert.doesNotMatch(inside.remedy, /remove the processing instruction/);
    assert.match(explained('<a><?php x?></a>').found, /<\?php, at byte 3/);
  });

  it('says what came where no XML came', () => {
    for (const [body, what] of [
      ['{"a": 1}', 'JSON'],
      ['[1]', 'JSON'],
      ['<!DOCTYPE html><html></html>', 'an HTML page'],
      ['<html><body>502</body></html>', 'an HTML page'],
      ['xml=%3Csoap%3AEnvelope%3E', 'a form'],
      ['%3Csoap%3AEnvelope%3E', 'percent-encoded XML'],
      ['&lt;soap:Envelope&gt;', 'XML whose < is written &lt;'],
      [Buffer.from('<soap:Envelope/>').toString('base64'), 'base64 of XML'],
      ['--uuid:1\r\nContent-Type: x\r\n\r\n<soap:Envelope/>', 'a multipart body'],
      ['hello', 'text that is no XML: "hello"'],
      [' \n', 'white space only'],
      [gzipSync('<a/>'), 'gzip'],
    ] as const) {
      const { problem, found, remedy } = explained(body as string);
      assert.match(problem, /^xml\.(?:not-xml|beginning)$/, String(body));
      assert.ok(found.includes(what), `${what} in: ${found}`);
      assert.ok(remedy.length > 10);
    }
  });

  it('says that ISO-8859-1 is not taken, and never that its bytes are something else', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>å</a>';
    for (const [message, charset] of [
      [Buffer.from(text, 'latin1'), undefined],
      [Buffer.from(text, 'latin1'), 'iso-8859-1'],
      [Buffer.from('<a>å</a>', 'latin1'), 'ISO-8859-1'],
      ['<a/>', 'iso-8859-1'],
      ['<?xml version="1.0" encoding="windows-1252"?><a/>', undefined],
    ] as const) {
      const { problem, expected, found, rule } = explained(message as Buffer, charset);
      assert.equal(problem, 'xml.encoding');
      assert.match(expected, /UTF-8, or UTF-16 .*no other encoding is taken/);
      assert.match(found, /ISO-8859-1|windows-1252/i);
      assert.doesNotMatch(found, /utf-8/i);
      assert.match(rule, /R1012/);
    }
    const unnamed = explained(Buffer.from('<a>å</a>', 'latin1'));
    assert.match(unnamed.found, /0xe5 at offset 3.*å in ISO-8859-1/);
    assert.doesNotMatch(explained(Buffer.from('<a>å</a>', 'latin1'), 'utf-16').found, /in utf-8/);
  });

  it('takes us-ascii where all bytes are ASCII, and names the first that is not', () => {
    for (const name of ['us-ascii', 'US-ASCII', 'ascii']) {
      assert.equal(verdict('<a/>', name), 'ok');
      assert.equal(verdict(`<?xml version="1.0" encoding="${name}"?><a/>`, name), 'ok');
      assert.match(explained('<a>å</a>', name).found, /0xc3 at offset 3, which ASCII does not have/);
    }
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
      return isProblem(problem) ? usualFace(problem) : assert.fail('not refused');
    });
    for (const face of faces) assert.deepEqual(face, faces[0]);
  });
});
