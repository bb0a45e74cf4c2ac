// The test PKI on disk. Every change is one rename, so a process that dies half-way leaves the old state or the new one.

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../kernel/error-code.ts';
import { damage, type PkiFiles } from './layout.ts';

/** A whole PKI in the making, beside the folder it is to become. */
const draftOf = (directory: string): string => `${directory}.new`;

/** Additions in the making, and additions that are complete but not yet moved to their places. */
const additionsOf = (directory: string) => ({
  draft: join(directory, 'additions.new'),
  ready: join(directory, 'additions'),
});

const isAbsent = (error: unknown): boolean => codeOf(error) === 'ENOENT';

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const writeTree = async (directory: string, files: PkiFiles): Promise<void> => {
  for (const path of new Set([...files.keys()].map((key) => dirname(join(directory, key)))))
    await mkdir(path, { recursive: true, mode: 0o700 });
  const secret = /\.(?:key|p12)$/;
  await Promise.all(
    [...files].map(([path, content]) =>
      writeFile(join(directory, path), content, { mode: secret.test(path) ? 0o600 : 0o644, flush: true }),
    ),
  );
};

/** Moves complete additions to their places; what was moved before an interruption is simply no longer there. */
const settleAdditions = async (directory: string): Promise<void> => {
  const { draft, ready } = additionsOf(directory);
  await rm(draft, { recursive: true, force: true });
  const entries = await readdir(ready, { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (!entries) return;
  for (const entry of entries) {
    const { name } = entry;
    if (!entry.isDirectory()) {
      await rename(join(ready, name), join(directory, name));
      continue;
    }
    await mkdir(join(directory, name), { recursive: true, mode: 0o700 });
    for (const file of await readdir(join(ready, name)))
      await rename(join(ready, name, file), join(directory, name, file));
  }
  await rm(ready, { recursive: true });
};

/**
 * Removes what an interrupted process left, or brings it to its end.
 *
 * @returns whether there is a PKI in the folder; an empty folder counts as none
 */
export const settleFolder = async (directory: string): Promise<boolean> => {
  await rm(draftOf(directory), { recursive: true, force: true });
  try {
    if ((await readdir(directory)).length === 0) return false;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw damage(directory, `cannot be read (${reason(error)})`);
  }
  await settleAdditions(directory);
  return true;
};

/**
 * Reads those of the given paths that there are.
 *
 * @throws Error that names a file that is there and cannot be read
 */
export const readFolder = async (directory: string, paths: readonly string[]): Promise<PkiFiles> => {
  const read = paths.map(async (path): Promise<[string, Buffer][]> => {
    try {
      return [[path, await readFile(join(directory, path))]];
    } catch (error) {
      if (isAbsent(error)) return [];
      throw damage(join(directory, path), `cannot be read (${reason(error)})`);
    }
  });
  return new Map((await Promise.all(read)).flat());
};

/** Writes a whole PKI, all or nothing. */
export const writeFolder = async (directory: string, files: PkiFiles): Promise<void> => {
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  await writeTree(draftOf(directory), files);
  await rename(draftOf(directory), directory);
};

/** Adds files to a PKI, or replaces them, all or nothing. They lie in the folder itself or one deep (`clients/…`, `ca/…`). */
export const addToFolder = async (directory: string, files: PkiFiles): Promise<void> => {
  const { draft, ready } = additionsOf(directory);
  await writeTree(draft, files);
  await rename(draft, ready);
  await settleAdditions(directory);
};
