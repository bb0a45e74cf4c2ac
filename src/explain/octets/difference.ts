// Two texts, side by side from where they begin to differ, with what cannot be seen made visible.

import { printable } from '../../kernel/printable.ts';

/** How much is shown before the difference, and from it on, in characters. */
const BEFORE = 24;
const AFTER = 56;

export interface Difference {
  /** In octets, from 0. */
  readonly at: number;
  /** What the signer had there, and what arrived. */
  readonly signed: string;
  readonly arrived: string;
}

/** Blanks, tabs and line ends as signs; what else would act on a terminal is made visible too. */
const visible = (text: string): string =>
  printable(text.replaceAll(' ', '·').replaceAll('\t', '→').replaceAll('\r', '␍').replaceAll('\n', '⏎'));

/** Hides what is not to be seen; nearly always octet for octet. */
export type Hide = (octets: Buffer) => Buffer;

interface Width {
  readonly before: number;
  readonly after: number;
}
const WIDEST: Width = { before: BEFORE, after: AFTER };
/** Where another change stands near, less is shown. */
const WIDTHS: readonly Width[] = [WIDEST, { before: 16, after: 28 }, { before: 8, after: 14 }];

const windowOf = (octets: Buffer, at: number, { before, after }: Width): Buffer =>
  octets.subarray(Math.max(0, at - before), at + after);

const around = (octets: Buffer, at: number, width = WIDEST): string => {
  const text = windowOf(octets, at, width).toString('utf8');
  return `${at > width.before ? '…' : ''}${visible(text)}${at + width.after < octets.length ? '…' : ''}`;
};

const firstDifference = (signed: Buffer, arrived: Buffer): number => {
  const shorter = Math.min(signed.length, arrived.length);
  let at = 0;
  while (at < shorter && signed[at] === arrived[at]) at += 1;
  return at;
};

/**
 * Undefined: they are the same.
 *
 * @param hide sees all the octets: of a part of a number nobody could say what it is
 */
export const differenceOf = (
  signed: Buffer,
  arrived: Buffer,
  hide: Hide = (octets) => octets,
): Difference | undefined => {
  if (signed.equals(arrived)) return undefined;
  const at = firstDifference(signed, arrived);
  return { at, signed: around(hide(signed), at), arrived: around(hide(arrived), at) };
};

/** Octets before and after one of several changes. */
export interface Step {
  readonly signed: Buffer;
  readonly arrived: Buffer;
}

const placeIn = (whole: Buffer, part: Buffer): number | undefined => {
  const at = whole.indexOf(part);
  return at < 0 || whole.lastIndexOf(part) !== at ? undefined : at;
};

/**
 * Where one of several changes is seen first, in octets that the signer had and that arrived. Undefined: the others stand so near
 * that what is between would be shown, which nobody had.
 *
 * @param step the change alone: one side, or both, is what lies between
 */
export const differenceMade = (
  step: Step,
  whole: Step,
  hide: Hide = (octets) => octets,
): Difference | undefined => {
  if (step.signed.equals(step.arrived)) return undefined;
  const at = firstDifference(step.signed, step.arrived);
  for (const width of WIDTHS) {
    const signed = placeIn(whole.signed, windowOf(step.signed, at, width));
    const arrived = placeIn(whole.arrived, windowOf(step.arrived, at, width));
    if (signed === undefined || arrived === undefined) continue;
    const from = Math.min(at, width.before);
    return {
      at: arrived + from,
      signed: around(hide(whole.signed), signed + from, width),
      arrived: around(hide(whole.arrived), arrived + from, width),
    };
  }
  return undefined;
};
