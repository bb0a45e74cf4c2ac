// The journal as the switches show it: lists, one exchange, the octets of its messages.

import type { Explained } from '../explain/explained.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { viewEntry, viewMessage } from '../journal/view.ts';
import { type RowsAsked, readExchanges, readId } from './asked.ts';
import { ControlError } from './problem.ts';

export type EntryView = ReturnType<typeof viewEntry>;

/** Which exchanges are asked for; what is left out asks for nothing. */
export interface ExchangesAsked extends RowsAsked {
  /** The code of a problem, such as `security.replay`. */
  readonly problem?: string | undefined;
  /** Only those that were refused. */
  readonly problems?: boolean | undefined;
  readonly operation?: string | undefined;
  readonly service?: string | undefined;
}

export interface JournalControl {
  /** Newest first. */
  list(asked: ExchangesAsked, unmasked: boolean): EntryView[];
  find(id: string, unmasked: boolean): EntryView | undefined;
  /** @throws ControlError when there is none */
  get(id: string, unmasked: boolean): EntryView;
  /** @throws ControlError when there is no such exchange or side */
  message(id: string, side: string, unmasked: boolean): Uint8Array;
  /**
   * Searches for what was done to the message, and proves it.
   *
   * @throws ControlError when there is no such exchange
   */
  explanation(id: string, unmasked: boolean): Promise<Explained>;
  /** Tells of every exchange when it is over; returns what ends that. */
  subscribe(listener: (entry: EntryView) => void, unmasked: boolean): () => void;
}

/** Explains an exchange. */
export type Explain = (entry: JournalEntry, unmasked: boolean) => Promise<Explained>;

export const controlJournal = (journal: Journal, explain: Explain): JournalControl => {
  const found = (id: string) => {
    const entry = journal.find(id);
    if (!entry) throw new ControlError(404, `the journal has no exchange ${id} (it keeps the last thousand)`);
    return entry;
  };
  return {
    list: (asked, unmasked) => {
      const { problem, problems, operation, service } = asked;
      const seen = readId('after', asked.after) ?? 0;
      return journal
        .list()
        .filter((one) => one.number > seen)
        .filter((one) => problem === undefined || one.problem === problem)
        .filter((one) => !problems || one.explanation !== undefined)
        .filter((one) => operation === undefined || one.operation === operation)
        .filter((one) => service === undefined || one.service === service)
        .slice(0, readExchanges(asked))
        .map((one) => viewEntry(one, unmasked));
    },
    find: (id, unmasked) => {
      const entry = journal.find(id);
      return entry && viewEntry(entry, unmasked);
    },
    get: (id, unmasked) => viewEntry(found(id), unmasked),
    message: (id, side, unmasked) => {
      if (side !== 'request' && side !== 'response')
        throw new ControlError(400, 'side is request or response');
      return viewMessage(found(id)[side], unmasked);
    },
    explanation: async (id, unmasked) => explain(found(id), unmasked),
    subscribe: (listener, unmasked) => journal.subscribe((entry) => listener(viewEntry(entry, unmasked))),
  };
};
