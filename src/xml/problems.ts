// What can be wrong with the bytes of a message before anybody asks what it means.

import type { Problem } from '../kernel/problem.ts';

export type XmlProblem =
  | 'xml.empty'
  | 'xml.not-xml'
  | 'xml.beginning'
  | 'xml.encoding'
  | 'xml.version'
  | 'xml.doctype'
  | 'xml.processing-instruction'
  | 'xml.too-deep'
  | 'xml.too-many-elements'
  | 'xml.too-many-attributes'
  | 'xml.too-many-namespaces'
  | 'xml.too-many-ids'
  | 'xml.too-many-comments'
  | 'xml.too-many-cdata-sections'
  | 'xml.too-many-texts'
  | 'xml.name-too-long'
  | 'xml.text-too-long'
  | 'xml.malformed';

/** What one code stands for that explanations tell apart. */
export type XmlKind = 'entity-undeclared';

interface Details {
  readonly check: string;
  readonly expected: string;
  readonly found: string;
  readonly rule: string;
  readonly remedy: string;
  readonly line?: number;
  readonly kind?: XmlKind;
}

export const xmlProblem = (code: XmlProblem, details: Details): Problem<XmlProblem> => ({
  problem: code,
  explanation: { ...details, basis: 'assumed' },
});
