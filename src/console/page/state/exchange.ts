// An exchange as the journal tells it, as far as the page shows it.

import { commonNameIn } from '../../../kernel/common-name.ts';

export interface Explanation {
  readonly check: string;
  readonly expected: string;
  readonly found: string;
  readonly rule: string;
  readonly basis?: string;
  readonly remedy: string;
  readonly where?: string;
}

export interface Exchange {
  readonly id: string;
  readonly number: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly remote: string;
  readonly service?: string;
  readonly profile?: string;
  /** Where a security profile judges it. */
  readonly judged?: object;
  readonly operation?: string;
  readonly result?: string;
  readonly organisation?: string;
  readonly subject?: string;
  readonly fingerprint?: string;
  readonly name?: string;
  readonly claimed?: boolean;
  readonly problem?: string;
  readonly fault?: string;
  readonly explanation?: Explanation;
  readonly warnings?: readonly { readonly problem: string; readonly explanation: Explanation }[];
  readonly httpStatus: number;
  readonly duration: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly requestBytes: number;
  readonly responseBytes: number;
}

/** How an exchange ended: accepted; refused by the rules of the contract; not understood, or not believed. */
export const verdicts = ['accepted', 'refused', 'fault'] as const;
export type Verdict = (typeof verdicts)[number];

export const verdictOf = ({ problem, explanation, stages }: Exchange): Verdict => {
  if (!explanation) return 'accepted';
  return problem === undefined || 'decide' in stages ? 'refused' : 'fault';
};

/** The code that went out: of the answer, of the fault, or the HTTP status with what it was for. */
export const codeOf = ({ problem, fault, result, httpStatus }: Exchange): string =>
  problem === undefined ? (result ?? String(httpStatus)) : `${httpStatus || '–'} ${fault ?? problem}`;

export const callerOf = ({
  name,
  organisation,
  subject = '',
  claimed,
  service,
  remote,
}: Exchange): string => {
  const known = [name ?? commonNameIn(subject), organisation].filter((part) => part !== undefined);
  if (known.length === 0) return service === undefined ? remote : 'nobody named';
  return known.join(' ') + (claimed ? ' (claimed)' : '');
};

export const calledIn = ({ operation, method, path }: Exchange): string => operation ?? `${method} ${path}`;

export const timeOf = ({ at }: Exchange): string => at.slice(11, 23);

export const durationOf = (milliseconds: number): string =>
  `${milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`;
