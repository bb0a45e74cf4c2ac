// The PostgreSQL engine: one database for as many emulators as there are, each change stored with those that came with it.

import type { Conflict, Engine, Loss, Stored, Table, Work } from '../engine.ts';
import { createChanger, type Told } from './change.ts';
import type { ServerSettings } from './connection.ts';
import { createFates } from './fate.ts';
import { createListener } from './listener.ts';
import { createLong } from './long.ts';
import { createSeries } from './numbers.ts';
import { openPool } from './pool.ts';
import { createQueue } from './queue.ts';
import { checkSelections } from './reader.ts';
import { createReads } from './reads.ts';
import { tablesByName } from './tables.ts';
import { createValues } from './values.ts';
import { createWritten } from './written.ts';

/** A work as a member of whatever group it comes into, and what becomes of it. */
const memberOf = <Loaded, Result>({ load, once, decide }: Work<Loaded, Result>) => {
  let result: { readonly of: Result } | undefined;
  let resolve: (answer: Loss | Conflict | Stored<Result>) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const answer = new Promise<Loss | Conflict | Stored<Result>>((onAnswer, onError) => {
    resolve = onAnswer;
    reject = onError;
  });
  const member: Told = {
    selections: load.selections,
    once,
    decide: (found, seen) => {
      const decision = decide(load.read(found), seen);
      result = { of: decision.result };
      return seen ? [] : (decision.writes ?? []);
    },
    made: (durable) => {
      if (result) resolve({ result: result.of, durable });
    },
    refused: resolve,
    failed: reject,
  };
  return { member, answer };
};

/**
 * Opens a database whose tables are there.
 *
 * @param layout which form of the tables this program knows
 * @param real the real time, in milliseconds since 1970
 * @throws (rejects) what the driver says
 */
export const createPostgresEngine = async (
  settings: ServerSettings,
  all: readonly Table[],
  layout: number,
  real: () => number,
): Promise<Engine> => {
  const tables = tablesByName(all);
  const values = createValues();
  const pool = openPool(settings);
  let closing: Promise<void> | undefined;
  const isClosed = (): boolean => closing !== undefined;
  try {
    const series = await createSeries(pool);
    const fates = await createFates(pool);
    const listener = await createListener(settings, values, layout);
    const { suspect, spread, lost } = listener;
    const ground = { pool, tables, values, layout, suspect };
    const queue = createQueue({
      make: createChanger({ ...ground, fates, real, spread, timeout: settings.timeout }),
      long: createLong({ settings, fates, tables, values, layout, lost, isClosed }),
      spread,
      lost,
      isClosed,
    });
    const read = createReads({ ...ground, lost, settled: queue.settled });
    const end = async (): Promise<void> => {
      await queue.end();
      if (!lost()) await pool.use(series.giveBack).catch(() => undefined);
      await listener.close();
      await pool.end();
    };
    return {
      change: async (work) => {
        checkSelections(tables, work.load.selections);
        const why = queue.hindrance();
        if (why) return why;
        const { member, answer } = memberOf(work);
        queue.add(member);
        return answer;
      },
      read: async (query) => queue.hindrance() ?? read(query),
      value: values.current,
      valueNames: values.names,
      watch: values.watch,
      written: createWritten({ pool, tables: all, lost }),
      exclusive: queue.exclusive,
      hindrance: queue.hindrance,
      numbers: series.of,
      close: () => {
        closing ??= end();
        return closing;
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
};
