// What the Danish services keep besides citizens: messages sent, calls made, request ids used.

import { orDataDirectoryError } from '../../store/refusals.ts';
import type { Sqlite } from '../../store/sqlite.ts';
import type { OutgoingMessage } from './citizen.ts';

/** A message as the citizen would have received it; `at` an ISO instant. */
export interface OutboxRow {
  readonly id: number;
  readonly at: string;
  readonly citizen: string;
  readonly channel: 'sms' | 'email';
  readonly address: string;
  readonly kind: 'verification' | 'reminder';
  readonly code: string | null;
  readonly text: string;
}

/** A call: who acted, for which organisation, on whom, with which result; null is what is not known. */
export interface AccessRow {
  readonly reference: string;
  /** The number of the exchange in the journal. */
  readonly exchange: number | null;
  readonly service: string;
  readonly operation: string | null;
  readonly citizen: string | null;
  /** Of the certificate. */
  readonly cvr: string | null;
  readonly organisationType: number | null;
  readonly organisationCode: string | null;
  readonly userType: number | null;
  readonly user: string | null;
  /** Whether who called is only what the call said of itself, and nothing vouches for it. */
  readonly claimed: boolean;
  readonly result: string;
}

const DAY = 24 * 3_600_000;

/** Request ids beyond this number push out the oldest: a clock that stands still lets none of them grow old. */
const MOST_REQUESTS = 100_000;

/** How much is kept; what is beyond it is forgotten with the next row [A]. */
export interface LogLimits {
  readonly accessLogRows: number;
  readonly accessLogDays: number;
  readonly outboxRows: number;
}

/** For who only looks at a register: nothing is forgotten. */
export const unlimited: LogLimits = {
  accessLogRows: Number.POSITIVE_INFINITY,
  accessLogDays: Number.POSITIVE_INFINITY,
  outboxRows: Number.POSITIVE_INFINITY,
};

/** A part of a log: the newest `limit` rows of those between two ids, neither of them included. */
export interface Part {
  readonly limit: number;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
}

export interface DanishLogs {
  /** Newest first. */
  outbox(part: Part): OutboxRow[];
  /** Newest first. */
  accesses(part: Part): (AccessRow & { readonly id: number; readonly at: string })[];
  record(access: AccessRow): void;
  /** Puts a message into the outbox. */
  send(citizen: string, message: OutgoingMessage): void;
  /** False when this certificate has used the id within 24 hours; else it is remembered. */
  admitRequest(certificate: string, id: string): boolean;
  clear(): void;
}

const BETWEEN = 'id > :after AND id < :before ORDER BY id DESC LIMIT :limit';
const between = ({ limit, after = 0, before = Number.MAX_SAFE_INTEGER }: Part) => ({ limit, after, before });

/**
 * @param now the register hand of the clock, in milliseconds since 1970
 * @throws DataDirectoryError when the disk refuses to forget what is too much
 */
export const createDanishLogs = (
  database: Sqlite,
  now: () => number,
  { accessLogRows, accessLogDays, outboxRows }: LogLimits,
): DanishLogs => {
  const outbox = database.prepare<[Required<Part>], Omit<OutboxRow, 'at'> & { at: number }>(
    `SELECT id, tidspunkt AS at, borger_id AS citizen, kanal AS channel, adresse AS address, slags AS kind,
       kode AS code, tekst AS text FROM udbakke WHERE ${BETWEEN}`,
  );
  const accesses = database.prepare<
    [Required<Part>],
    Omit<AccessRow, 'claimed'> & { id: number; at: number; claimed: 0 | 1 }
  >(
    `SELECT id, reference, tidspunkt AS at, tjeneste AS service, operation, borger AS citizen, cvr,
       organisation_type AS organisationType, organisation_kode AS organisationCode, bruger_type AS userType,
       bruger AS user, paastaaet AS claimed, resultat AS result, udveksling AS exchange FROM adgangslog
       WHERE ${BETWEEN}`,
  );
  const insertAccess = database.prepare(
    `INSERT INTO adgangslog (reference, tidspunkt, tjeneste, operation, borger, cvr, organisation_type,
       organisation_kode, bruger_type, bruger, paastaaet, resultat, udveksling)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertMessage = database.prepare(
    'INSERT INTO udbakke (tidspunkt, borger_id, kanal, adresse, slags, kode, tekst) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  // By number, by index, never by a look at what stays: each is one step where nothing is to be forgotten.
  const forgetAccesses = database.prepare('DELETE FROM adgangslog WHERE id <= ?');
  const forgetOldAccesses = database.prepare('DELETE FROM adgangslog WHERE tidspunkt < ?');
  const forgetMessages = database.prepare('DELETE FROM udbakke WHERE id <= ?');
  const forgetRequests = database.prepare('DELETE FROM anmodning WHERE nummer <= ?');
  const forgetOldRequests = database.prepare('DELETE FROM anmodning WHERE tidspunkt < ?');
  const remember = database.prepare(
    'INSERT OR IGNORE INTO anmodning (certifikat, id, tidspunkt) VALUES (?, ?, ?)',
  );
  // What is kept may have been more at the last start.
  orDataDirectoryError(() => {
    const last = (table: string): number =>
      Number(database.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get());
    forgetAccesses.run(last('adgangslog') - accessLogRows);
    forgetMessages.run(last('udbakke') - outboxRows);
  });
  const iso = <Row extends { at: number }>(row: Row) => ({ ...row, at: new Date(row.at).toISOString() });
  return {
    outbox: (part) => outbox.all(between(part)).map(iso),
    accesses: (part) =>
      accesses.all(between(part)).map((row) => ({ ...iso(row), claimed: row.claimed === 1 })),
    record: (access) => {
      const { lastInsertRowid } = insertAccess.run(
        access.reference,
        now(),
        access.service,
        access.operation,
        access.citizen,
        access.cvr,
        access.organisationType,
        access.organisationCode,
        access.userType,
        access.user,
        access.claimed ? 1 : 0,
        access.result,
        access.exchange,
      );
      forgetAccesses.run(Number(lastInsertRowid) - accessLogRows);
      forgetOldAccesses.run(now() - accessLogDays * DAY);
    },
    send: (citizen, { channel, address, kind, code, text }) => {
      const { lastInsertRowid } = insertMessage.run(
        now(),
        citizen,
        channel,
        address,
        kind,
        code ?? null,
        text,
      );
      forgetMessages.run(Number(lastInsertRowid) - outboxRows);
    },
    admitRequest: (certificate, id) => {
      forgetOldRequests.run(now() - DAY);
      const { changes, lastInsertRowid } = remember.run(certificate, id, now());
      if (changes === 0) return false;
      forgetRequests.run(Number(lastInsertRowid) - MOST_REQUESTS);
      return true;
    },
    clear: () => {
      database.exec('DELETE FROM udbakke; DELETE FROM adgangslog; DELETE FROM anmodning');
    },
  };
};
