// Attacks by bytes: what no parser should see, or not so much of it.

import { gzipSync } from 'node:zlib';
import type { HttpRequest } from './arena.ts';
import { attack, family } from './family.ts';

const edited = (name: string, problem: string, edit: (message: string) => string | Buffer | HttpRequest) =>
  attack(name, problem, 'Client', (arena) => edit(arena.message()));
const utf16 = (text: string, order: 'le' | 'be' = 'le'): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const as = (body: string | Buffer, contentType: string, more: Record<string, string> = {}): HttpRequest => ({
  body,
  headers: { 'content-type': contentType, ...more },
});
const doctype = (name: string, edit: (message: string) => string | HttpRequest) =>
  edited(name, 'xml.doctype', edit);
const encoding = (name: string, edit: (message: string) => string | Buffer | HttpRequest) =>
  edited(name, 'xml.encoding', edit);
const malformed = (name: string, edit: (message: string) => string | Buffer) =>
  edited(name, 'xml.malformed', edit);
const bulky = (name: string, problem: string, filling: () => string) =>
  edited(name, problem, (message) => message.replace('</soap:Header>', `${filling()}</soap:Header>`));
const gzip = (
  name: string,
  problem: string,
  status: number,
  body: (message: string) => Buffer,
  coding = 'gzip',
) =>
  attack(name, problem, status, (arena) =>
    as(body(arena.message()), 'text/xml; charset=utf-8', { 'content-encoding': coding }),
  );

const times = (before: string, count: number, after: string): string =>
  Array.from({ length: count }, (_, place) => `${before}${place}${after}`).join(' ');

const LAUGHS = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, level) => {
  const [name, below] = ['bcdefghij'[level], 'abcdefghi'[level]];
  return `<!ENTITY ${name} "${`&${below};`.repeat(10)}">`;
}).join('')}]>`;
const declared =
  (name: string) =>
  (message: string): string =>
    `<?xml version="1.0" encoding="${name}"?>${message}`;
const latin1 = (message: string): Buffer => Buffer.from(message.replace('kari', 'k\u00e5ri'), 'latin1');
const replaced =
  (bytes: number[]) =>
  (message: string): Buffer => {
    const [before = '', after = ''] = message.split('kari');
    return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
  };

family('bytes', [
  doctype('a DOCTYPE', (message) => `<!DOCTYPE soap>${message}`),
  doctype(
    'a DOCTYPE after a long prolog',
    (message) =>
      `<?xml version="1.0"?>\n${`<!-- ${'x'.repeat(900)} -->\n`.repeat(200)}<!DOCTYPE soap>${message}`,
  ),
  doctype('a DOCTYPE in lower case', (message) => `<!doctype soap>${message}`),
  doctype('a DOCTYPE behind a byte order mark', (message) => `\ufeff<!DOCTYPE soap>${message}`),
  doctype('a DOCTYPE in UTF-16', (message) => as(utf16(`<!DOCTYPE soap>${message}`), 'text/xml')),
  doctype('a DOCTYPE in UTF-16, big-endian', (message) =>
    as(utf16(`<!DOCTYPE soap>${message}`, 'be'), 'text/xml'),
  ),
  doctype('a DOCTYPE inside the Envelope', (message) =>
    message.replace('<soap:Header>', '<!DOCTYPE x><soap:Header>'),
  ),
  doctype('a DOCTYPE behind the Envelope', (message) => `${message}<!DOCTYPE soap>`),
  doctype('a billion laughs', (message) => LAUGHS + message.replace('kari', '&j;')),
  doctype(
    'an external entity of a file',
    (message) => `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${message.replace('kari', '&f;')}`,
  ),
  doctype(
    'an external entity of a server',
    (message) => `<!DOCTYPE x [<!ENTITY f SYSTEM "http://127.0.0.1:9/">]>${message.replace('kari', '&f;')}`,
  ),
  doctype(
    'a parameter entity',
    (message) => `<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/d"> %p;]>${message}`,
  ),
  doctype('an external subset', (message) => `<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">${message}`),
  doctype('an entity declaration without DOCTYPE', (message) =>
    message.replace('<soap:Header>', '<!ENTITY x "y"><soap:Header>'),
  ),
  malformed('an entity nobody declared', (message) => message.replace('kari', '&kari;')),
  edited(
    'a processing instruction before the Envelope',
    'xml.processing-instruction',
    (message) => `<?xml-stylesheet href="x"?>${message}`,
  ),
  edited('a processing instruction in the Header', 'xml.processing-instruction', (message) =>
    message.replace('<soap:Header>', '<soap:Header><?php x?>'),
  ),
  edited('a processing instruction in the Body', 'xml.processing-instruction', (message) =>
    message.replace('kari', 'ka<?x y?>ri'),
  ),
  edited(
    'a processing instruction behind the Envelope',
    'xml.processing-instruction',
    (message) => `${message}<?x?>`,
  ),
  edited(
    'a second XML declaration',
    'xml.processing-instruction',
    (message) => `<?xml version="1.0"?><?xml version="1.0"?>${message}`,
  ),
  edited(
    'white space before the XML declaration',
    'xml.beginning',
    (message) => ` <?xml version="1.0"?>${message}`,
  ),
  edited('XML 1.1', 'xml.version', (message) => `<?xml version="1.1"?>${message}`),
  edited(
    'XML 1.1 behind much white space',
    'xml.version',
    (message) => `<?xml${' '.repeat(300)}version="1.1"?>${message}`,
  ),
  encoding('ISO-8859-1 declared far behind', (message) =>
    latin1(`<?xml${' '.repeat(300)}version="1.0" encoding="ISO-8859-1"?>${message}`),
  ),
  edited(
    'an encoding declared far behind that is not the bytes’',
    'xml.version',
    (message) => `<?xml${' '.repeat(300)}version="1.0" encoding="UTF-7"?>${message}`,
  ),
  encoding('ISO-8859-1 in the declaration', (message) => latin1(declared('ISO-8859-1')(message))),
  encoding('ISO-8859-1 in the charset', (message) => as(message, 'text/xml; charset=iso-8859-1')),
  encoding('UTF-16 in the declaration of UTF-8 bytes', declared('UTF-16')),
  encoding('UTF-7 in the declaration', declared('UTF-7')),
  encoding('UTF-8 in the declaration of UTF-16 bytes', (message) =>
    as(utf16(declared('UTF-8')(message)), 'text/xml'),
  ),
  encoding('UTF-8 in the charset of UTF-16 bytes', (message) =>
    as(utf16(message), 'text/xml; charset=utf-8'),
  ),
  encoding('little-endian in the charset of big-endian bytes', (message) =>
    as(utf16(message, 'be'), 'text/xml; charset=utf-16le'),
  ),
  encoding('UTF-16 without a byte order mark', (message) =>
    as(utf16(message).subarray(2), 'text/xml; charset=utf-16'),
  ),
  encoding('UTF-16 of an odd number of bytes', (message) => as(utf16(message).subarray(0, -1), 'text/xml')),
  encoding('UTF-32', (message) =>
    as(Buffer.concat([Buffer.from([0, 0, 0xfe, 0xff]), utf16(message)]), 'text/xml'),
  ),
  encoding('EBCDIC in the charset', (message) => as(message, 'text/xml; charset=IBM037')),
  encoding('an unpaired surrogate in UTF-16', (message) =>
    as(utf16(message.replace('kari', 'ka\ud800ri')), 'text/xml'),
  ),
  encoding('an unpaired surrogate in UTF-8', replaced([0xed, 0xa0, 0x80])),
  encoding('an overlong slash', replaced([0xc0, 0xaf])),
  encoding('a continuation byte alone', replaced([0x80])),
  encoding('a character beyond U+10FFFF', replaced([0xf5, 0x80, 0x80, 0x80])),
  malformed('a NUL byte', replaced([0])),
  malformed('a NUL by reference', (message) => message.replace('kari', '&#0;')),
  malformed('a surrogate by reference', (message) => message.replace('kari', '&#xD800;')),
  malformed('a control character', replaced([1])),
  malformed('U+FFFE', replaced([0xef, 0xbf, 0xbe])),
  malformed('an unclosed tag', (message) => message.slice(0, -10)),
  malformed('an unclosed comment', (message) => message.replace('<soap:Header>', '<!-- <soap:Header>')),
  malformed('an unclosed attribute', (message) => message.replace('wsu:Id="Body"', 'wsu:Id="Body')),
  malformed('an undeclared prefix', (message) => message.replace('<soap:Header>', '<soap:Header><x:y/>')),
  malformed('an attribute twice', (message) =>
    message.replace('wsu:Id="Body"', 'wsu:Id="Body" wsu:Id="Body"'),
  ),
  malformed('an attribute twice by two prefixes', (message) =>
    message.replace('<soap:Header>', '<soap:Header xmlns:a="urn:a" xmlns:b="urn:a" a:x="" b:x="">'),
  ),
  malformed('text behind the Envelope', (message) => `${message}text`),
  malformed('two documents', (message) => message + message),
  edited('no XML at all', 'xml.not-xml', () => 'hello'),
  edited('JSON', 'xml.not-xml', () => '{"a": 1}'),
  edited('two byte order marks', 'xml.beginning', (message) => `\ufeff\ufeff${message}`),
  edited('a field of a form', 'xml.beginning', (message) => `xml=${message}`),
  malformed('one byte', () => '<'),
  edited('no bytes', 'xml.empty', () => ''),
  bulky('a tree of depth 65', 'xml.too-deep', () => '<d>'.repeat(65) + '</d>'.repeat(65)),
  bulky('a tree of depth 30,000', 'xml.too-deep', () => '<d>'.repeat(30_000) + '</d>'.repeat(30_000)),
  bulky('10,001 elements', 'xml.too-many-elements', () => '<e/>'.repeat(10_001)),
  bulky('2,001 comments', 'xml.too-many-comments', () => '<!---->'.repeat(2001)),
  bulky('2,001 CDATA sections', 'xml.too-many-cdata-sections', () => `<a>${'<![CDATA[]]>'.repeat(2001)}</a>`),
  bulky(
    '21,000 texts',
    'xml.too-many-texts',
    () => `<a>${'x<b>x</b>'.repeat(9000)}${'x<!---->x<![CDATA[]]>'.repeat(1500)}</a>`,
  ),
  bulky('1,001 Ids', 'xml.too-many-ids', () => times('<a Id="', 1001, '"/>')),
  bulky('10,001 attributes', 'xml.too-many-attributes', () => `<a ${times('a', 200, '=""')}/>`.repeat(51)),
  bulky(
    '257 attributes',
    'xml.too-many-attributes',
    () => `<a ${Array.from({ length: 257 }, (_, n) => `a${n}=""`).join(' ')}/>`,
  ),
  bulky(
    '257 namespaces',
    'xml.too-many-attributes',
    () => `<a ${Array.from({ length: 257 }, (_, n) => `xmlns:a${n}="u"`).join(' ')}/>`,
  ),
  bulky('a name of 2 KiB', 'xml.name-too-long', () => `<${'n'.repeat(2048)}/>`),
  bulky('an attribute name of 2 KiB', 'xml.name-too-long', () => `<a ${'n'.repeat(2048)}=""/>`),
  bulky('a text over 128 KiB', 'xml.text-too-long', () => `<a>${'t'.repeat(128 * 1024 + 1)}</a>`),
  bulky('an attribute over 128 KiB', 'xml.text-too-long', () => `<a b="${'t'.repeat(128 * 1024 + 1)}"/>`),
  bulky('a comment over 128 KiB', 'xml.text-too-long', () => `<!--${'t'.repeat(128 * 1024 + 1)}-->`),
  bulky('CDATA over 128 KiB', 'xml.text-too-long', () => `<a><![CDATA[${'t'.repeat(128 * 1024 + 1)}]]></a>`),
  attack('a body over 256 KiB', 'http.too-large', 413, () => ' '.repeat(256 * 1024 + 1)),
  gzip('a gzip bomb', 'http.too-large', 413, () => gzipSync(Buffer.alloc(64 * 1024 * 1024))),
  gzip('a small gzip bomb', 'http.too-large', 413, () => gzipSync(Buffer.alloc(4 * 1024 * 1024))),
  gzip('gzip cut short', 'http.content-encoding', 415, (message) => gzipSync(message).subarray(0, -9)),
  gzip('gzip with a wrong checksum', 'http.content-encoding', 415, (message) => {
    const bytes = gzipSync(message);
    bytes.writeUInt32LE(1, bytes.length - 8);
    return bytes;
  }),
  gzip('gzip that is none', 'http.content-encoding', 415, (message) => Buffer.from(message)),
  gzip('gzip of nothing', 'http.content-encoding', 415, () => Buffer.from([0x1f, 0x8b])),
  gzip('deflate', 'http.content-encoding', 415, (message) => Buffer.from(message), 'deflate'),
  gzip('gzip twice', 'http.content-encoding', 415, (message) => gzipSync(gzipSync(message)), 'gzip, gzip'),
  gzip('br', 'http.content-encoding', 415, (message) => Buffer.from(message), 'br'),
]);
