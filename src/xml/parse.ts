// The one parse: UTF-8 bytes become the libxml2 tree that everything afterwards is read from.

import { ParseOption, XmlDocument, XmlLibError } from 'libxml2-wasm';
import type { Problem } from '../kernel/problem.ts';
import { type XmlKind, type XmlProblem, xmlProblem } from './problems.ts';

const OPTIONS =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_NOWARNING;

const describe = (error: unknown): string => {
  if (!(error instanceof XmlLibError)) return String(error);
  const [first] = error.details;
  return first ? `line ${first.line}, column ${first.col}: ${first.message.trim()}` : error.message.trim();
};

/** libxml2-wasm hands on no numbers of errors, so that its words have to tell. */
const UNDECLARED = /Entity '[^']*' not defined/;

const kindOf = (error: unknown): { kind?: XmlKind } => {
  const [first] = error instanceof XmlLibError ? error.details : [];
  return first && UNDECLARED.test(first.message) ? { kind: 'entity-undeclared' } : {};
};

const CUT =
  'close the outermost element: its end tag does not come. Where the client writes one, the message was cut on its way: Content-Length counts bytes, not characters';

/** As much as has the tag of the outermost element in it. */
const BEGINNING = 4096;

/** Whether the outermost element is not closed. */
const endsEarly = (utf8: Buffer): boolean => {
  const [tag, name] = /<([^\s/>!?]+)[^>]*>/.exec(utf8.toString('utf8', 0, BEGINNING)) ?? [];
  if (tag === undefined || tag.endsWith('/>')) return false;
  const end = utf8.lastIndexOf(`</${name}`);
  return end < 0 || !utf8.includes('>', end);
};

const lineOf = (error: unknown): { line?: number } => {
  const [first] = error instanceof XmlLibError ? error.details : [];
  return first ? { line: first.line } : {};
};

/**
 * Parses guarded bytes. The tree lives in WebAssembly memory: whoever asks for it must dispose it.
 *
 * @param utf8 the bytes that `guard` returned
 */
export const parse = (utf8: Buffer): XmlDocument | Problem<XmlProblem> => {
  try {
    const document = XmlDocument.fromBuffer(utf8, { encoding: 'UTF-8', option: OPTIONS });
    if (!document.dtd) return document;
    document.dispose();
    return xmlProblem('xml.doctype', {
      check: 'document type declaration',
      expected: 'none',
      found: 'a document type that the byte guard did not see',
      rule: 'SOAP 1.1 §3; SOAP 1.2 Part 1 §5',
      remedy: 'send the envelope without <!DOCTYPE',
    });
  } catch (error) {
    return xmlProblem('xml.malformed', {
      check: 'well-formed XML with namespaces',
      expected: 'a document that a namespace-aware parser accepts',
      found: describe(error),
      rule: 'XML 1.0 §2.1; Namespaces in XML 1.0 §7',
      remedy: endsEarly(utf8)
        ? CUT
        : 'correct the named line; check that every prefix is declared and every tag closed',
      ...lineOf(error),
      ...kindOf(error),
    });
  }
};
