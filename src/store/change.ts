// The store's one writing verb: load a state, let the rules decide, save what they decided, in one transaction.

import type { Problem } from '../kernel/problem.ts';
import type { RegisterProblem } from '../soap/service.ts';
import { causeOf } from './refusals.ts';
import type { Sqlite } from './sqlite.ts';

/** What the rules return: an answer and, where something changed, the new state. */
export interface Decision<State, Result> {
  readonly result: Result;
  readonly next?: State;
}

/** How one kind of state is kept. */
export interface Repository<Key, State> {
  load(key: Key): State | undefined;
  save(key: Key, state: State, before: State | undefined): void;
}

export type Change<Key, State> = <Result>(
  key: Key,
  decide: (state: State | undefined) => Decision<State, Result>,
) => Result | Problem<RegisterProblem>;

const MEND = 'mend the cause named above and send a new message: the change was not made';

/** The problem of a register that cannot be changed now: the disk does not let it, or somebody has it to himself. */
export const unavailable = (cause: string, remedy = MEND): Problem<RegisterProblem> => ({
  problem: 'register.unavailable',
  explanation: {
    check: 'saving the change',
    expected: 'a register that can be written to',
    found: cause,
    rule: 'nothing is acknowledged that is not stored',
    remedy,
    basis: 'assumed',
  },
});

/** Runs something that writes; what the disk refuses is a problem, and what was begun is undone by its transaction. */
export const orProblem = <T>(write: () => T): T | Problem<RegisterProblem> => {
  try {
    return write();
  } catch (error) {
    const cause = causeOf(error);
    if (cause === undefined) throw error;
    return unavailable(cause);
  }
};

/** Loads, decides and saves for somebody who does more in one transaction; whoever began that says what the disk refuses. */
export type Apply<Key, State> = <Result>(
  key: Key,
  decide: (state: State | undefined) => Decision<State, Result>,
) => Result;

export const createApply =
  <Key, State>(repository: Repository<Key, State>): Apply<Key, State> =>
  (key, decide) => {
    const before = repository.load(key);
    const { result, next } = decide(before);
    if (next !== undefined) repository.save(key, next, before);
    return result;
  };

/**
 * Makes the writing verb for a repository. The decision is applied whole or not at all; when the disk refuses it,
 * the answer is a problem and nothing changed.
 */
export const createChange = <Key, State>(
  database: Sqlite,
  repository: Repository<Key, State>,
): Change<Key, State> => {
  const run = database.transaction(createApply(repository)<unknown>);
  // One transaction function serves every type of result: what `decide` returns is what comes back.
  return <Result>(key: Key, decide: (state: State | undefined) => Decision<State, Result>) =>
    orProblem(() => run.immediate(key, decide) as Result);
};
