// Opens the register in a PostgreSQL database: connection, upgrade under a lock, engine. What cannot be used is said in one line.

import type { Engine, Table } from '../engine.ts';
import { connect, nameOf, type ServerSettings, startError } from './connection.ts';
import { createPostgresEngine } from './engine.ts';
import { bringUpToDate } from './layout.ts';
import { BEGIN_UPGRADE } from './locks.ts';
import { watchServer } from './vigil.ts';

const upgrade = async (settings: ServerSettings, tables: readonly Table[]): Promise<number> => {
  const own = await connect(settings, { patient: true });
  let silence: unknown;
  // It waits long for a statement, but not for a server that nobody hears of.
  const watch = watchServer(settings, (error) => {
    silence = error;
    own.cut();
  });
  try {
    await own.run(BEGIN_UPGRADE);
    const layout = await bringUpToDate(own, nameOf(settings.address), tables);
    await own.run('COMMIT');
    return layout;
  } catch (error) {
    throw silence ?? error;
  } finally {
    await watch.stop();
    // What is not committed is undone with it.
    await own.end();
  }
};

/**
 * @param real the real time, in milliseconds since 1970
 * @throws (rejects) DataDirectoryError with one line: not there, refused, a replica, another program's, of a newer version
 */
export const openPostgres = async (
  settings: ServerSettings,
  tables: readonly Table[],
  real: () => number,
): Promise<Engine> => {
  try {
    const layout = await upgrade(settings, tables);
    return await createPostgresEngine(settings, tables, layout, real);
  } catch (error) {
    throw startError(error, settings.address);
  }
};
