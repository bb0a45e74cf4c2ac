// What the Danish services keep besides citizens: messages sent, calls made, request ids used.

import type { Sqlite } from '../store/sqlite.ts';

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

const REMEMBERED = 24 * 3_600_000;

export interface DanishLogs {
  /** Newest first; `after`: only rows with a greater id. */
  outbox(after?: number): OutboxRow[];
  /** Newest first. */
  accesses(limit: number): (AccessRow & { readonly at: string })[];
  record(access: AccessRow): void;
  /** False when this certificate has used the id within 24 hours; else it is remembered. */
  admitRequest(certificate: string, id: string): boolean;
}

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const createDanishLogs = (database: Sqlite, now: () => number): DanishLogs => {
  const outbox = database.prepare<[number], Omit<OutboxRow, 'at'> & { at: number }>(
    `SELECT id, tidspunkt AS at, borger_id AS citizen, kanal AS channel, adresse AS address, slags AS kind,
       kode AS code, tekst AS text FROM udbakke WHERE id > ? ORDER BY id DESC`,
  );
  const accesses = database.prepare<[number], Omit<AccessRow, 'claimed'> & { at: number; claimed: 0 | 1 }>(
    `SELECT reference, tidspunkt AS at, tjeneste AS service, operation, borger AS citizen, cvr,
       organisation_type AS organisationType, organisation_kode AS organisationCode, bruger_type AS userType,
       bruger AS user, paastaaet AS claimed, resultat AS result FROM adgangslog ORDER BY id DESC LIMIT ?`,
  );
  const insertAccess = database.prepare(
    `INSERT INTO adgangslog (reference, tidspunkt, tjeneste, operation, borger, cvr, organisation_type,
       organisation_kode, bruger_type, bruger, paastaaet, resultat)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const forget = database.prepare('DELETE FROM anmodning WHERE tidspunkt < ?');
  const remember = database.prepare('INSERT OR IGNORE INTO anmodning VALUES (?, ?, ?)');
  const iso = <Row extends { at: number }>(row: Row) => ({ ...row, at: new Date(row.at).toISOString() });
  return {
    outbox: (after = 0) => outbox.all(after).map(iso),
    accesses: (limit) => accesses.all(limit).map((row) => ({ ...iso(row), claimed: row.claimed === 1 })),
    record: (access) => {
      insertAccess.run(
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
      );
    },
    admitRequest: (certificate, id) => {
      forget.run(now() - REMEMBERED);
      return remember.run(certificate, id, now()).changes > 0;
    },
  };
};
