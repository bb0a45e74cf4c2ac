// What `kontakt call` is asked to call: the service, the operation, and the fields that were set.

import { brief } from '../../kernel/brief.ts';
import { meantBy } from '../../kernel/nearest.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import type { CallMaterial } from '../material.ts';
import type { SigningOptions } from './signing.ts';

export type Values = Record<string, string>;

export interface CallOptions extends SigningOptions {
  readonly as?: string;
  readonly set: readonly string[];
  readonly url: string;
  /** Certificate and key of a client, and what its calls trust. */
  readonly material: (client: string) => Promise<CallMaterial>;
  readonly unsigned?: boolean;
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

/** `--set field=value` as fields; a field that the operation has not is refused. */
export const readSettings = (
  settings: readonly string[],
  operation: string,
  fields: readonly string[],
): Values => {
  const values: Values = {};
  for (const setting of settings) {
    const [, field = '', value = ''] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
    if (field === '') throw new ConfigurationError(`--set ${brief(setting)}: write <field>=<value>`);
    if (!fields.includes(field)) {
      const told = fields.length === 0 ? 'it has none' : meantBy(field, fields);
      throw new ConfigurationError(`--set: ${operation} has no field ${brief(field)}; ${told}`);
    }
    values[field] = value;
  }
  return values;
};
