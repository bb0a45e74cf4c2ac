// What the store's contract asks of whoever runs it: somewhere to keep a register, and a hand in what befalls it.

import type { Engine, Table } from '../../../src/store/engine.ts';

/** Somewhere to keep one register. What an engine cannot have happen to it is undefined: those cases are left out. */
export interface Place {
  /**
   * Opens the register, or opens it again.
   *
   * @param real the real time, in milliseconds since 1970
   */
  open(tables: readonly Table[], real: () => number): Promise<Engine>;
  /** Closes what is open and lets go of everything. */
  end(): Promise<void>;
  /** Whether a register outlives its engine. */
  readonly lasts: boolean;
  /** Leaves the engine as the death of its process does: what is opened next finds what was stored. */
  kill?(): void;
  /** The texts of a table as somebody else sees them, in their order. */
  stored?(table: string): readonly string[];
  /** Leaves no room for anything large. Returns what gives room again. */
  fill?(): () => void;
  /** Another program holds the register. Returns what lets go. */
  hold?(): () => void;
  /** Takes the files away. Returns what puts them back. */
  takeAway?(): () => void;
}
