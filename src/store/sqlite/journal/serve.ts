// The journal's file, served to another thread: one question after the other, each answered, whatever the disk does.

import type { MessagePort } from 'node:worker_threads';
import type { Bounds, Lost, Verbs } from '../../../journal/archive.ts';
import type { Sqlite } from '../driver.ts';
import { type Exchanges, openExchanges } from './exchanges.ts';
import { faultOf, lostBy, openJournalFile, removeJournalFile, setAside } from './file.ts';

/** What is to be served. */
export interface Order {
  readonly file: string;
  readonly bounds: Bounds;
  /** The real time, in milliseconds since 1970. */
  readonly now: number;
}

export type Question = {
  readonly [Verb in keyof Verbs]: {
    readonly ask: number;
    readonly verb: Verb;
    readonly given: Parameters<Verbs[Verb]>;
  };
}[keyof Verbs];

export type Reply =
  | { readonly ask: number; readonly value: ReturnType<Verbs[keyof Verbs]> | Lost }
  /** Something that the user should know. */
  | { readonly told: string };

type Opened = { readonly database: Sqlite; readonly verbs: Exchanges };

/** Opens the file when it is needed, and again after it could not be opened. */
const openedWhenNeeded = ({ file, bounds, now }: Order, told: (message: string) => void) => {
  let opened: Opened | undefined;
  const open = (): Opened => {
    const database = openJournalFile(file, told);
    try {
      const verbs = openExchanges(database, bounds);
      verbs.prune(now);
      return { database, verbs };
    } catch (error) {
      database.close();
      throw error;
    }
  };
  const close = (): void => {
    opened?.database.close();
    opened = undefined;
  };
  const startAnew = (fault: string): Opened => {
    close();
    told(
      `${file} cannot be used: ${fault}; it was set aside as ${setAside(file)}, and the journal begins anew`,
    );
    return open();
  };
  /** Runs a verb; where the file turns out to be damaged, on a new one. */
  const use = <Result>(run: (verbs: Exchanges) => Result): Result => {
    try {
      opened ??= open();
      return run(opened.verbs);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      opened = startAnew(fault);
      return run(opened.verbs);
    }
  };
  const clear = (): void => {
    close();
    removeJournalFile(file);
    opened = open();
  };
  return { use, clear, close };
};

/** Answers what comes from a port, until it is asked to close. */
export const serveJournal = (port: MessagePort, order: Order): void => {
  const { use, clear, close } = openedWhenNeeded(order, (told) => port.postMessage({ told } satisfies Reply));
  const carryOut = ({ verb, given }: Question): ReturnType<Verbs[keyof Verbs]> => {
    if (verb === 'close') return close();
    if (verb === 'clear') return clear();
    return use((verbs) =>
      (verbs[verb] as (...values: unknown[]) => ReturnType<Verbs[keyof Verbs]>)(...given),
    );
  };
  const attempt = (question: Question): ReturnType<Verbs[keyof Verbs]> | Lost => {
    try {
      return carryOut(question);
    } catch (error) {
      return { lost: `${order.file}: ${lostBy(error)}` };
    }
  };
  port.on('message', (question: Question) => {
    port.postMessage({ ask: question.ask, value: attempt(question) } satisfies Reply);
    if (question.verb === 'close') port.close();
  });
};
