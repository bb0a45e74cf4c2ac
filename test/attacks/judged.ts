// One message of the attack suite as it was judged twice.

import type { Explanation } from '../../src/kernel/problem.ts';

export type Outcome =
  | { readonly organisation: string | undefined }
  | { readonly problem: string; readonly explanation: Explanation }
  | { readonly unreadable: string };

export interface Judged {
  readonly name: string;
  /** By the server that it was sent to. */
  readonly server: Outcome;
  /** By `kontakt verify` at the same moment, and at one an hour later. */
  readonly file: Outcome;
  readonly later: Outcome;
}
