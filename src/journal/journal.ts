// The journal watches every boundary of an exchange and keeps the last ones in memory; it is never in the way.

import { randomBytes } from 'node:crypto';
import type { Begun, JournalEntry } from './entry.ts';
import { withoutCredentials } from './mask.ts';
import { createTrace, type Trace } from './trace.ts';

type Listener = (entry: JournalEntry) => void;

export interface Journal {
  begin(exchange: Begun): Trace;
  /** Takes an exchange that is over and was written down elsewhere, by a journal of the same session. */
  take(entry: JournalEntry): void;
  /** The highest number first. */
  list(): readonly JournalEntry[];
  /** By id, or by number. */
  find(id: string): JournalEntry | undefined;
  /** Tells of every exchange once, when it is over; returns what ends that. */
  subscribe(listener: Listener): () => void;
  clear(): void;
}

const MAX_ENTRIES = 1000;
/** All messages together, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

const sizeOf = ({ request, response }: JournalEntry): number => request.body.length + response.body.length;

/** What a journal is made of. */
export interface JournalParts {
  /** The security hand of the clock, for the entries' time. */
  readonly now: () => number;
  /** The next number of an exchange. */
  readonly number: () => number;
  /** The name of the client with a certificate of this fingerprint. */
  readonly nameOf?: (fingerprint: string) => string | undefined;
  /** Told what a listener threw, which is nobody else's matter. */
  readonly onFailure: (error: unknown) => void;
  /** What ids begin with; by default, what no other journal has. */
  readonly session?: string;
  /** A monotonic clock in milliseconds, for durations. */
  readonly elapsed?: () => number;
  /** How much is kept, where that is less than a thousand exchanges and 32 MiB of messages. */
  readonly most?: { readonly entries: number; readonly bytes: number };
}

/** What the ids of one journal, or of several that are one, begin with. */
export const newSession = (): string => randomBytes(4).toString('hex');

export const createJournal = ({
  now,
  number: nextNumber,
  nameOf = () => undefined,
  onFailure,
  // Ids stay unique over restarts, so that an old one in a log never shows a new exchange.
  session = newSession(),
  elapsed = () => performance.now(),
  most = { entries: MAX_ENTRIES, bytes: MAX_BYTES },
}: JournalParts): Journal => {
  // A Map keeps the order of insertion: the first is the oldest.
  const entries = new Map<string, JournalEntry>();
  const mostEntries = Math.min(most.entries, MAX_ENTRIES);
  const mostBytes = Math.min(most.bytes, MAX_BYTES);
  const listeners = new Set<Listener>();
  let bytes = 0;
  const forgetOldest = (): void => {
    for (const [id, entry] of entries) {
      if (entries.size <= mostEntries && bytes <= mostBytes) return;
      entries.delete(id);
      bytes -= sizeOf(entry);
    }
  };
  const keep = (entry: JournalEntry): void => {
    // Where the disk is full, numbers may come again.
    const before = entries.get(entry.id);
    if (before) bytes -= sizeOf(before);
    entries.delete(entry.id);
    entries.set(entry.id, entry);
    bytes += sizeOf(entry);
    forgetOldest();
    for (const listener of listeners) {
      try {
        listener(entry);
      } catch (error) {
        onFailure(error);
      }
    }
  };

  const begin = (exchange: Begun): Trace => {
    const { request, number = nextNumber() } = exchange;
    const told = { ...exchange, request: { ...request, headers: withoutCredentials(request.headers) } };
    return createTrace(told, { id: `${session}-${number}`, number, at: now(), elapsed, nameOf, keep });
  };

  return {
    begin,
    take: (entry) => keep(Object.freeze(entry)),
    // They end, and come from other processes, in another order than they began.
    list: () => [...entries.values()].sort((one, other) => other.number - one.number),
    find: (id) => entries.get(/^\d+$/.test(id) ? `${session}-${id}` : id),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear: () => {
      entries.clear();
      bytes = 0;
    },
  };
};
