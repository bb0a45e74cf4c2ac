// A call that is ready to be sent, and what comes back.

import type { Problem } from '../../kernel/problem.ts';
import type { ReadAnswer } from '../answer.ts';
import type { Values } from './target.ts';

/** A request that is ready, and how to send it. */
export interface PreparedCall {
  /** For people: what goes where, and as whom. */
  readonly title: string;
  readonly values: Values;
  /** The bytes of the request. */
  readonly request: string;
  send(): Promise<Received>;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** What was read of it; a problem when it cannot be believed. */
  readonly answer: ReadAnswer | Problem;
  readonly protection: string;
}
