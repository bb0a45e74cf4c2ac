// Opens the engine that settings ask for: SQLite, in a file of the data directory or in memory, or PostgreSQL.

import type { Durability, Engine, Table } from './engine.ts';
import { createSqliteEngine, type SqliteEngine } from './sqlite/engine.ts';
import { openTables } from './sqlite/open.ts';

/** A database server, as the settings name it. */
export interface Server {
  /** Its URL. */
  readonly address: string;
  /** At most. */
  readonly connections: number;
  /** How long an answer is waited for, in milliseconds. */
  readonly timeout: number;
}

/** A data directory, or a server; undefined: in memory. */
export type Place = string | Server | undefined;

interface Common {
  readonly durability: Durability;
  /** The real time, in milliseconds since 1970. */
  readonly real: () => number;
}

export interface EngineSettings extends Common {
  /** The data directory; undefined: in memory. */
  readonly directory: string | undefined;
}

/**
 * Opens the register of one emulator with the tables of all contracts.
 *
 * @throws DataDirectoryError with one line: in use, read-only, full, damaged, another program's, of a newer version;
 *   UserError when SQLite itself is missing
 */
export const openEngine = (
  { directory, durability, real }: EngineSettings,
  tables: readonly Table[],
): SqliteEngine => createSqliteEngine(openTables(directory, durability, tables), real);

/**
 * Opens the register in whatever place.
 *
 * @param onWait is told once what is waited for, where that is somebody else
 * @throws (rejects) what `openEngine` throws; DataDirectoryError for a server that cannot be had
 */
export const openStore = async (
  { place, ...common }: Common & { readonly place: Place },
  tables: readonly Table[],
  onWait?: (what: string) => void,
): Promise<Engine> => {
  if (typeof place !== 'object') return openEngine({ directory: place, ...common }, tables);
  // Who does not ask for it does not load it.
  const { openPostgres } = await import('./postgres/open.ts');
  return openPostgres(place, tables, common.real, onWait);
};
