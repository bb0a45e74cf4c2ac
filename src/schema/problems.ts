// A message that the schema does not allow.

import type { Problem } from '../kernel/problem.ts';
import type { SchemaFault, Told } from './values.ts';

export type SchemaProblem = 'schema.invalid';

/** A refusal by the schema, with the kind of mistake where that can be told. */
export interface SchemaRefusal extends Problem<SchemaProblem> {
  readonly fault?: SchemaFault;
}

export const schemaProblem = (
  { fault, found, expected, remedy, where }: Told,
  rule: string,
): SchemaRefusal => ({
  problem: 'schema.invalid',
  ...(fault === undefined ? {} : { fault }),
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
