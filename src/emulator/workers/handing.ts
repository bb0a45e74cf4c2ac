// Hands messages over to worker processes, each under the number that its exchange has in the journal of this one.

import type { Carry, CarryMessage } from '../../exchange/exchange.ts';
import { isProblem, type Problem } from '../../kernel/problem.ts';
import type { RegisterProblem } from '../../store/unavailable.ts';
import { WorkerEnded } from './asked.ts';
import type { Pool } from './pool.ts';

const UNSTORED = {
  found: 'nothing of it was stored',
  remedy: 'send the same message again, or a new one where it has a Timestamp that is over by now',
};
const UNKNOWN = {
  found: 'whether it was stored is not known',
  remedy:
    'look into the register for what it asked for, or send the same message again: where it counted already, a signed one is refused as a replay',
};

/** What is told of a message whose worker process has ended. */
const unanswered = ({ message, stored }: WorkerEnded): Problem<RegisterProblem> => {
  const { found, remedy } = stored === 'no' ? UNSTORED : UNKNOWN;
  return {
    problem: 'register.unavailable',
    explanation: {
      check: 'answering the message',
      expected: 'a worker process that answers',
      found: `${message}; ${found}`,
      rule: 'nothing is acknowledged that is not stored, and no message is carried out twice',
      remedy,
      basis: 'assumed',
    },
  };
};

/**
 * The frame of messages that worker processes carry through. One that was under way at a process that ended is given to no
 * other: it may have counted, and it may be what ended the process.
 *
 * @param carry carries through here, and what no worker process takes
 */
export const handingOver =
  (carry: Carry, pool: Pick<Pool, 'next'>): CarryMessage =>
  async (request, way) => {
    const { service } = way.about;
    const worker = isProblem(request.body) || service === undefined ? undefined : pool.next();
    if (!worker || service === undefined) return carry(request, way);
    return carry(request, {
      ...way,
      run: async ({ number }) => {
        try {
          return await worker.answer(service, { ...request, exchange: number });
        } catch (error) {
          if (error instanceof WorkerEnded) return unanswered(error);
          throw error;
        }
      },
    });
  };
