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
  /** What xml-crypto says of it, and why that differs. */
  readonly opinion: { readonly 'xml-crypto': string; readonly why: string } | undefined;
  /** By `kontakt verify` at the same moment, and at one an hour later. */
  readonly file: Outcome;
  readonly later: Outcome;
}
