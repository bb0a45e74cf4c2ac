// The problem of a register that cannot be changed now, as a message is told of it.

import type { Problem } from '../kernel/problem.ts';
import type { Conflict, Loss } from './engine.ts';

export type RegisterProblem = 'register.unavailable';

const MEND = 'mend the cause named above and send a new message: the change was not made';
const WAIT = 'wait until that is over and send a new message';

/** The disk does not let it, somebody has it to himself, or a number in it belongs to another. */
export const unavailable = (failure: Loss | Conflict): Problem<RegisterProblem> => ({
  problem: 'register.unavailable',
  explanation: {
    check: 'saving the change',
    expected: 'a register that can be written to',
    found: 'loss' in failure ? failure.loss : failure.conflict,
    rule: 'nothing is acknowledged that is not stored',
    remedy: 'passes' in failure && failure.passes ? WAIT : MEND,
    basis: 'assumed',
  },
});
