// How far a long verb has come: a line on standard error that is drawn over, and nothing where nobody looks at it.

import { WIDTH } from '../../kernel/terminal.ts';

/** A terminal, or what takes the place of one. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  /**
   * @param done how many there are by now
   * @param share which part of the whole that is, from 0 to 1; undefined: nobody knows
   */
  show(done: number, share?: number): void;
  /** Takes the line away. */
  end(): void;
}

/** How often it is drawn, in milliseconds. */
const EVERY = 100;
const BAR = 30;

const grouped = (count: number): string => String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ' ');

const barOf = (share: number): string => {
  const full = Math.round(share * BAR);
  return `[${'='.repeat(full)}${' '.repeat(BAR - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
};

/**
 * @param unit what is counted, such as `persons`
 * @param elapsed the time since some moment, in milliseconds
 */
export const createProgress = (
  unit: string,
  screen: Screen = process.stderr,
  elapsed: () => number = () => performance.now(),
): Progress => {
  if (!screen.isTTY) return { show: () => {}, end: () => {} };
  const begun = elapsed();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    show: (done, share) => {
      const now = elapsed();
      if (now - drawn < EVERY) return;
      drawn = now;
      const speed = now > begun ? (done / (now - begun)) * 1000 : 0;
      const bar = share === undefined ? '' : `${barOf(Math.min(1, share))}  `;
      const line = `${bar}${grouped(done)} ${unit}  ${grouped(speed)} a second`;
      screen.write(`\r\u001b[K${line.slice(0, Math.min(WIDTH, screen.columns ?? WIDTH) - 1)}`);
    },
    end: () => {
      if (drawn > Number.NEGATIVE_INFINITY) screen.write('\r\u001b[K');
    },
  };
};
