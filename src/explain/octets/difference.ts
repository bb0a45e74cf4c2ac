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

const around = (octets: Buffer, at: number): string => {
  const text = octets.subarray(Math.max(0, at - BEFORE), at + AFTER).toString('utf8');
  return `${at > BEFORE ? '…' : ''}${visible(text)}${at + AFTER < octets.length ? '…' : ''}`;
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
  const shorter = Math.min(signed.length, arrived.length);
  let at = 0;
  while (at < shorter && signed[at] === arrived[at]) at += 1;
  return { at, signed: around(hide(signed), at), arrived: around(hide(arrived), at) };
};
