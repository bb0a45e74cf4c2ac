// What the listeners tell of what never becomes an exchange: connections and requests that come to nothing, and defects.
//
// The journal gets an entry for each, the terminal a line; the caller gets the headers that name the entry.

import type { Journal } from '../journal/journal.ts';
import type { Log } from '../kernel/log-event.ts';
import { internalProblem, type Problem } from '../kernel/problem.ts';

/** Where it happened. A connection that never sent a request has the method `-` and the path `tls` or `http`. */
export interface About {
  readonly method: string;
  readonly path: string;
  readonly remote: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** The service that was called, where it is known. */
  readonly service?: string;
}

/** Headers of the answer that name the journal entry; none where answers carry no such headers. */
type Reference = Readonly<Record<string, string>>;

export interface Reports {
  /**
   * Something that the peer can mend.
   *
   * @param answer what is sent to it: status and text; undefined: no answer can be sent, the entry has the status 0
   */
  readonly problem: (problem: Problem, about: About, answer?: { status: number; text: string }) => Reference;
  /** An exception that nobody expected, logged with its stack; never throws. */
  readonly defect: (error: unknown, about: About) => Reference;
}

/** What reports go to. */
export interface Reporting {
  readonly journal: Journal;
  readonly log: Log;
  readonly answerHeaders: boolean;
}

const NOTHING = Buffer.alloc(0);
const DEFECT = internalProblem();

export const createReports = ({ journal, log, answerHeaders }: Reporting): Reports => {
  /** The id of the new entry; undefined: the journal itself failed, which must not cost anybody the answer. */
  const enter = (
    problem: Problem,
    { headers = {}, ...about }: About,
    { status, text }: { status: number; text: string },
  ): string | undefined => {
    try {
      const trace = journal.begin({ ...about, request: { headers, body: NOTHING } });
      trace.refused(problem);
      trace.finished(status, { headers: {}, body: Buffer.from(text) });
      return trace.id;
    } catch (error) {
      log.error({ message: `defect in the journal, at ${about.method} ${about.path}` }, error);
      return undefined;
    }
  };
  const reference = (id: string | undefined): Reference =>
    answerHeaders && id !== undefined ? { 'kontakt-journal': id } : {};
  return {
    problem: (problem, about, answer = { status: 0, text: '' }) => reference(enter(problem, about, answer)),
    defect: (error, about) => {
      const id = enter(DEFECT, about, { status: 500, text: '' });
      const where = id === undefined ? `${about.method} ${about.path}` : `exchange ${id}`;
      log.error({ message: `defect in ${where}`, data: { journal: id } }, error);
      return reference(id);
    },
  };
};
