// Registers in SQLite for the store's contract: in a file of a data directory, and in memory.

import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Engine } from '../../../src/store/engine.ts';
import type { Sqlite } from '../../../src/store/sqlite/driver.ts';
import { createSqliteEngine } from '../../../src/store/sqlite/engine.ts';
import { openTables } from '../../../src/store/sqlite/open.ts';
import { newDirectory } from '../../directories.ts';
import type { Place } from '../contract/place.ts';

/** No page more than there are. */
export const fill = (database: Sqlite): (() => void) => {
  const pages = database.pragma('page_count', { simple: true });
  database.pragma(`max_page_count = ${pages}`);
  return () => {
    database.pragma('max_page_count = 1000000');
  };
};

/** A register in memory. */
export const inMemory = (): Place => {
  let opened: { engine: Engine; database: Sqlite } | undefined;
  return {
    lasts: false,
    open: async (tables, real) => {
      const parts = openTables(undefined, 'crash', tables);
      opened = { engine: createSqliteEngine(parts, real), database: parts.database };
      return opened.engine;
    },
    end: async () => opened?.engine.close(),
    fill: () => (opened ? fill(opened.database) : () => undefined),
  };
};

/** A register in a file of a data directory. */
export const inFile = (): Place & { readonly directory: () => string } => {
  let directory: string | undefined;
  const engines: Engine[] = [];
  let database: Sqlite | undefined;
  const folder = (): string => {
    directory ??= newDirectory();
    return directory;
  };
  const outside = <Result>(look: (database: Sqlite) => Result, options: Database.Options = {}): Result =>
    look(new Database(join(folder(), 'register.db'), options));
  return {
    directory: folder,
    lasts: true,
    open: async (tables, real) => {
      const parts = openTables(folder(), 'crash', tables);
      const engine = createSqliteEngine(parts, real);
      database = parts.database;
      engines.push(engine);
      return engine;
    },
    end: async () => {
      for (const engine of engines) await engine.close();
    },
    // The files as they lie there, as they would if the process were gone.
    kill: () => {
      const grave = folder();
      directory = newDirectory();
      for (const name of ['register.db', 'register.db-wal']) cpSync(join(grave, name), join(directory, name));
    },
    stored: (table) =>
      outside(
        (reader) => {
          try {
            return reader.prepare<[], string>(`SELECT body FROM "${table}" ORDER BY rowid`).pluck().all();
          } finally {
            reader.close();
          }
        },
        { readonly: true },
      ),
    fill: () => (database ? fill(database) : () => undefined),
    hold: () => {
      database?.pragma('busy_timeout = 1');
      return outside((other) => {
        other.exec('BEGIN IMMEDIATE');
        return () => {
          other.exec('ROLLBACK');
          other.close();
        };
      });
    },
    takeAway: () => {
      const aside = join(newDirectory(), 'aside');
      renameSync(folder(), aside);
      return () => renameSync(aside, folder());
    },
  };
};
