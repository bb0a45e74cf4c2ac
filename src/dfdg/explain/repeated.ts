// A request id that was used before (HTTP 412): the exchange that used it, where the journal still has it.

import type { JournalEntry } from '../../journal/entry.ts';
import type { Ground } from '../../kernel/grounds.ts';
import { REQUEST_ID_COUNTS } from '../register/logs.ts';

const idOf = ({ request }: JournalEntry): string | undefined => request.headers['x-requestid'];

/** Whether an exchange got as far as its operation, which uses the id up. */
const gotThrough = ({ result, grounds }: JournalEntry): boolean =>
  result === 'OK' || grounds?.parts.some(({ part }) => part === 'acting') === true;

/** @param earlier the exchanges of the journal, the newest first */
export const usedBefore = (
  code: string,
  entry: JournalEntry,
  earlier: () => readonly JournalEntry[],
): Ground[] => {
  const id = idOf(entry);
  if (code !== '412' || id === undefined) return [];
  const first = earlier().findLast(
    (one) =>
      one.service === 'rest' &&
      one.number < entry.number &&
      idOf(one) === id &&
      one.fingerprint === entry.fingerprint &&
      entry.at - one.at < REQUEST_ID_COUNTS &&
      gotThrough(one),
  );
  if (!first) return [];
  const { at, number: exchange, organisation: caller, operation: means = 'rest' } = first;
  return [{ part: 'request id', is: id, by: { at, means, exchange, caller } }];
};
