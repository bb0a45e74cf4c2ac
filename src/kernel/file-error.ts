// Why a file or a folder cannot be used, in words.

import { codeOf } from './error-code.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory, not a file',
  ENOTDIR: 'a part of the path is a file, not a directory',
  EEXIST: 'it is there already',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
};

/** Undefined: it is no error of a file, or none that is known. */
export const fileErrorOf = (error: unknown): string | undefined => WORDS[codeOf(error)];

/** What an error says; one of a file in words. */
export const reasonOf = (error: unknown): string =>
  fileErrorOf(error) ?? (error instanceof Error ? error.message : String(error));
