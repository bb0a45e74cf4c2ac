// Tells in the log what was done to a message, after its refusal was sent.

import type { Explain } from '../control/journal.ts';
import type { ExplainedCause } from '../explain/explained.ts';
import { isSearched } from '../explain/searched.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log, LogEvent } from '../kernel/log-event.ts';

/** A proved cause as the log tells it, under the number of its exchange. */
const causeEvent = (
  number: number,
  { cause, sentence, evidence: { difference }, remedy }: ExplainedCause,
): LogEvent => ({
  message: `#${number} ${cause} (proved)`,
  tone: 'fault',
  details: [
    ['what', sentence],
    ...(difference
      ? ([
          ['signed', difference.signed],
          ['arrived', difference.arrived],
        ] as const)
      : []),
    ['fix', remedy],
  ],
  data: { number, cause },
});

/**
 * Explains refusals in the background, one at a time: of those that come meanwhile nothing is told until somebody asks.
 *
 * @returns what ends it
 */
export const tellCauses = (journal: Journal, explain: Explain, log: Log): (() => void) => {
  let state: 'idle' | 'searching' | 'over' = 'idle';
  const search = async (entry: Parameters<Explain>[0]): Promise<void> => {
    try {
      const { causes } = await explain(entry, false);
      const cause = causes.find(({ certain }) => certain);
      if (cause && state === 'searching') log.info(causeEvent(entry.number, cause));
    } catch (error) {
      log.error({ message: `defect in the explanation of exchange ${entry.id}` }, error);
    } finally {
      if (state === 'searching') state = 'idle';
    }
  };
  const end = journal.subscribe((entry) => {
    if (state !== 'idle' || !isSearched(entry.problem)) return;
    state = 'searching';
    // The answer goes out first.
    setImmediate(() => void search(entry));
  });
  return () => {
    state = 'over';
    end();
  };
};
