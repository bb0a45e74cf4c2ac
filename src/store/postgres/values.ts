// Single values: known here as they were committed, whoever put them. Every look at the register tells their revision too, so
// that a notification that was lost costs a moment and nothing else.

import type { Session } from './connection.ts';
import { REVISION } from './statements.ts';

/** A single value as it was committed. */
interface Kept {
  readonly version: number;
  readonly body: string;
}

export interface Values {
  current(name: string): Kept | undefined;
  names(): Iterable<string>;
  /** Up to where they are known here. */
  readonly revision: number;
  /** Reads them where what is known is older than this revision. */
  reach(session: Session, revision: number): Promise<void>;
  /** Reads them; what is older than what is known is not heeded. */
  refresh(session: Session): Promise<void>;
  /** Is told whenever one is another than before. */
  watch(listener: () => void): void;
}

/** Those that are others than is known, and the revision: one statement, so that both are of one snapshot. */
const NEWS = `SELECT name, version, body FROM value
    WHERE (name, version) NOT IN (SELECT * FROM unnest($1::text[], $2::bigint[]))
  UNION ALL SELECT '', value, '' FROM counter WHERE name = '${REVISION}'`;

export const createValues = (): Values => {
  const kept = new Map<string, Kept>();
  const listeners: (() => void)[] = [];
  let revision = 0;
  const refresh = async (session: Session): Promise<void> => {
    const known = [[...kept.keys()], [...kept.values()].map(({ version }) => version)];
    const rows = await session.ask({ name: 'kontakt values', text: NEWS, values: known });
    const found = Number(rows.find(([name]) => name === '')?.[1] ?? 0);
    if (found < revision) return;
    revision = found;
    let changed = false;
    for (const [name, version, body] of rows) {
      if (name === '' || kept.get(String(name))?.version === Number(version)) continue;
      kept.set(String(name), { version: Number(version), body: String(body) });
      changed = true;
    }
    if (changed) for (const listener of listeners) listener();
  };
  return {
    current: (name) => kept.get(name),
    names: () => kept.keys(),
    get revision() {
      return revision;
    },
    reach: async (session, wanted) => {
      if (wanted > revision) await refresh(session);
    },
    refresh,
    watch: (listener) => void listeners.push(listener),
  };
};
