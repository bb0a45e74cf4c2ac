// What every case of the store's contract does: change and wait, read and wait.

import assert from 'node:assert/strict';
import type { Engine, Query, Stored, Work, Write } from '../../../src/store/engine.ts';
import { nothing } from '../../../src/store/tables.ts';

/** What who comes during a long change is told. */
export const MEANWHILE = 'somebody has the register to himself';

/** What is made of a change that must be made. */
export const accepted = <Result>(answer: Stored<Result> | object): Stored<Result> => {
  assert.ok('result' in answer && 'durable' in answer, JSON.stringify(answer));
  return answer;
};

/** Makes a change that must be made, and waits until it is stored. */
export const made = async <Loaded, Result>(engine: Engine, work: Work<Loaded, Result>): Promise<Result> => {
  const { result, durable } = accepted<Result>(await engine.change(work));
  assert.equal(await durable, undefined);
  return result;
};

/** A change that only writes. */
export const writing = (...writes: readonly Write[]): Work<undefined, undefined> => ({
  load: nothing,
  decide: () => ({ result: undefined, writes }),
});

/** Writes, and waits until it is stored. */
export const written = (engine: Engine, ...writes: readonly Write[]): Promise<undefined> =>
  made(engine, writing(...writes));

/** Reads what is there, and waits until that is stored. */
export const found = async <Loaded>(engine: Engine, query: Query<Loaded>): Promise<Loaded> => {
  const { result, durable } = accepted<Loaded>(await engine.read(query));
  assert.equal(await durable, undefined);
  return result;
};

/** Runs something that counts upwards from 0. */
export const times = <Result>(count: number, run: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => run(index));
