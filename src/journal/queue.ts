// What waits to be kept: bounded, since it must not grow where the disk is slower than the callers.

import type { JournalEntry } from './entry.ts';

/** Waiting and on its way together: less than the memory has, so that an exchange is in one of the two. Bytes of messages. */
const MOST = 800;
const MOST_BYTES = 16 * 1024 * 1024;
/** With so much waiting a batch is sent at once. */
const BATCH = 64;
const BATCH_BYTES = 1024 * 1024;

/** Exchanges that are sent together. */
export interface Parcel {
  readonly entries: readonly JournalEntry[];
  readonly bytes: number;
}

export interface Queue {
  /** False where there is no room. */
  push(entry: JournalEntry): boolean;
  isEmpty(): boolean;
  /** Whether there is as much as is sent at once. */
  isBatch(): boolean;
  /** The oldest; their room is taken until they have arrived. */
  take(): Parcel;
  arrived(parcel: Parcel): void;
  /** All that has not arrived, the oldest first. */
  all(): readonly JournalEntry[];
  /** Whether half of the room is free. */
  isLow(): boolean;
  clear(): void;
}

const sizeOf = ({ request, response }: JournalEntry): number => request.body.length + response.body.length;

export const createQueue = (): Queue => {
  let waiting: JournalEntry[] = [];
  let waitingBytes = 0;
  /** With what is on its way. */
  let [count, bytes] = [0, 0];
  const onTheWay = new Set<Parcel>();
  const free = (many: number, size: number): void => {
    count -= many;
    bytes -= size;
  };
  return {
    push: (entry) => {
      const size = sizeOf(entry);
      if (count >= MOST || bytes + size > MOST_BYTES) return false;
      waiting.push(entry);
      waitingBytes += size;
      free(-1, -size);
      return true;
    },
    isEmpty: () => waiting.length === 0,
    isBatch: () => waiting.length >= BATCH || waitingBytes >= BATCH_BYTES,
    take: () => {
      let [many, size] = [0, 0];
      for (const entry of waiting) {
        if (many >= BATCH || size >= BATCH_BYTES) break;
        many += 1;
        size += sizeOf(entry);
      }
      const entries = waiting.slice(0, many);
      waiting = waiting.slice(many);
      waitingBytes -= size;
      const parcel = { entries, bytes: size };
      onTheWay.add(parcel);
      return parcel;
    },
    arrived: (parcel) => {
      onTheWay.delete(parcel);
      free(parcel.entries.length, parcel.bytes);
    },
    all: () => [...[...onTheWay].flatMap(({ entries }) => entries), ...waiting],
    isLow: () => count <= MOST / 2,
    clear: () => {
      free(waiting.length, waitingBytes);
      waiting = [];
      waitingBytes = 0;
    },
  };
};
