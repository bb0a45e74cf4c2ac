// The signer hashed the text as it is written, without canonicalization.

import type { Making } from '../hypothesis.ts';
import { serialized } from './serialized.ts';

const LONGEST_NAME = 200;

export const digestOfRawText: Making = {
  cause: 'digest-of-raw-text',
  sentence: 'the digest is of the text as it is written: it was never canonicalized',
  why: 'The signer hashes the element as it stands in the text, without canonicalization.',
  rule: 'XML Signature §4.4.3.2: the digest is of the canonical octets',
  remedy: 'canonicalize the element in its place in the envelope, then hash',
  stacks: {
    PHP: 'hash $element->C14N(true), not $document->saveXML($element)',
    zeep: 'etree.tostring(node, method="c14n", exclusive=True, with_comments=False), not etree.tostring(node)',
    'CXF/WSS4J': 'in own code a Canonicalizer of Apache Santuario, not a Transformer, writes what is hashed',
  },
  *octets({ element, message, octets }) {
    const name = element.prefix ? `${element.prefix}:${element.name}` : element.name;
    if (name.length > LONGEST_NAME) return;
    const text = message.toString('latin1');
    for (let from = text.indexOf(`<${name}`); from >= 0; from = text.indexOf(`<${name}`, from + 1)) {
      const end = text.indexOf(`</${name}`, from);
      const close = text.indexOf('>', end);
      if (end < 0 || close < 0) return;
      const raw = message.subarray(from, close + 1);
      // What differs by its line ends alone is another cause.
      if (raw.toString('latin1').replaceAll('\r\n', '\n') === octets.toString('latin1')) continue;
      yield raw;
      for (const alone of serialized(element, raw.toString('utf8'))) yield Buffer.from(alone);
    }
  },
};
