// Engines whose word that something is stored the test gives or alters, and what another program sees of their files.

import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Engine, Loss } from '../src/store/engine.ts';

type Word = Promise<Loss | undefined>;

/** An engine whose word about each change goes out as `tell` has it. */
export const telling = (
  engine: Pick<Engine, 'change'>,
  tell: (durable: Word) => Word,
): Pick<Engine, 'change'> => ({
  change: async (work) => {
    const made = await engine.change(work);
    return 'durable' in made ? { ...made, durable: tell(made.durable) } : made;
  },
});

/** Texts of a table or log that are stored in a data directory, in their order. */
export const storedIn = (directory: string, table: string): readonly string[] => {
  const outside = new Database(join(directory, 'register.db'), { readonly: true });
  try {
    return outside.prepare<[], string>(`SELECT body FROM "${table}" ORDER BY rowid`).pluck().all();
  } finally {
    outside.close();
  }
};

/** Somebody else who reads a register, from now until it is closed: its log keeps what was written since, and does not begin anew. */
export const readerOf = (directory: string): Database.Database => {
  const reader = new Database(join(directory, 'register.db'), { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM no_person').get();
  return reader;
};

/** A gate that is shut until it is opened. */
export const makeGate = (): { readonly opened: Promise<void>; open(): void } => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};
