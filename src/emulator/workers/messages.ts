// What the process that listens and those that answer messages say to each other.

import type { WireAnswer, WireRequest } from '../../http/wire.ts';
import type { JournalEntry } from '../../journal/entry.ts';
import type { Judgement } from '../../kernel/judgement.ts';
import type { LogEvent } from '../../kernel/log-event.ts';
import type { Configuration } from '../../settings/settings.ts';

/** What a message was judged by, but for the time and for trust. */
export type Profile = Judgement['profile'];

/** What a worker process is to be. */
export interface Order {
  readonly configuration: Configuration;
  /** What the ids of exchanges begin with. */
  readonly session: string;
  /** Whether there are as many as cores: then no core waits for what one would give to another thread. */
  readonly allCores: boolean;
}

/** A message that came for a service, with the number of its exchange. */
export type Numbered = WireRequest & { readonly exchange: number };

/** A message that was answered, and its exchange as the journal takes it. */
export interface Done {
  readonly answer: WireAnswer;
  readonly entry: JournalEntry;
}

export type ToWorker =
  | { readonly begin: Order }
  /** Wants to hear anything. */
  | { readonly ping: true }
  | { readonly ask: number; readonly service: string; readonly request: Numbered };

export type FromWorker =
  /** From now on messages are answered. */
  | { readonly ready: true }
  /** It cannot begin, and why. */
  | { readonly failed: string }
  | { readonly pong: true }
  /** What a profile is that messages are judged by, told once. */
  | { readonly profile: number; readonly is: Profile }
  /** Of the exchange, the body of the request is left out, which who asked has; and the profile, which is named by its number. */
  | { readonly answer: number; readonly of: Done; readonly judgedBy: number | undefined }
  | { readonly answer: number; readonly defect: string }
  /** Something for the log. */
  | { readonly level: 'info' | 'error'; readonly event: LogEvent; readonly error?: unknown };
