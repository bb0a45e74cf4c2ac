// Over a connection whose statements may take minutes, looks by another one whether the server is there at all, and what it says.

import { setTimeout as startTimer } from 'node:timers';
import { type Cells, connect, type Own, type ServerSettings } from './connection.ts';
import { refusalOf } from './refusals.ts';

/** How long it is between two looks, in milliseconds. */
const BETWEEN_LOOKS = 1000;
/** So many looks in a row must hear nothing: one may have come while the server was busy with what is watched. */
const SILENT_LOOKS = 2;

interface Heard {
  /** What the server answers to the question of a look. */
  onAnswer(rows: readonly Cells[]): void;
  /** Once, what the driver said, when the server is heard of no more. */
  onSilent(error: unknown): void;
}

/**
 * Looks until it is told to stop. A start that is over before the first look costs no further connection, and one that the server
 * refuses says that it is there.
 *
 * @param question the SQL of a look
 */
export const watchServer = (settings: ServerSettings, question: string, { onAnswer, onSilent }: Heard) => {
  let own: Own | undefined;
  let over = false;
  let silent = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      own ??= await connect(settings);
      const rows = await own.run(question);
      silent = 0;
      if (!over) onAnswer(rows);
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
