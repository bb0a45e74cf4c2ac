// Which tables were written to, by whatever emulator: for those who show what is in them.

import type { Loss, Table } from '../engine.ts';
import { refusedBy } from './losses.ts';
import type { Pool } from './pool.ts';
import { refusalOf } from './refusals.ts';
import { emptyings, writings } from './statements.ts';

interface Surroundings {
  readonly pool: Pool;
  readonly tables: readonly Table[];
  readonly lost: () => Loss | undefined;
}

/** The counters of which each change raises or resets one, whenever it writes to a table. */
const countersOf = ({ kind, name }: Table): readonly string[] =>
  kind === 'states' ? [writings(name), emptyings(name)] : [name];

export const createWritten =
  ({ pool, tables, lost }: Surroundings) =>
  async (): Promise<ReadonlyMap<string, number> | Loss> => {
    const gone = lost();
    if (gone) return gone;
    try {
      const rows = await pool.use((session) =>
        session.ask({ name: 'kontakt written', text: 'SELECT name, value FROM counter', values: [] }),
      );
      const counters = new Map(rows.map(([name, value]) => [String(name), Number(value)]));
      return new Map(
        tables.map((table) => [
          table.name,
          countersOf(table).reduce((sum, counter) => sum + (counters.get(counter) ?? 0), 0),
        ]),
      );
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return refusedBy(refusal.cause);
    }
  };
