// The persons of a file, checked, in batches: nothing of a batch counts where something in it is wrong.

import type { FileReading, Found, PersonReader } from '../../contract/person-files.ts';
import { printIssue } from '../../kernel/issue.ts';
import { UserError } from '../../kernel/user-error.ts';

/** How many persons come into the register at once. */
export const BATCH = 1000;

/** A person as it was read, and as its check put it out. */
export interface ReadPerson {
  readonly json: unknown;
  readonly checked: unknown;
}

/** What is wrong in a file, with its line. */
class FileFault extends UserError {}

/** What a file is read by; which country it is of may be seen by its first person only. */
export interface Way {
  readonly country: string;
  readonly reading: FileReading;
}

export interface Batch extends Way {
  readonly persons: readonly ReadPerson[];
}

/**
 * What became of a file up to some place in it.
 *
 * @param option what names the number of persons to pass over, such as `--skip `
 */
export const tally = (taken: number, skip: number, option: string): string =>
  taken === skip
    ? 'nothing of it was taken'
    : `the first ${taken} persons of the file are in the register, and none after them; go on with ${option}${taken}`;

const idOf = (json: unknown): unknown =>
  typeof json === 'object' && json !== null && 'id' in json ? json.id : undefined;

const faultAt = (line: number, fault: string): FileFault => new FileFault(`line ${line}: ${fault}`);

const readAt = ({ reading }: Way, reader: PersonReader, line: number, json: unknown): ReadPerson => {
  const checked = reading.check(json);
  if ('value' in checked) return { json, checked: checked.value };
  const { issue } = checked;
  throw faultAt(line, printIssue({ ...issue, place: reader.placeOf(issue.place) }));
};

/** @throws (rejects) FileFault where a piece is not text in UTF-8 */
const foundIn = async function* (
  reader: PersonReader,
  text: AsyncIterable<string>,
): AsyncGenerator<readonly Found[]> {
  let line = 1;
  try {
    for await (const piece of text) {
      const found = reader.read(piece);
      line = found.at(-1)?.line ?? line;
      yield found;
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new FileFault(`after line ${line}: expected text in UTF-8, found other octets`);
  }
  yield reader.end();
};

/**
 * @param skip how many persons are passed over
 * @param wayOf what reads a person, by the first of them
 * @throws (rejects) FileFault at the first thing that is wrong; the batches before it were told
 */
export const batchesIn = async function* (
  reader: PersonReader,
  text: AsyncIterable<string>,
  skip: number,
  wayOf: (first: unknown) => Way,
): AsyncGenerator<Batch> {
  let way: Way | undefined;
  let persons: ReadPerson[] = [];
  let ids = new Set<unknown>();
  let passed = 0;
  for await (const found of foundIn(reader, text))
    for (const one of found) {
      if ('fault' in one) throw faultAt(one.line, one.fault);
      passed += 1;
      if (passed <= skip) continue;
      way ??= wayOf(one.json);
      const id = idOf(one.json);
      // A person who is there twice is kept as the later line says: two batches come one after the other.
      if (persons.length === BATCH || ids.has(id)) {
        yield { ...way, persons };
        persons = [];
        ids = new Set();
      }
      persons.push(readAt(way, reader, one.line, one.json));
      ids.add(id);
    }
  if (way && persons.length > 0) yield { ...way, persons };
};
