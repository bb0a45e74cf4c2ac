// The package as it is published: packed once for all tests, from what was built.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { newDirectory } from '../directories.ts';
import { run } from '../interop/tool.ts';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

export interface Tarball {
  /** The path of the file. */
  readonly file: string;
  readonly files: Packed['files'];
}

const ROOT = join(import.meta.dirname, '../..');

const pack = async (): Promise<Tarball> => {
  const directory = newDirectory();
  const args = ['pack', '--json', '--ignore-scripts', '--prefix', ROOT, '--pack-destination', directory];
  const { ok, output, said } = await run('npm', args);
  assert.ok(ok, said);
  const [packed] = Object.values<Packed>(JSON.parse(output.toString('utf8')));
  assert.ok(packed);
  return { file: join(directory, packed.filename), files: packed.files };
};

let tarball: Promise<Tarball> | undefined;

export const packed = (): Promise<Tarball> => {
  tarball ??= pack();
  return tarball;
};
