// Canonical octets as tokens, to be put together otherwise: a canonical form is regular enough to be read without a parser.

/** A name with its value, as it is written between the quotes. */
export type Pair = readonly [name: string, value: string];

export interface Start {
  readonly kind: 'start';
  readonly name: string;
  /** `xmlns` and `xmlns:…`, in canonical order. */
  readonly declarations: readonly Pair[];
  readonly attributes: readonly Pair[];
}
export interface End {
  readonly kind: 'end';
  readonly name: string;
}
/** Text as it is written, references included; comments and instructions are of this kind too. */
export interface Text {
  readonly kind: 'text' | 'other';
  readonly text: string;
}
export type Token = Start | End | Text;
export type Tokens = readonly Token[];

const TOKEN = /<!--.*?-->|<\?.*?\?>|<\/([^>]+)>|<([^\s/>!?]+)((?:\s[^\s=]+="[^"]*")*)>|[^<]+/gs;
const PAIR = /\s([^\s=]+)="([^"]*)"/g;

const isDeclaration = ([name]: Pair): boolean => name === 'xmlns' || name.startsWith('xmlns:');

const start = (name: string, inside: string): Start => {
  const pairs = [...inside.matchAll(PAIR)].map(([, key = '', value = '']): Pair => [key, value]);
  return {
    kind: 'start',
    name,
    declarations: pairs.filter(isDeclaration),
    attributes: pairs.filter((pair) => !isDeclaration(pair)),
  };
};

/** Reads a canonical form. */
export const tokensOf = (canonical: string): Token[] =>
  [...canonical.matchAll(TOKEN)].map(([text, closed, opened, inside = '']): Token => {
    if (closed !== undefined) return { kind: 'end', name: closed };
    if (opened !== undefined) return start(opened, inside);
    return { kind: text.startsWith('<') ? 'other' : 'text', text };
  });

const written = ([name, value]: Pair): string => ` ${name}="${value}"`;

// Most tokens of a trial are those of the one before.
const starts = new WeakMap<Start, string>();
const writeStart = (token: Start): string => {
  const known = starts.get(token);
  if (known !== undefined) return known;
  const text = `<${token.name}${[...token.declarations, ...token.attributes].map(written).join('')}>`;
  starts.set(token, text);
  return text;
};

/** Writes tokens down, as a canonical form has them. */
export const textOf = (tokens: Tokens): string => {
  let text = '';
  for (const token of tokens) {
    if (token.kind === 'start') text += writeStart(token);
    else text += token.kind === 'end' ? `</${token.name}>` : token.text;
  }
  return text;
};

/** The tokens with every text and attribute value said otherwise. */
export const reworded = (tokens: Tokens, word: (text: string) => string): Token[] =>
  tokens.map((token): Token => {
    if (token.kind === 'text') return { ...token, text: word(token.text) };
    if (token.kind !== 'start') return token;
    return {
      ...token,
      attributes: token.attributes.map(([name, value]): Pair => [name, word(value)]),
    };
  });

/** The tokens with another one in the place of one; undefined: with none. */
export const replaced = (tokens: Tokens, index: number, token: Token | undefined): Token[] => [
  ...tokens.slice(0, index),
  ...(token ? [token] : []),
  ...tokens.slice(index + 1),
];

/** Where the element ends that starts there: the index of its end tag. */
export const endOf = (tokens: Tokens, index: number): number => {
  let depth = 0;
  for (let at = index; at < tokens.length; at += 1) {
    const kind = tokens[at]?.kind;
    if (kind === 'start') depth += 1;
    else if (kind === 'end') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
};

/** The elements below the first one, each from the index of its start tag to that of its end tag. */
export const elementsBelow = (tokens: Tokens): (readonly [from: number, to: number])[] =>
  tokens.flatMap(({ kind }, index) =>
    kind === 'start' && index > 0 ? [[index, endOf(tokens, index)] as const] : [],
  );

const BLANK = /^(?:[ \t\n]|&#xD;)+$/;

/** Whether a token is white space and nothing else, beside at least one tag that makes it layout. */
export const isLayout = (tokens: Tokens, index: number): boolean => {
  const token = tokens[index];
  if (token?.kind !== 'text' || !BLANK.test(token.text)) return false;
  // Between a start tag and its own end tag it is the element's content.
  return !(tokens[index - 1]?.kind === 'start' && tokens[index + 1]?.kind === 'end');
};
