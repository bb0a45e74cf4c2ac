// A namespace was given another prefix after the message was signed.

import { ds, excC14n, soap11, soap12, wsse, wsu } from '../../xml/names.ts';
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

/** In how many ways prefixes are put back together. */
const MOST_WAYS = 2500;

const declared = (prefix: string): string => (prefix === '' ? 'xmlns' : `xmlns:${prefix}`);
const byName = ([one]: Pair, [other]: Pair): number => (one < other ? -1 : 1);

/** The tokens with other prefixes, each by the one that it has. */
const renamed = (tokens: Tokens, prefixes: ReadonlyMap<string, string>): Token[] => {
  const name = (old: string): string => {
    const colon = old.indexOf(':');
    const to = prefixes.get(colon < 0 ? '' : old.slice(0, colon));
    if (to === undefined) return old;
    const local = old.slice(colon + 1);
    return to === '' ? local : `${to}:${local}`;
  };
  const declaration = ([key, uri]: Pair): Pair => {
    const to = prefixes.get(key === 'xmlns' ? '' : key.slice(6));
    return to === undefined ? [key, uri] : [declared(to), uri];
  };
  return tokens.map((token): Token => {
    if (token.kind === 'end') return { ...token, name: name(token.name) };
    if (token.kind !== 'start') return token;
    return {
      ...token,
      name: name(token.name),
      declarations: token.declarations.map(declaration).sort(byName),
      // An attribute without a prefix has no namespace, whatever the default is.
      attributes: token.attributes.map(([key, value]): Pair => [key.includes(':') ? name(key) : key, value]),
    };
  });
};

/** The namespaces that the tokens declare, by their prefixes. */
const declaredIn = (tokens: Tokens): Map<string, string> => {
  const found = new Map<string, string>();
  for (const token of tokens)
    if (token.kind === 'start')
      for (const [key, uri] of token.declarations) found.set(key === 'xmlns' ? '' : key.slice(6), uri);
  return found;
};

/** Prefixes that nobody chooses: those of writers that make their own. */
const GENERATED = /^(?:ns|q|a|b|d\dp)\d+$/;
/** The prefixes of the namespaces that are in every message. */
const PREFIXES: readonly (readonly [namespace: string, prefixes: readonly string[]])[] = [
  [soap11.uri, ['soap', 'soapenv', 'SOAP-ENV', 'soap-env', 's', 'S', 'env', '']],
  [soap12.uri, ['soap', 'soapenv', 'env', 's', 'S', 'soap12', '']],
  [wsu.uri, ['wsu', 'u', 'ns0', 'ns1', '']],
  [wsse.uri, ['wsse', 'o', '']],
  [ds.uri, ['ds', 'dsig', '']],
  [excC14n.uri, ['ec', '']],
];

/** All prefixes that a writer made by itself as they may have been, every namespace with its usual ones. */
export function* generatedPrefixes(tokens: Tokens): Generator<Tokens> {
  const found = [...declaredIn(tokens)].filter(([prefix]) => GENERATED.test(prefix));
  const ways = found.map(([prefix, uri]) => ({
    prefix,
    usual: PREFIXES.find(([namespace]) => namespace === uri)?.[1] ?? USUAL,
  }));
  const most = ways.reduce((product, { usual }) => product * usual.length, found.length > 0 ? 1 : 0);
  if (most > MOST_WAYS) return;
  for (let way = 0; way < most; way += 1) {
    let left = way;
    const prefixes = new Map<string, string>();
    for (const { prefix, usual } of ways) {
      prefixes.set(prefix, usual[left % usual.length] ?? prefix);
      left = Math.floor(left / usual.length);
    }
    if (new Set(prefixes.values()).size === prefixes.size) yield renamed(tokens, prefixes);
  }
}

export const prefixChanged: Change = {
  cause: 'prefix-changed',
  sentence: 'a namespace prefix was changed after the message was signed',
  why: 'An XML library that keeps no prefixes writes the message with its own: ns0, ns1, ns2.',
  rule: 'Canonical XML §4.1: prefixes count, unlike for schemas',
  remedy: 'let nothing behind the signer parse the message and write it anew with prefixes of its own',
  stacks: {
    'CXF/WSS4J': 'no transformation or StAX rewriting behind WSS4JOutInterceptor',
    zeep: 'no etree.cleanup_namespaces with a top_nsmap after signing',
  },
  *undo(tokens) {
    const found = declaredIn(tokens);
    for (const from of found.keys())
      for (const to of USUAL) if (!found.has(to)) yield renamed(tokens, new Map([[from, to]]));
    if (found.size > 1) yield* generatedPrefixes(tokens);
  },
};
