// Over a connection whose statements may take minutes, looks by another one whether the server is there at all.

import { setTimeout as startTimer } from 'node:timers';
import { connect, type Own, type ServerSettings } from './connection.ts';
import { refusalOf } from './refusals.ts';

/** How long it is between two looks, in milliseconds. */
const BETWEEN_LOOKS = 1000;
/** So many looks in a row must hear nothing: one may have come while the server was busy with what is watched. */
const SILENT_LOOKS = 2;

/**
 * Looks until it is told to stop. A start that is over before the first look costs no further connection, and one that the server
 * refuses says that it is there.
 *
 * @param onSilent is told once what the driver said, when the server is heard of no more
 */
export const watchServer = (settings: ServerSettings, onSilent: (error: unknown) => void) => {
  let own: Own | undefined;
  let over = false;
  let silent = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      own ??= await connect(settings);
      await own.run('SELECT 1');
      silent = 0;
    } catch (error) {
      own?.cut();
      own = undefined;
      silent = refusalOf(error)?.silent ? silent + 1 : 0;
      if (!over && silent >= SILENT_LOOKS) onSilent(error);
    }
    if (!over && silent < SILENT_LOOKS) next();
  };
  const next = (): void => {
    timer = startTimer(() => {
      looking = look();
    }, BETWEEN_LOOKS);
  };
  next();
  return {
    stop: async (): Promise<void> => {
      over = true;
      clearTimeout(timer);
      await looking;
      await own?.end();
    },
  };
};
