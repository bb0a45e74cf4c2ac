// A moment that stands still: what is made and judged in it is of one time, however slow the machine is.

import type { Arena } from '../attacks/arena.ts';

/** Freezes the clock that messages are held against while something is done. */
export const inOneMoment = async <Result>(
  { emulator: { clock } }: Pick<Arena, 'emulator'>,
  act: () => Promise<Result>,
): Promise<Result> => {
  clock.set('security', { kind: 'frozen', at: clock.now('security') });
  try {
    return await act();
  } finally {
    clock.set('security', { kind: 'real' });
  }
};
