// What the register keeps besides citizens: messages sent, calls made, request ids used.

import type { Query, Table } from '../../store/engine.ts';
import { log, mapped, type Numbered, onceKeys, type Part } from '../../store/tables.ts';

/** A message as the citizen would have received it. */
export interface Sent {
  readonly citizen: string;
  readonly channel: 'sms' | 'email';
  readonly address: string;
  readonly kind: 'verification' | 'reminder';
  readonly code: string | null;
  readonly text: string;
}

/** A call: who acted, for which organisation, on whom, with which result; null is what is not known. */
export interface Access {
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

export const outbox = log<Sent>('dk_outbox');
export const accesses = log<Access>('dk_access');

/** Ids of requests, by certificate: where there are more, the first are forgotten, since a clock that stands still lets none grow old. */
export const requestIds = onceKeys('dk_request', 100_000);

const DAY = 24 * 3_600_000;

/** How long the id of a request counts, in milliseconds. */
export const REQUEST_ID_COUNTS = DAY;

/** How much is kept; what is beyond it is forgotten with the next row [A]. */
export interface LogLimits {
  readonly accessLogRows: number;
  readonly accessLogDays: number;
  readonly outboxRows: number;
}

/** The tables of the logs, with how much each keeps. */
export const logTables = ({ accessLogRows, accessLogDays, outboxRows }: LogLimits): readonly Table[] => [
  { ...outbox, bounds: { rows: outboxRows, age: Number.POSITIVE_INFINITY } },
  { ...accesses, bounds: { rows: accessLogRows, age: accessLogDays * DAY } },
  requestIds,
];

/** A row of a log as it is shown; `at` an ISO instant. */
export type Shown<Row> = Row & { readonly id: number; readonly at: string };
export type OutboxRow = Shown<Sent>;
export type AccessRow = Shown<Access>;

const shown = <Row extends object>(rows: readonly Numbered<Row>[]): readonly Shown<Row>[] =>
  rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));

/** Newest first. */
export const outboxRows = (part: Part): Query<readonly OutboxRow[]> => mapped(outbox.rows(part), shown);
export const accessRows = (part: Part): Query<readonly AccessRow[]> => mapped(accesses.rows(part), shown);
