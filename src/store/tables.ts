// Tables with their types: how a contract's states, log rows and values become texts, and what can be asked of them.

import { hash } from 'node:crypto';
import type {
  Engine,
  Entry,
  LogTable,
  OnceTable,
  Query,
  Row,
  Selection,
  StatesTable,
  Write,
} from './engine.ts';

/** States of one kind, with their type. */
export interface Collection<State> extends StatesTable {
  save(state: State, change?: Entry): Write;
  remove(id: string): Write;
  /** By id, and where nothing has it by each of the keys that are given too. */
  find(id: string, ...keys: readonly string[]): Query<State | undefined>;
  findBy(key: string, value: string): Query<State | undefined>;
  all(key: string, value: string): Query<readonly State[]>;
  /** Those with these ids, each in its place; undefined where nobody has it. */
  each(ids: readonly string[]): Query<readonly (State | undefined)[]>;
  /** Of a numbered collection, those whose numbers begin with `from`, in the order of their last changes. */
  changed(from: number, limit: number): Query<readonly Changed<State>[]>;
  /** In the order in which they came; `after` an id, or the place where a page ended. */
  page(limit: number, after?: string | number): Query<Page<State>>;
  count(): Query<number>;
}

/** A state with the number of its last change. */
export interface Changed<State> {
  readonly state: State;
  readonly number: number;
}

/** A part of a list: the next one begins after `place`, unless the list was emptied since. */
export interface Page<State> {
  readonly states: readonly State[];
  readonly place: number;
  /** How often the list was emptied before. */
  readonly emptied: number;
}

/** What a collection is made of: `Text` is what its JSON holds; `keys` are found by what `of` says of a state. */
export interface CollectionOf<State, Text> {
  readonly name: string;
  readonly form: number;
  readonly numbered?: boolean;
  readonly keys: readonly {
    readonly name: string;
    readonly unique: boolean;
    readonly of: (state: State) => string | undefined;
  }[];
  readonly encode: (state: State) => Text;
  readonly decode: (text: Text) => State;
}

const query = <Loaded>(selection: Selection, read: (rows: readonly Row[]) => Loaded): Query<Loaded> => ({
  selections: [selection],
  read: ([rows = []]) => read(rows),
});

/** Nothing to load. */
export const nothing: Query<undefined> = { selections: [], read: () => undefined };

/** What is known without looking. */
export const constant = <Known>(known: Known): Query<Known> => ({ selections: [], read: () => known });

/** The same query, read in another way. */
export const mapped = <Found, Loaded>(
  { selections, read }: Query<Found>,
  as: (found: Found) => Loaded,
): Query<Loaded> => ({ selections, read: (rows) => as(read(rows)) });

/** Several queries of one snapshot. */
export const together = <Left, Right>(
  left: Query<Left>,
  right: Query<Right>,
): Query<readonly [Left, Right]> => ({
  selections: [...left.selections, ...right.selections],
  read: (found) => [
    left.read(found.slice(0, left.selections.length)),
    right.read(found.slice(left.selections.length)),
  ],
});

const placeOf = ([row]: readonly Row[]): number => row?.place ?? 0;

export const collection = <State extends { readonly id: string }, Text>({
  name: table,
  form,
  numbered = false,
  keys,
  encode,
  decode,
}: CollectionOf<State, Text>): Collection<State> => {
  const saved = (state: State) => ({
    id: state.id,
    keys: keys.map(({ of }) => of(state) ?? null),
    body: JSON.stringify(encode(state)),
  });
  const parse = (body: string): State => {
    // What this table holds was written by `encode`.
    const text: Text = JSON.parse(body);
    return decode(text);
  };
  const read = ({ body }: Row): State => parse(body);
  const first = ([row]: readonly Row[]): State | undefined => row && read(row);
  const all = (rows: readonly Row[]): readonly State[] => rows.map(read);
  return {
    kind: 'states',
    name: table,
    form,
    numbered,
    keys: keys.map(({ name, unique }) => ({ name, unique })),
    renew: (body) => saved(parse(body)),
    save: (state, change) => ({
      write: 'save',
      table,
      state: saved(state),
      ...(change ? { change } : {}),
    }),
    remove: (id) => ({ write: 'remove', table, id }),
    find: (id, ...others) =>
      query({ select: 'first', table, by: [undefined, ...others].map((key) => ({ key, value: id })) }, first),
    findBy: (key, value) => query({ select: 'first', table, by: [{ key, value }] }, first),
    all: (key, value) => query({ select: 'all', table, by: { key, value } }, all),
    each: (ids) => ({
      selections: ids.map((value) => ({ select: 'first', table, by: [{ key: undefined, value }] })),
      read: (found) => found.map(first),
    }),
    changed: (from, limit) =>
      query({ select: 'changed', table, from, limit }, (rows) =>
        rows.map((row) => ({ state: read(row), number: row.place })),
      ),
    page: (limit, after = 0) => ({
      selections: [
        { select: 'page', table, limit, after },
        { select: 'emptied', table },
      ],
      read: ([rows = [], emptied = []]) => ({
        states: all(rows),
        place: rows.at(-1)?.place ?? (typeof after === 'number' ? after : 0),
        emptied: placeOf(emptied),
      }),
    }),
    count: () => query({ select: 'count', table }, placeOf),
  };
};

/** A part of a log: the newest `limit` rows of those between two numbers, neither of them included. */
export interface Part {
  readonly limit: number;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
}

/** A row with its number and its time, in milliseconds since 1970. */
export type Numbered<Content> = Content & { readonly id: number; readonly at: number };

/** A log, with the type of its rows. */
export interface Log<Content> extends LogTable {
  entry(at: number, content: Content): Entry;
  append(at: number, content: Content): Write;
  /** Newest first. */
  rows(part: Part): Query<readonly Numbered<Content>[]>;
  last(): Query<number>;
}

export const log = <Content extends object>(name: string, bounds?: LogTable['bounds']): Log<Content> => {
  const entry = (at: number, content: Content): Entry => ({ log: name, at, body: JSON.stringify(content) });
  return {
    kind: 'log',
    name,
    ...(bounds ? { bounds } : {}),
    entry,
    append: (at, content) => ({ write: 'append', entry: entry(at, content) }),
    rows: ({ limit, after = 0, before = Number.MAX_SAFE_INTEGER }) =>
      query({ select: 'rows', log: name, after, before, limit }, (rows) =>
        rows.map(({ body, place, at }) => {
          const content: Content = JSON.parse(body);
          return { ...content, id: place, at };
        }),
      ),
    last: () => query({ select: 'last', log: name }, placeOf),
  };
};

/** Keys that count once. Where there are more than `most`, the first are forgotten. */
export const onceKeys = (name: string, most: number): OnceTable => ({ kind: 'once', name, most });

/** The short key of something that is told by texts: the first 16 octets of their SHA-256. */
export const keyOf = (...parts: readonly string[]): Buffer =>
  hash('sha256', parts.join('\0'), 'buffer').subarray(0, 16);

export const emptied = ({ name }: { readonly name: string }): Write => ({ write: 'clear', table: name });

/** A single value, whole and immutable: it is asked for without waiting. */
export interface Value<Content> {
  /** What it is kept as. */
  readonly table: string;
  put(content: Content): Write;
  /** As it was committed last; the same object while nobody has put another. */
  current(engine: Pick<Engine, 'value'>): Content;
  /** As it is where a change is decided, also while others are not committed yet. */
  find(): Query<Content>;
}

/** @param initial what counts while none was put */
export const value = <Content>(name: string, initial: Content): Value<Content> => {
  const read = new WeakMap<object, Content>();
  // What stands here was written by `put`.
  const parse = (body: string): Content => JSON.parse(body);
  return {
    table: name,
    put: (content) => ({ write: 'put', name, body: JSON.stringify(content) }),
    find: () => query({ select: 'value', name }, ([row]) => (row ? parse(row.body) : initial)),
    current: (engine) => {
      const found = engine.value(name);
      if (!found) return initial;
      const before = read.get(found);
      if (before !== undefined) return before;
      const content = parse(found.body);
      read.set(found, content);
      return content;
    },
  };
};
