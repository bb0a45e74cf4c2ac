// What a setting is. Each folder has its own in a settings.ts; settings/ joins them.

import { z } from 'zod';

export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  /** The default, as the configuration file would have it. */
  readonly value: unknown;
  readonly help: string;
  /** The form of the option's value, such as `<file>`; empty for a switch; undefined: there is no option. */
  readonly option?: string;
  /** The option's flags, where they are not the name with hyphens. */
  readonly flags?: string;
  /** Never shown. */
  readonly secret?: true;
}

/** A setting with the type of its schema kept. */
export const setting = <Schema extends z.ZodType>(
  schema: Schema,
  described: Omit<Setting, 'schema' | 'value'> & { readonly value?: z.input<Schema> },
): Setting<Schema> => ({ value: undefined, ...described, schema });

/** On or off, as the environment and the command line write it. */
export const flag = z.union([
  z.boolean(),
  z.enum(['true', 'on', '1', 'yes']).transform(() => true),
  z.enum(['false', 'off', '0', 'no']).transform(() => false),
]);

// Coercion alone would read an empty text as 0.
export const wholeNumber = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .pipe(z.number().int());
export const seconds = wholeNumber.pipe(z.number().min(1).max(86_400));
/** Of texts; with commas between them in the environment. */
export const list = z.union([z.array(z.string()), z.string().transform((text) => text.split(','))]);
