// What is told where the register in PostgreSQL cannot be changed or read now.

import type { Conflict, Loss } from '../engine.ts';

const lossBy = (loss: string): Loss => ({ loss, passes: false });
export const refusedBy = (cause: string): Loss => lossBy(`PostgreSQL: ${cause}`);

export const CLOSED = lossBy('the register was closed before the change was made');
export const TAKEN: Conflict = { conflict: 'a number in it belongs to another one already' };
export const ELSEWHERE: Loss = { loss: 'another emulator has the register to itself', passes: true };
export const OUTGROWN = lossBy('a newer version has upgraded the register; upgrade this one too');
export const UNKNOWN = refusedBy(
  'the connection was lost during the commit; whether the change is stored is not known',
);
export const UNDONE = refusedBy('the connection was lost during the commit, and the change was not made');
