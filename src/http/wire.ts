// A service request and its answer, as the listener and the pipeline hand them to each other.

import type { Problem } from '../kernel/problem.ts';
import type { HttpProblem } from './problems.ts';

/** Header names are in lower case. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The headers that came more than once and do not say the same. */
  readonly repeated?: readonly string[];
  /** The body without its content encoding, or what was wrong with it. */
  readonly body: Buffer | Problem<HttpProblem>;
  readonly remote: string;
  /** The client certificate of the TLS connection, DER. */
  readonly certificate: Buffer | undefined;
  /** The number that its exchange was given where it came in; undefined: it gets the next one. */
  readonly exchange?: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
