// How much one request may hold: what no real client needs is refused before it costs anything.

import * as z from 'zod';

const KIB = 1024;
const MIB = 1024 * KIB;

const limit = (usual: number, most: number, what: string) =>
  z.int().min(1).max(most).default(usual).describe(what);

/** The setting `limits`. */
export const limitsSchema = z.strictObject({
  soapBody: limit(256 * KIB, 64 * MIB, 'bytes of a SOAP message, before and after gzip is undone'),
  restBody: limit(64 * KIB, 64 * MIB, 'bytes of a body of the REST service, before and after gzip is undone'),
  controlBody: limit(64 * KIB, 64 * MIB, 'bytes of a body of the control interface'),
  seedBody: limit(64 * MIB, 512 * MIB, 'bytes of a seed over the control interface'),
  // libxml2 itself goes no deeper than 256.
  depth: limit(64, 250, 'depth of the element tree'),
  elements: limit(10_000, 1_000_000, 'elements of a message'),
  attributes: limit(256, 10_000, 'attributes of an element, declarations of namespaces too'),
  allAttributes: limit(10_000, 1_000_000, 'attributes of a message'),
  // A schema complains of every section where only elements may stand.
  comments: limit(2000, 1_000_000, 'comments of a message'),
  cdataSections: limit(2000, 1_000_000, 'CDATA sections of a message'),
  texts: limit(20_000, 1_000_000, 'texts of a message, white space between tags too'),
  ids: limit(1000, 1_000_000, 'attributes named Id, ID or id; real messages have five'),
  name: limit(KIB, MIB, 'bytes of a name'),
  text: limit(128 * KIB, 8 * MIB, 'bytes of a text, a comment, a CDATA section or an attribute’s value'),
});

export type Limits = Readonly<z.output<typeof limitsSchema>>;

export const usualLimits: Limits = limitsSchema.parse({});

/** What an answer may hold that a client asked for: a thousand persons with their certificates, encrypted into one text. */
export const answerLimits: Limits = limitsSchema.parse({
  elements: 100_000,
  allAttributes: 100_000,
  texts: 200_000,
  text: 8 * MIB,
});
