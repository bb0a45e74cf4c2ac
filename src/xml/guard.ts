// The byte guard: settles the encoding and refuses what no SOAP message may hold, before any parser runs.

import { usualLimits } from '../kernel/limits.ts';
import { isProblem, type Problem } from '../kernel/problem.ts';
import { judgeBeginning, judgeFormat } from './beginning.ts';
import { detectEncoding, judgeLabel, toUtf8 } from './encoding.ts';
import { type XmlProblem, xmlProblem } from './problems.ts';
import { scan, type XmlLimits } from './scan.ts';

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["'](?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["'])?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*["'](?:yes|no)["'])?[ \t\r\n]*\?>/;
/** Longer than any declaration that is written on purpose. */
const DECLARATION_LENGTH = 200;

const badVersion = (head: string): Problem<XmlProblem> =>
  xmlProblem('xml.version', {
    check: 'XML declaration',
    expected: `version="1.0", perhaps an encoding, within ${DECLARATION_LENGTH} characters`,
    found: head.slice(0, 60),
    rule: 'XML 1.0 §2.8',
    remedy: 'write version="1.0" in the XML declaration, or leave the declaration out',
  });

/** The encoding that the XML declaration names; undefined: there is none, or it names none. */
const declaredIn = (text: Buffer, start: number): string | undefined | Problem<XmlProblem> => {
  const head = text.toString('latin1', start, start + DECLARATION_LENGTH);
  if (!/^<\?xml[ \t\r\n]/.test(head)) return undefined;
  const [, version = '', declared] = DECLARATION.exec(head) ?? [];
  return version === '1.0' ? declared : badVersion(head);
};

const markLength = (utf8: Buffer): number => (utf8.subarray(0, 3).equals(UTF8_BOM) ? 3 : 0);

/** The message in UTF-8, once everything that names an encoding agrees with the bytes. */
const settle = (bytes: Buffer, charset: string | undefined): Buffer | Problem<XmlProblem> => {
  const encoding = detectEncoding(bytes);
  if (typeof encoding !== 'string') return encoding;
  const strange =
    charset === undefined ? undefined : judgeLabel(charset, 'charset of the Content-Type', bytes, encoding);
  if (strange) return strange;
  const utf8 = toUtf8(bytes, encoding);
  // What bytes that are no UTF-8 are meant to be is told by their declaration.
  const text = isProblem(utf8) && encoding === 'utf-8' ? bytes : utf8;
  if (isProblem(text)) return text;
  const unread = judgeBeginning(text, markLength(text), encoding === 'utf-8' ? 1 : 2);
  if (unread) return unread;
  const declared = declaredIn(text, markLength(text));
  if (typeof declared === 'object') return isProblem(utf8) ? utf8 : declared;
  const contradicted =
    declared === undefined ? undefined : judgeLabel(declared, 'XML declaration', bytes, encoding);
  return contradicted ?? utf8;
};

/**
 * Checks the bytes of a message and returns them as UTF-8 (the XML declaration, if any, stays as it was).
 *
 * @param charset the charset parameter of the Content-Type, if any
 * @returns the message in UTF-8, or the first problem found
 */
export const guard = (
  bytes: Buffer,
  charset: string | undefined,
  limits: XmlLimits = usualLimits,
): Buffer | Problem<XmlProblem> => {
  if (bytes.length === 0) {
    return xmlProblem('xml.empty', {
      check: 'request body',
      expected: 'a SOAP envelope',
      found: 'nothing: the body has no bytes',
      rule: 'SOAP 1.1 §6',
      remedy: 'send the envelope as the body of the POST',
    });
  }
  const utf8 = judgeFormat(bytes) ?? settle(bytes, charset);
  return isProblem(utf8) ? utf8 : (scan(utf8, markLength(utf8), limits) ?? utf8);
};
