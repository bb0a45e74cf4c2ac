// The copy of what a register was seeded with: kept in its data directory, so that a reset puts back that and nothing else.
//
// The first line says where it came from and which lists it named; each further line is a seed of its own with some of the
// persons, so that a reset reads it piece by piece. A register with the package's own content has no copy.

import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { keepPrivate } from '../store/private.ts';
import { DataDirectoryError } from '../store/refusals.ts';
import { parseSeeds, type Seeds } from './content.ts';

const headerJson = z.strictObject({
  /** The file, or `nobody`. */
  from: z.string(),
  /** Of the file's bytes, to tell whether a later one is the same. */
  digest: z.string(),
  /** The lists that it named, such as `no.persons`. */
  names: z.array(z.string()),
});

export type SeedHeader = z.output<typeof headerJson>;

export interface SeedCopy {
  /** Undefined: there is none. */
  header(): SeedHeader | undefined;
  pieces(): Iterable<Seeds>;
  keep(header: SeedHeader, pieces: Iterable<Seeds>): void;
  forget(): void;
}

/** A copy in memory, of one that is kept elsewhere. */
export interface SeedLines extends SeedCopy {
  lines(): Iterable<string>;
  take(lines: readonly string[]): void;
}

/** Where lines are kept. */
interface Lines {
  read(): Iterable<string> | undefined;
  write(lines: Iterable<string>): void;
  forget(): void;
}

const LINE_FEED = 0x0a;

const linesOf = function* (file: string): Generator<string> {
  const descriptor = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(65_536);
    let rest = Buffer.alloc(0);
    for (let size = readSync(descriptor, chunk); size > 0; size = readSync(descriptor, chunk)) {
      rest = Buffer.concat([rest, chunk.subarray(0, size)]);
      for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
        yield rest.toString('utf8', 0, end);
        rest = rest.subarray(end + 1);
      }
    }
    if (rest.length > 0) yield rest.toString('utf8');
  } finally {
    closeSync(descriptor);
  }
};

const inFile = (file: string): Lines => ({
  read: () => {
    if (!existsSync(file)) return undefined;
    keepPrivate(file);
    return linesOf(file);
  },
  write: (lines) => {
    // One rename, so that a process that dies half-way leaves no half of it.
    const descriptor = openSync(`${file}.new`, 'w', 0o600);
    try {
      for (const line of lines) writeSync(descriptor, `${line}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(`${file}.new`, file);
  },
  forget: () => rmSync(file, { force: true }),
});

const inMemory = (): Lines => {
  let kept: readonly string[] | undefined;
  return {
    read: () => kept,
    write: (lines) => {
      kept = [...lines];
    },
    forget: () => {
      kept = undefined;
    },
  };
};

/** @param name where it lies, for whoever is told that it is damaged */
const copyIn = (lines: Lines, name: string): SeedCopy => {
  const read = <T>(line: string, number: number, how: (json: unknown) => T): T => {
    try {
      return how(JSON.parse(line));
    } catch (error) {
      throw new DataDirectoryError(
        `${name}: it is damaged (line ${number}: ${(error as Error).message}); without it, reset puts back the package’s own content`,
      );
    }
  };
  return {
    header: () => {
      for (const line of lines.read() ?? []) return read(line, 1, (json) => headerJson.parse(json));
      return undefined;
    },
    pieces: function* () {
      let number = 0;
      for (const line of lines.read() ?? []) {
        number += 1;
        if (number > 1) yield read(line, number, (json) => parseSeeds(json, 'copy'));
      }
    },
    keep: (header, pieces) =>
      lines.write(
        (function* () {
          yield JSON.stringify(header);
          for (const piece of pieces) yield JSON.stringify(piece);
        })(),
      ),
    forget: lines.forget,
  };
};

/**
 * The copy of a data directory, or one in memory.
 *
 * @throws DataDirectoryError, when it is read, where somebody has damaged it
 */
export const openSeedCopy = (directory: string | undefined): SeedCopy => {
  if (directory === undefined) return copyIn(inMemory(), 'the seed');
  const file = join(directory, 'seed.jsonl');
  return copyIn(inFile(file), file);
};

/** A copy whose lines others keep. */
export const openSeedLines = (): SeedLines => {
  const lines = inMemory();
  return {
    ...copyIn(lines, 'what the register was seeded with'),
    lines: () => lines.read() ?? [],
    take: lines.write,
  };
};
