// Reads revocation lists on a thread of its own: one of fifty thousand entries takes seconds, in which nobody would be answered.

import { parentPort, workerData } from 'node:worker_threads';
import type { ListsRead, ListsToRead } from './lists-elsewhere.ts';
import { readLists } from './material.ts';

const read = ({ paths, trusted }: ListsToRead): ListsRead => {
  try {
    return { lists: readLists(paths, trusted) };
  } catch (error) {
    // Only the message crosses over; the class of the error would not.
    return { complaint: error instanceof Error ? error.message : String(error) };
  }
};

parentPort?.postMessage(read(workerData));
