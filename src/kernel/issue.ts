// The first thing that is wrong with a value in JSON: where, what belongs there, and what is there.

import * as z from 'zod';
import { brief } from './brief.ts';
import { nearest } from './nearest.ts';

/** What is wrong and where; without `expected`, `found` is a whole complaint. */
export interface Issue {
  /** `kontaktinformation.0.kontaktdataType`, or `the whole`. */
  readonly place: string;
  readonly expected?: string;
  readonly found: string;
}

const LONGEST = 60;
const MOST_NAMES = 12;

const some = (names: readonly string[]): string => {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).map(brief).join(', ') + more;
};

/** A value in words, however large it is. */
const describe = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `the text ${brief(value)}`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value !== 'object') return typeof value === 'number' ? `the number ${value}` : String(value);
  const names = Object.keys(value);
  return names.length === 0 ? 'an empty object' : `an object with ${some(names)}`;
};

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const UNITS: Readonly<Record<string, string>> = { array: 'item', string: 'character' };

const bound = (issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string => {
  const [word, limit] =
    issue.code === 'too_big' ? ['most', issue.maximum] : (['least', issue.minimum] as const);
  const unit = UNITS[issue.origin];
  return `at ${word} ${limit}${unit === undefined ? '' : ` ${unit}${limit === 1 ? '' : 's'}`}`;
};

/** What belongs where a schema found something else. A schema's own messages come before it. */
const expectation = (issue: z.core.$ZodRawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.inst instanceof z.ZodNumberFormat
        ? 'a whole number'
        : (TYPES[issue.expected] ?? issue.expected);
    case 'too_big':
    case 'too_small':
      return bound(issue as z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall);
    case 'invalid_format':
      return issue.format === 'regex' ? `a text like ${issue.pattern}` : `a text in ${issue.format}`;
    case 'invalid_value':
      return issue.values.map((value: unknown) => JSON.stringify(value)).join(' or ');
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
      const meant = nearest(issue.keys[0] ?? '', known);
      return meant === undefined ? `no members but ${known.join(', ')}` : `the member "${meant}", written so`;
    }
    default:
      return 'what its schema says';
  }
};

/** The place of what is wrong with a value itself, not with a member of it. */
export const WHOLE = 'the whole';

const printPath = (path: readonly PropertyKey[]): string =>
  path.map((key) => String(key).slice(0, LONGEST)).join('.') || WHOLE;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );

type Found = z.core.$ZodIssue;

/** Of the things that are wrong, the one to tell: a name that is not known says more than one that is missing beside it. */
const telling = (issues: readonly Found[], value: unknown): Found | undefined => {
  const [first] = issues;
  if (!first || valueAt(value, first.path) !== undefined) return first;
  const around = printPath(first.path.slice(0, -1));
  return issues.find(({ code, path }) => code === 'unrecognized_keys' && printPath(path) === around) ?? first;
};

/** Whether a form is another one than the value has: a list where an object came. */
const isOtherShape = (issues: readonly Found[]): boolean =>
  issues[0]?.path.length === 0 && (issues[0].code === 'invalid_type' || issues[0].code === 'invalid_value');

/** What is wrong by the form that the value has the shape of; by all forms where it has the shape of none. */
const ofUnion = ({ errors, path }: z.core.$ZodIssueInvalidUnion, value: unknown): Issue => {
  const inside = valueAt(value, path);
  const [meant] = errors.filter((issues) => !isOtherShape(issues));
  const issue = meant && telling(meant, inside);
  if (issue) return issueOf({ ...issue, path: [...path, ...issue.path] }, value);
  const forms = errors.map(([first]) => first && issueOf(first, inside).expected);
  return { place: printPath(path), expected: [...new Set(forms)].join(' or '), found: describe(inside) };
};

const issueOf = (issue: Found, value: unknown): Issue => {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return ofUnion(issue, value);
  const place = printPath(issue.path);
  if (issue.code === 'custom') return { place, found: issue.message };
  const found =
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, 1).map(brief).join()
      : describe(valueAt(value, issue.path));
  return { place, expected: issue.message, found };
};

/**
 * Checks a value against a schema, whose own messages say what it expects, without "expected" or "found".
 *
 * @returns the value as the schema puts it out, or the first thing that is wrong with it
 */
export const check = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly value: z.output<Schema> } | { readonly issue: Issue } => {
  const good = schema.safeParse(value);
  if (good.success) return { value: good.data };
  // Only now is it told in words what is wrong.
  const parsed = schema.safeParse(value, { error: expectation });
  if (parsed.success) return { value: parsed.data };
  const issue = telling(parsed.error.issues, value);
  return { issue: issue ? issueOf(issue, value) : { place: WHOLE, found: 'not as expected' } };
};

/** An issue in one line. */
export const printIssue = ({ place, expected, found }: Issue): string =>
  `${place}: ${expected === undefined ? found : `expected ${expected}, found ${found}`}`;

/** How many items are read at once while nothing is wrong with them; once more where something is, to tell it in words. */
const AT_ONCE = 32;

/**
 * A list that is read from its beginning and ends near the first item that is wrong: a schema that goes on
 * to the end makes an issue of everything in a list of nothing but mistakes.
 */
export const list = <Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[], z.input<Item>[]> => {
  const several = z.array(item);
  return z.unknown().transform((values, context) => {
    if (!Array.isArray(values)) {
      context.issues.push({ code: 'invalid_type', expected: 'array', input: values });
      return z.NEVER;
    }
    if (values.length <= AT_ONCE) {
      const good = several.safeParse(values);
      if (good.success) return good.data;
    }
    const read: z.output<Item>[] = [];
    for (let from = 0; from < values.length; from += AT_ONCE) {
      const some = values.slice(from, from + AT_ONCE);
      const good = several.safeParse(some);
      if (good.success) {
        read.push(...good.data);
        continue;
      }
      // One of these is wrong: only now is it told in words which, and what.
      for (const [place, value] of some.entries()) {
        const parsed = item.safeParse(value, { error: expectation });
        if (parsed.success) continue;
        for (const issue of parsed.error.issues)
          context.issues.push({ ...issue, path: [from + place, ...issue.path], input: value });
        return z.NEVER;
      }
    }
    return read;
  }) as unknown as z.ZodType<z.output<Item>[], z.input<Item>[]>;
};

/** A short list whose length is judged before its items are looked at. */
export const listOfAtMost = <Item extends z.ZodType>(most: number, item: Item) =>
  z.preprocess((value, context) => {
    if (!Array.isArray(value) || value.length <= most) return value;
    context.issues.push({ code: 'too_big', origin: 'array', maximum: most, inclusive: true, input: value });
    return z.NEVER;
  }, z.array(item).min(1).max(most));
