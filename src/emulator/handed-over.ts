// Exchanges that one process hands over to the journal of another when they are over.

import { setTimeout } from 'node:timers/promises';
import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Port } from '../store/served/messages.ts';

/** What is asked: whether all that was over before has been handed over. */
export interface ToHander {
  readonly ask: number;
}
export type FromHander = { readonly entry: JournalEntry } | { readonly answer: number };

const PATIENCE = 2000;

/** Hands over every exchange of a journal from now on. */
export const handOver = (
  journal: Pick<Journal, 'subscribe'>,
  port: Port<FromHander, ToHander>,
): (() => void) => {
  // What is sent arrives in order: the answer comes after all exchanges that were over before it.
  port.hear(({ ask }) => port.send({ answer: ask }));
  return journal.subscribe((entry) => port.send({ entry }));
};

export interface Takeover {
  /** Takes the exchanges of a process until its port ends. */
  attach(port: Port<ToHander, FromHander>): void;
  /** Resolves when the journal has all exchanges that were over at any process when it was asked, or one does not answer. */
  settled(): Promise<void>;
}

/** @param patience how long a process is waited for that does not answer, in milliseconds */
export const createTakeover = (journal: Pick<Journal, 'take'>, patience = PATIENCE): Takeover => {
  const asking = new Set<(ask: number) => Promise<void>>();
  let asked = 0;
  return {
    attach: (port) => {
      const open = new Map<number, () => void>();
      const ask = (number: number): Promise<void> =>
        new Promise((resolve) => {
          open.set(number, resolve);
          port.send({ ask: number });
        });
      asking.add(ask);
      port.hear((message) => {
        if ('entry' in message) {
          journal.take(message.entry);
          return;
        }
        open.get(message.answer)?.();
        open.delete(message.answer);
      });
      port.ended(() => {
        asking.delete(ask);
        for (const resolve of open.values()) resolve();
        open.clear();
      });
    },
    settled: async () => {
      asked += 1;
      const late = new AbortController();
      const impatient = setTimeout(patience, undefined, { signal: late.signal }).catch(() => undefined);
      await Promise.race([Promise.all([...asking].map((ask) => ask(asked))), impatient]);
      late.abort();
    },
  };
};
