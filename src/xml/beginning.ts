// What stands where a message begins: an envelope, something else altogether, or something before the envelope.

import { brief } from '../kernel/brief.ts';
import { printable } from '../kernel/printable.ts';
import type { Problem } from '../kernel/problem.ts';
import { type XmlProblem, xmlProblem } from './problems.ts';

const LT = 0x3c;
const SHOWN = 40;
/** Longer than what is put before a message by mistake. */
const LOOKED_AT = 4096;

const quote = (text: string): string => printable(brief(text));

/** What came in place of XML, and what to do about it. */
interface Kind {
  readonly what: string;
  readonly remedy: string;
}

const FILES: readonly (readonly [magic: string, kind: Kind])[] = [
  ['1f8b', { what: 'gzip', remedy: 'send Content-Encoding: gzip with it, or send the envelope as it is' }],
  ['504b0304', { what: 'a ZIP file', remedy: 'send the envelope itself' }],
  ['25504446', { what: 'a PDF file', remedy: 'send the envelope itself' }],
];

const HTML = /^<(?:!doctype\s+)?html[\s>]/i;
const DECODE = 'decode it before it is sent: the body is the envelope itself';
const TEXTS: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  [
    HTML,
    {
      what: 'an HTML page',
      remedy:
        'look at what the client sends: this is a page, perhaps the error page of a proxy, and no envelope',
    },
  ],
  [
    /^[[{]/,
    {
      what: 'JSON',
      remedy: 'send a SOAP envelope; JSON is for the REST services (GET / lists all addresses)',
    },
  ],
  [/^"/, { what: 'a text in quotes', remedy: 'send the envelope itself, not as a JSON text' }],
  [/^%3c/i, { what: 'percent-encoded XML', remedy: DECODE }],
  [/^&lt;/, { what: 'XML whose < is written &lt;', remedy: DECODE }],
  [/^(?:PD94|PHN|PFN|PGVu|PEVu|77u\/P)[A-Za-z0-9+/\r\n]+=*/, { what: 'base64 of XML', remedy: DECODE }],
  [
    /^--[^\r\n<]+\r?\n/,
    { what: 'a multipart body', remedy: 'switch MTOM and attachments off; this service takes plain XML' },
  ],
  [
    /^(?:POST|GET|PUT) \S+ HTTP\/|^HTTP\/1/,
    { what: 'an HTTP message', remedy: 'send the envelope as the body, without a head of its own' },
  ],
  [
    /^[\w.%+-]{1,200}=/,
    { what: 'a form', remedy: 'send the envelope itself as the body, not as a field of a form' },
  ],
];

const notXml = (found: string, remedy: string): Problem<XmlProblem> =>
  xmlProblem('xml.not-xml', {
    check: 'what the body begins with',
    expected: 'a SOAP envelope in XML, which begins with <',
    found,
    rule: 'SOAP 1.1 §3; XML 1.0 §2.1',
    remedy,
  });

/** A body that another format gives away by its first bytes. */
export const judgeFormat = (bytes: Buffer): Problem<XmlProblem> | undefined => {
  const head = bytes.toString('hex', 0, 4);
  const kind = FILES.find(([magic]) => head.startsWith(magic))?.[1];
  return kind && notXml(`${kind.what}, by its first bytes`, kind.remedy);
};

/** What stands before the envelope, for whoever looks for it. */
const describePrefix = (text: string): Kind => {
  if (/^\ufeff+$/.test(text)) {
    return {
      what: 'a second byte order mark',
      remedy: 'write one byte order mark, or none: two files or texts with a mark each were put together',
    };
  }
  if (/^\s+$/.test(text)) {
    return {
      what: 'white space',
      remedy: 'trim the text: the XML declaration must be the very first thing, or be left out',
    };
  }
  const chunk = /^([0-9a-f]{1,8})(?:;[^\r\n]*)?\r?\n$/i.exec(text)?.[1];
  if (chunk !== undefined) {
    return {
      what: `the size of an HTTP chunk, ${Number.parseInt(chunk, 16)} bytes`,
      remedy: 'let the HTTP library write and undo the chunks: these sizes are no part of the body',
    };
  }
  const kind = TEXTS.find(([pattern]) => pattern.test(text))?.[1];
  return kind ?? { what: 'text', remedy: 'remove what stands before the envelope' };
};

const MESSAGE = /<\?xml[ \t\r\n]|<(?:[\w.-]+:)?Envelope[ \t\r\n/>]/;

/** White space may stand before an element, but not before a declaration. */
const judgePrefix = (before: string, text: string, unit: 1 | 2): Problem<XmlProblem> | undefined => {
  const declared = text.startsWith('<?xml', before.length);
  if (!declared && /^[ \t\r\n]*$/.test(before)) return undefined;
  const { what, remedy } = describePrefix(before);
  const count = unit === 2 ? before.length * 2 : Buffer.byteLength(before);
  const envelope = declared ? 'the XML declaration' : 'the envelope';
  return xmlProblem('xml.beginning', {
    check: 'what stands before the XML',
    expected: declared ? 'nothing before the XML declaration' : 'nothing but white space before the envelope',
    found: `${count} ${count === 1 ? 'byte' : 'bytes'} before ${envelope}: ${quote(before)} (${what})`,
    rule: 'XML 1.0 §2.8',
    remedy,
  });
};

/**
 * Judges the first characters: XML begins with `<`, and its declaration, where it has one, with nothing before it.
 *
 * @param utf8 the message in UTF-8
 * @param start the offset of the first character, after a byte order mark
 * @param unit how many bytes an ASCII character had in the encoding that was sent
 */
export const judgeBeginning = (utf8: Buffer, start: number, unit: 1 | 2): Problem<XmlProblem> | undefined => {
  if (utf8[start] === LT && !HTML.test(utf8.toString('latin1', start, start + SHOWN))) return undefined;
  const text = utf8.toString('utf8', start, start + LOOKED_AT);
  const lead = text.trimStart();
  // What begins with so much white space is left to the scan.
  if (lead === '' && utf8.length - start > LOOKED_AT) return undefined;
  const before = text.slice(0, MESSAGE.exec(text)?.index ?? text.length);
  if (before !== text && !before.includes('<')) return judgePrefix(before, text, unit);
  if (lead.startsWith('<') && !HTML.test(lead)) return undefined;
  if (lead === '') return notXml('white space only', 'send the envelope as the body of the POST');
  const kind = TEXTS.find(([pattern]) => pattern.test(lead))?.[1];
  return notXml(
    `${kind?.what ?? 'text that is no XML'}: ${quote(lead)}`,
    kind?.remedy ?? 'send the envelope itself as the body',
  );
};
