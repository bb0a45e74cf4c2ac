// What other emulators of the same register do, told to whoever listens to this one: it is looked for as long as somebody does.

import type { Events } from '../control/events.ts';
import { isLost, type SharedArchive, storedSummaryOf } from '../journal/archive.ts';
import { viewEntry } from '../journal/view.ts';
import { type Engine, isLoss } from '../store/engine.ts';

/** How often is looked, in milliseconds. */
const BETWEEN_LOOKS = 250;

export interface OthersParts {
  readonly engine: Pick<Engine, 'written' | 'value' | 'valueNames'>;
  /** Undefined: the others keep their exchanges to themselves. */
  readonly archive: Pick<SharedArchive, 'news'> | undefined;
  /** What the ids of this emulator’s own exchanges begin with. */
  readonly session: string;
  readonly events: Pick<Events, 'tell' | 'whileHeard'>;
  /** Told of tables and single values that were written to. */
  readonly wrote: (names: readonly string[]) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Which of some numbers are others than before; at first none is. */
const createDifference = () => {
  let before: ReadonlyMap<string, number> | undefined;
  return (now: ReadonlyMap<string, number>): string[] => {
    const known = before ?? now;
    before = now;
    return [...now].filter(([name, number]) => known.get(name) !== number).map(([name]) => name);
  };
};

const createLook = ({ engine, archive, session, events, wrote }: OthersParts) => {
  const differing = { tables: createDifference(), values: createDifference() };
  let place: number | undefined;
  const lookAtExchanges = async (): Promise<void> => {
    const news = await archive?.news(place);
    if (!news || isLost(news)) return;
    place = news.last;
    for (const row of news.kept) {
      const summary = storedSummaryOf(row);
      if (!summary.id.startsWith(`${session}-`)) events.tell('exchange', () => viewEntry(summary, false));
    }
  };
  const lookAtTables = async (): Promise<void> => {
    const written = await engine.written?.();
    if (written && !isLoss(written)) wrote(differing.tables(written));
    wrote(
      differing.values(
        new Map([...engine.valueNames()].map((name) => [name, engine.value(name)?.version ?? 0])),
      ),
    );
  };
  return () => Promise.all([lookAtExchanges(), lookAtTables()]);
};

/** Tells of what others do, while somebody listens. */
export const tellOfOthers = (parts: OthersParts): void =>
  parts.events.whileHeard(() => {
    const look = createLook(parts);
    let timer: NodeJS.Timeout | undefined;
    let over = false;
    const again = async (): Promise<void> => {
      await look().catch(parts.onFailure);
      if (!over) timer = setTimeout(() => void again(), BETWEEN_LOOKS).unref();
    };
    return {
      ready: again(),
      end: () => {
        over = true;
        clearTimeout(timer);
      },
    };
  });
