// An element as it was without one of its attributes.

import { replaced, type Start, type Token, type Tokens } from '../octets/tokens.ts';

const prefixOf = (name: string): string => name.replace(/:.*$/, '');
const uses = (token: Token, prefix: string): boolean =>
  token.kind === 'start' &&
  [token.name, ...token.attributes.map(([name]) => name)].some((name) => name.startsWith(`${prefix}:`));

/**
 * The tokens without an attribute; then without the declaration of its prefix too, which the exclusive form writes where the
 * prefix is used: from there it goes to the elements below that use it.
 */
export function* withoutAttribute(tokens: Tokens, at: number, index: number): Generator<Tokens> {
  const token = tokens[at];
  if (token?.kind !== 'start') return;
  const [name = ''] = token.attributes[index] ?? [];
  const bare: Start = { ...token, attributes: token.attributes.filter((_, one) => one !== index) };
  yield replaced(tokens, at, bare);
  const prefix = prefixOf(name);
  const declaration = token.declarations.find(([one]) => one === `xmlns:${prefix}`);
  if (!name.includes(':') || !declaration || uses(bare, prefix)) return;
  const without: Start = { ...bare, declarations: bare.declarations.filter((one) => one !== declaration) };
  yield replaced(tokens, at, without);
  yield pushedDown(replaced(tokens, at, without), at, declaration);
}

/** The declaration on the outermost elements below that use its prefix. */
const pushedDown = (tokens: Tokens, at: number, declaration: readonly [string, string]): Token[] => {
  const prefix = declaration[0].slice('xmlns:'.length);
  let depth = 0;
  let declaredAt: number | undefined;
  return tokens.map((token, index): Token => {
    if (index <= at) return token;
    if (token.kind === 'end') {
      depth -= 1;
      if (declaredAt !== undefined && depth < declaredAt) declaredAt = undefined;
    }
    if (token.kind !== 'start') return token;
    depth += 1;
    if (declaredAt !== undefined || !uses(token, prefix)) return token;
    declaredAt = depth;
    const declarations = [...token.declarations, declaration].sort(([one], [other]) =>
      one < other ? -1 : 1,
    );
    return { ...token, declarations };
  });
};
