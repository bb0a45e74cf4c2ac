// Where exchanges are kept beyond the memory and the life of the process, and the form in which they go there.

import type { JournalEntry, JournalMessage } from './entry.ts';

/** An exchange as it is stored: what it is looked for by, the rest as JSON, and how long its two messages are. */
export interface Row {
  readonly id: string;
  readonly number: number;
  readonly service: string | undefined;
  readonly operation: string | undefined;
  readonly problem: string | undefined;
  readonly refused: boolean;
  /** Its place among the profiles of the batch. */
  readonly profile: number | undefined;
  readonly entry: string;
  readonly requestBytes: number;
  readonly responseBytes: number;
}

/** Exchanges that are added together. */
export interface Batch {
  /** The real time, in milliseconds since 1970. */
  readonly now: number;
  readonly rows: readonly Row[];
  /** The profiles as tuned, JSON: many exchanges have the same. */
  readonly profiles: readonly string[];
  /** Request and response of each row, one behind the other. */
  readonly octets: Uint8Array<ArrayBuffer>;
}

/** An exchange that was read back. */
export interface StoredRow {
  readonly entry: string;
  readonly profile: string | undefined;
  readonly request: Uint8Array;
  readonly response: Uint8Array;
}

export type StoredSummary = Pick<Row, 'entry' | 'requestBytes' | 'responseBytes'>;

/** Which exchanges are wanted. */
export interface Wanted {
  readonly limit: number;
  /** Only those with a higher number, or with a lower one. */
  readonly after: number | undefined;
  readonly before: number | undefined;
  readonly service: string | undefined;
  readonly operation: string | undefined;
  readonly problem: string | undefined;
  /** Only those that were refused. */
  readonly refused: boolean;
}

/** What is said of an exchange once it was searched for; `variant` tells one saying from another. */
export interface Note {
  readonly id: string;
  readonly variant: string;
  readonly text: string;
}

/** How much is kept. */
export interface Bounds {
  readonly entries: number;
  /** Of the file. */
  readonly bytes: number;
  /** Milliseconds. */
  readonly age: number;
}

/** It could not be done, and why, in words. */
export interface Lost {
  readonly lost: string;
  /** Whether it may be done when it is tried again in a while. */
  readonly passes?: boolean;
}

export const isLost = (value: unknown): value is Lost =>
  typeof value === 'object' && value !== null && 'lost' in value;

/** What an archive can be asked; everything in the order in which it was asked. */
export interface Verbs {
  append(batch: Batch): void;
  /** The highest number first. */
  list(wanted: Wanted): readonly StoredSummary[];
  /** By id, or by number: the newest of that number. */
  find(id: string): StoredRow | undefined;
  note(note: Note): void;
  noted(about: Omit<Note, 'text'>): string | undefined;
  /** Forgets all exchanges, and gives back the room that they took. */
  clear(): void;
  /** Forgets what is too old. */
  prune(now: number): void;
  /** How many exchanges there are, and the bytes of the file. */
  size(): { readonly entries: number; readonly bytes: number };
  close(): void;
}

/** The same, asked from afar. Nothing rejects. */
export type Archive = {
  readonly [Verb in keyof Verbs]: (
    ...given: Parameters<Verbs[Verb]>
  ) => Promise<ReturnType<Verbs[Verb]> | Lost>;
};

/** What was kept after a place, the oldest first, and the place of the last of it. */
export interface News {
  readonly last: number;
  readonly kept: readonly StoredSummary[];
}

/** An archive that other emulators keep their exchanges in too; its order is that in which they came there. */
export interface SharedArchive extends Archive {
  /** Some of what was kept after a place. Without a place nothing, but the last one that there is. */
  news(after: number | undefined): Promise<News | Lost>;
}

/** An exchange without its messages. */
export interface JournalSummary extends Omit<JournalEntry, 'request' | 'response' | 'judged'> {
  readonly judged?: Omit<NonNullable<JournalEntry['judged']>, 'profile'> | undefined;
  readonly requestBytes: number;
  readonly responseBytes: number;
}

export const summaryOf = ({ request, response, judged, ...rest }: JournalEntry): JournalSummary => ({
  ...rest,
  ...(judged ? { judged: { at: judged.at, trust: judged.trust } } : {}),
  requestBytes: request.body.length,
  responseBytes: response.body.length,
});

const profiles = new WeakMap<object, string>();
/** The same few profiles judge everything. */
const profileText = (profile: object): string => {
  const known = profiles.get(profile) ?? JSON.stringify(profile);
  profiles.set(profile, known);
  return known;
};

type Headers = JournalMessage['headers'];
/** What stands in a row’s JSON: an entry, its messages reduced to their headers. */
type Written = Omit<JournalSummary, 'requestBytes' | 'responseBytes'> & {
  readonly headers: readonly [request: Headers, response: Headers];
};

/** Member by member: an object of one shape is copied and written at half the cost. */
const writtenOf = (
  entry: JournalEntry,
): { readonly [Member in keyof Required<Written>]: Written[Member] } => ({
  id: entry.id,
  number: entry.number,
  at: entry.at,
  method: entry.method,
  path: entry.path,
  remote: entry.remote,
  service: entry.service,
  profile: entry.profile,
  operation: entry.operation,
  result: entry.result,
  grounds: entry.grounds,
  organisation: entry.organisation,
  subject: entry.subject,
  fingerprint: entry.fingerprint,
  claimed: entry.claimed,
  name: entry.name,
  problem: entry.problem,
  fault: entry.fault,
  explanation: entry.explanation,
  warnings: entry.warnings,
  httpStatus: entry.httpStatus,
  duration: entry.duration,
  stages: entry.stages,
  judged: entry.judged && { at: entry.judged.at, trust: entry.judged.trust },
  headers: [entry.request.headers, entry.response.headers],
});

const rowOf = (entry: JournalEntry, profile: Row['profile']): Row => ({
  id: entry.id,
  number: entry.number,
  service: entry.service,
  operation: entry.operation,
  problem: entry.problem,
  refused: entry.explanation !== undefined,
  profile,
  entry: JSON.stringify(writtenOf(entry)),
  requestBytes: entry.request.body.length,
  responseBytes: entry.response.body.length,
});

/** The octets of all messages are copied once, so that they can be handed over to another thread as a whole. */
export const batchOf = (entries: readonly JournalEntry[], now: number): Batch => {
  const profiles: string[] = [];
  const placeOf = (text: string): number => {
    const place = profiles.indexOf(text);
    return place < 0 ? profiles.push(text) - 1 : place;
  };
  const rows = entries.map((entry) =>
    rowOf(entry, entry.judged && placeOf(profileText(entry.judged.profile))),
  );
  const octets = new Uint8Array(
    rows.reduce((sum, { requestBytes, responseBytes }) => sum + requestBytes + responseBytes, 0),
  );
  let at = 0;
  for (const { request, response } of entries)
    for (const { body } of [request, response]) {
      octets.set(body, at);
      at += body.length;
    }
  return { now, rows, profiles, octets };
};

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** An exchange as it was when it was kept. */
export const entryOf = ({ entry, profile, request, response }: StoredRow): JournalEntry => {
  const { headers, judged, ...rest } = JSON.parse(entry) as Written;
  const [ofRequest, ofResponse] = headers;
  return {
    ...rest,
    ...(judged && profile !== undefined ? { judged: { ...judged, profile: JSON.parse(profile) } } : {}),
    request: { headers: ofRequest, body: bufferOf(request) },
    response: { headers: ofResponse, body: bufferOf(response) },
  };
};

export const storedSummaryOf = ({ entry, ...sizes }: StoredSummary): JournalSummary => {
  const { headers: _, ...rest } = JSON.parse(entry) as Written;
  return { ...rest, ...sizes };
};
