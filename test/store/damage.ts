// Data directories in every bad state, and what a start on them says.

import assert from 'node:assert/strict';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { newDataDirectory } from '../directories.ts';
import { assertOneLine, type Ended, kontakt, type Place, type Serving } from '../program.ts';

/** The user `nobody`: what root may do anyway, this one may not. */
const NOBODY = 65534;
export const isRoot = process.getuid?.() === 0;
export const unprivileged: Place = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Gives a folder, its content and the folder it lies in to the unprivileged user. */
export const giveAway = (path: string): void => {
  if (!isRoot) return;
  for (const one of [dirname(path), path]) chownSync(one, NOBODY, NOBODY);
  for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' }))
    chownSync(join(path, entry), NOBODY, NOBODY);
};

/** A data directory whose register was made and closed in order. */
export const closedDirectory = async (): Promise<string> => {
  const data = await newDataDirectory();
  assert.equal((await kontakt(['person', 'list', '--data', data])).code, 0);
  return data;
};

/** Stops an emulator that has answered once, and so is past its start. */
export const stop = async ({ url, child, ended }: Serving): Promise<void> => {
  assert.equal((await fetch(`${url}/_emulator/ready`)).status, 200);
  child.kill('SIGTERM');
  assert.equal((await ended).code, 0);
};

export const startOn = (data: string, place: Place = {}): Promise<Ended> =>
  kontakt(['serve', '--port', '0', '--tls-port', '0', '--log', 'silent', '--data', data], place);

/** One line that names the directory, exit code 1, and it never said that it listens. */
export const assertRefused = (ended: Ended, content: RegExp): void => {
  assert.equal(ended.code, 1, ended.stderr);
  assert.equal(ended.stdout, '');
  assertOneLine(ended, content);
};

export const assertIntact = (data: string): void => {
  const database = new Database(join(data, 'register.db'));
  assert.equal(database.pragma('integrity_check', { simple: true }), 'ok');
  database.close();
};

export const readOnly = (...paths: string[]): void => {
  for (const path of paths) chmodSync(path, 0o444);
};
