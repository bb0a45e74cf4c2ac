// One statement out of many parts: what is asked together is of one snapshot, and one way to the server and back.

import type { Cells, Statement } from './connection.ts';

/** How many texts are prepared at most; what is asked for in ever new ways is not worth it. */
const MOST_NAMES = 500;
const names = new Map<string, string>();

/** The name that a text is prepared under; undefined: there are too many. */
export const nameOfText = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = `kontakt ${names.size}`;
  names.set(text, name);
  return name;
};

/** Columns of a part: what is not given is empty. */
interface PartColumns {
  readonly place: string;
  readonly id?: string;
  readonly body?: string;
  readonly at?: string;
  /** By what it was found. */
  readonly by?: string;
  /** From FROM on. */
  readonly from: string;
}

/** A row of a part. */
export interface Answer {
  readonly place: number;
  readonly id: string;
  readonly body: string;
  readonly at: number;
  readonly by: string;
}

export interface Asking {
  /** A value, as it stands in a part. */
  value(value: unknown, type: string): string;
  part(columns: PartColumns, take: (answer: Answer) => void): void;
  statement(): Statement;
  /** Hands the rows of the statement to the parts that asked for them. */
  take(rows: readonly Cells[]): void;
}

export const createAsking = (): Asking => {
  const parts: string[] = [];
  const values: unknown[] = [];
  const takers: ((answer: Answer) => void)[] = [];
  return {
    value: (value, type) => {
      values.push(value);
      return `$${values.length}::${type}`;
    },
    part: ({ place, id = "''", body = "''", at = '0', by = "''", from }, take) => {
      parts.push(
        `(SELECT ${takers.length}, (${place})::bigint, ${id}::text, ${body}::text, (${at})::bigint, ${by}::text ${from})`,
      );
      takers.push(take);
    },
    statement: () => {
      const text = parts.join(' UNION ALL ');
      return { name: nameOfText(text), text, values };
    },
    take: (rows) => {
      for (const [part, place, id, body, at, by] of rows)
        takers[Number(part)]?.({
          place: Number(place),
          id: String(id),
          body: String(body),
          at: Number(at),
          by: String(by),
        });
    },
  };
};
