// Mutants of a signed message: elements moved, doubled, renamed, wrapped and exchanged, and forged ones put among them.

import fc from 'fast-check';

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

const TAG = /<(\/?)([A-Za-z:]+)([^<>]*?)(\/?)>/g;

/** All elements of a message without comments and CDATA, in document order. */
export const elementsOf = (text: string): Span[] => {
  const found: { start: number; end: number; name: string }[] = [];
  const open: { start: number; end: number; name: string }[] = [];
  for (const { 0: tag, 1: closing, 2: name = '', 4: empty, index = 0 } of text.matchAll(TAG)) {
    if (closing) {
      const element = open.pop();
      if (element) element.end = index + tag.length;
      continue;
    }
    const element = { start: index, end: index + tag.length, name };
    found.push(element);
    if (!empty) open.push(element);
  }
  return found;
};

type Step = (text: string, one: Span, other: Span, forged: string) => string;

const cut = (text: string, { start, end }: Span): string => text.slice(0, start) + text.slice(end);
const put = (text: string, at: number, piece: string): string => text.slice(0, at) + piece + text.slice(at);
const afterTag = (text: string, { start }: Span): number => text.indexOf('>', start) + 1;
const ID = /((?:wsu:|xml:)?I[dD])="([^"]*)"/;
const first = (text: string, { start, end }: Span): string =>
  text.slice(start, Math.min(end, text.indexOf('>', start) + 1));

const steps: Readonly<Record<string, Step>> = {
  move: (text, one, other) => {
    const piece = text.slice(one.start, one.end);
    if (other.start >= one.start && other.start < one.end) return text;
    const at = afterTag(text, other);
    return at <= one.start ? put(cut(text, one), at, piece) : cut(put(text, at, piece), one);
  },
  double: (text, one, other) => put(text, afterTag(text, other), text.slice(one.start, one.end)),
  doubleBefore: (text, one, other) => put(text, other.start, text.slice(one.start, one.end)),
  drop: (text, one) => cut(text, one),
  wrap: (text, one) => put(put(text, one.end, '</w>'), one.start, '<w>'),
  wrapLikeItself: (text, one) => put(put(text, one.end, `</${one.name}>`), one.start, first(text, one)),
  rename: (text, one, other) => {
    const piece = text.slice(one.start, one.end);
    const renamed = piece
      .replace(`<${one.name}`, `<${other.name}`)
      .replace(new RegExp(`</${one.name}>$`), `</${other.name}>`);
    return cut(put(text, one.end, renamed), one);
  },
  exchangeIds: (text, one, other) => {
    const [left, right] = [ID.exec(first(text, one)), ID.exec(first(text, other))];
    if (!left || !right || left[2] === right[2]) return text;
    return text
      .replace(left[0], `${left[1]}="@"`)
      .replace(right[0], `${right[1]}="${left[2]}"`)
      .replace(`${left[1]}="@"`, `${left[1]}="${right[2]}"`);
  },
  otherIdAttribute: (text, one, other) => {
    const names = ['wsu:Id', 'Id', 'ID', 'xml:id', 'id'];
    const name = names[other.start % names.length] ?? 'Id';
    const tag = first(text, one);
    return text.replace(tag, tag.replace(ID, `${name}="$2"`));
  },
  forge: (text, one, _other, forged) => cut(put(text, one.end, forged), one),
  forgeBefore: (text, one, _other, forged) => put(text, one.start, forged),
  forgeAfter: (text, one, _other, forged) => put(text, one.end, forged),
  forgeInside: (text, one, _other, forged) => put(text, afterTag(text, one), forged),
  forgeInPlace: (text, one, other, forged) => {
    const piece = text.slice(one.start, one.end);
    const replaced = cut(put(text, one.end, forged), one);
    const at = Math.min(afterTag(text, other), replaced.length);
    return other.start < one.start ? put(replaced, at, piece) : replaced;
  },
};

export const stepNames: readonly string[] = Object.keys(steps);

const draw = fc.record({
  step: fc.constantFrom(...stepNames),
  one: fc.nat(200),
  other: fc.nat(200),
  forged: fc.nat(20),
});

/** What is done to a message: a step, the elements it is done with, and the piece it forges with. */
export interface Drawn {
  readonly step: string;
  readonly one: number;
  readonly other: number;
  readonly forged: number;
}
/** Does one step to a message; the numbers choose among what is there. */
export const rearrange = (
  text: string,
  { step, one, other, forged }: Drawn,
  pieces: readonly string[],
): string => {
  const elements = elementsOf(text);
  const [left, right] = [elements[one % elements.length], elements[other % elements.length]];
  const piece = pieces[forged % pieces.length] ?? '';
  return left && right ? (steps[step]?.(text, left, right, piece) ?? text) : text;
};

/** A function that makes a mutant of a message, given pieces to forge with. */
export const mutation = fc.array(draw, { minLength: 1, maxLength: 4 }).map((drawn) => ({
  drawn,
  apply: (message: string, pieces: readonly string[]): string =>
    drawn.reduce((text, one) => rearrange(text, one, pieces), message),
}));
