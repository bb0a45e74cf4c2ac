// Opens the register in a PostgreSQL database: connection, upgrade under a lock, engine. What cannot be used is said in one line.

import type { Engine, Table } from '../engine.ts';
import { connect, nameOf, type ServerSettings, startError } from './connection.ts';
import { createPostgresEngine } from './engine.ts';
import { bringUpToDate } from './layout.ts';
import { BEGIN_UPGRADE, waitsToUpgrade } from './locks.ts';
import { watchServer } from './vigil.ts';

const upgrade = async (
  settings: ServerSettings,
  tables: readonly Table[],
  onWait: (what: string) => void,
): Promise<number> => {
  const name = nameOf(settings.address);
  const own = await connect(settings, { patient: true });
  const [[pid] = []] = await own.run('SELECT pg_backend_pid()');
  let silence: unknown;
  let told = false;
  const watch = watchServer(settings, waitsToUpgrade(Number(pid)), {
    onAnswer: ({ length: waits }) => {
      if (waits > 0 && !told)
        onWait(`${name}: waiting for another emulator that opens or upgrades the register`);
      told ||= waits > 0;
    },
    // A statement is waited for for long, but not a server that nobody hears of.
    onSilent: (error) => {
      silence = error;
      own.cut();
    },
  });
  try {
    await own.run(BEGIN_UPGRADE);
    const layout = await bringUpToDate(own, name, tables);
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
 * @param onWait is told once what the start waits for, where that is somebody else
 * @throws (rejects) DataDirectoryError with one line: not there, refused, a replica, another program's, of a newer version
 */
export const openPostgres = async (
  settings: ServerSettings,
  tables: readonly Table[],
  real: () => number,
  onWait: (what: string) => void = () => undefined,
): Promise<Engine> => {
  try {
    const layout = await upgrade(settings, tables, onWait);
    return await createPostgresEngine(settings, tables, layout, real);
  } catch (error) {
    throw startError(error, settings.address);
  }
};
