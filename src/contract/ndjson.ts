// NDJSON: a person a line, in the JSON of the control interface. Lines that hold nothing are passed over.

import { createLines, LONGEST } from './lines.ts';
import type { Found, PersonReader } from './person-files.ts';

const readLine = (text: string, line: number): Found => {
  try {
    return { line, json: JSON.parse(text) };
  } catch (error) {
    return { line, fault: `no JSON: ${(error as Error).message}` };
  }
};

export const ndjsonReader = (): PersonReader => {
  const lines = createLines();
  let line = 0;
  const found = (texts: readonly string[]): Found[] => {
    const rows: Found[] = [];
    for (const text of texts) {
      line += 1;
      if (text.length > 1 || text.trim() !== '') rows.push(readLine(text, line));
    }
    return rows;
  };
  return {
    read: (text) => {
      const rows = found(lines.next(text));
      return lines.tooLong()
        ? [...rows, { line: line + 1, fault: `a line has at most ${LONGEST} characters` }]
        : rows;
    },
    end: () => found([lines.rest()]),
    placeOf: (place) => place,
  };
};
