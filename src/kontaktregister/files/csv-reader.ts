// Reads CSV (RFC 4180): a header of known columns, then a person a row. Commas, semicolons and tabs part cells alike.

import { createLines, LONGEST } from '../../contract/lines.ts';
import type { Found, PersonReader } from '../../contract/person-files.ts';
import { brief } from '../../kernel/brief.ts';
import { meantBy } from '../../kernel/nearest.ts';
import { columnOf, columns } from './columns.ts';
import { jsonOf } from './delivered-json.ts';

const DELIMITERS = [',', ';', '\t'];

/** A row in cells; undefined where a quotation mark stands where none may. */
const quotedCells = (row: string, delimiter: string): string[] | undefined => {
  const cells: string[] = [];
  for (let at = 0; ; ) {
    if (row[at] === '"') {
      let end = row.indexOf('"', at + 1);
      while (end >= 0 && row[end + 1] === '"') end = row.indexOf('"', end + 2);
      if (end < 0 || (end + 1 < row.length && row[end + 1] !== delimiter)) return undefined;
      cells.push(row.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const next = row.indexOf(delimiter, at);
      const cell = next < 0 ? row.slice(at) : row.slice(at, next);
      if (cell.includes('"')) return undefined;
      cells.push(cell);
      at += cell.length;
    }
    if (at >= row.length) return cells;
    at += 1;
  }
};

const cellsOf = (row: string, delimiter: string): string[] | undefined =>
  row.includes('"') ? quotedCells(row, delimiter) : row.split(delimiter);

const MISQUOTED = 'a cell with a quotation mark stands in quotation marks, and each within it twice';

interface Header {
  readonly delimiter: string;
  readonly names: readonly string[];
}

const readHeader = (row: string): Header | { readonly fault: string } => {
  const delimiter = DELIMITERS.find((one) => row.includes(one)) ?? ',';
  const names = cellsOf(row, delimiter)?.map((name) => name.trim());
  if (!names) return { fault: MISQUOTED };
  const strange = names.find((name) => !columns.includes(name));
  if (strange !== undefined) return { fault: `no column ${brief(strange)}; ${meantBy(strange, columns)}` };
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) return { fault: `the column ${twice} is there twice` };
  return names.includes(columns[0] ?? '')
    ? { delimiter, names }
    : { fault: `the column ${columns[0]} is missing` };
};

const readRow = (row: string, { delimiter, names }: Header): { json: unknown } | { fault: string } => {
  const cells = cellsOf(row, delimiter);
  if (!cells) return { fault: MISQUOTED };
  if (cells.length !== names.length)
    return { fault: `expected ${names.length} cells, as in the first line, found ${cells.length}` };
  return jsonOf(new Map(names.map((name, place) => [name, cells[place] ?? ''])));
};

/** How many quotation marks a text has, odd or even: a row goes on in the next line where one is open. */
const isOdd = (text: string): boolean => {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
};

export const csvReader = (): PersonReader => {
  const lines = createLines();
  let header: Header | undefined;
  let line = 0;
  /** A row that is not at its end, and the line it began in. */
  let open: { text: string; line: number } | undefined;
  const whole = (text: string, at: number): Found[] => {
    const row = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (row === '') return [];
    if (header) return [{ line: at, ...readRow(row, header) }];
    const read = readHeader(row);
    if ('fault' in read) return [{ line: at, ...read }];
    header = read;
    return [];
  };
  const found = (texts: readonly string[]): Found[] =>
    texts.flatMap((text) => {
      line += 1;
      const ends = isOdd(text) === (open !== undefined);
      const before = open;
      const row = before ? `${before.text}\n${text}` : text;
      open = ends ? undefined : { text: row, line: before?.line ?? line };
      if (ends) return whole(row, before?.line ?? line);
      return row.length > LONGEST
        ? [{ line: open?.line ?? line, fault: `a row has at most ${LONGEST} characters` }]
        : [];
    });
  return {
    read: (text) => {
      const rows = found(lines.next(text));
      return lines.tooLong()
        ? [...rows, { line: line + 1, fault: `a row has at most ${LONGEST} characters` }]
        : rows;
    },
    end: () => {
      const last = found([lines.rest()]);
      if (open) return [{ line: open.line, fault: 'the quotation mark that opens a cell is never closed' }];
      return header || last.length > 0
        ? last
        : [{ line: 1, fault: 'the line with the names of the columns is missing' }];
    },
    placeOf: (place) => `column ${columnOf(place)}`,
  };
};
