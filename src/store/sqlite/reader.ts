// Finds what queries ask for.

import type { Row, Selection } from '../engine.ts';
import type { Counters } from './counters.ts';
import { emptyings, named, type OpenedTables } from './opened.ts';
import type { Values } from './values.ts';

const numbered = (place: number): Row[] => [{ place, body: '', at: 0 }];

export const createReader =
  ({ states, logs }: OpenedTables, counters: Counters, values: Pick<Values, 'rows'>) =>
  (selection: Selection): readonly Row[] => {
    switch (selection.select) {
      case 'first':
        for (const by of selection.by) {
          const row = named(states, selection.table).first(by);
          if (row) return [row];
        }
        return [];
      case 'all':
        return named(states, selection.table).all(selection.by);
      case 'page':
        return named(states, selection.table).page(selection.after, selection.limit);
      case 'changed':
        return named(states, selection.table).changed(selection.from, selection.limit);
      case 'rows':
        return named(logs, selection.log).rows(selection.after, selection.before, selection.limit);
      case 'count':
        return numbered(named(states, selection.table).count());
      case 'emptied':
        return numbered(counters.last(emptyings(selection.table)));
      case 'value':
        return values.rows(selection.name);
      case 'last':
        return numbered(counters.last(selection.log));
    }
  };
