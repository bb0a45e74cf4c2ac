// What a terminal shows: colours where somebody looks at it, lines that fit.

import { printable } from './printable.ts';

export type Colour = 'green' | 'yellow' | 'red' | 'grey' | 'bold';
export type Paint = (colour: Colour, text: string) => string;

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  green: [32, 39],
  yellow: [33, 39],
  red: [31, 39],
  grey: [90, 39],
  bold: [1, 22],
};

const PAINTED = new RegExp(`(\\u001b\\[(?:${[...new Set(Object.values(CODES).flat())].join('|')})m)`);

/** A line with colours of `paintFor` in it, fit for a terminal: what else would act is made visible. */
export const printablePainted = (line: string): string =>
  line
    .split(PAINTED)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join('');

/** Whether a stream is to have colours: FORCE_COLOR and NO_COLOR (no-color.org) decide before the terminal does. */
const hasColours = (
  { isTTY }: { readonly isTTY?: boolean },
  { FORCE_COLOR, NO_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
): boolean => {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return !NO_COLOR && TERM !== 'dumb' && isTTY === true;
};

/** The brush for a stream; where there are to be no colours it changes nothing. */
export const paintFor = (
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Paint =>
  hasColours(stream, environment)
    ? (colour, text) => `\u001b[${CODES[colour][0]}m${text}\u001b[${CODES[colour][1]}m`
    : (_, text) => text;

/** No line is wider; one that would be loses its end. */
export const WIDTH = 100;

/** A stranger's text as one line of at most so many columns. */
export const inColumns = (text: string, columns: number): string => {
  const shown = printable(text);
  return shown.length > columns ? `${shown.slice(0, Math.max(columns - 1, 0))}…` : shown;
};

/** A text in lines of at most so many columns, broken between words; a longer word stays whole. */
export const inLines = (text: string, columns: number): string[] =>
  (text.match(new RegExp(`.{1,${columns}}(?:\\s|$)|\\S+`, 'gs')) ?? ['']).map((line) => line.trim());
