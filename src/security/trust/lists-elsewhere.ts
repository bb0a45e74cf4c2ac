// Revocation lists read on another thread: what goes there, and what comes back.

import { Worker } from 'node:worker_threads';
import { UserError } from '../../kernel/user-error.ts';
import type { RevocationList } from './revocation-list.ts';

export interface ListsToRead {
  readonly paths: readonly string[];
  /** The CA certificates, PEM. */
  readonly trusted: readonly string[];
}

export type ListsRead = { readonly lists: readonly RevocationList[] } | { readonly complaint: string };

// Run from its TypeScript source there is no compiled file that a thread could start with.
const compiled = import.meta.url.endsWith('.js');

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** A Buffer comes over as the octets that it is, not as a Buffer. */
const arrived = (list: RevocationList): RevocationList => ({
  ...list,
  issuerDer: asBuffer(list.issuerDer),
  revoked: asBuffer(list.revoked),
  octets: asBuffer(list.octets),
  signature: asBuffer(list.signature),
});

/**
 * Reads revocation lists as `readLists` does, while this thread goes on.
 *
 * @returns undefined where there is no other thread to be had; rejects with UserError where a list cannot be used
 */
export const readListsElsewhere = (given: ListsToRead): Promise<readonly RevocationList[]> | undefined => {
  if (!compiled) return undefined;
  const worker = new Worker(new URL('./lists-worker.js', import.meta.url), { workerData: given });
  // Whoever wants to stop does not wait for a list.
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('message', (read: ListsRead) =>
      'lists' in read ? resolve(read.lists.map(arrived)) : reject(new UserError(read.complaint)),
    );
    worker.once('error', reject);
  });
};
