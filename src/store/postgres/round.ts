// Decides what came together, out of one look at the register. Who would see what another one of them wrote waits for the
// next look.

import type { Once, Selection, Write } from '../engine.ts';
import type { Batch } from './batch.ts';
import { type Found, type FoundRow, lookupsOf } from './reader.ts';
import type { Tables } from './tables.ts';

/** A work on its way, its types gone. */
export interface Member {
  readonly selections: readonly Selection[];
  readonly once: Once | undefined;
  /** @throws what the decision throws: then it is told, and nothing of it counts */
  decide(found: readonly (readonly FoundRow[])[], seen: boolean): readonly Write[];
  /** Its decision threw. */
  failed(error: unknown): void;
}

/** A single value may have the name of a table. */
const valued = (name: string): string => `.${name}`;

const createTouched = (tables: Tables) => {
  /** Tables and logs in which anything was written, and single values that were put. */
  const any = new Set<string>();
  const cleared = new Set<string>();
  const ids = new Set<string>();
  const keys = new Set<string>();

  const lookedAt = (selection: Selection, found: readonly FoundRow[]): boolean => {
    if (selection.select === 'value') return any.has(valued(selection.name));
    if (!('table' in selection)) return any.has(selection.log);
    const { table } = selection;
    const lookups = lookupsOf(selection);
    if (lookups.length === 0) return any.has(table);
    return (
      cleared.has(table) ||
      lookups.some(({ key, value }) =>
        key === undefined ? ids.has(`${table} ${value}`) : keys.has(`${table} ${key} ${value}`),
      ) ||
      found.some(({ id }) => ids.has(`${table} ${id}`))
    );
  };
  const note = (write: Write): void => {
    if (write.write === 'put') {
      any.add(valued(write.name));
      return;
    }
    if (write.write === 'append') {
      any.add(write.entry.log);
      return;
    }
    const { table } = write;
    any.add(table);
    if (write.write === 'clear') cleared.add(table);
    else if (write.write === 'remove') ids.add(`${table} ${write.id}`);
    else {
      ids.add(`${table} ${write.state.id}`);
      if (write.change) any.add(write.change.log);
      for (const [index, { name }] of tables.states(table).keys.entries())
        keys.add(`${table} ${name} ${write.state.keys[index]}`);
    }
  };
  const onceKey = ({ table, key }: Once): string => `${table} ${key.toString('hex')}`;
  return {
    concerns: ({ selections, once }: Member, found: Found): boolean =>
      selections.some((selection) => lookedAt(selection, found.rows(selection))) ||
      (once !== undefined && (keys.has(onceKey(once)) || cleared.has(once.table))),
    note,
    noteOnce: (once: Once): void => void keys.add(onceKey(once)),
  };
};

/**
 * @param take is told of each key that is taken now
 * @returns who has to wait for the next look
 */
export const decideRound = (
  members: readonly Member[],
  found: Found,
  tables: Tables,
  batch: Batch,
  take: (once: Once) => void,
): { readonly decided: readonly Member[]; readonly later: readonly Member[] } => {
  const touched = createTouched(tables);
  const [decided, later]: [Member[], Member[]] = [[], []];
  for (const member of members) {
    if (touched.concerns(member, found)) {
      later.push(member);
      continue;
    }
    const { once, selections } = member;
    const until = once && found.until(once);
    const seen = once !== undefined && until !== undefined && until >= once.now;
    let writes: readonly Write[];
    try {
      writes = member.decide(selections.map(found.rows), seen);
    } catch (error) {
      member.failed(error);
      continue;
    }
    decided.push(member);
    if (once) touched.noteOnce(once);
    if (seen) continue;
    if (once) take(once);
    for (const write of writes) {
      touched.note(write);
      batch.apply(write);
    }
  }
  return { decided, later };
};
