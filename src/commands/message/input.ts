// A message in a file.

import { readFileSync } from 'node:fs';
import { reasonOf } from '../../kernel/file-error.ts';
import { UserError } from '../../kernel/user-error.ts';

/** `-` is standard input. */
export const readInput = (file: string): Buffer => {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new UserError(`${file}: ${reasonOf(error)}`);
  }
};
