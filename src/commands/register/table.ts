// Persons in columns, for people.

import { inColumns, WIDTH } from '../../kernel/terminal.ts';

/** No column but the last is wider: a long value of one row leaves the others their place. */
const WIDEST = 18;

/** A header and rows in columns; the last column takes what is left of the line. */
export const asTable = (header: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const all = [header, ...rows].map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : inColumns(cell, WIDEST))),
  );
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    inColumns(
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  '),
      WIDTH,
    ),
  );
};
