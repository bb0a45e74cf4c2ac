// A namespace was given another prefix after the message was signed.

import type { Change } from '../hypothesis.ts';
import type { Pair, Token, Tokens } from '../octets/tokens.ts';

/** The prefixes that stacks give. */
const USUAL = [
  '',
  'soap',
  'soapenv',
  'SOAP-ENV',
  's',
  'S',
  'env',
  'soap-env',
  'wsu',
  'wsse',
  'ds',
  'u',
  'o',
  'ns',
  'ns0',
  'ns1',
  'ns2',
  'ns3',
  'ns4',
  'ns5',
  'ns6',
  'tns',
  'tem',
  'q1',
  'a',
  'b',
  'p',
  'm',
  'd2p1',
  'd3p1',
  'd4p1',
];

const declared = (prefix: string): string => (prefix === '' ? 'xmlns' : `xmlns:${prefix}`);
const byName = ([one]: Pair, [other]: Pair): number => (one < other ? -1 : 1);

const renamed = (tokens: Tokens, from: string, to: string): Token[] => {
  const name = (old: string): string => {
    if (from === '') return old.includes(':') ? old : `${to}:${old}`;
    if (!old.startsWith(`${from}:`)) return old;
    return to === '' ? old.slice(from.length + 1) : to + old.slice(from.length);
  };
  return tokens.map((token): Token => {
    if (token.kind === 'end') return { ...token, name: name(token.name) };
    if (token.kind !== 'start') return token;
    const declarations = token.declarations.map(
      ([key, uri]): Pair => [key === declared(from) ? declared(to) : key, uri],
    );
    return {
      ...token,
      name: name(token.name),
      declarations: declarations.sort(byName),
      // An attribute without a prefix has no namespace, whatever the default is.
      attributes: token.attributes.map(([key, value]): Pair => [from === '' ? key : name(key), value]),
    };
  });
};

export const prefixChanged: Change = {
  cause: 'prefix-changed',
  sentence: 'a namespace prefix was changed after the message was signed',
  rule: 'Canonical XML §4.1: prefixes count, unlike for schemas',
  remedy: 'let nothing behind the signer parse the message and write it anew with prefixes of its own',
  stacks: {
    'CXF/WSS4J': 'no transformation or StAX rewriting behind WSS4JOutInterceptor',
    zeep: 'no etree.cleanup_namespaces with a top_nsmap after signing',
  },
  *undo(tokens) {
    const found = new Set<string>();
    for (const token of tokens)
      if (token.kind === 'start')
        for (const [key] of token.declarations) found.add(key === 'xmlns' ? '' : key.slice(6));
    for (const from of found) for (const to of USUAL) if (!found.has(to)) yield renamed(tokens, from, to);
  },
};
