// Namespace declarations came or went around what was signed, where the form counts those that nobody uses.

import type { Change } from '../hypothesis.ts';
import { type Pair, replaced, type Start, type Tokens } from '../octets/tokens.ts';

const XSI: Pair = ['xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance'];
const XSD: Pair = ['xmlns:xsd', 'http://www.w3.org/2001/XMLSchema'];

const used = (tokens: Tokens, name: string): boolean => {
  const prefix = name === 'xmlns' ? '' : name.slice(6);
  return tokens.some(
    (token) =>
      token.kind === 'start' &&
      (prefix === ''
        ? !token.name.includes(':')
        : [token.name, ...token.attributes.map(([one]) => one)].some((one) => one.startsWith(`${prefix}:`))),
  );
};

const withDeclarations = (root: Start, declarations: readonly Pair[]): Start => ({
  ...root,
  declarations: [...declarations].sort(([one], [other]) => (one < other ? -1 : 1)),
});

export const namespaceDeclarationMoved: Change = {
  cause: 'namespace-declaration-moved',
  sentence: 'namespace declarations around the signed element came or went after the message was signed',
  why: 'An XML library moves declarations up to the Envelope, or repeats them below; inclusive canonicalization and a PrefixList count that.',
  rule: 'Canonical XML §2.4: the inclusive form, and a PrefixList, count every declaration in scope',
  remedy:
    'sign by exclusive canonicalization (xml-exc-c14n#) without a PrefixList, or put the element into its envelope before it is signed',
  *undo(tokens) {
    const [root] = tokens;
    if (root?.kind !== 'start') return;
    const unused = root.declarations.filter(([name]) => !used(tokens, name));
    const kept = (left: readonly Pair[]): Tokens =>
      replaced(
        tokens,
        0,
        withDeclarations(
          root,
          root.declarations.filter((one) => !left.includes(one)),
        ),
      );
    if (unused.length > 1) yield kept(unused);
    for (const one of unused) yield kept([one]);
    for (const one of unused) for (const other of unused) if (one !== other) yield kept([one, other]);
    for (const more of [[XSI], [XSD], [XSD, XSI]]) {
      const fresh = more.filter(([name]) => root.declarations.every(([there]) => there !== name));
      if (fresh.length > 0)
        yield replaced(tokens, 0, withDeclarations(root, [...root.declarations, ...fresh]));
    }
  },
};
