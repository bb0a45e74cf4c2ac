// Finds what queries ask for: all of them in one statement, and so in one snapshot.

import type { Lookup, Once, Row, Selection } from '../engine.ts';
import { type Answer, type Asking, createAsking } from './asking.ts';
import type { Session } from './connection.ts';
import { column, emptyings, quoted } from './statements.ts';
import type { Tables } from './tables.ts';

/** A row with the id of the state that it is of. */
export interface FoundRow extends Row {
  readonly id: string;
}

/** What was found, in one snapshot. */
export interface Found {
  rows(selection: Selection): readonly FoundRow[];
  /** Until when a key counts; undefined: it is not there. */
  until(once: Once): number | undefined;
  readonly counters: ReadonlyMap<string, number>;
}

/** PostgreSQL stores no text with U+0000 in it, and no half of a character: whoever looks for one finds nothing. */
const UNSTORABLE = /\0|\p{Cs}/u;
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

/** The column that a lookup is by. */
const columnOf = (tables: Tables, table: string, { key }: Lookup): string => {
  if (key === undefined) return 'id';
  if (!tables.states(table).keys.some(({ name }) => name === key))
    throw new Error(`${table} has no key ${key}`);
  return column(key);
};

export const lookupsOf = (selection: Selection): readonly Lookup[] => {
  if (selection.select === 'first') return selection.by;
  return selection.select === 'all' ? [selection.by] : [];
};

/** @throws a defect where a selection is of a table or key that there is not */
export const checkSelections = (tables: Tables, selections: readonly Selection[]): void => {
  for (const selection of selections) {
    if (selection.select === 'value') continue;
    if (selection.select === 'rows' || selection.select === 'last') tables.log(selection.log);
    else tables.states(selection.table);
    for (const by of lookupsOf(selection)) if ('table' in selection) columnOf(tables, selection.table, by);
  }
};

/** What is in no lookup has a part of its own. */
const askAlone = ({ part, value }: Asking, selection: Selection, take: (answer: Answer) => void): void => {
  if (selection.select === 'page') {
    const [table, { after, limit }] = [quoted(selection.table), selection];
    const beginning =
      typeof after === 'number'
        ? value(after, 'bigint')
        : `coalesce((SELECT place FROM ${table} WHERE id = ${value(isStorable(after) ? after : null, 'text')}), 0)`;
    const from = `FROM ${table} WHERE place > ${beginning} ORDER BY place LIMIT ${value(limit, 'bigint')}`;
    part({ place: 'place', id: 'id', body: 'body', from }, take);
  } else if (selection.select === 'changed') {
    const { table, from: first, limit } = selection;
    const from = `FROM ${quoted(table)} WHERE changed >= ${value(first, 'bigint')} ORDER BY changed LIMIT ${value(limit, 'bigint')}`;
    part({ place: 'changed', id: 'id', body: 'body', from }, take);
  } else if (selection.select === 'rows') {
    const { log, after, before, limit } = selection;
    const between = `number > ${value(after, 'bigint')} AND number < ${value(before, 'bigint')}`;
    const from = `FROM ${quoted(log)} WHERE ${between} ORDER BY number DESC LIMIT ${value(limit, 'bigint')}`;
    part({ place: 'number', body: 'body', at: 'at', from }, take);
  } else if (selection.select === 'count')
    part({ place: 'count(*)', from: `FROM ${quoted(selection.table)}` }, take);
  else if (selection.select === 'value')
    part(
      { place: 'version', body: 'body', from: `FROM value WHERE name = ${value(selection.name, 'text')}` },
      take,
    );
};

/** Lookups by the same column, asked for together; their rows by what they were looked up by. */
interface Lookups {
  readonly table: string;
  readonly column: string;
  readonly rows: Map<string, FoundRow[]>;
}

const groupLookups = (tables: Tables, selections: readonly Selection[]): Map<string, Lookups> => {
  const groups = new Map<string, Lookups>();
  for (const selection of selections)
    for (const by of lookupsOf(selection)) {
      if (!('table' in selection) || !isStorable(by.value)) continue;
      const { table } = selection;
      const column = columnOf(tables, table, by);
      const key = `${table} ${column}`;
      const group = groups.get(key) ?? { table, column, rows: new Map() };
      group.rows.set(by.value, []);
      groups.set(key, group);
    }
  return groups;
};

const byPlace = (one: Row, other: Row): number => one.place - other.place;

const numbered = (place: number): FoundRow[] => [{ id: '', place, body: '', at: 0 }];

const askOnces = ({ part, value }: Asking, onces: readonly Once[]): Map<string, number> => {
  const found = new Map<string, number>();
  for (const table of new Set(onces.map((once) => once.table))) {
    const keys = onces.filter((once) => once.table === table).map(({ key }) => key);
    const from = `FROM ${quoted(table)} WHERE key = ANY(${value(keys, 'bytea[]')})`;
    part({ place: 'until', by: "encode(key, 'hex')", from }, ({ place, by }) =>
      found.set(`${table} ${by}`, place),
    );
  }
  return found;
};

/** Which of its lookups counts is known when all are there. */
const rowsOf = (
  selection: Selection,
  found: (table: string, by: Lookup) => readonly FoundRow[],
  alone: ReadonlyMap<Selection, FoundRow[]>,
  counters: ReadonlyMap<string, number>,
): readonly FoundRow[] => {
  switch (selection.select) {
    case 'first':
      return (
        selection.by.map((by) => found(selection.table, by).slice(0, 1)).find(({ length }) => length > 0) ??
        []
      );
    case 'all':
      return found(selection.table, selection.by);
    case 'emptied':
      return numbered(counters.get(emptyings(selection.table)) ?? 0);
    case 'last':
      return numbered(counters.get(selection.log) ?? 0);
    case 'rows':
      return [...(alone.get(selection) ?? [])].sort((one, other) => byPlace(other, one));
    default:
      return [...(alone.get(selection) ?? [])].sort(byPlace);
  }
};

/** Loads what selections ask for, whether keys are there, and all counters. */
export const load = async (
  session: Session,
  tables: Tables,
  selections: readonly Selection[],
  onces: readonly Once[] = [],
): Promise<Found> => {
  const asking = createAsking();
  const counters = new Map<string, number>();
  asking.part({ place: 'value', by: 'name', from: 'FROM counter' }, ({ by, place }) =>
    counters.set(by, place),
  );
  const lookups = groupLookups(tables, selections);
  for (const { table, column: by, rows } of lookups.values()) {
    const from = `FROM ${quoted(table)} WHERE ${by} = ANY(${asking.value([...rows.keys()], 'text[]')})`;
    asking.part({ place: 'place', id: 'id', body: 'body', by, from }, (answer) =>
      rows.get(answer.by)?.push(answer),
    );
  }
  const alone = new Map(selections.map((selection): [Selection, FoundRow[]] => [selection, []]));
  for (const [selection, rows] of alone) askAlone(asking, selection, (answer) => rows.push(answer));
  const untils = askOnces(asking, onces);
  asking.take(await session.ask(asking.statement()));
  for (const { rows } of lookups.values()) for (const one of rows.values()) one.sort(byPlace);
  const found = (table: string, by: Lookup): readonly FoundRow[] =>
    lookups.get(`${table} ${columnOf(tables, table, by)}`)?.rows.get(by.value) ?? [];
  return {
    rows: (selection) => rowsOf(selection, found, alone, counters),
    until: ({ table, key }) => untils.get(`${table} ${key.toString('hex')}`),
    counters,
  };
};
