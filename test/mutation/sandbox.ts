// A copy of the project where mutants are put in and tests are run, so that nothing happens to what people work on.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const LEFT = ['node_modules', '.git', 'dist', 'coverage', '.kontakt'];

export type Verdict = 'killed' | 'survived' | 'late';

export interface Sandbox {
  /** What a file holds without a mutant; the path is relative to the root. */
  readonly read: (file: string) => string;
  /**
   * Runs tests against another text of a file, up to the first that fails.
   *
   * @param text undefined: as it is
   * @param patience in milliseconds
   */
  readonly judge: (
    file: string,
    text: string | undefined,
    tests: readonly string[],
    patience: number,
  ) => Promise<Verdict>;
  readonly close: () => void;
}

/** Ends a program with all that it has started. */
const endGroup = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
};

export const openSandbox = (): Sandbox => {
  const folder = mkdtempSync(join(tmpdir(), 'kontakt-mutants-'));
  cpSync(ROOT, folder, { recursive: true, filter: (path) => !LEFT.includes(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  let running: number | undefined;

  const run = (tests: readonly string[], patience: number): Promise<Verdict> =>
    new Promise((resolve, reject) => {
      const mocha = join(folder, 'node_modules/mocha/bin/mocha.js');
      const args = [mocha, '--bail', '--reporter', 'dot', ...tests];
      // A group of its own: mocha is a program that starts another.
      const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore', detached: true });
      running = child.pid;
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        endGroup(child.pid);
      }, patience);
      child.once('error', reject);
      child.once('close', (code) => {
        clearTimeout(timer);
        running = undefined;
        resolve(late ? 'late' : code === 0 ? 'survived' : 'killed');
      });
    });

  return {
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    judge: async (file, text, tests, patience) => {
      const path = join(folder, file);
      const before = readFileSync(path, 'utf8');
      if (text !== undefined) writeFileSync(path, text);
      try {
        return await run(tests, patience);
      } finally {
        writeFileSync(path, before);
      }
    },
    close: () => {
      endGroup(running);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
