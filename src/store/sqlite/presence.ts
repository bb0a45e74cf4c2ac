// Whether the files of a running register are still the files in its directory: what is deleted goes on working, for nobody.

import { statSync } from 'node:fs';

const identityOf = (file: string): string | undefined => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
};

/**
 * Remembers which files there are.
 *
 * @returns says what became of them since: undefined while all are in their places (some microseconds each)
 */
export const watchFiles = (files: readonly string[]): (() => string | undefined) => {
  const opened = files.map((file) => [file, identityOf(file)] as const);
  return () => {
    const lost = opened.find(([file, identity]) => identityOf(file) !== identity);
    return (
      lost &&
      `${lost[0]} was deleted, moved or replaced while the emulator runs, and changes would be lost; put it back, or start the emulator again`
    );
  };
};
