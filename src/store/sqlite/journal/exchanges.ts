// The exchanges of a journal's file: added, found, forgotten.

import type {
  Batch,
  Bounds,
  Row,
  StoredRow,
  StoredSummary,
  Verbs,
  Wanted,
} from '../../../journal/archive.ts';
import type { Sqlite } from '../driver.ts';

/** How many of the oldest are looked at, or forgotten for the size of the file, at once. */
const OLDEST = 8;
/** How many are forgotten in one transaction. */
const IN_ONE = 2000;
/** Free pages that are left for what comes, and how many beyond them are given back at once. */
const SPARE = 256;
const GIVEN_BACK = 128;

const orNull = <Value>(value: Value | undefined): Value | null => value ?? null;

const preparePages = (database: Sqlite) => {
  const pragma = (name: string): number => database.pragma(name, { simple: true }) as number;
  const size = pragma('page_size');
  return {
    /** Bytes of the file. */
    all: () => pragma('page_count') * size,
    used: () => (pragma('page_count') - pragma('freelist_count')) * size,
    free: () => pragma('freelist_count'),
    giveBack: (most: number) => database.pragma(`incremental_vacuum(${most})`),
  };
};

/** Adds rows. */
const prepareAppend = (database: Sqlite) => {
  const insert = database.prepare(
    `INSERT INTO exchange (id, number, kept, refused, service, operation, problem, profile, request_bytes, response_bytes,
       entry, request, response) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addProfile = database.prepare<[string]>('INSERT OR IGNORE INTO profile (body) VALUES (?)');
  const profile = database.prepare<[string], number>('SELECT id FROM profile WHERE body = ?').pluck();
  const profileOf = (text: string): number | undefined => {
    addProfile.run(text);
    return profile.get(text);
  };
  return ({ now, rows, profiles, octets }: Batch): void => {
    const known = profiles.map(profileOf);
    let at = 0;
    const next = (length: number): Uint8Array => {
      at += length;
      return octets.subarray(at - length, at);
    };
    const add = (row: Row): void => {
      const { id, number, refused, service, operation, problem, profile: place, entry } = row;
      insert.run(
        id,
        number,
        now,
        Number(refused),
        orNull(service),
        orNull(operation),
        orNull(problem),
        orNull(place === undefined ? undefined : known[place]),
        row.requestBytes,
        row.responseBytes,
        entry,
        next(row.requestBytes),
        next(row.responseBytes),
      );
    };
    for (const row of rows) add(row);
  };
};

/** Forgets the oldest, as far as the bounds want it. */
const prepareForget = (database: Sqlite, { entries, bytes, age }: Bounds) => {
  const pages = preparePages(database);
  let count = database.prepare<[], number>('SELECT count(*) FROM exchange').pluck().get() ?? 0;
  const oldest = database.prepare<[number], { place: number; kept: number }>(
    'SELECT place, kept FROM exchange ORDER BY place LIMIT ?',
  );
  const forget = database.prepare<[number]>('DELETE FROM exchange WHERE place <= ?');
  const forgetNotes = database.prepare<[number]>('DELETE FROM note WHERE place <= ?');

  /** How many of the oldest have to go, of those that are looked at. */
  const tooMuch = (rows: readonly { kept: number }[], now: number): number => {
    const tooOld = rows.findIndex(({ kept }) => kept >= now - age);
    const wanted = Math.max(
      tooOld < 0 ? rows.length : tooOld,
      count - entries,
      pages.used() > bytes ? OLDEST : 0,
    );
    return Math.min(rows.length, wanted);
  };
  /** @returns whether there may be more to forget */
  const some = (now: number): boolean => {
    for (let done = 0; done < IN_ONE; ) {
      const rows = oldest.all(Math.max(OLDEST, Math.min(IN_ONE, count - entries)));
      const many = tooMuch(rows, now);
      const last = rows[many - 1];
      if (!last) return false;
      forget.run(last.place);
      forgetNotes.run(last.place);
      count -= many;
      done += many;
    }
    return true;
  };
  return {
    added: (many: number): void => {
      count += many;
    },
    some,
    recount: (before: number): void => {
      count = before;
    },
    count: () => count,
    pages,
  };
};

const prepareFind = (database: Sqlite) => {
  const list = database.prepare<unknown[], StoredSummary>(
    `SELECT entry, request_bytes AS requestBytes, response_bytes AS responseBytes FROM exchange WHERE place IN (
       SELECT place FROM exchange INDEXED BY exchange_found
       WHERE number > ? AND number < ? AND refused >= ? AND (? IS NULL OR service = ?)
         AND (? IS NULL OR operation = ?) AND (? IS NULL OR problem = ?)
       ORDER BY number DESC LIMIT ?)
     ORDER BY number DESC, place DESC`,
  );
  const columns = `e.place, e.entry, p.body AS profile, e.request, e.response
    FROM exchange e LEFT JOIN profile p ON p.id = e.profile`;
  const byNumber = database.prepare<[number], StoredRow>(
    `SELECT ${columns} WHERE e.number = ? ORDER BY e.place DESC LIMIT 1`,
  );
  const byId = database.prepare<[number, string], StoredRow>(
    `SELECT ${columns} WHERE e.number = ? AND e.id = ? LIMIT 1`,
  );
  const place = database
    .prepare<[number, string], number>('SELECT place FROM exchange WHERE number = ? AND id = ?')
    .pluck();
  /** The number that an id ends with, which there is an index of. */
  const numberIn = (id: string): number => Number(/(?:^|-)(\d{1,15})$/.exec(id)?.[1] ?? Number.NaN);
  return {
    list: ({ limit, after = -1, before = Number.MAX_SAFE_INTEGER, refused, ...by }: Wanted) => {
      const { service, operation, problem } = by;
      const twice = [service, operation, problem].flatMap((value) => [orNull(value), orNull(value)]);
      return list.all(after, before, Number(refused), ...twice, limit);
    },
    find: (id: string): StoredRow | undefined => {
      const number = numberIn(id);
      if (Number.isNaN(number)) return undefined;
      const found = /^\d+$/.test(id) ? byNumber.get(number) : byId.get(number, id);
      return found && { ...found, profile: found.profile ?? undefined };
    },
    placeOf: (id: string): number | undefined => place.get(numberIn(id), id),
  };
};

const prepareNotes = (database: Sqlite, placeOf: (id: string) => number | undefined) => {
  const put = database.prepare<[number, string, string]>('INSERT OR REPLACE INTO note VALUES (?, ?, ?)');
  const get = database
    .prepare<[number, string], string>('SELECT body FROM note WHERE place = ? AND variant = ?')
    .pluck();
  return {
    note: ({ id, variant, text }: Parameters<Verbs['note']>[0]): void => {
      const place = placeOf(id);
      if (place !== undefined) put.run(place, variant, text);
    },
    noted: ({ id, variant }: Parameters<Verbs['noted']>[0]): string | undefined => {
      const place = placeOf(id);
      return place === undefined ? undefined : get.get(place, variant);
    },
  };
};

/** What is done with a file that is open. */
export type Exchanges = Omit<Verbs, 'clear' | 'close'>;

/**
 * The exchanges of an open file; what is beyond the bounds is forgotten with whatever is added.
 *
 * @throws (each verb) what SQLite throws; then nothing has changed
 */
export const openExchanges = (database: Sqlite, bounds: Bounds): Exchanges => {
  const append = prepareAppend(database);
  const forgetting = prepareForget(database, bounds);
  const { pages } = forgetting;
  const finding = prepareFind(database);

  /** What fails is undone, in the count too. */
  const whole = <Result>(run: () => Result): Result => {
    const before = forgetting.count();
    try {
      return database.transaction(run)();
    } catch (error) {
      forgetting.recount(before);
      throw error;
    }
  };
  const prune = (now: number): void => {
    while (whole(() => forgetting.some(now)));
    const beyond = pages.free() - SPARE;
    if (beyond > 0) pages.giveBack(Math.min(beyond, GIVEN_BACK));
  };
  return {
    append: (batch) => {
      const more = whole(() => {
        append(batch);
        forgetting.added(batch.rows.length);
        return forgetting.some(batch.now);
      });
      if (more || pages.free() > SPARE) prune(batch.now);
    },
    list: finding.list,
    find: finding.find,
    ...prepareNotes(database, finding.placeOf),
    prune,
    size: () => ({ entries: forgetting.count(), bytes: pages.all() }),
  };
};
