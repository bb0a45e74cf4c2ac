// Finds exchanges in the journal of a register. The order is that in which they were kept; a number stands for the place of its exchange.

import type { News, Note, StoredRow, StoredSummary, Wanted } from '../../../journal/archive.ts';
import type { Cells, Session, Statement } from '../connection.ts';
import { BLOCK } from '../numbers.ts';
import { isStorable } from '../reader.ts';

/** The place that what came later is after: of a number that is not there, or not any more, all that is kept is. */
const afterSql = (number: string, block: string): string =>
  `coalesce((SELECT place FROM journal_exchange WHERE number <= ${number} AND number > ${block} ORDER BY number DESC LIMIT 1), 0)`;

/** The place that what came earlier is before: of a number that was not given yet, all that is kept is; of one that is gone, nothing. */
const beforeSql = (number: string, block: string): string =>
  `coalesce((SELECT place FROM journal_exchange WHERE number >= ${number} AND number <= ${block} + ${BLOCK} ORDER BY number LIMIT 1),
    (SELECT place + 1 FROM journal_exchange WHERE number < ${number} AND number > ${block} ORDER BY number DESC LIMIT 1),
    (SELECT CASE WHEN ${number} > max(number) THEN max(place) + 1 END FROM journal_exchange), 0)`;

/** The last number before the block that a number belongs to. */
const blockOf = (number: number): number => Math.floor((number - 1) / BLOCK) * BLOCK;

const listSql = ({ limit, after, before, refused, service, operation, problem }: Wanted): Statement => {
  const values: unknown[] = [];
  const value = (given: unknown, type: string): string => `$${values.push(given)}::${type}`;
  const bound = (number: number, sql: typeof afterSql): string =>
    sql(value(number, 'bigint'), value(blockOf(number), 'bigint'));
  const conditions = [
    ...(after === undefined ? [] : [`place > ${bound(after, afterSql)}`]),
    ...(before === undefined ? [] : [`place < ${bound(before, beforeSql)}`]),
    ...(refused ? ['refused'] : []),
    ...Object.entries({ service, operation, problem }).flatMap(([column, wanted]) =>
      wanted === undefined ? [] : [`${column} = ${value(wanted, 'text')}`],
    ),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return {
    text: `SELECT entry, request_bytes, response_bytes FROM journal_exchange ${where} ORDER BY place DESC LIMIT ${value(limit, 'integer')}`,
    values,
  };
};

const isFindable = ({ service, operation, problem }: Wanted): boolean =>
  [service, operation, problem].every((text) => text === undefined || isStorable(text));

const summaryIn = ([entry, requestBytes, responseBytes]: Cells): StoredSummary => ({
  entry: String(entry),
  requestBytes: Number(requestBytes),
  responseBytes: Number(responseBytes),
});

export const list = async (session: Session, wanted: Wanted): Promise<readonly StoredSummary[]> => {
  if (!isFindable(wanted)) return [];
  const rows = await session.ask(listSql(wanted));
  return rows.map(summaryIn);
};

/** How many are told of at once. */
const MOST_NEWS = 500;

export const newsAfter = async (session: Session, after: number | undefined): Promise<News> => {
  if (after === undefined) {
    const [[last] = []] = await session.run('SELECT max(place) FROM journal_exchange');
    return { last: Number(last ?? 0), kept: [] };
  }
  const rows = await session.ask({
    name: 'kontakt journal news',
    text: `SELECT entry, request_bytes, response_bytes, place FROM journal_exchange WHERE place > $1
      ORDER BY place LIMIT ${MOST_NEWS}`,
    values: [after],
  });
  return { last: Number(rows.at(-1)?.[3] ?? after), kept: rows.map(summaryIn) };
};

/** By id, or by number: both are digits, small letters and a hyphen. */
const columnOf = (id: string): 'id' | 'number' | undefined => {
  if (/^\d{1,15}$/.test(id)) return 'number';
  return /^[0-9a-z-]+$/.test(id) ? 'id' : undefined;
};

export const find = async (session: Session, id: string): Promise<StoredRow | undefined> => {
  const column = columnOf(id);
  if (column === undefined) return undefined;
  const [row] = await session.ask({
    name: `kontakt journal by ${column}`,
    text: `SELECT e.entry, p.body, e.request, e.response FROM journal_exchange e LEFT JOIN journal_profile p ON p.digest = e.profile
      WHERE e.${column} = $1 ORDER BY e.place DESC LIMIT 1`,
    values: [id],
  });
  if (!row) return undefined;
  const [entry, profile, request, response] = row;
  return {
    entry: String(entry),
    profile: profile === null ? undefined : String(profile),
    request: request as Uint8Array,
    response: response as Uint8Array,
  };
};

export const note = async (session: Session, { id, variant, text }: Note): Promise<void> => {
  await session.ask({
    text: `INSERT INTO journal_note SELECT place, $2, $3 FROM journal_exchange WHERE id = $1
      ON CONFLICT (place, variant) DO UPDATE SET body = excluded.body`,
    values: [id, variant, text],
  });
};

export const noted = async (
  session: Session,
  { id, variant }: Omit<Note, 'text'>,
): Promise<string | undefined> => {
  const [[text] = []] = await session.ask({
    text: `SELECT n.body FROM journal_note n JOIN journal_exchange e ON e.place = n.place WHERE e.id = $1 AND n.variant = $2`,
    values: [id, variant],
  });
  return text === undefined ? undefined : String(text);
};
