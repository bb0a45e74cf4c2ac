// Registers in PostgreSQL for the store's contract, each in a database of its own.

import type { Engine } from '../../../src/store/engine.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import type { Place } from '../contract/place.ts';
import { cluster } from './cluster.ts';
import { openPassage, type Passage } from './passage.ts';

/** In milliseconds: half of it is waited where another program holds the register. */
export const TIMEOUT = 10_000;

/** A register in PostgreSQL. */
export const inPostgres = (): Place => {
  let made: string | undefined;
  // Nothing is made before it is asked for: where there is no PostgreSQL, the cases are declared all the same.
  const address = (): string => {
    made ??= cluster().database();
    return made;
  };
  const sql = (text: string): string[] => cluster().sql(address(), text);
  const engines: Engine[] = [];
  const passages: Passage[] = [];
  return {
    lasts: true,
    open: async (tables, real) => {
      const { folder } = cluster();
      const passage = await openPassage(folder);
      passages.push(passage);
      const through = address().replace(folder, passage.folder);
      const engine = await openPostgres({ address: through, connections: 4, timeout: TIMEOUT }, tables, real);
      engines.push(engine);
      return engine;
    },
    end: async () => {
      for (const engine of engines) await engine.close();
      for (const passage of passages) passage.end();
      if (made !== undefined) cluster().drop(made);
    },
    // The server hears of the death as it does of that of a process: its connections end.
    kill: () => passages.at(-1)?.end(),
    stored: (table) => sql(`SELECT body FROM kontakt."${table}" ORDER BY 1`),
    fill: () => {
      sql(
        `CREATE FUNCTION kontakt.full() RETURNS trigger LANGUAGE plpgsql AS
           $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END$$;
         CREATE TRIGGER is_full BEFORE INSERT OR UPDATE ON kontakt.t_person FOR EACH ROW
           WHEN (length(NEW.body) > 100000) EXECUTE FUNCTION kontakt.full()`,
      );
      return () => void sql('DROP TRIGGER is_full ON kontakt.t_person; DROP FUNCTION kontakt.full()');
    },
    hold: () => {
      // A transaction that was prepared holds its locks without a connection.
      sql("BEGIN; LOCK TABLE kontakt.t_person IN EXCLUSIVE MODE; PREPARE TRANSACTION 'holder'");
      return () => void sql("ROLLBACK PREPARED 'holder'");
    },
  };
};
