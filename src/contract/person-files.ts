// The files that the persons of a register go into and come from: each person stands in one by himself, so that files are
// written and read in a stream.

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
