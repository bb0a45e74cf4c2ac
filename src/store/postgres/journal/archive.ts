// The journal that all emulators of a register have together, in its database.

import type { Bounds, Lost, SharedArchive } from '../../../journal/archive.ts';
import type { Engine } from '../../engine.ts';
import { journalEmptyings } from '../../journal-emptyings.ts';
import type { ServerSettings, Session } from '../connection.ts';
import { openPool } from '../pool.ts';
import { refusalOf } from '../refusals.ts';
import { append, clear, prune, totalIn } from './append.ts';
import { find, list, newsAfter, note, noted } from './find.ts';

/** One connection for the journal, beside the one that the pool of the register leaves to its listener. */
const CONNECTIONS = 2;

/**
 * Opens the journal of a register whose tables are there. Nothing of it is waited for by the services.
 *
 * @param engine of the same register: it knows whether the server is there
 */
export const createSharedArchive = (
  settings: ServerSettings,
  engine: Pick<Engine, 'hindrance' | 'value'>,
  bounds: Bounds,
): SharedArchive => {
  const pool = openPool({ ...settings, connections: CONNECTIONS });
  let closing: Promise<void> | undefined;
  const lost = (cause: string): Lost => ({ lost: `PostgreSQL: ${cause}`, passes: true });
  const using = async <Value>(use: (session: Session) => Promise<Value>): Promise<Value | Lost> => {
    if (closing) return { lost: 'the journal is closed' };
    const why = engine.hindrance();
    if (why && !why.passes) return { lost: why.loss, passes: true };
    try {
      return await pool.use(use);
    } catch (error) {
      const refusal = refusalOf(error);
      return refusal ? lost(refusal.cause) : { lost: String(error) };
    }
  };
  return {
    append: (batch) => {
      const emptied = journalEmptyings.current(engine);
      return using(async (session) => {
        if (await append(session, batch, emptied, bounds)) await prune(session, batch.now, bounds);
      });
    },
    list: (wanted) => using((session) => list(session, wanted)),
    find: (id) => using((session) => find(session, id)),
    news: (after) => using((session) => newsAfter(session, after)),
    note: (one) => using((session) => note(session, one)),
    noted: (about) => using((session) => noted(session, about)),
    clear: () => using(clear),
    prune: (now) => using((session) => prune(session, now, bounds)),
    size: () => using(totalIn),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
};
