// Counts the persons in a file that passes, by its line breaks.

import type { FileFormat } from '../../contract/person-files.ts';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/** How many lines stand around the persons: declaration, start tag and end tag; the names of the columns. */
const AROUND: Readonly<Record<FileFormat, number>> = { xml: 3, ndjson: 0, csv: 1 };

/** How many persons there were in what has passed; exact at the end of the file. */
export interface RowCounter {
  count(chunk: Uint8Array): void;
  persons(): number;
}

export const createRowCounter = (format: FileFormat): RowCounter => {
  let lines = 0;
  let within = false;
  const byLine = (chunk: Uint8Array): void => {
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
  };
  /** A line break between quotation marks is part of a cell. */
  const byRow = (chunk: Uint8Array): void => {
    for (const byte of chunk) {
      if (byte === QUOTE) within = !within;
      else if (byte === LINE_FEED && !within) lines += 1;
    }
  };
  return {
    count: format === 'csv' ? byRow : byLine,
    persons: () => Math.max(0, lines - AROUND[format]),
  };
};
