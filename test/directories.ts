// Folders of their own for tests, gone when the run ends; a data directory comes with certificates made once for all.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPki } from '../src/pki/pki.ts';

const made: string[] = [];
process.once('exit', () => {
  // A program that was ended a moment ago may be in the middle of a write.
  for (const directory of made) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

/** An empty folder. */
export const newDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'kontakt-test-'));
  made.push(directory);
  return directory;
};

let certificates: Promise<string> | undefined;

const makeCertificates = async (): Promise<string> => {
  const directory = join(newDirectory(), 'pki');
  await openPki(directory, new Date());
  return directory;
};

/** A data directory that holds certificates and nothing else. */
export const newDataDirectory = async (): Promise<string> => {
  certificates ??= makeCertificates();
  const data = join(newDirectory(), 'data');
  cpSync(await certificates, join(data, 'pki'), { recursive: true });
  return data;
};
