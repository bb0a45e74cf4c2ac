// One pass over the markup: document types, processing instructions and sizes, without building anything.

import type { Problem } from '../kernel/problem.ts';
import { type XmlProblem, xmlProblem } from './problems.ts';

/** The caps on a message; body size is capped by the listener. Sizes in bytes. */
export const limits = {
  depth: 64,
  elements: 100_000,
  attributes: 256,
  name: 1024,
  text: 1024 * 1024,
  /** The squares of the namespaces in scope, added up over all elements: what inclusive canonicalization costs. */
  namespaceWork: 20_000_000,
} as const;

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const EQUALS = 0x3d;

const CAP_REMEDY = 'send a smaller message; real messages of this service stay far below';
const cap = (code: XmlProblem, what: string, limit: number, found: string): Problem<XmlProblem> =>
  xmlProblem(code, {
    check: what,
    expected: `at most ${limit}`,
    found,
    rule: 'a limit of the emulator against oversized messages',
    remedy: CAP_REMEDY,
  });

const doctype = (found: string): Problem<XmlProblem> =>
  xmlProblem('xml.doctype', {
    check: 'document type declaration',
    expected: 'none',
    found,
    rule: 'SOAP 1.1 §3; SOAP 1.2 Part 1 §5',
    remedy: 'send the envelope without <!DOCTYPE; entities declared there are not expanded',
  });

const instruction = (target: string): Problem<XmlProblem> =>
  xmlProblem('xml.processing-instruction', {
    check: 'processing instruction',
    expected: 'none',
    found: `<?${target}`,
    rule: 'SOAP 1.1 §3; SOAP 1.2 Part 1 §5',
    remedy: 'remove the processing instruction; only the XML declaration may start with <?',
  });

/** A start tag as far as the caps care: where it ends, whether it is empty, or what is too much about it. */
const scanTag = (
  bytes: Buffer,
  start: number,
): { end: number; empty: boolean; namespaces: number } | Problem<XmlProblem> | undefined => {
  let attributes = 0;
  let namespaces = 0;
  let token = start + 1;
  for (let at = start + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === GT) return { end: at, empty: bytes[at - 1] === SLASH, namespaces };
    if (byte === QUOTE || byte === APOSTROPHE) {
      const close = bytes.indexOf(byte, at + 1);
      if (close < 0) return undefined;
      if (close - at > limits.text)
        return cap('xml.text-too-long', 'length of an attribute value', limits.text, 'more');
      attributes += 1;
      if (attributes > limits.attributes) {
        return cap('xml.too-many-attributes', 'attributes on one element', limits.attributes, 'more');
      }
      at = close;
      token = at + 1;
    } else if (byte === undefined || byte <= 0x20 || byte === EQUALS) {
      if (byte === EQUALS && bytes.toString('latin1', token, token + 5) === 'xmlns') namespaces += 1;
      token = at + 1;
    } else if (at - token > limits.name) {
      return cap('xml.name-too-long', 'bytes in a name', limits.name, 'more');
    }
  }
  return undefined;
};

/** Where a comment or CDATA section that starts at `at` ends, or a problem with what starts with `<!` there. */
const scanDeclaration = (bytes: Buffer, at: number): number | Problem<XmlProblem> => {
  const ahead = bytes.toString('latin1', at, at + 9);
  const close = ahead.startsWith('<!--') ? '-->' : ahead === '<![CDATA[' ? ']]>' : undefined;
  if (close === undefined) return doctype(ahead);
  const end = bytes.indexOf(close, at + (close === '-->' ? 4 : 9));
  if (end - at > limits.text)
    return cap('xml.text-too-long', 'length of a comment or CDATA section', limits.text, 'more');
  return end < 0 ? bytes.length : end + 3;
};

/**
 * Looks for what the caps and SOAP forbid. What is not well-formed is left for the parser to refuse.
 *
 * @param start the offset of the first character, after a byte order mark
 */
export const scan = (bytes: Buffer, start: number): Problem<XmlProblem> | undefined => {
  // How many declarations each open element and those around it have made.
  const scopes: number[] = [];
  let work = 0;
  let elements = 0;
  let at = start;
  while (at < bytes.length) {
    const next = bytes.indexOf(LT, at);
    if (next < 0) return undefined;
    if (next - at > limits.text)
      return cap('xml.text-too-long', 'length of a text', limits.text, `${next - at}`);
    const kind = bytes[next + 1];
    if (kind === BANG) {
      const end = scanDeclaration(bytes, next);
      if (typeof end !== 'number') return end;
      at = end;
    } else if (kind === QUESTION) {
      const target = /^[^\s?]*/.exec(bytes.toString('latin1', next + 2, next + 32))?.[0] ?? '';
      if (next !== start || target !== 'xml') return instruction(target);
      const end = bytes.indexOf('?>', next);
      if (end < 0) return undefined;
      at = end + 2;
    } else if (kind === SLASH) {
      scopes.pop();
      at = next + 2;
    } else {
      const tag = scanTag(bytes, next);
      if (tag === undefined || 'problem' in tag) return tag;
      elements += 1;
      if (elements > limits.elements)
        return cap('xml.too-many-elements', 'elements', limits.elements, 'more');
      const inScope = (scopes.at(-1) ?? 0) + tag.namespaces;
      work += inScope * inScope;
      if (work > limits.namespaceWork) {
        return cap(
          'xml.too-many-namespaces',
          'namespaces in scope, squared, over all elements',
          limits.namespaceWork,
          'more',
        );
      }
      if (!tag.empty) scopes.push(inScope);
      if (scopes.length > limits.depth)
        return cap('xml.too-deep', 'depth of the element tree', limits.depth, 'more');
      at = tag.end + 1;
    }
  }
  return undefined;
};
