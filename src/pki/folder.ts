// The test PKI on disk. Every change is one rename, so a process that dies half-way leaves the old state or the new one.

import { readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../kernel/error-code.ts';
import { reasonOf } from '../kernel/file-error.ts';
import { damage, type PkiContents, type PkiFiles, TRUST_STORE } from './layout.ts';

/** Files in the making, and files that are complete but not yet moved to their places. */
const ADDITIONS = { draft: 'additions.new', ready: 'additions' } as const;

/** Held while the folder is changed. */
export const LOCK = 'pki.lock';

const PARTS = ['clients', 'ca'] as const;

const isAbsent = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** What lies in a folder that may hold a PKI. */
export interface Listing {
  /** The files, relative to the folder, with `/`. */
  readonly paths: ReadonlySet<string>;
  /** Whether somebody is changing it, or died over it. */
  readonly unsettled: boolean;
}

/** @returns undefined where there is no such folder */
const namesIn = async (folder: string): Promise<readonly string[] | undefined> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw damage(folder, `cannot be read (${reasonOf(error)})`);
  }
};

/** Lists a folder without changing it. Its own level comes first: what is moved while it is read is then seen as unsettled. */
export const listFolder = async (directory: string): Promise<Listing> => {
  const own = (await namesIn(directory)) ?? [];
  const parts = await Promise.all(
    PARTS.filter((part) => own.includes(part)).map(async (part) =>
      ((await namesIn(join(directory, part))) ?? []).map((name) => `${part}/${name}`),
    ),
  );
  return {
    paths: new Set([...own, ...parts.flat()]),
    unsettled: Object.values(ADDITIONS).some((name) => own.includes(name)),
  };
};

/** The files of a folder, each read when it is asked for. */
export const contentsOf = (directory: string): PkiContents => ({
  get: (path) => {
    try {
      return readFileSync(join(directory, path));
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw damage(join(directory, path), `cannot be read (${reasonOf(error)})`);
    }
  },
});

const SECRET = /\.(?:key|p12)$/;

const writeTree = async (directory: string, files: PkiFiles): Promise<void> => {
  for (const path of new Set([...files.keys()].map((key) => dirname(join(directory, key)))))
    await mkdir(path, { recursive: true, mode: 0o700 });
  const modeOf = (path: string): number => (SECRET.test(path) && path !== TRUST_STORE ? 0o600 : 0o644);
  await Promise.all(
    [...files].map(([path, content]) =>
      writeFile(join(directory, path), content, { mode: modeOf(path), flush: true }),
    ),
  );
};

/**
 * Removes what an interrupted process left, or brings it to its end: complete files are moved to their places, and what was
 * moved before an interruption is simply no longer there.
 */
export const settleFolder = async (directory: string): Promise<void> => {
  await rm(join(directory, ADDITIONS.draft), { recursive: true, force: true });
  const ready = join(directory, ADDITIONS.ready);
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

/** Adds files to a PKI, or replaces them, all or nothing. They lie in the folder itself or one deep (`clients/…`, `ca/…`). */
export const addToFolder = async (directory: string, files: PkiFiles): Promise<void> => {
  await writeTree(join(directory, ADDITIONS.draft), files);
  await rename(join(directory, ADDITIONS.draft), join(directory, ADDITIONS.ready));
  await settleFolder(directory);
};
