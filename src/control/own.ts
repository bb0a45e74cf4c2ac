// The calls that one country alone has: its logs, and what can be made to happen there.

import type { OwnCall } from '../contract/administration.ts';
import { printIssue } from '../kernel/issue.ts';
import { type RowsAsked, readPart } from './asked.ts';
import { ControlError } from './problem.ts';
import type { Register } from './register.ts';

/** @throws (rejects) ControlError when the body cannot be used, or the register does not do what it asks for */
export const callOwn = async <Row extends object>(
  { call, rows, word = rows, log, act }: OwnCall<Row>,
  { engine, ...register }: Register,
  asked: RowsAsked,
  body: unknown,
): Promise<readonly Row[]> => {
  if (log) return register.read(log(readPart(asked)));
  if (!act) throw new Error(`${call.path} does nothing`);
  const read = act(body);
  if ('issue' in read) throw new ControlError(400, `${word}: ${printIssue(read.issue)}`);
  const done = await register.stored(await read.value(engine));
  if ('status' in done) throw new ControlError(done.status, done.detail);
  return done;
};
