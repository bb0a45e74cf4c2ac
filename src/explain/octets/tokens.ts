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

const WRITTEN = Symbol('written');

/** Keeps how a token is written; not enumerable, so that a token made out of this one has nothing of it. */
const remember = (token: Token, text: string): Token =>
  Object.defineProperty(token, WRITTEN, { value: text });

const read = (
  text: string,
  closed: string | undefined,
  opened: string | undefined,
  inside: string,
): Token => {
  if (closed !== undefined) return { kind: 'end', name: closed };
  if (opened !== undefined) return start(opened, inside);
  return { kind: text.startsWith('<') ? 'other' : 'text', text };
};

/** Reads a canonical form. */
export const tokensOf = (canonical: string): Token[] =>
  [...canonical.matchAll(TOKEN)].map(([text, closed, opened, inside = '']) =>
    remember(read(text, closed, opened, inside), text),
  );

const write = (token: Token): string => {
  if (token.kind === 'end') return `</${token.name}>`;
  if (token.kind !== 'start') return token.text;
  const pairs = [...token.declarations, ...token.attributes].map(([name, value]) => ` ${name}="${value}"`);
  return `<${token.name}${pairs.join('')}>`;
};

/** Writes tokens down, as a canonical form has them. Most tokens of a trial are those that were read. */
export const textOf = (tokens: Tokens): string => {
  let text = '';
  for (const token of tokens) text += (token as { readonly [WRITTEN]?: string })[WRITTEN] ?? write(token);
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

/** An element by the index of its start tag and that of its end tag. */
export type Span = readonly [from: number, to: number];

/** The elements by their start, each with the elements right below it. */
export interface Spans {
  readonly span: Span;
  readonly below: readonly Spans[];
}

/** The elements of tokens as a tree; undefined: there is none. */
export const spansOf = (tokens: Tokens): Spans | undefined => {
  const open: { from: number; below: Spans[] }[] = [];
  for (const [index, { kind }] of tokens.entries()) {
    if (kind === 'start') open.push({ from: index, below: [] });
    if (kind !== 'end') continue;
    const ended = open.pop();
    if (!ended) return undefined;
    const spans: Spans = { span: [ended.from, index], below: ended.below };
    const around = open.at(-1);
    if (!around) return spans;
    around.below.push(spans);
  }
  return undefined;
};

function* below({ below: inside }: Spans): Generator<Span> {
  for (const one of inside) {
    yield one.span;
    yield* below(one);
  }
}

/** The elements below the first one, from the outside to the inside. */
export const elementsBelow = (tokens: Tokens): Iterable<Span> => {
  const all = spansOf(tokens);
  return all ? below(all) : [];
};

const BLANK = /^(?:[ \t\n]|&#xD;)+$/;

/** Whether a token is white space and nothing else, beside at least one tag that makes it layout. */
export const isLayout = (tokens: Tokens, index: number): boolean => {
  const token = tokens[index];
  if (token?.kind !== 'text' || !BLANK.test(token.text)) return false;
  // Between a start tag and its own end tag it is the element's content.
  return !(tokens[index - 1]?.kind === 'start' && tokens[index + 1]?.kind === 'end');
};
