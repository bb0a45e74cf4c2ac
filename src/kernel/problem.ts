// Why a message was refused: a code, and what a person needs to mend the message. What the wire is told of it: face.ts.

import type { Grounds } from './grounds.ts';

/** How well a behaviour is known: documented by the owner, observed in real traffic, or assumed by us. */
export type Basis = 'documented' | 'observed' | 'assumed';

/** Something that the emulator does, in words, with how well it is known. */
export interface Statement {
  readonly what: string;
  readonly basis: Basis;
}

/** A qualified name; `namespace` is empty for none. */
export interface QName {
  readonly namespace: string;
  readonly name: string;
}

/** What a person needs to mend the message. Shown in the journal and the log, never on the wire. */
export interface Explanation {
  /** What was checked. */
  readonly check: string;
  readonly expected: string;
  readonly found: string;
  /** Where the rule is written, for instance `WSS 1.1 §10` or `contract: rule 2`. */
  readonly rule: string;
  /** What to change in the client. */
  readonly remedy: string;
  readonly basis: Basis;
  /** The element that it is about, by local names: `/Envelope/Body/a[2]`. */
  readonly where?: string;
  /** The line of the message as it came, from 1, where no element can be named. */
  readonly line?: number;
  /** Which of the mistakes it is that the code stands for, for programs: `self-signed`. Undefined: there is one, or it is none of those. */
  readonly kind?: string;
}

/**
 * A refusal. `Code` is closed: each folder declares its own, and `exchange/faces.ts` unites those that all services share. It
 * has no wire form: services look that up by the code.
 */
export interface Problem<Code extends string = string> {
  readonly problem: Code;
  readonly explanation: Explanation;
  /** Its number in the contract's own log of calls, once it is in there. */
  readonly reference?: string;
  /** What of the register led to it, where that is kept. */
  readonly grounds?: Grounds;
}

/** What was let pass, and why somebody may want to know. */
export interface Warning {
  readonly problem: string;
  readonly explanation: Explanation;
}

/** What a warning means: the profile strict refuses what security.* names; what a contract warns of, no profile refuses. */
export const meaningOf = (problem: Warning['problem']): string =>
  problem.startsWith('security.') ? 'strict would refuse' : 'answered all the same';

export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value && 'explanation' in value;

/** An unexpected exception that reached a boundary: the wire learns nothing but that it happened. */
export const internalProblem = (): Problem<'internal'> => ({
  problem: 'internal',
  explanation: {
    check: 'the emulator itself',
    expected: 'no exception',
    found: 'a defect in the emulator; its log holds the stack under the journal id',
    rule: 'the published form of a server fault: [U-<number>] and a text',
    remedy: 'nothing in the client; please report it with the request from the journal',
    basis: 'observed',
  },
});
