// What somebody points at: a reference of a signature, wherever it is named, lights up where it leads.

import { signal } from '@preact/signals';
import type { Side } from './tree.ts';

/** A reference by its place from 1; SignedInfo is what the signature value is made over. */
export type Signing = number | 'signed-info';

export interface Pointed {
  readonly side: Side;
  readonly at: Signing;
}

export const lit = signal<Pointed | undefined>(undefined);
/** Where somebody wants to go. */
export const chosen = signal<Pointed | undefined>(undefined);

/** What lights it up, by mouse and by keyboard, and leads there. */
export const pointing = (side: Side, at: Signing) => {
  const light = (): void => {
    lit.value = { side, at };
  };
  const dim = (): void => {
    lit.value = undefined;
  };
  return {
    onMouseEnter: light,
    onFocus: light,
    onMouseLeave: dim,
    onBlur: dim,
    onClick: () => {
      chosen.value = { side, at };
    },
  };
};
