// An element, or its namespace, got another name: the same letters in another case, or written otherwise.

import type { Change } from '../hypothesis.ts';
import type { Token, Tokens } from '../octets/tokens.ts';

/** How many names of one element are tried to be others. */
const MOST = 40;

const SPELLINGS: readonly (readonly [string, string])[] = [
  ['ø', 'oe'],
  ['å', 'aa'],
  ['æ', 'ae'],
  ['ø', 'o'],
  ['å', 'a'],
  ['_', ''],
  ['-', ''],
];

const localOf = (name: string): string => name.replace(/^.*:/, '');

function* otherNames(local: string): Generator<string> {
  const first = local.charAt(0);
  yield (first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase()) + local.slice(1);
  yield local.toLowerCase();
  yield local.toUpperCase();
  for (const [one, other] of SPELLINGS) {
    yield local.replaceAll(one, other);
    if (other !== '' && other.length > 1) yield local.replaceAll(other, one);
  }
}

const renamed = (tokens: Tokens, from: string, to: string): Token[] =>
  tokens.map((token): Token => {
    if ((token.kind !== 'start' && token.kind !== 'end') || localOf(token.name) !== from) return token;
    return { ...token, name: token.name.slice(0, token.name.length - from.length) + to };
  });

function* otherNamespaces(uri: string): Generator<string> {
  yield uri.endsWith('/') ? uri.slice(0, -1) : `${uri}/`;
  if (/^https?:/.test(uri))
    yield uri.startsWith('https:') ? uri.replace('https:', 'http:') : uri.replace('http:', 'https:');
  const [, start = '', version = '', end = ''] = /^(.*\/v)(\d+)(\/?)$/.exec(uri) ?? [];
  if (version !== '') for (const one of [1, 2, 3, 4]) if (String(one) !== version) yield start + one + end;
}

const inNamespace = (tokens: Tokens, from: string, to: string): Token[] =>
  tokens.map(
    (token): Token =>
      token.kind === 'start' && token.declarations.some(([, uri]) => uri === from)
        ? {
            ...token,
            declarations: token.declarations.map(([key, uri]) => [key, uri === from ? to : uri] as const),
          }
        : token,
  );

export const elementRenamed: Change = {
  cause: 'element-renamed',
  sentence:
    'an element, or its namespace, was given another name after the message was signed (another case, ø for oe, another version)',
  why: 'A mapping behind the signer gives an element another name.',
  rule: 'XML Signature §4.4.3: names count, and Canonical XML writes them as they are',
  remedy: 'let whatever maps names run before the signer',
  *undo(tokens) {
    const names = new Set<string>();
    const uris = new Set<string>();
    for (const token of tokens) {
      if (token.kind !== 'start') continue;
      names.add(localOf(token.name));
      for (const [, uri] of token.declarations) uris.add(uri);
    }
    for (const uri of uris) for (const other of otherNamespaces(uri)) yield inNamespace(tokens, uri, other);
    for (const name of [...names].slice(0, MOST))
      for (const other of new Set(otherNames(name)))
        if (other !== name && other !== '') yield renamed(tokens, name, other);
  },
};
