// Hands messages over to worker processes, with the number that their exchange has in the journal of this one.

import type { Carry } from '../../exchange/exchange.ts';
import type { Journal } from '../../journal/journal.ts';
import { isProblem } from '../../kernel/problem.ts';
import type { Done } from './messages.ts';
import type { Pool } from './pool.ts';

interface Here {
  /** Carries through here what no worker process takes. */
  readonly carry: Carry;
  readonly journal: Pick<Journal, 'take'>;
  /** The next number of an exchange. */
  readonly number: () => number;
}

/**
 * The frame of calls that worker processes carry through. What was under way at one that ended is answered as a defect: nobody
 * knows whether it counted, so no other is asked.
 */
export const handingOver =
  ({ carry, journal, number }: Here, pool: Pick<Pool, 'next'>): Carry =>
  async (request, way) => {
    const { service } = way.about;
    const worker = isProblem(request.body) || service === undefined ? undefined : pool.next();
    if (!worker || service === undefined) return carry(request, way);
    const numbered = { ...request, exchange: number() };
    let done: Done;
    try {
      done = await worker.answer(service, numbered);
    } catch (error) {
      return carry(numbered, { ...way, run: () => Promise.reject(error) });
    }
    journal.take(done.entry);
    return done.answer;
  };
