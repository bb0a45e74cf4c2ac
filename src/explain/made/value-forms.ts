// A DigestValue or SignatureValue that is no base64, and whose spelling says what it is instead.

import type { XmlElement } from 'libxml2-wasm';
import { isProblem } from '../../kernel/problem.ts';
import type { Anatomy } from '../../security/anatomy.ts';
import { decodeBase64 } from '../../xml/base64.ts';
import { ds } from '../../xml/names.ts';
import { placeOf } from '../../xml/place.ts';
import { children, isNamed } from '../../xml/tree.ts';
import type { ExplainedCause } from '../explained.ts';
import type { Cause } from '../hypothesis.ts';

const RULE =
  'XML Signature §4.3 and §4.4.3.6: base64 as RFC 2045 writes it, with + and / and with its padding';

const digestInBase64url: Cause = {
  cause: 'digest-in-base64url',
  sentence: 'DigestValue is written in base64url (- and _ where + and / belong)',
  why: 'A library for JSON Web Tokens encodes the digest: - and _ in place of + and /.',
  rule: RULE,
  remedy: 'write ordinary base64',
  stacks: {
    'CXF/WSS4J': 'in own code Base64.getEncoder(), not Base64.getUrlEncoder()',
    zeep: 'in own code base64.b64encode, not base64.urlsafe_b64encode',
    'node-soap': "in own code digest('base64'), not digest('base64url')",
  },
};
const digestUnpadded: Cause = {
  cause: 'digest-unpadded',
  sentence: 'DigestValue is base64 without the = that ends it',
  why: 'The signs = at the end of base64 are cut off.',
  rule: RULE,
  remedy: 'write the padding: one = behind the 43 characters of a SHA-256 digest',
  stacks: { 'CXF/WSS4J': 'in own code Base64.getEncoder() without withoutPadding()' },
};
const signatureInBase64url: Cause = {
  cause: 'signature-in-base64url',
  sentence: 'SignatureValue is written in base64url (- and _ where + and / belong)',
  why: 'A library for JSON Web Tokens encodes the signature: - and _ in place of + and /.',
  rule: RULE,
  remedy: 'write ordinary base64',
  stacks: {
    'CXF/WSS4J': 'in own code Base64.getEncoder(), not Base64.getUrlEncoder()',
    'node-soap': "in own code sign(key, 'base64'), not sign(key, 'base64url')",
  },
};

export const valueForms: readonly Cause[] = [digestInBase64url, digestUnpadded, signatureInBase64url];

/** Lengths of digests and of signatures, in bytes. */
const DIGESTS = new Set([16, 20, 28, 32, 48, 64]);
const FEWEST_OF_SIGNATURE = 128;

const formOf = (name: string, text: string): Cause | undefined => {
  const compact = text.replace(/[ \t\r\n]+/g, '');
  if (decodeBase64(compact)) return undefined;
  const bytes = Buffer.from(compact, 'base64').length;
  const url = /[-_]/.test(compact) && /^[\w-]+={0,2}$/.test(compact);
  if (name === 'SignatureValue')
    return url && bytes >= FEWEST_OF_SIGNATURE ? signatureInBase64url : undefined;
  if (!DIGESTS.has(bytes)) return undefined;
  if (url) return digestInBase64url;
  const padded = compact.padEnd(Math.ceil(compact.length / 4) * 4, '=');
  return !compact.endsWith('=') && decodeBase64(padded) ? digestUnpadded : undefined;
};

function* descendants(element: XmlElement): Generator<XmlElement> {
  for (const child of children(element)) {
    yield child;
    yield* descendants(child);
  }
}

/** What the values of the signature are written in, where that is no base64; each cause once. */
export const causesOfForm = (anatomy: Anatomy): ExplainedCause[] => {
  const header = anatomy.header();
  if (isProblem(header)) return [];
  const found = new Map<string, ExplainedCause>();
  for (const element of descendants(header.signature)) {
    const value = ['DigestValue', 'SignatureValue'].find((name) => isNamed(element, ds.uri, name));
    const cause = value === undefined ? undefined : formOf(value, element.content);
    if (!cause) continue;
    const where = [...(found.get(cause.cause)?.where ?? []), placeOf(element)];
    found.set(cause.cause, { ...cause, certain: true, where, evidence: {} });
  }
  return [...found.values()];
};
