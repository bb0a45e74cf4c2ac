// What a register that several emulators share was seeded with: its lines stand in the register itself, so that a reset puts
// back the same whichever emulator is asked.

import { type Engine, isLoss, type LogTable, type Write } from '../store/engine.ts';
import { DataDirectoryError } from '../store/refusals.ts';

/** The lines of the copy, by running number. */
export const seedLog: LogTable = { kind: 'log', name: 'seed' };

/** How many lines are read at once; each has some hundred persons. */
const AT_ONCE = 20;

const linesAfter = async (
  engine: Pick<Engine, 'read'>,
  after: number,
  limit: number,
): Promise<readonly string[]> => {
  const found = await engine.read({
    selections: [{ select: 'rows', log: seedLog.name, after, before: after + limit + 1, limit }],
    read: ([rows = []]) => rows.map(({ body }) => body).reverse(),
  });
  if (isLoss(found)) throw new DataDirectoryError(`the register: ${found.loss}`);
  return found.result;
};

/**
 * The first lines, or all of them; none where the register has no copy.
 *
 * @throws (rejects) DataDirectoryError where the register cannot be read
 */
export const readLines = async (
  engine: Pick<Engine, 'read'>,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly string[]> => {
  const lines: string[] = [];
  while (lines.length < most) {
    const limit = Math.min(AT_ONCE, most - lines.length);
    const more = await linesAfter(engine, lines.length, limit);
    lines.push(...more);
    if (more.length < limit) break;
  }
  return lines;
};

/** What puts a copy into the register, piece by piece. */
export const lineWrites = function* (lines: Iterable<string>, at: number): Generator<readonly Write[]> {
  yield [{ write: 'clear', table: seedLog.name }];
  for (const body of lines) yield [{ write: 'append', entry: { log: seedLog.name, at, body } }];
};
