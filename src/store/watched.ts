// An engine that says which tables its changes wrote to, once they are stored.

import type { Engine, Write } from './engine.ts';

const tableOf = (write: Write): string => {
  if (write.write === 'append') return write.entry.log;
  return write.write === 'put' ? write.name : write.table;
};

/** @param wrote is told the tables of each change when it is stored; long changes of one owner are not told */
export const watched = <Of extends Engine>(engine: Of, wrote: (tables: readonly string[]) => void): Of => ({
  ...engine,
  change: async (work) => {
    let writes: readonly Write[] = [];
    const made = await engine.change({
      ...work,
      decide: (loaded, seen) => {
        const decision = work.decide(loaded, seen);
        writes = seen ? [] : (decision.writes ?? []);
        return decision;
      },
    });
    if (writes.length > 0 && 'durable' in made)
      made.durable.then(
        (lost) => lost ?? wrote(writes.map(tableOf)),
        // Who made the change is told.
        () => undefined,
      );
    return made;
  },
});
