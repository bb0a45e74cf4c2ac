// The calls that one country alone has: its logs, and what can be made to happen there.

import type { OwnCall } from '../contract/administration.ts';
import { printIssue } from '../kernel/issue.ts';
import { type RowsAsked, readPart } from './asked.ts';
import { ControlError } from './problem.ts';
import type { Register } from './register.ts';

/** What a call answers: its rows, under their name. */
export type Rows = Readonly<Record<string, readonly object[]>>;

/** @throws (rejects) ControlError when the body cannot be used, or the register does not do what it asks for */
export const callOwn = async (
  { call, rows, log, act }: OwnCall,
  { engine, ...register }: Register,
  asked: RowsAsked,
  body: unknown,
): Promise<Rows> => {
  if (log) return { [rows]: await register.read(log(readPart(asked))) };
  if (!act) throw new Error(`${call.path} does nothing`);
  const read = act(body);
  if ('issue' in read) throw new ControlError(400, `${rows}: ${printIssue(read.issue)}`);
  const done = await register.stored(await read.value(engine));
  if ('status' in done) throw new ControlError(done.status, done.detail);
  return { [rows]: done };
};
