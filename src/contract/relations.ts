// Who may act for whom: relations added and removed one by one, in one change, whoever else changes them meanwhile.

import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { check, list } from '../kernel/issue.ts';
import type { Query, Work, Write } from '../store/engine.ts';
import type { Read } from './administration.ts';

/** Lists that relations are a part of. */
interface Related<Relation> {
  readonly relations: readonly Relation[];
}

/** The relations of a country. */
export interface RelationForm<Relation = object> {
  /** Adds and removes what a JSON names, all of it or nothing: what was to be removed and is not there, if anything. */
  change(json: unknown): Read<Work<Related<Relation>, Relation | undefined>>;
}

interface RelationParts<Relation extends object, Lists extends Related<Relation>> {
  readonly schema: z.ZodType<Relation>;
  readonly find: () => Query<Lists>;
  readonly put: (lists: Lists) => Write;
}

export const relationForm = <Relation extends object, Lists extends Related<Relation>>({
  schema,
  find,
  put,
}: RelationParts<Relation, Lists>): RelationForm<Relation> => {
  const relations = list(schema).default([]);
  const wanted = z.strictObject({ add: relations, remove: relations });
  const isIn = (rows: readonly Relation[], relation: Relation): boolean =>
    rows.some((row) => isDeepStrictEqual(row, relation));
  return {
    change: (json) => {
      const checked = check(wanted, json);
      if ('issue' in checked) return checked;
      const { add, remove } = checked.value;
      const work: Work<Lists, Relation | undefined> = {
        load: find(),
        decide: (lists) => {
          const missing = remove.find((one) => !isIn(lists.relations, one));
          if (missing) return { result: missing };
          const kept = lists.relations.filter((one) => !isIn(remove, one));
          const added = add.filter((one) => !isIn(kept, one));
          // Where nothing changes, what put the lists stays what put them.
          if (added.length + remove.length === 0) return { result: undefined };
          return { result: undefined, writes: [put({ ...lists, relations: [...kept, ...added] })] };
        },
      };
      return { value: work };
    },
  };
};
