// One emulator per data directory: a lock that the kernel releases when the process dies, however it dies.

import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { codeOf } from '../../kernel/error-code.ts';
import { LOCK } from '../../pki/folder.ts';
import { keepPrivate } from '../private.ts';
import { causeOf, DataDirectoryError } from '../refusals.ts';
import { isBusy, openSqlite } from './driver.ts';

/** The lock is held by another process. */
class LockedError extends DataDirectoryError {}

/** Takes a lock: a write transaction on an otherwise empty SQLite file that stays open until it is released. */
const take = (file: string, taken: LockedError): (() => void) => {
  const lock = openSqlite(file, 0);
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
    new LockedError(
      (name) =>
        `the data directory ${directory} is in use by another running emulator; stop it, or choose another with ${name('data')}`,
    ),
  );

/** How often another process is waited for, and how long each time, in milliseconds: half a minute for all. */
const TRIES = 600;
const BETWEEN_TRIES = 50;

/**
 * Takes the lock on a folder of certificates, which is held only while they change: a running emulator does not have it.
 * It is waited for without holding up this process, which may be the one that has it.
 *
 * @returns what releases it
 * @throws DataDirectoryError when another process keeps it, or the folder cannot be written to
 */
export const lockCertificates = async (folder: string): Promise<() => void> => {
  const taken = new LockedError(
    `another process is changing the certificates in ${folder}; try again when it is done`,
  );
  for (let left = TRIES; ; left -= 1) {
    try {
      return take(join(folder, LOCK), taken);
    } catch (error) {
      if (!(error instanceof LockedError) || left === 0) throw error;
    }
    await setTimeout(BETWEEN_TRIES);
  }
};
