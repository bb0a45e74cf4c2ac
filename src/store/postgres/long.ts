// A long change: all of it or nothing, with nobody between, in whatever program; others are heard meanwhile.

import type { Conflict, Loss, Write } from '../engine.ts';
import { createBatch } from './batch.ts';
import { connect, type Own, type ServerSettings, type Session } from './connection.ts';
import type { Fates, Mark } from './fate.ts';
import { BEGIN_ALONE } from './locks.ts';
import { CLOSED, ELSEWHERE, OUTGROWN, refusedBy, TAKEN, UNDONE, UNKNOWN } from './losses.ts';
import { load } from './reader.ts';
import { isTaken, refusalOf } from './refusals.ts';
import { LAYOUT } from './statements.ts';
import type { Tables } from './tables.ts';
import type { Values } from './values.ts';

/** How long the long change of another program is waited for, in milliseconds. */
const PATIENCE = 60_000;

/** How often is looked whether the server is there, in milliseconds. */
const BETWEEN_LOOKS = 250;

interface Surroundings {
  readonly settings: ServerSettings;
  readonly fates: Fates;
  readonly tables: Tables;
  readonly values: Values;
  /** Which form of the tables this program knows. */
  readonly layout: number;
  /** Why the server is not to be had; undefined: it is. */
  readonly lost: () => Loss | undefined;
  readonly isClosed: () => boolean;
}

type Steps = () => Iterable<readonly Write[]>;

const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '55P03';

/** Waits until nobody else changes anything; false: for too long. */
const begin = async (session: Session, isClosed: () => boolean): Promise<boolean> => {
  const until = performance.now() + PATIENCE;
  while (!isClosed() && performance.now() < until) {
    try {
      await session.run(BEGIN_ALONE);
      return true;
    } catch (error) {
      if (!isHeld(error)) throw error;
      await session.run('ROLLBACK');
    }
  }
  return false;
};

/** @returns what makes one; its own program lets nobody else in meanwhile */
export const createLong = ({ settings, fates, tables, values, layout, lost, isClosed }: Surroundings) => {
  const write = async (session: Session, steps: Steps, mark: Mark): Promise<Loss | undefined> => {
    const [found] = await Promise.all([load(session, tables, []), values.refresh(session)]);
    if ((found.counters.get(LAYOUT) ?? 0) > layout) return OUTGROWN;
    const batch = createBatch(tables, new Map(found.counters));
    for (const step of steps()) {
      step.forEach(batch.apply);
      await batch.send(session);
      if (isClosed()) return CLOSED;
    }
    await batch.send(session, () => mark);
    return undefined;
  };

  /** Who is told that it is not made finds nobody in his way. */
  const undo = async (session: Session): Promise<void> => {
    await session.run('ROLLBACK').catch(() => undefined);
  };

  const commit = async (session: Session, mark: Mark): Promise<Loss | undefined> => {
    try {
      await session.run('COMMIT');
      return undefined;
    } catch (error) {
      if (!refusalOf(error)?.gone) throw error;
      const fate = await fates.of(mark, performance.now() + settings.timeout);
      return fate === 'committed' ? undefined : fate === 'aborted' ? UNDONE : UNKNOWN;
    }
  };

  const run = async (own: Own, steps: Steps): Promise<Loss | Conflict | undefined> => {
    if (!(await begin(own, isClosed))) return isClosed() ? CLOSED : ELSEWHERE;
    const mark = fates.next();
    let why: Loss | undefined;
    try {
      why = await write(own, steps, mark);
    } catch (error) {
      // Over a connection that is lost the server does it by itself.
      if (!refusalOf(error)?.gone) await undo(own);
      throw error;
    }
    if (!why) return commit(own, mark);
    await undo(own);
    return why;
  };

  return async (steps: Steps): Promise<Loss | Conflict | undefined> => {
    let own: Own | undefined;
    // It waits long for a statement, but not for a server that nobody hears of.
    const watching = setInterval(() => {
      if (lost()) own?.cut();
    }, BETWEEN_LOOKS);
    try {
      own = await connect(settings, { patient: true });
      return await run(own, steps);
    } catch (error) {
      if (isTaken(error)) return TAKEN;
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return refusedBy(refusal.cause);
    } finally {
      clearInterval(watching);
      await own?.end();
    }
  };
};
