// What the keeper answers to another process: rows, and a change that is written if what it was decided out of is still so.

import type { Engine, Row } from '../engine.ts';
import type { Answer, Found, Question, Rows } from './messages.ts';

/** What a change was decided out of is not so any more. */
class Outdated extends Error {
  readonly found: Found;
  constructor(found: Found) {
    super('what the change was decided out of has changed');
    this.found = found;
  }
}

const isSame = (one: Row, other: Row | undefined): boolean =>
  one.place === other?.place && one.at === other.at && one.body === other.body;

const areSame = (ones: Rows, others: Rows): boolean =>
  ones.length === others.length &&
  ones.every(
    (rows, nth) =>
      rows.length === others[nth]?.length && rows.every((row, index) => isSame(row, others[nth]?.[index])),
  );

const rowsOnly = (found: Rows): Rows =>
  found.map((rows) => rows.map(({ place, body, at }) => ({ place, body, at })));

export const answerRead = async (
  engine: Pick<Engine, 'read'>,
  { selections }: Question & { do: 'read' },
): Promise<Answer> => {
  const found = await engine.read({ selections, read: rowsOnly });
  if ('loss' in found) return found;
  return (await found.durable) ?? { rows: found.result, seen: false };
};

/** @throws (rejects) a defect */
export const answerChange = async (
  engine: Pick<Engine, 'read' | 'change'>,
  { selections, rows, once, writes }: Question & { do: 'change' },
): Promise<Answer> => {
  try {
    const made = await engine.change({
      load: { selections, read: rowsOnly },
      once: once && { ...once, key: Buffer.from(once.key) },
      decide: (found, seen) => {
        if (seen || !areSame(rows, found)) throw new Outdated({ rows: found, seen });
        return { result: undefined, writes };
      },
    });
    if (!('durable' in made)) return made;
    return (await made.durable) ?? { done: true };
  } catch (error) {
    if (!(error instanceof Outdated)) throw error;
    // What was found may not be stored yet.
    const stored = await engine.read({ selections: [], read: () => undefined });
    return ('loss' in stored ? stored : await stored.durable) ?? error.found;
  }
};
