// Lists that are replaced as a whole, with what put them: organisations, and what they may do.

import type { Origin } from '../kernel/grounds.ts';
import type { Engine, Query, Write } from '../store/engine.ts';
import { mapped, value } from '../store/tables.ts';

type Readable = Pick<Engine, 'value'>;

export interface Lists<Content> {
  /** What they are kept as. */
  readonly table: string;
  /** As they were stored last; the same object while nobody has put others. */
  current(engine: Readable): Content;
  /** As they are where a change is decided. */
  find(): Query<Content>;
  /** What put them; undefined where nobody knows. */
  origin(engine: Readable): Origin | undefined;
  /** Replaces all of them. */
  put(content: Content, by?: Origin): Write;
}

/** @param initial what counts while none were put */
export const keptLists = <Content extends object>(name: string, initial: Content): Lists<Content> => {
  // What put them stands beside the lists in one text: a register of before has none.
  const kept = value<Content & { readonly by?: Origin }>(name, initial);
  const alone = new WeakMap<object, Content>();
  const withoutOrigin = ({ by: _, ...content }: Content & { readonly by?: Origin }): Content =>
    content as unknown as Content;
  return {
    table: kept.table,
    current: (engine) => {
      const all = kept.current(engine);
      const before = alone.get(all);
      if (before) return before;
      const made = withoutOrigin(all);
      alone.set(all, made);
      return made;
    },
    find: () => mapped(kept.find(), withoutOrigin),
    origin: (engine) => kept.current(engine).by,
    put: (content, by) => kept.put(by ? { ...content, by } : content),
  };
};
