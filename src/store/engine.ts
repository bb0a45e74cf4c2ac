// What a register is kept in. The unit of work is data: what to load, what may count once, and a pure decision that says what
// to write. So an engine may decide twice, and knows nothing of any contract; a contract knows nothing of any engine.
//
// What is kept: states by id, logs by running number, single values, and keys that count once (tables.ts makes them).

/** States of one kind: JSON texts by id, in the order in which they came, with further keys to find them by. */
export interface StatesTable {
  readonly kind: 'states';
  readonly name: string;
  /** The form of the texts and keys; where it grows, what is stored is rewritten by `renew`. */
  readonly form: number;
  readonly keys: readonly { readonly name: string; readonly unique: boolean }[];
  /** Whether saving takes a number of a log, by which the latest state of each can be found. */
  readonly numbered: boolean;
  renew(body: string): SavedState;
}

/** Rows that are only added to: JSON texts by a running number without gaps, in the order of commits. */
export interface LogTable {
  readonly kind: 'log';
  readonly name: string;
  /** What is beyond it is forgotten with the next row; undefined: nothing is. Age in milliseconds. */
  readonly bounds?: { readonly rows: number; readonly age: number };
}

/** Keys that count once: each until its moment, and at most so many of them, the newest. */
export interface OnceTable {
  readonly kind: 'once';
  readonly name: string;
  readonly most: number;
}

export type Table = StatesTable | LogTable | OnceTable;

/** A state as it is written; `keys` in the order of the table's, null where it has none. */
export interface SavedState {
  readonly id: string;
  readonly keys: readonly (string | null)[];
  readonly body: string;
}

/** A row of a log as it is written; `at` in milliseconds since 1970. */
export interface Entry {
  readonly log: string;
  readonly at: number;
  readonly body: string;
}

/** One thing to write. */
export type Write =
  /** `change`: the row of the log whose number the state takes. */
  | { readonly write: 'save'; readonly table: string; readonly state: SavedState; readonly change?: Entry }
  | { readonly write: 'remove'; readonly table: string; readonly id: string }
  | { readonly write: 'append'; readonly entry: Entry }
  /** Replaces a single value. */
  | { readonly write: 'put'; readonly name: string; readonly body: string }
  /** Empties a table; a log begins again with 1. */
  | { readonly write: 'clear'; readonly table: string };

/** What is found: of a state or a log row its text, its place (the number of a log row) and its time (of a log row). */
export interface Row {
  readonly body: string;
  readonly place: number;
  readonly at: number;
}

/** One thing to look for. Of several lookups the first that finds something counts. */
export type Selection =
  | { readonly select: 'first'; readonly table: string; readonly by: readonly Lookup[] }
  | { readonly select: 'all'; readonly table: string; readonly by: Lookup }
  /** The states after a place, or after the one with an id (one that is not there: from the beginning), in their order. */
  | {
      readonly select: 'page';
      readonly table: string;
      readonly after: number | string;
      readonly limit: number;
    }
  /** The states of a numbered table whose numbers begin with `from`, in the order of those; the place of each is its number. */
  | { readonly select: 'changed'; readonly table: string; readonly from: number; readonly limit: number }
  /** A row whose place is how often a table was emptied: places are given out anew then. */
  | { readonly select: 'emptied'; readonly table: string }
  /** Rows of a log between two numbers, neither of them included, the newest first. */
  | {
      readonly select: 'rows';
      readonly log: string;
      readonly after: number;
      readonly before: number;
      readonly limit: number;
    }
  /** A row whose place is how many states a table has. */
  | { readonly select: 'count'; readonly table: string }
  /** A single value; the place of its row is its version. Nothing where none was put. */
  | { readonly select: 'value'; readonly name: string }
  /** A row whose place is the last number of a log; 0 when none was given. */
  | { readonly select: 'last'; readonly log: string };

/** `key` undefined: by id. */
export interface Lookup {
  readonly key: string | undefined;
  readonly value: string;
}

/** Something to load, of one snapshot however many tables it is of, and how it is read. */
export interface Query<Loaded> {
  readonly selections: readonly Selection[];
  /** @param found the rows of each selection, in their order */
  read(found: readonly (readonly Row[])[]): Loaded;
}

/** A key that counts once: until a moment of the hand of the clock that it is counted by. */
export interface Once {
  readonly table: string;
  readonly key: Buffer;
  readonly until: number;
  /** What that hand shows, in milliseconds since 1970. */
  readonly now: number;
}

export interface Decision<Result> {
  readonly result: Result;
  readonly writes?: readonly Write[];
}

/** One change, whole or not at all. */
export interface Work<Loaded, Result> {
  readonly load: Query<Loaded>;
  readonly once?: Once | undefined;
  /**
   * Synchronous and pure: it may run twice. What it draws (codes, references, now) is drawn before.
   *
   * @param seen whether the key was there already: then nothing of the decision but its result counts
   */
  decide(loaded: Loaded, seen: boolean): Decision<Result>;
}

/** The register cannot be changed, or read, now. */
export interface Loss {
  /** Why, in words. */
  readonly loss: string;
  /** Whether it passes by itself: somebody has the register to himself. */
  readonly passes: boolean;
}

/** A key that may belong to one state only belongs to another. */
export interface Conflict {
  readonly conflict: string;
}

/** What counts once `durable` has resolved to undefined. No answer that tells of it goes out before. */
export interface Stored<Result> {
  readonly result: Result;
  /** @throws (rejects) what the commit threw, where that is no failure of the disk */
  readonly durable: Promise<Loss | undefined>;
}

/** The next writes of a long change, when those before are made. */
export type Steps = () => Iterable<readonly Write[]>;
/** The same, of somebody who has to be waited for. */
export type LaterSteps = () => AsyncIterable<readonly Write[]>;

/** Running numbers that belong to nothing in the register; after a restart they go on. */
export interface Numbers {
  next(): number;
}

export interface Engine {
  change<Loaded, Result>(work: Work<Loaded, Result>): Promise<Loss | Conflict | Stored<Result>>;
  /** Reads one snapshot, also of what is not stored yet: then `durable` says when it is. */
  read<Loaded>(query: Query<Loaded>): Promise<Loss | Stored<Loaded>>;
  /** The single value of a name as it was committed last, with its version; undefined where none was put. */
  value(name: string): { readonly version: number; readonly body: string } | undefined;
  /** The names under which single values were put. */
  valueNames(): Iterable<string>;
  /**
   * Where other programs may change the register too: tells whenever a single value is another than before. Undefined: it is
   * nobody else's.
   */
  readonly watch?: (listener: () => void) => void;
  /**
   * The same for tables: a number for each that is another whenever anybody has written to it. It has to be asked for. Undefined:
   * nobody else writes.
   */
  readonly written?: () => Promise<ReadonlyMap<string, number> | Loss>;
  /**
   * Makes one long change, all of it or nothing, with nobody between: who comes meanwhile is told so, and is heard after
   * every few hundred writes.
   *
   * @param meanwhile what who comes is told
   * @param steps is asked for the next writes when those before are made
   */
  exclusive(meanwhile: string, steps: Steps): Promise<Loss | Conflict | undefined>;
  /** Why nothing can be changed now. */
  hindrance(): Loss | undefined;
  numbers(name: string): Numbers;
  /** Stores what is open, undoes a long change that is under way, and lets go of the files. */
  close(): Promise<void>;
}

/** What survives: the death of the process, or also of the machine. */
export type Durability = 'crash' | 'power';

export const isLoss = (value: object): value is Loss => 'loss' in value;
export const isConflict = (value: object): value is Conflict => 'conflict' in value;
