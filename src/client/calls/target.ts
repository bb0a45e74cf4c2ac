// What is to be called: the service, the operation, and the fields that were set.

import { brief } from '../../kernel/brief.ts';
import { meantBy } from '../../kernel/nearest.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import type { Addressee } from './addressee.ts';
import type { SigningOptions } from './signing.ts';

export type Values = Readonly<Record<string, string>>;

export interface CallOptions extends SigningOptions {
  readonly as?: string;
  /** Fields of the request, by name. */
  readonly set: Values;
  readonly addressee: Addressee;
  readonly unsigned?: boolean;
  /** What the client does wrong, by name. */
  readonly mistakes?: readonly string[];
  /** Whether nothing is asked of an emulator: fields come from the examples alone. */
  readonly dryRun?: boolean;
}

/** The operation of a service by its name; the error names those that there are. */
export const operationNamed = <Operation extends { readonly name: string }>(
  service: string,
  operations: readonly Operation[],
  name: string,
): Operation => {
  const found = operations.find((one) => one.name === name);
  if (found) return found;
  const known = operations.map((one) => one.name);
  throw new ConfigurationError(`${service} has no operation ${brief(name)}; ${meantBy(name, known)}`);
};

/** The fields that were set; one that the operation has not is refused. */
export const readFields = (set: Values, operation: string, fields: readonly string[]): Values => {
  const unknown = Object.keys(set).find((field) => !fields.includes(field));
  if (unknown === undefined) return set;
  const told = fields.length === 0 ? 'it has none' : meantBy(unknown, fields);
  throw new ConfigurationError(`${operation} has no field ${brief(unknown)}; ${told}`);
};
