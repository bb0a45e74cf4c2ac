// Why the register cannot be used, in one line: what the disk, the file or another program refuses.

import { codeOf } from '../kernel/error-code.ts';
import { UserError } from '../kernel/user-error.ts';

/** A data directory that cannot be used, or not now. */
export class DataDirectoryError extends UserError {}

const CAUSES: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full; free some space and start again',
  SQLITE_BUSY: 'another program holds it locked; let that program finish, or close it',
  SQLITE_READONLY: 'it cannot be written to; check the owner and the permissions',
  SQLITE_CANTOPEN: 'it cannot be opened; check that the path is a writable directory',
  SQLITE_PERM: 'permission denied; check the owner and the permissions',
  SQLITE_NOTADB: 'it is no SQLite database; move it away to start with a new one',
  SQLITE_CORRUPT: 'it is damaged; move it away to start with a new one',
  SQLITE_IOERR: 'the disk failed to read or write it (is it full?)',
  EACCES: 'permission denied: it cannot be written to; check the owner and the permissions',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full; free some space and start again',
  EFBIG: 'the disk has no room for a file of this size; free some space and start again',
  EDQUOT: 'the disk quota is used up; free some space and start again',
  ENOTDIR: 'a part of the path is a file, not a directory',
  EISDIR: 'it is a directory, not a file; move it away',
  EEXIST: 'the path is a file, not a directory',
};

/** The cause of a failed file or database call in words, or undefined when it is none of the known ones. */
export const causeOf = (error: unknown): string | undefined => {
  const code = codeOf(error);
  const known = Object.keys(CAUSES).find((name) => code === name || code.startsWith(`${name}_`));
  return known ? CAUSES[known] : undefined;
};

/** What is told of a register that holds what it should not, or lacks what it should have. */
export const damaged = (file: string, complaint: string): DataDirectoryError =>
  new DataDirectoryError(`${file}: ${CAUSES.SQLITE_CORRUPT} (${complaint})`);

const told = (error: unknown, what: string): unknown => {
  const cause = causeOf(error);
  return cause === undefined ? error : new DataDirectoryError(`${what}: ${cause}`);
};

/**
 * Runs something that reads or writes files, and says in one line what the disk refused.
 *
 * @param what whose files they are, as the line begins
 * @throws DataDirectoryError
 */
export const orDataDirectoryError = <T>(run: () => T, what = 'the register'): T => {
  try {
    return run();
  } catch (error) {
    throw told(error, what);
  }
};

/** The same for what takes its time. */
export const orDataDirectoryErrorLater = async <T>(run: () => Promise<T>, what: string): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    throw told(error, what);
  }
};
