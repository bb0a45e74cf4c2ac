// Running numbers that belong to nothing in the register. Each program has blocks of numbers that are its own: so the next one
// is given without asking, and two programs never give the same.

import type { Numbers } from '../engine.ts';
import type { Session } from './connection.ts';
import type { Pool } from './pool.ts';

/** How many numbers a block has. */
export const BLOCK = 100_000;

/** The row that counts the blocks that were taken. */
const BLOCKS = '.blocks';

export interface Series {
  of(name: string): Numbers;
  /** Gives back the block where it is the last one, so that the next program goes on without a gap. */
  giveBack(session: Session): Promise<void>;
}

const takeBlock = async (session: Session): Promise<number> => {
  const [[taken] = []] = await session.ask({
    text: `INSERT INTO series AS old VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = old.value + 1 RETURNING value`,
    values: [BLOCKS],
  });
  return (Number(taken) - 1) * BLOCK;
};

/** @throws (rejects) what the driver says where the first block cannot be taken */
export const createSeries = async (pool: Pool): Promise<Series> => {
  const [first, before] = await pool.use(async (session) => {
    const block = await takeBlock(session);
    const rows = await session.run('SELECT name, value FROM series');
    return [block, new Map(rows.map(([name, value]) => [String(name), Number(value)]))] as const;
  });
  /** What was given last, by series. */
  const given = new Map<string, number>();
  const series = new Map<string, Numbers>();
  let further = false;

  const make = (name: string): Numbers => {
    const gone = before.get(name) ?? 0;
    let last = gone > first && gone <= first + BLOCK ? gone : first;
    let end = first + BLOCK;
    let next: number | undefined;
    let asking = false;
    const ask = async (): Promise<void> => {
      asking = true;
      further = true;
      try {
        next = await pool.use(takeBlock);
      } catch {
        // It is asked for again with the next number. Without a server the numbers go on, and may come again elsewhere.
      }
      asking = false;
    };
    return {
      next: () => {
        if (last === end && next !== undefined) {
          last = next;
          end = next + BLOCK;
          next = undefined;
        }
        last += 1;
        given.set(name, last);
        if (next === undefined && !asking && end - last < BLOCK / 2) void ask();
        return last;
      },
    };
  };

  return {
    of: (name) => {
      const known = series.get(name) ?? make(name);
      series.set(name, known);
      return known;
    },
    giveBack: async (session) => {
      if (further) return;
      await session.ask({
        text: `WITH back AS (UPDATE series SET value = value - 1 WHERE name = $1 AND value = $2 RETURNING 1)
          INSERT INTO series AS old SELECT name, value FROM unnest($3::text[], $4::bigint[]) AS given (name, value)
            WHERE EXISTS (SELECT FROM back)
          ON CONFLICT (name) DO UPDATE SET value = greatest(old.value, excluded.value)`,
        values: [BLOCKS, first / BLOCK + 1, [...given.keys()], [...given.values()]],
      });
    },
  };
};
