// What a setting is. Each folder has its own in a settings.ts; settings/ joins them.

import * as z from 'zod';

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
  /** How a value is shown that holds a secret. */
  readonly shown?: (value: string) => string;
}

/** A setting with the type of its schema kept. */
export const setting = <Schema extends z.ZodType>(
  schema: Schema,
  described: Omit<Setting, 'schema' | 'value'> & { readonly value?: z.input<Schema> },
): Setting<Schema> => ({ value: undefined, ...described, schema });

/**
 * A value, or a text that stands for it in the environment and on the command line. Who writes a file or a program gives the
 * value itself, so the type tells of nothing else.
 */
const orText = <Value, Given = Value>(value: z.ZodType<Value, Given>, text: z.ZodType<Value, string>) =>
  z.union([value, text]) as unknown as z.ZodType<Value, Given>;

const TRUE: ReadonlySet<string> = new Set(['true', 'on', '1', 'yes']);
/** On or off, true or false, 1 or 0, yes or no. */
export const flag = orText(
  z.boolean(),
  z.enum(['true', 'on', '1', 'yes', 'false', 'off', '0', 'no']).transform((word) => TRUE.has(word)),
);

// Coercion alone would read an empty text as 0.
export const wholeNumber = orText(z.number(), z.string().regex(/^\d+$/).transform(Number)).pipe(
  z.number().int(),
);
export const seconds = wholeNumber.pipe(z.number().min(1).max(86_400));
/** Of texts; with commas between them in the environment. */
export const list = orText<string[], readonly string[]>(
  z.array(z.string()),
  z.string().transform((text) => text.split(',')),
);
