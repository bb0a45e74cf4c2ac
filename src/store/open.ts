// Opens the engine that settings ask for. So far there is one: SQLite, in a file of the data directory or in memory.

import type { Durability, Engine, Table } from './engine.ts';
import { createSqliteEngine } from './sqlite/engine.ts';
import { openTables } from './sqlite/open.ts';

export interface EngineSettings {
  /** The data directory; undefined: in memory. */
  readonly directory: string | undefined;
  readonly durability: Durability;
  /** The real time, in milliseconds since 1970. */
  readonly real: () => number;
}

/**
 * Opens the register with the tables of all contracts.
 *
 * @throws DataDirectoryError with one line: in use, read-only, full, damaged, another program's, of a newer version;
 *   UserError when SQLite itself is missing
 */
export const openEngine = (
  { directory, durability, real }: EngineSettings,
  tables: readonly Table[],
): Engine => createSqliteEngine(openTables(directory, durability, tables), real);
