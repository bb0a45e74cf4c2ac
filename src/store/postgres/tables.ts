// The tables of a register, each by its name and of its kind.

import type { LogTable, OnceTable, StatesTable, Table } from '../engine.ts';

export interface Tables {
  readonly all: readonly Table[];
  states(name: string): StatesTable;
  log(name: string): LogTable;
  once(name: string): OnceTable;
}

export const tablesByName = (all: readonly Table[]): Tables => {
  const byName = new Map(all.map((table) => [table.name, table]));
  const of =
    <Kind extends Table['kind']>(kind: Kind) =>
    (name: string): Extract<Table, { kind: Kind }> => {
      const found = byName.get(name);
      if (found?.kind !== kind) throw new Error(`the register has no ${kind} ${name}`);
      return found as Extract<Table, { kind: Kind }>;
    };
  return { all, states: of('states'), log: of('log'), once: of('once') };
};
