// Adds exchanges to the journal of a register, and forgets the oldest.

import { createHash } from 'node:crypto';
import type { Batch, Bounds } from '../../../journal/archive.ts';
import { journalEmptyings } from '../../journal-emptyings.ts';
import type { Session } from '../connection.ts';
import { BEGIN_JOURNAL } from '../locks.ts';

/** How many of the oldest are looked at, and forgotten, in one transaction. */
const IN_ONE = 1000;

/** Exchanges, and bytes of their messages and of what is told of them. */
export interface Total {
  readonly entries: number;
  readonly bytes: number;
}

const KEEP_PROFILES = `INSERT INTO journal_profile
  SELECT decode(digest, 'hex'), body FROM json_to_recordset($1::json) AS given (digest text, body text)
  ON CONFLICT DO NOTHING`;

/** What was stored before the connection was lost is not stored again; what was answered before the journal was emptied is dropped. */
const KEEP = `WITH added AS (
    INSERT INTO journal_exchange (id, number, kept, refused, service, operation, problem, profile, request_bytes,
        response_bytes, size, entry, request, response)
    SELECT id, number, $2::bigint, refused, service, operation, problem, decode(profile, 'hex'), request_bytes, response_bytes,
        octet_length(entry) + request_bytes + response_bytes, entry,
        substring($3::bytea FROM at + 1 FOR request_bytes),
        substring($3::bytea FROM at + request_bytes + 1 FOR response_bytes)
      FROM json_to_recordset($1::json) AS given (nth integer, id text, number bigint, refused boolean, service text,
        operation text, problem text, profile text, request_bytes integer, response_bytes integer, at integer, entry text)
      WHERE $4::bigint >= coalesce((SELECT body::bigint FROM value WHERE name = $5), 0)
      ORDER BY nth
    ON CONFLICT (id) DO NOTHING RETURNING size)
  INSERT INTO journal_total AS old SELECT 'all', count(*), coalesce(sum(size), 0) FROM added
  ON CONFLICT (name) DO UPDATE SET entries = old.entries + excluded.entries, bytes = old.bytes + excluded.bytes
  RETURNING entries, bytes, (SELECT kept FROM journal_exchange ORDER BY place LIMIT 1)`;

const TOTAL = "SELECT entries, bytes FROM journal_total WHERE name = 'all'";
const OLDEST = `SELECT place, kept, size FROM journal_exchange ORDER BY place LIMIT ${IN_ONE}`;
const FORGET = `WITH noted AS (DELETE FROM journal_note WHERE place <= $1),
    gone AS (DELETE FROM journal_exchange WHERE place <= $1)
  UPDATE journal_total SET entries = $2, bytes = $3 WHERE name = 'all'`;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const rowsOf = ({ rows }: Batch, digests: readonly string[]): string => {
  let at = 0;
  return JSON.stringify(
    rows.map(({ requestBytes, responseBytes, profile, ...row }, nth) => {
      const from = at;
      at += requestBytes + responseBytes;
      return {
        ...row,
        nth,
        at: from,
        profile: profile === undefined ? undefined : digests[profile],
        request_bytes: requestBytes,
        response_bytes: responseBytes,
      };
    }),
  );
};

export const totalIn = async (session: Session): Promise<Total> => {
  const [[entries, bytes] = []] = await session.run(TOTAL);
  return { entries: Number(entries ?? 0), bytes: Number(bytes ?? 0) };
};

/**
 * @param emptied how often it was emptied as far as is known where the exchanges come from
 * @returns whether there may be something to forget
 */
export const append = async (
  session: Session,
  batch: Batch,
  emptied: number,
  bounds: Bounds,
): Promise<boolean> => {
  const { now, profiles, octets } = batch;
  const digests = profiles.map(digestOf);
  const bodies = profiles.map((body, index) => ({ digest: digests[index], body }));
  const [, , [[entries, bytes, oldest] = []]] = await Promise.all([
    session.run(BEGIN_JOURNAL),
    session.ask({ name: 'kontakt journal profiles', text: KEEP_PROFILES, values: [JSON.stringify(bodies)] }),
    session.ask({
      name: 'kontakt journal',
      text: KEEP,
      values: [rowsOf(batch, digests), now, Buffer.from(octets.buffer), emptied, journalEmptyings.table],
    }),
    session.run('COMMIT'),
  ]);
  return (
    Number(entries) > bounds.entries ||
    Number(bytes) > bounds.bytes ||
    (oldest !== null && Number(oldest) < now - bounds.age)
  );
};

/** @returns whether there may be more to forget */
const forgetSome = async (session: Session, now: number, bounds: Bounds): Promise<boolean> => {
  await session.run(BEGIN_JOURNAL);
  let { entries, bytes } = await totalIn(session);
  const rows = await session.run(OLDEST);
  let last: unknown;
  let forgotten = 0;
  for (const [place, kept, size] of rows) {
    if (entries <= bounds.entries && bytes <= bounds.bytes && Number(kept) >= now - bounds.age) break;
    last = place;
    entries -= 1;
    bytes -= Number(size);
    forgotten += 1;
  }
  if (forgotten > 0) await session.ask({ text: FORGET, values: [last, entries, bytes] });
  await session.run('COMMIT');
  return forgotten === IN_ONE;
};

/** Forgets what is too old, and what is too much. */
export const prune = async (session: Session, now: number, bounds: Bounds): Promise<void> => {
  while (await forgetSome(session, now, bounds));
};

export const clear = async (session: Session): Promise<void> => {
  await session.run(
    `${BEGIN_JOURNAL}; TRUNCATE journal_exchange, journal_profile, journal_note, journal_total; COMMIT`,
  );
};
