// The value of an attribute was written otherwise.

import type { Change } from '../hypothesis.ts';
import { replaced, type Start, type Tokens } from '../octets/tokens.ts';
import { spellings } from './spellings.ts';

const PREFIXES = ['xsd', 'xs', 'xsi', 'ns', 'ns0', 'ns1', 'ns2', 'ns3', 'tns', 'm', 'q1', 's'];

/** A qualified name with another prefix. */
function* qualified(value: string): Generator<string> {
  const [, prefix, local] = /^([\w.-]+):([\w.-]+)$/.exec(value) ?? [];
  if (prefix === undefined || local === undefined) return;
  for (const other of PREFIXES) if (other !== prefix) yield `${other}:${local}`;
  yield local;
}

const withValue = (tokens: Tokens, at: number, token: Start, index: number, value: string): Tokens =>
  replaced(tokens, at, {
    ...token,
    attributes: token.attributes.map(([name, old], one) => [name, one === index ? value : old] as const),
  });

export const attributeChanged: Change = {
  cause: 'attribute-changed',
  sentence:
    'the value of an attribute was written otherwise after the message was signed (another prefix in a type, trimmed, another case)',
  why: 'A step behind the signer writes the value of an attribute anew: a qualified name, an address, an Id.',
  rule: 'XML Signature §4.4.3: attributes of what is signed count',
  remedy: 'let nothing behind the signer rewrite attributes',
  *undo(tokens) {
    for (const [at, token] of tokens.entries()) {
      if (token.kind !== 'start') continue;
      for (const [index, [, value]] of token.attributes.entries())
        for (const former of [...qualified(value), ...spellings(value)])
          if (former !== value) yield withValue(tokens, at, token, index, former);
    }
  },
};
