// Reads that came together are one statement; none begins while changes that were decided are not stored yet.

import type { Loss, Query, Stored } from '../engine.ts';
import { OUTGROWN, refusedBy } from './losses.ts';
import type { Pool } from './pool.ts';
import { checkSelections, type Found, load } from './reader.ts';
import { refusalOf } from './refusals.ts';
import { LAYOUT, REVISION } from './statements.ts';
import type { Ground } from './transaction.ts';

interface Surroundings extends Omit<Ground, 'real' | 'fates'> {
  readonly pool: Pool;
  /** Resolves when what was decided before is stored. */
  readonly settled: () => Promise<void>;
  /** Is told where the server may be lost; with the cause, where it was not heard of for so long as is waited. */
  readonly suspect: (cause?: string) => void;
  /** Why the server is not to be had; undefined: it is. */
  readonly lost: () => Loss | undefined;
}

interface Waiting {
  readonly query: Query<unknown>;
  readonly resolve: (found: Found | Loss) => void;
  readonly reject: (error: unknown) => void;
}

const STORED: Promise<undefined> = Promise.resolve(undefined);
/** How often a read is tried whose connection was lost. */
const TRIES = 2;

export const createReads = ({ pool, tables, values, layout, settled, suspect, lost }: Surroundings) => {
  let waiting: Waiting[] = [];

  const look = async (asked: readonly Waiting[], left = TRIES): Promise<Found | Loss> => {
    try {
      return await pool.use(async (session) => {
        const found = await load(
          session,
          tables,
          asked.flatMap(({ query }) => query.selections),
        );
        if ((found.counters.get(LAYOUT) ?? 0) > layout) return OUTGROWN;
        await values.reach(session, found.counters.get(REVISION) ?? 0);
        return found;
      });
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      if (refusal.gone) suspect(refusal.silent ? refusal.cause : undefined);
      return refusal.gone && !refusal.silent && left > 0 ? look(asked, left - 1) : refusedBy(refusal.cause);
    }
  };

  const run = async (): Promise<void> => {
    await settled();
    const asked = waiting;
    waiting = [];
    try {
      const found = lost() ?? (await look(asked));
      for (const { resolve } of asked) resolve(found);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };

  return async <Loaded>(query: Query<Loaded>): Promise<Loss | Stored<Loaded>> => {
    checkSelections(tables, query.selections);
    const found = await new Promise<Found | Loss>((resolve, reject) => {
      if (waiting.push({ query, resolve, reject }) === 1) setImmediate(() => void run());
    });
    if ('loss' in found) return found;
    return { result: query.read(query.selections.map(found.rows)), durable: STORED };
  };
};
