// Where the first content of a register comes from: the setting while it is new, and ever after what it was seeded with.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, Write } from '../store/engine.ts';
import { completed, NOBODY, namesOf, readSeeds, SeedError, type Seeds, standardSeeds } from './content.ts';
import { openSeedCopy, openSeedLines } from './copy.ts';
import { lineWrites, readLines } from './kept.ts';

/** A register that may keep what it was seeded with. */
type Register = Pick<Engine, 'read'>;

export interface SeedSource {
  /** What a new register is filled with, in pieces; from here on it is what the register was seeded with. */
  first(): Iterable<Seeds>;
  /**
   * What else is written with a seed, where the register itself keeps what it was seeded with and does not yet.
   *
   * @param at milliseconds since 1970
   */
  kept(at: number): Iterable<readonly Write[]>;
  /**
   * Asks a register that keeps it what it was seeded with; comes before `again`.
   *
   * @throws (rejects) DataDirectoryError where it cannot be read
   */
  recall(register: Register): Promise<void>;
  /** What the register was seeded with, in pieces. */
  again(persons: 'all' | 'none'): Iterable<Seeds>;
  /** What to say of a setting that differs from what the register was seeded with before; undefined: nothing. */
  ignored(register: Register): Promise<string | undefined>;
}

/** How many persons a piece has. */
const PIECE = 200;

const chunks = function* <Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += PIECE) yield rows.slice(from, from + PIECE);
};

/** A seed in pieces. The organisations come last: others are heard between the pieces, and they must not see half of them. */
const piecesOf = function* ({ no, dk }: Seeds): Generator<Seeds> {
  for (const persons of chunks(no?.persons ?? [])) yield { no: { persons: [...persons] } };
  for (const citizens of chunks(dk?.citizens ?? [])) yield { dk: { citizens: [...citizens] } };
  const { persons: _, ...norwegian } = no ?? {};
  const { citizens: __, ...danish } = dk ?? {};
  if (Object.keys({ ...norwegian, ...danish }).length > 0) yield { no: norwegian, dk: danish };
};

const without = (seeds: Seeds, names: readonly string[]): Seeds =>
  Object.fromEntries(
    Object.entries(seeds).map(([country, lists]) => [
      country,
      Object.fromEntries(
        Object.entries(lists as object).filter(([name]) => !names.includes(`${country}.${name}`)),
      ),
    ]),
  );

/** The pieces of both, organisations last. */
const inOrder = function* (...sources: readonly Iterable<Seeds>[]): Generator<Seeds> {
  let last: Seeds = {};
  for (const source of sources)
    for (const piece of source) {
      if (piece.no?.persons ?? piece.dk?.citizens) yield piece;
      else last = { no: { ...last.no, ...piece.no }, dk: { ...last.dk, ...piece.dk } };
    }
  yield last;
};

const NO_FILE = 'none';
const STANDARD = 'standard';
const OWN_PERSONS = 'the package’s own persons';

const digestOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/** What to say where a register was seeded with something else. */
const ignoredFor = (file: string | undefined, before: string, place: string): string => {
  const said = file === undefined ? 'to begin with nobody' : `the seed ${file}`;
  return `${said} is ignored: this register was seeded with ${before}, and a reset puts that back; choose another ${place} for a new one`;
};

/**
 * The source that a setting and a data directory make. A file is read when there is a register to be seeded from it, and not
 * otherwise.
 *
 * @param setting a file, `standard` for the package's own content, or false for registers without persons
 * @param place the data directory; undefined: in memory; a server, whose register keeps what it was seeded with itself
 * @throws SeedError for a file that is not there, or that a new register cannot be made from
 */
export const seedSource = (setting: string | false, place: string | object | undefined): SeedSource => {
  const directory = typeof place === 'string' ? place : undefined;
  const shared = typeof place === 'object' ? openSeedLines() : undefined;
  const copy = shared ?? openSeedCopy(directory);
  const file = setting === false || setting === STANDARD ? undefined : setting;
  if (file !== undefined && !existsSync(file)) throw new SeedError(`seed ${file}: there is no such file`);
  const read = (): Seeds => (file === undefined ? (setting === false ? NOBODY : {}) : readSeeds(file));
  // What the user named is looked at before anything is made.
  const isNew = directory === undefined || !existsSync(join(directory, 'register.db'));
  let looked = isNew ? read() : undefined;
  let isKept = false;
  const keep = (given: Seeds): void => {
    isKept = false;
    if (setting === STANDARD && !shared) {
      copy.forget();
      return;
    }
    const digest =
      file === undefined ? NO_FILE : createHash('sha256').update(readFileSync(file)).digest('hex');
    const of =
      setting === STANDARD ? { from: OWN_PERSONS, digest: STANDARD } : { from: file ?? 'nobody', digest };
    copy.keep({ ...of, names: [...namesOf(given)] }, piecesOf(given));
  };
  return {
    first: () => {
      const given = looked ?? read();
      looked = undefined;
      keep(given);
      return piecesOf(completed(given, standardSeeds()));
    },
    kept: (at) => (shared && !isKept ? lineWrites(shared.lines(), at) : []),
    recall: async (register) => {
      if (!shared) return;
      const lines = await readLines(register);
      // A version before kept nothing in the register.
      if (lines.length === 0) return keep(read());
      shared.take(lines);
      isKept = true;
    },
    again: (persons) => {
      const names = [...(copy.header()?.names ?? []), ...(persons === 'none' ? namesOf(NOBODY) : [])];
      const pieces = inOrder(piecesOf(without(standardSeeds(), names)), copy.pieces());
      return persons === 'all' ? pieces : withoutPersons(pieces);
    },
    ignored: async (register) => {
      if (setting === STANDARD) return undefined;
      if (shared) shared.take(await readLines(register, 1));
      const header = copy.header();
      const digest = file === undefined ? NO_FILE : await digestOf(file).catch(() => undefined);
      if (header?.digest === digest || (shared && !header)) return undefined;
      return ignoredFor(file, header?.from ?? OWN_PERSONS, shared ? 'database' : 'data directory');
    },
  };
};

const withoutPersons = function* (pieces: Iterable<Seeds>): Generator<Seeds> {
  for (const piece of pieces) if (!(piece.no?.persons ?? piece.dk?.citizens)) yield piece;
};
