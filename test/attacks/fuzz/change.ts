// What a change of a message is, and the places in a message that changes are made at.

import type { Dice } from '../../dice.ts';

/** A change of a text; the other message is an honest one, too. Where it finds nothing to do, it does nothing. */
export type Change = (text: string, dice: Dice, other: string) => string;

/** Changes of one kind, by name. */
export type Changes = Readonly<Record<string, Change>>;

export const put = (text: string, at: number, piece: string): string =>
  text.slice(0, at) + piece + text.slice(at);

export const exchange = (text: string, start: number, end: number, piece: string): string =>
  text.slice(0, start) + piece + text.slice(end);

export const choose = <T>(dice: Dice, list: readonly T[]): T | undefined => list[dice.below(list.length)];

/** Does something at one of the places where the pattern matches, or nothing where there is none. */
export const atMatch = (
  text: string,
  pattern: RegExp,
  dice: Dice,
  piece: (match: RegExpExecArray) => string,
): string => {
  const match = choose(dice, [...text.matchAll(pattern)]);
  return match ? exchange(text, match.index, match.index + match[0].length, piece(match)) : text;
};

export const START_TAG = /<[A-Za-z][^<>]*>/g;
export const ATTRIBUTE = /\s([A-Za-z][A-Za-z:]*)=(?:"([^"]*)"|'([^']*)')/g;
/** Text between tags that is not only white space. */
export const TEXT = /(?<=>)[^<>]*[^<>\s][^<>]*(?=<)/g;
