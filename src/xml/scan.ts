// One pass over the markup: document types, processing instructions and sizes, without building anything.

import type { Limits } from '../kernel/limits.ts';
import type { Problem } from '../kernel/problem.ts';
import { type XmlProblem, xmlProblem } from './problems.ts';

/** The limits on a message. */
export type XmlLimits = Omit<Limits, 'soapBody' | 'restBody' | 'controlBody' | 'seedBody'>;

/** The squares of the namespaces in scope, added up over all elements: what inclusive canonicalization costs. */
const NAMESPACE_WORK = 20_000_000;

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const EQUALS = 0x3d;
const COLON = 0x3a;

const SMALLER = 'send a smaller message; real messages of this service stay far below';

const cap = (code: XmlProblem, what: string, limit: number, remedy = SMALLER): Problem<XmlProblem> =>
  xmlProblem(code, {
    check: what,
    expected: `at most ${limit}`,
    found: `more than ${limit}`,
    rule: 'a limit of the emulator against oversized messages (setting: limits)',
    remedy,
  });

const doctype = (found: string): Problem<XmlProblem> =>
  xmlProblem('xml.doctype', {
    check: 'document type declaration',
    expected: 'none',
    found,
    rule: 'SOAP 1.1 §3; SOAP 1.2 Part 1 §5',
    remedy: 'send the envelope without <!DOCTYPE; entities declared there are not expanded',
  });

const instruction = (target: string, at: number): Problem<XmlProblem> => {
  const declaration = target.toLowerCase() === 'xml';
  return xmlProblem('xml.processing-instruction', {
    check: 'processing instruction',
    expected: declaration ? 'the XML declaration at the very beginning, or none' : 'none',
    found: declaration ? `an XML declaration, at byte ${at}` : `<?${target}, at byte ${at}`,
    rule: declaration ? 'XML 1.0 §2.8' : 'SOAP 1.1 §3; SOAP 1.2 Part 1 §5',
    remedy: declaration
      ? 'leave it out: a document that is put into another one, or behind other markup, has no declaration of its own'
      : 'remove the processing instruction; only the XML declaration may start with <?',
  });
};

/** What has been met of each kind that is limited. */
interface Tally {
  attributes: number;
  ids: number;
  comments: number;
  cdataSections: number;
  texts: number;
}

/** Whether the attribute's name is `xmlns` or begins with `xmlns:`. */
const isDeclaration = (bytes: Buffer, start: number, end: number): boolean =>
  (end - start === 5 || (end - start > 5 && bytes[start + 5] === COLON)) &&
  bytes[start] === 0x78 &&
  bytes.toString('latin1', start, start + 5) === 'xmlns';

/** Whether the attribute's name is `Id`, `ID` or `id`, behind whatever prefix. */
const isId = (bytes: Buffer, start: number, end: number): boolean =>
  ((bytes[end - 1] ?? 0) | 0x20) === 0x64 &&
  ((bytes[end - 2] ?? 0) | 0x20) === 0x69 &&
  (end - start === 2 || (end - start > 2 && bytes[end - 3] === COLON));

/** A start tag as far as the limits care: where it ends, whether it is empty, or what is too much about it. */
const scanTag = (
  bytes: Buffer,
  start: number,
  limits: XmlLimits,
  tally: Tally,
): { end: number; empty: boolean; namespaces: number } | Problem<XmlProblem> | undefined => {
  let attributes = 0;
  let namespaces = 0;
  let token = start + 1;
  // The last name that ended: white space may stand between it and its `=`.
  let [from, to] = [token, token];
  for (let at = start + 1; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === GT) return { end: at, empty: bytes[at - 1] === SLASH, namespaces };
    if (byte === QUOTE || byte === APOSTROPHE) {
      const close = bytes.indexOf(byte, at + 1);
      if (close < 0) return undefined;
      if (close - at > limits.text)
        return cap('xml.text-too-long', 'length of an attribute value', limits.text);
      attributes += 1;
      tally.attributes += 1;
      if (attributes > limits.attributes)
        return cap('xml.too-many-attributes', 'attributes on one element', limits.attributes);
      if (isDeclaration(bytes, from, to)) namespaces += 1;
      else if (isId(bytes, from, to)) tally.ids += 1;
      at = close;
      token = at + 1;
    } else if (byte <= 0x20 || byte === EQUALS) {
      if (at > token) [from, to] = [token, at];
      token = at + 1;
    } else if (at - token > limits.name) {
      return cap('xml.name-too-long', 'bytes in a name', limits.name);
    }
  }
  return undefined;
};

const COMMENT_END = Buffer.from('-->');
const SECTION_END = Buffer.from(']]>');

/** Where a comment or CDATA section that starts at `at` ends, or a problem with what starts with `<!` there. */
const scanDeclaration = (
  bytes: Buffer,
  at: number,
  limits: XmlLimits,
  tally: Tally,
): number | Problem<XmlProblem> => {
  const ahead = bytes.toString('latin1', at, at + 9);
  const comment = ahead.startsWith('<!--');
  if (!comment && ahead !== '<![CDATA[') return doctype(ahead);
  tally[comment ? 'comments' : 'cdataSections'] += 1;
  const end = bytes.indexOf(comment ? COMMENT_END : SECTION_END, at + (comment ? 4 : 9));
  if (end - at > limits.text)
    return cap('xml.text-too-long', 'length of a comment or CDATA section', limits.text);
  return end < 0 ? bytes.length : end + 3;
};

const overrun = (tally: Tally, limits: XmlLimits): Problem<XmlProblem> | undefined => {
  if (tally.attributes > limits.allAttributes)
    return cap('xml.too-many-attributes', 'attributes in all', limits.allAttributes);
  if (tally.ids > limits.ids)
    return cap(
      'xml.too-many-ids',
      'attributes named Id, ID or id',
      limits.ids,
      'give Ids only to the elements that are signed, and to the token',
    );
  if (tally.comments > limits.comments) return cap('xml.too-many-comments', 'comments', limits.comments);
  if (tally.cdataSections > limits.cdataSections)
    return cap('xml.too-many-cdata-sections', 'CDATA sections', limits.cdataSections);
  return tally.texts > limits.texts
    ? cap('xml.too-many-texts', 'texts between the markup', limits.texts)
    : undefined;
};

/** The open elements: how deep they are, how many there were, and what their namespaces cost. */
const createScopes = (limits: XmlLimits) => {
  // How many declarations each open element and those around it have made.
  const scopes: number[] = [];
  let work = 0;
  let elements = 0;
  return {
    close: () => void scopes.pop(),
    open: ({
      empty,
      namespaces,
    }: {
      empty: boolean;
      namespaces: number;
    }): Problem<XmlProblem> | undefined => {
      elements += 1;
      if (elements > limits.elements) return cap('xml.too-many-elements', 'elements', limits.elements);
      const inScope = (scopes.at(-1) ?? 0) + namespaces;
      work += inScope * inScope;
      if (work > NAMESPACE_WORK) {
        return cap(
          'xml.too-many-namespaces',
          'namespaces in scope, squared, over all elements',
          NAMESPACE_WORK,
        );
      }
      if (!empty) scopes.push(inScope);
      return scopes.length > limits.depth
        ? cap('xml.too-deep', 'depth of the element tree', limits.depth)
        : undefined;
    },
  };
};

/**
 * Looks for what the limits and SOAP forbid. What is not well-formed is left for the parser to refuse.
 *
 * @param start the offset of the first character, after a byte order mark
 */
export const scan = (bytes: Buffer, start: number, limits: XmlLimits): Problem<XmlProblem> | undefined => {
  const tally: Tally = { attributes: 0, ids: 0, comments: 0, cdataSections: 0, texts: 0 };
  const scopes = createScopes(limits);
  let at = start;
  while (at < bytes.length) {
    const next = bytes.indexOf(LT, at);
    if (next < 0) return undefined;
    if (next - at > limits.text) return cap('xml.text-too-long', 'length of a text', limits.text);
    if (next > at) tally.texts += 1;
    const kind = bytes[next + 1];
    if (kind === BANG) {
      const end = scanDeclaration(bytes, next, limits, tally);
      if (typeof end !== 'number') return end;
      at = end;
    } else if (kind === QUESTION) {
      const target = /^[^\s?]*/.exec(bytes.toString('latin1', next + 2, next + 32))?.[0] ?? '';
      if (next !== start || target !== 'xml') return instruction(target, next);
      const end = bytes.indexOf('?>', next);
      if (end < 0) return undefined;
      at = end + 2;
    } else if (kind === SLASH) {
      scopes.close();
      at = bytes.indexOf(GT, next) + 1;
      if (at === 0) return undefined;
    } else {
      const tag = scanTag(bytes, next, limits, tally);
      if (tag === undefined || 'problem' in tag) return tag;
      const refused = scopes.open(tag);
      if (refused) return refused;
      at = tag.end + 1;
    }
    const refused = overrun(tally, limits);
    if (refused) return refused;
  }
  return undefined;
};
