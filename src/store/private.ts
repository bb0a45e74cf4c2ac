// Files that their owner alone can read.

import { chmodSync, statSync } from 'node:fs';

/** Read and written by the owner. */
export const PRIVATE = 0o600;

/** Takes the rights of others away from a file that is there; where it is somebody else's, they stay as they are. */
export const keepPrivate = (file: string): void => {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found || (found.mode & 0o077) === 0) return;
  try {
    chmodSync(file, PRIVATE);
  } catch {
    // Not ours to change: whether it can be used is told by whoever uses it.
  }
};
