// What the engine says of a message: one document, the same for a terminal, for programs and for the journal.

import type { Problem } from '../kernel/problem.ts';
import type { ReferenceReport } from '../security/report.ts';
import type { Cause } from './hypothesis.ts';
import type { Difference } from './octets/difference.ts';

export interface Evidence {
  readonly expected?: string;
  readonly found?: string;
  /** Where what was signed and what arrived begin to differ. */
  readonly difference?: Difference;
  /** What was done to SignedInfo. */
  readonly how?: readonly string[];
  /** How many ways were tried. */
  readonly trials?: number;
  /** Whether ways were left out, since there are too many octets. */
  readonly cut?: boolean;
}

export interface ExplainedCause extends Cause {
  /** Whether it is proved: by it the digest or the signature comes out right, or a rule is broken. */
  readonly certain: boolean;
  /** The elements that it is about. */
  readonly where?: readonly string[];
  readonly evidence: Evidence;
}

export interface Explained {
  readonly verdict: 'accepted' | 'refused' | 'no message';
  readonly profile: string;
  /** The refusal that the wire is told. */
  readonly problem?: string;
  /** The first is what to change; empty where nothing is wrong. */
  readonly causes: readonly ExplainedCause[];
  readonly references: readonly ReferenceReport[];
  readonly signature?: { readonly method: string; readonly value: 'right' | 'wrong' | 'not tried' };
  readonly signer?: {
    readonly subject: string;
    readonly issuer: string;
    readonly organisation: string | undefined;
  };
  /** What strict would refuse. */
  readonly warnings: readonly Pick<Problem, 'problem' | 'explanation'>[];
}
