// What was looked at, in the four words of every explanation: beside each other what belonged there and what was found.

import { printable } from '../../../kernel/printable.ts';

interface LookedAtParts {
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
  /** Undefined: a heading has it. */
  readonly check?: string;
}

export const LookedAt = ({ check, expected, found, remedy }: LookedAtParts) => (
  <dl class="facts">
    {check !== undefined && (
      <>
        <dt>check</dt>
        <dd>{printable(check)}</dd>
      </>
    )}
    <dt>expected</dt>
    <dd>{printable(expected)}</dd>
    <dt>found</dt>
    <dd>{printable(found)}</dd>
    <dt>remedy</dt>
    <dd>{printable(remedy)}</dd>
  </dl>
);
