// The byte guard: settles the encoding and refuses what no SOAP message may hold, before any parser runs.

import { isUtf8 } from 'node:buffer';
import type { Problem } from '../kernel/problem.ts';
import { type XmlProblem, xmlProblem } from './problems.ts';
import { scan } from './scan.ts';

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["'](?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["'])?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*["'](?:yes|no)["'])?[ \t\r\n]*\?>/;
/** Longer than any declaration that is written on purpose. */
const DECLARATION_LENGTH = 200;

const encodingProblem = (expected: string, found: string): Problem<XmlProblem> =>
  xmlProblem('xml.encoding', {
    check: 'character encoding',
    expected,
    found,
    rule: 'XML 1.0 §4.3.3; RFC 7303 §3',
    remedy: 'send UTF-8, and let the Content-Type charset, a byte order mark and the XML declaration agree',
  });

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const detect = (bytes: Buffer): Encoding | 'utf-16 without a byte order mark' => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0 || second === 0 ? 'utf-16 without a byte order mark' : 'utf-8';
};

const agrees = (declared: string, actual: Encoding): boolean => {
  const name = declared.toLowerCase();
  return (
    name === actual || (name === 'utf-16' && actual !== 'utf-8') || (name === 'utf8' && actual === 'utf-8')
  );
};

const toUtf8 = (bytes: Buffer, encoding: Encoding): Buffer | undefined => {
  if (encoding === 'utf-8') return isUtf8(bytes) ? bytes : undefined;
  if (bytes.length % 2 !== 0) return undefined;
  const little = encoding === 'utf-16le' ? bytes : Buffer.from(bytes).swap16();
  try {
    return Buffer.from(new TextDecoder('utf-16le', { fatal: true }).decode(little), 'utf8');
  } catch {
    return undefined;
  }
};

/** The XML declaration, where there is one: readable in whole, version 1.0, and of the encoding that the bytes have. */
const checkDeclaration = (
  utf8: Buffer,
  start: number,
  encoding: Encoding,
): Problem<XmlProblem> | undefined => {
  const head = utf8.toString('latin1', start, start + DECLARATION_LENGTH);
  if (!/^<\?xml[ \t\r\n]/.test(head)) return undefined;
  const [, version = '', declared] = DECLARATION.exec(head) ?? [];
  if (version !== '1.0') {
    return xmlProblem('xml.version', {
      check: 'XML declaration',
      expected: `version="1.0", perhaps an encoding, within ${DECLARATION_LENGTH} characters`,
      found: head.slice(0, 60),
      rule: 'XML 1.0 §2.8',
      remedy: 'write version="1.0" in the XML declaration, or leave the declaration out',
    });
  }
  return declared === undefined || agrees(declared, encoding)
    ? undefined
    : encodingProblem(`the declared encoding, ${declared}`, `bytes in ${encoding}`);
};

/**
 * Checks the bytes of a message and returns them as UTF-8 (the XML declaration, if any, stays as it was).
 *
 * @param charset the charset parameter of the Content-Type, if any
 * @returns the message in UTF-8, or the first problem found
 */
export const guard = (bytes: Buffer, charset: string | undefined): Buffer | Problem<XmlProblem> => {
  if (bytes.length === 0) {
    return xmlProblem('xml.empty', {
      check: 'request body',
      expected: 'a SOAP envelope',
      found: 'nothing: the body has no bytes',
      rule: 'SOAP 1.1 §6',
      remedy: 'send the envelope as the body of the POST',
    });
  }
  const encoding = detect(bytes);
  if (encoding === 'utf-16 without a byte order mark')
    return encodingProblem('UTF-8, or UTF-16 with its mark', encoding);
  if (charset !== undefined && !agrees(charset, encoding)) {
    return encodingProblem(`the charset of the Content-Type, ${charset}`, `bytes in ${encoding}`);
  }
  const utf8 = toUtf8(bytes, encoding);
  if (!utf8) return encodingProblem(`valid ${encoding}`, 'a byte sequence that is no character');
  const start = utf8.subarray(0, 3).equals(UTF8_BOM) ? 3 : 0;
  return checkDeclaration(utf8, start, encoding) ?? scan(utf8, start) ?? utf8;
};
