// The files that the persons of a register go into and come from: each person stands in one by himself, so that files are
// written and read in a stream.

import type { Issue } from '../kernel/issue.ts';
import type { Query } from '../store/engine.ts';
import type { Page } from '../store/tables.ts';

export const fileFormats = ['xml', 'ndjson', 'csv'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** A format that a country has, in few words. */
export interface FileDescription {
  readonly format: FileFormat;
  /** What has no place in it, to be read after "not in this file". */
  readonly without: string;
}

/** How persons are written into a file of a format. */
export interface Writing<Person> {
  readonly mediaType: string;
  /** What stands before the persons. */
  readonly head: () => Query<string>;
  /** One person, with the line break that ends it: the only one, but for those within quotation marks of CSV. */
  readonly row: (person: Person) => string;
  readonly tail: string;
}

export type Writings<Person> = Readonly<Partial<Record<FileFormat, Writing<Person>>>>;

/** The file of a register. */
export interface PersonFile extends Pick<Writing<never>, 'mediaType' | 'head' | 'tail'> {
  /** A part of the list of persons, each as a row. */
  page(limit: number, after?: string | number): Query<Page<string>>;
}

export type PersonFiles = Readonly<Partial<Record<FileFormat, PersonFile>>>;

/** What stands at a line of a file (from 1): a person as JSON of a seed, or what is wrong there. */
export type Found =
  | { readonly line: number; readonly json: unknown }
  | { readonly line: number; readonly fault: string };

/** Reads a file in pieces. After a fault nothing of it counts. */
export interface PersonReader {
  /** @param text the next piece, however it is cut */
  read(text: string): readonly Found[];
  /** What the end of the file makes of what came last. */
  end(): readonly Found[];
  /** The place of a mistake in a person's JSON as the file names it: a column, a path of elements. */
  placeOf(place: string): string;
}

/** How the persons of a country come in. */
export interface FileReading {
  readonly readers: Readonly<Partial<Record<FileFormat, () => PersonReader>>>;
  /** The list of a seed that persons stand in. */
  readonly list: string;
  /** The person of a JSON as a seed is read, or what is wrong with it. */
  readonly check: (json: unknown) => { readonly value: unknown } | { readonly issue: Issue };
  /**
   * Made-up persons, the same for the same seed number; undefined: there are none.
   *
   * @param taken the numbers that none of them has
   */
  readonly generate?: (count: number, seed: number, taken: ReadonlySet<string>) => Iterable<unknown>;
}
