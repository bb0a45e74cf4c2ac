// What the Danish services keep besides citizens: messages sent, calls made, request ids used.

import { randomUUID } from 'node:crypto';
import type { Sqlite } from '../store/open.ts';
import type { Actor } from './caller.ts';

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

/** A call: who acted, for which organisation, on whom, with which result. */
export interface AccessRow {
  readonly reference: string;
  readonly service: string;
  readonly operation: string;
  readonly citizen: string | null;
  readonly cvr: string | null;
  readonly organisationType: number;
  readonly organisationCode: string;
  readonly userType: number;
  readonly user: string;
  readonly result: string;
}

const REMEMBERED = 24 * 3_600_000;

export interface DanishLogs {
  /** Newest first; `after`: only rows with a greater id. */
  outbox(after?: number): OutboxRow[];
  /** Newest first. */
  accesses(limit: number): (AccessRow & { readonly at: string })[];
  record(access: AccessRow): void;
  /** A call that was refused before it reached its operation. */
  recordRefused(
    service: string,
    operation: string,
    actor: Actor,
    cvr: string | undefined,
    code: number,
  ): void;
  /** False when this certificate has used the id within 24 hours; else it is remembered. */
  admitRequest(certificate: string, id: string): boolean;
}

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const createDanishLogs = (database: Sqlite, now: () => number): DanishLogs => {
  const outbox = database.prepare<[number], Omit<OutboxRow, 'at'> & { at: number }>(
    `SELECT id, tidspunkt AS at, borger_id AS citizen, kanal AS channel, adresse AS address, slags AS kind,
       kode AS code, tekst AS text FROM udbakke WHERE id > ? ORDER BY id DESC`,
  );
  const accesses = database.prepare<[number], AccessRow & { at: number }>(
    `SELECT reference, tidspunkt AS at, tjeneste AS service, operation, borger AS citizen, cvr,
       organisation_type AS organisationType, organisation_kode AS organisationCode, bruger_type AS userType,
       bruger AS user, resultat AS result FROM adgangslog ORDER BY id DESC LIMIT ?`,
  );
  const insertAccess = database.prepare(
    `INSERT INTO adgangslog (reference, tidspunkt, tjeneste, operation, borger, cvr, organisation_type,
       organisation_kode, bruger_type, bruger, resultat) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const forget = database.prepare('DELETE FROM anmodning WHERE tidspunkt < ?');
  const remember = database.prepare('INSERT OR IGNORE INTO anmodning VALUES (?, ?, ?)');
  const iso = <Row extends { at: number }>(row: Row) => ({ ...row, at: new Date(row.at).toISOString() });
  const record = (access: AccessRow): void => {
    const {
      reference,
      service,
      operation,
      citizen,
      cvr,
      organisationType,
      organisationCode,
      userType,
      user,
      result,
    } = access;
    insertAccess.run(
      reference,
      now(),
      service,
      operation,
      citizen,
      cvr,
      organisationType,
      organisationCode,
      userType,
      user,
      result,
    );
  };
  return {
    outbox: (after = 0) => outbox.all(after).map(iso),
    accesses: (limit) => accesses.all(limit).map(iso),
    record,
    recordRefused: (service, operation, actor, cvr, code) =>
      record({
        reference: randomUUID(),
        service,
        operation,
        citizen: null,
        cvr: cvr ?? null,
        organisationType: actor.organisationType,
        organisationCode: actor.organisationCode,
        userType: actor.userType,
        user: actor.userIdentifier,
        result: String(code),
      }),
    admitRequest: (certificate, id) => {
      forget.run(now() - REMEMBERED);
      return remember.run(certificate, id, now()).changes > 0;
    },
  };
};
