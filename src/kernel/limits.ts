// How much one request may hold: what no real client needs is refused before it costs anything.

import { z } from 'zod';

const KIB = 1024;
const MIB = 1024 * KIB;

const count = (usual: number, most: number) => z.int().min(1).max(most).default(usual);

/** The setting `limits`. Bodies, names and texts in bytes; bodies before and after their content encoding is undone. */
export const limitsSchema = z.strictObject({
  soapBody: count(256 * KIB, 64 * MIB),
  restBody: count(64 * KIB, 64 * MIB),
  controlBody: count(64 * KIB, 64 * MIB),
  /** A seed over the control interface: it holds a whole register. */
  seedBody: count(64 * MIB, 512 * MIB),
  /** libxml2 itself goes no deeper than 256. */
  depth: count(64, 250),
  elements: count(10_000, 1_000_000),
  /** On one element, declarations of namespaces too. */
  attributes: count(256, 10_000),
  allAttributes: count(10_000, 1_000_000),
  comments: count(10_000, 1_000_000),
  cdataSections: count(10_000, 1_000_000),
  /** White space between tags is one too. */
  texts: count(25_000, 1_000_000),
  /** Attributes named Id, ID or id: real messages have five. */
  ids: count(1000, 1_000_000),
  name: count(KIB, MIB),
  /** A text, a comment, a CDATA section, an attribute's value. */
  text: count(128 * KIB, 8 * MIB),
});

export type Limits = Readonly<z.output<typeof limitsSchema>>;

export const usualLimits: Limits = limitsSchema.parse({});
