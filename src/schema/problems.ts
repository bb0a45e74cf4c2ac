// A message that the schema does not allow.

import type { Problem } from '../kernel/problem.ts';

export type SchemaProblem = 'schema.invalid';

export const schemaProblem = (
  found: string,
  expected: string,
  rule: string,
  remedy: string,
  where: string | undefined,
): Problem<SchemaProblem> => ({
  problem: 'schema.invalid',
  explanation: {
    check: 'the message against its schema',
    expected,
    found,
    rule,
    remedy,
    basis: 'documented',
    ...(where === undefined ? {} : { where }),
  },
});
