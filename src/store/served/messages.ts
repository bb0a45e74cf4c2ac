// What the process that keeps the register and those that decide on changes say to each other.

import type { Conflict, Loss, Once, Row, Selection, Write } from '../engine.ts';

/** Rows of each selection. */
export type Rows = readonly (readonly Row[])[];

/** What is asked for. */
export type Question =
  | { readonly do: 'read'; readonly selections: readonly Selection[] }
  /** Writes what was decided out of these rows, and of a key that is new: where either is not so any more, nothing is written. */
  | {
      readonly do: 'change';
      readonly selections: readonly Selection[];
      readonly rows: Rows;
      readonly once: Once | undefined;
      readonly writes: readonly Write[];
    }
  /** Waits for the turn of a long change; the next step comes when the one before is answered. */
  | { readonly do: 'begin'; readonly meanwhile: string }
  | { readonly do: 'step'; readonly writes: readonly Write[] }
  | { readonly do: 'end' }
  | { readonly do: 'undo' }
  /** The values as they are. */
  | { readonly do: 'hello' };

/** What was found; of a change that was not made also whether its key counted before. */
export interface Found {
  readonly rows: Rows;
  readonly seen: boolean;
}

export type Answer = Loss | Conflict | Found | { readonly done: true } | { readonly defect: string };

export interface NamedValue {
  readonly name: string;
  readonly version: number;
  readonly body: string;
}

export type ToKeeper =
  | { readonly ask: number; readonly question: Question }
  /** All values up to this revision are known. */
  | { readonly known: number };

export type FromKeeper =
  | { readonly answer: number; readonly of: Answer }
  /** Before an answer that may tell of them. */
  | { readonly values: readonly NamedValue[]; readonly revision: number }
  /** What who comes is told from now on; undefined: nothing stands in the way. */
  | { readonly hindrance: Loss | undefined };

/** One end of a channel between two processes, or threads; what is sent arrives in order. */
export interface Port<Sent, Heard> {
  send(message: Sent): void;
  hear(listener: (message: Heard) => void): void;
  /** Is told once when the other end is gone. */
  ended(listener: () => void): void;
}
