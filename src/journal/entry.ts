// An exchange as the journal keeps it, and what becomes known of one on its way.

import type { Grounds } from '../kernel/grounds.ts';
import type { Judgement } from '../kernel/judgement.ts';
import type { Explanation, Warning } from '../kernel/problem.ts';

/** What came and what went, as bytes. */
export interface JournalMessage {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What is known when an exchange begins. */
export interface Begun {
  readonly method: string;
  readonly path: string;
  readonly remote: string;
  readonly request: JournalMessage;
  readonly service?: string | undefined;
  /** The profile's name. */
  readonly profile?: string | undefined;
  readonly operation?: string | undefined;
  readonly judged?: Judgement | undefined;
  /** Undefined: it gets the next one. */
  readonly number?: number | undefined;
}

/** Who called: the organisation of a certificate, its subject, and the SHA-256 fingerprint that tells it from others. */
export interface Caller {
  readonly organisation?: string | undefined;
  readonly subject?: string | undefined;
  readonly fingerprint?: string | undefined;
}

/** What becomes known on the way. */
export interface Sighting {
  readonly operation?: string | undefined;
  /** The code on the wire: `OK`, `FEILET ALLEREDE_AKTIV`. */
  readonly result?: string | undefined;
  /** Are added to those that were seen before. */
  readonly warnings?: readonly Warning[] | undefined;
  /** What of the register led to a refusal. */
  readonly grounds?: Grounds | undefined;
}

/**
 * One exchange, closed and frozen: it has the members named here and no others. Times in milliseconds; `at` since 1970, the
 * stages from the stage before.
 */
export interface JournalEntry extends Begun, Sighting, Caller {
  readonly id: string;
  /** Runs on after a restart. */
  readonly number: number;
  readonly at: number;
  /** What the emulator calls the certificate's holder: the name of a client of its PKI. */
  readonly name?: string | undefined;
  /** True where nothing vouches for who called: the message says so of itself. */
  readonly claimed?: true;
  /** The problem's code, where the message was refused by a fault or by HTTP, and the code on the wire. */
  readonly problem?: string;
  readonly fault?: string;
  readonly explanation?: Explanation;
  readonly warnings: readonly Warning[];
  readonly httpStatus: number;
  readonly duration: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly response: JournalMessage;
}
