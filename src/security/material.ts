// Trust anchors from the user's own files and folders, beside those of the emulator's PKI.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../kernel/user-error.ts';
import { readPem } from './certificate.ts';

/** A file of certificates that cannot be used. */
class MaterialError extends UserError {}

const readFile = (path: string): string => {
  const pem = readFileSync(path, 'utf8');
  const certificates = readPem(pem);
  if (certificates.length === 0) throw new MaterialError(`--trust ${path}: no PEM certificate in it`);
  if (certificates.includes(undefined))
    throw new MaterialError(`--trust ${path}: a certificate in it cannot be read`);
  return pem;
};

/**
 * Reads PEM files, and of folders all that end in .pem, .crt or .cer.
 *
 * @throws MaterialError naming the file
 */
export const readTrust = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => {
    try {
      if (!statSync(path).isDirectory()) return [readFile(path)];
      const names = readdirSync(path)
        .filter((name) => /\.(?:pem|crt|cer)$/i.test(name))
        .sort();
      if (names.length === 0)
        throw new MaterialError(`--trust ${path}: no .pem, .crt or .cer file in the folder`);
      return names.map((name) => readFile(join(path, name)));
    } catch (error) {
      throw error instanceof MaterialError
        ? error
        : new MaterialError(`--trust ${path}: ${(error as Error).message}`);
    }
  });
