// Changes that came together, made whatever befalls the connection: once, or not at all, and everybody is told which.

import type { Conflict, Loss } from '../engine.ts';
import { refusedBy, TAKEN, UNDONE, UNKNOWN } from './losses.ts';
import type { Pool } from './pool.ts';
import { isCollision, isTaken, refusalOf } from './refusals.ts';
import { type Changing, createTransaction, type Ground, type Progress } from './transaction.ts';

/** A change that can be told that it is not made. */
export interface Told extends Changing {
  refused(why: Loss | Conflict): void;
}

export interface Surroundings extends Ground {
  readonly pool: Pool;
  /** How long a failure may be mended, in milliseconds. */
  readonly timeout: number;
  /** Waits until the other instances know the values that were put. */
  readonly spread: () => Promise<void>;
  /** Is told where the server may be lost; with the cause, where it was not heard of for so long as is waited. */
  readonly suspect: (cause?: string) => void;
}

/** How often changes are tried that collide with others, or whose connection was lost. */
const TRIES = 5;

const tell = (members: readonly Told[], why: Loss | Conflict): void => {
  for (const member of members) member.refused(why);
};

export const createChanger = (surroundings: Surroundings) => {
  const { pool, fates, timeout, spread, suspect } = surroundings;
  const transact = createTransaction(surroundings);

  /** Whoever was told that it is made is told what became of it; the others are told too, or are tried again. */
  const mend = async ({ mark, decided, stored }: Progress, until: number): Promise<'again' | 'over'> => {
    if (!decided) return 'again';
    // What wrote nothing has nothing to lose.
    const fate = mark ? await fates.of(mark, until) : 'committed';
    if (fate === 'aborted' && !stored) return 'again';
    const loss = fate === 'committed' ? undefined : fate === 'aborted' ? UNDONE : UNKNOWN;
    stored?.(loss);
    for (const member of decided) member.made(Promise.resolve(loss));
    if (fate === 'committed') await spread();
    return 'over';
  };

  /** A failure that concerns one of them is found out by making each alone. */
  const blame = async (members: readonly Told[], error: unknown): Promise<void> => {
    if (members.length > 1) {
      for (const member of members) await make([member]);
      return;
    }
    if (isTaken(error)) tell(members, TAKEN);
    else for (const member of members) member.failed(error);
  };

  const attempt = async (members: readonly Told[], until: number, left: number): Promise<void> => {
    const progress: Progress = {};
    try {
      const done = await pool.use((session) => transact(session, members, progress));
      if ('loss' in done) return tell(members, done);
      if (done.puts) await spread();
      progress.stored?.(undefined);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal && !isCollision(error)) return blame(members, error);
      if (refusal?.gone) suspect(refusal.silent ? refusal.cause : undefined);
      if (refusal?.gone && (await mend(progress, until)) === 'over') return;
      const again = refusal?.gone || isCollision(error);
      if (again && left > 0 && performance.now() < until) return attempt(members, until, left - 1);
      const why = refusedBy(refusal?.cause ?? 'changes collided again and again');
      tell(members, isCollision(error) ? { ...why, passes: true } : why);
      progress.stored?.(why);
    }
  };

  const make = (members: readonly Told[]): Promise<void> =>
    attempt(members, performance.now() + timeout, TRIES);
  return make;
};
