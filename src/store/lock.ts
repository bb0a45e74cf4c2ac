// One emulator per data directory: a lock that the kernel releases when the process dies, however it dies.

import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../kernel/error-code.ts';
import { causeOf, DataDirectoryError } from './refusals.ts';
import { isBusy, keepPrivate, openSqlite } from './sqlite.ts';

/** Takes a lock: a write transaction on an otherwise empty SQLite file that stays open until it is released. */
const take = (file: string, timeout: number, taken: DataDirectoryError): (() => void) => {
  const lock = openSqlite(file, timeout);
  try {
    // On a file that may only be read, SQLite would take a reader's lock instead, and without a word.
    accessSync(file, constants.W_OK);
    // Nothing is ever written to it, so that it can be taken on a full disk too.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    keepPrivate(file);
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw taken;
    const cause = causeOf(error);
    if (cause === undefined) throw error;
    throw new DataDirectoryError(
      codeOf(error) === 'SQLITE_NOTADB'
        ? `${file} is no lock of kontakt-emulator but another file; move it away and start again`
        : `${file}: ${cause}`,
    );
  }
  return () => lock.close();
};

/**
 * Takes the lock on a data directory.
 *
 * @returns what releases it
 * @throws DataDirectoryError when another process holds it
 */
export const lockDirectory = (directory: string): (() => void) =>
  take(
    join(directory, 'lock'),
    0,
    new DataDirectoryError(
      (name) =>
        `the data directory ${directory} is in use by another running emulator; stop it, or choose another with ${name('data')}`,
    ),
  );

/** How long one process waits for another to finish with the certificates, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Takes the lock on the certificates of a data directory, which is held only while they change: a running emulator
 * does not have it.
 *
 * @returns what releases it
 * @throws DataDirectoryError when another process keeps it
 */
export const lockCertificates = (directory: string): (() => void) =>
  take(
    join(directory, 'pki.lock'),
    PATIENCE,
    new DataDirectoryError(
      `another process is changing the certificates in ${directory}; try again when it is done`,
    ),
  );
