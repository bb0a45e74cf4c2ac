// JSON Schema, as far as the OpenAPI document uses it: what a value breaks, and arbitraries of values that fit.

import fc from 'fast-check';

export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
}

/** The same document with what its references point at in their place. */
export const dereference = (document: unknown): unknown => {
  const target = (reference: string): unknown =>
    reference
      .split('/')
      .slice(1)
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    if ('$ref' in value) {
      const found = target(String(value.$ref));
      if (found === undefined) throw new Error(`${value.$ref} points at nothing`);
      return walk(found);
    }
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)]));
  };
  return walk(document);
};

const KNOWN = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'anyOf',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'description',
  'enum',
  'x-enum-varnames',
  'x-enum-descriptions',
]);

/** A keyword that is not read here would be a constraint that nobody checks. */
const known = (schema: Schema): Schema => {
  const stranger = Object.keys(schema).find((keyword) => !KNOWN.has(keyword));
  if (stranger !== undefined) throw new Error(`the schema keyword ${stranger} is not known to the tests`);
  return schema;
};

const typesOf = ({ type }: Schema): readonly string[] =>
  type === undefined ? [] : typeof type === 'string' ? [type] : type;

const isOf = (type: string, value: unknown): boolean => {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
};

function* faultsInObject(
  { properties = {}, required = [], additionalProperties }: Schema,
  value: Readonly<Record<string, unknown>>,
  at: string,
): Generator<string> {
  for (const name of required) if (!Object.hasOwn(value, name)) yield `${at}.${name} is missing`;
  for (const [name, member] of Object.entries(value)) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (schema) yield* faults(schema, member, `${at}.${name}`);
    else if (additionalProperties === false) yield `${at}.${name} is not allowed`;
  }
}

function* faultsInText(
  { minLength = 0, maxLength = Infinity, pattern }: Schema,
  value: string,
  at: string,
): Generator<string> {
  const length = [...value].length;
  if (length < minLength || length > maxLength) yield `${at} has ${length} characters`;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) yield `${at} breaks ${pattern}`;
}

/** What a value breaks in a schema; nothing: it is valid. */
export function* faults(schema: Schema, value: unknown, at = '$'): Generator<string> {
  const {
    anyOf,
    items,
    minItems = 0,
    maxItems = Infinity,
    minimum = -Infinity,
    maximum = Infinity,
  } = known(schema);
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOf(type, value))) {
    yield `${at} is no ${types.join(' or ')}`;
    return;
  }
  if (schema.enum && !schema.enum.includes(value)) yield `${at} is none of ${schema.enum.join(', ')}`;
  if (anyOf?.every((one) => isInvalid(one, value))) yield `${at} fits none of its forms`;
  if (typeof value === 'number' && (value < minimum || value > maximum)) yield `${at} is out of range`;
  if (typeof value === 'string') yield* faultsInText(schema, value, at);
  if (Array.isArray(value)) {
    if (value.length < minItems || value.length > maxItems) yield `${at} has ${value.length} items`;
    if (items) for (const [index, item] of value.entries()) yield* faults(items, item, `${at}[${index}]`);
  } else if (isOf('object', value)) {
    yield* faultsInObject(schema, value as Readonly<Record<string, unknown>>, at);
  }
}

export const isInvalid = (schema: Schema, value: unknown): boolean => !faults(schema, value).next().done;

/** Values that the rules behind a schema know, so that not every valid request is refused. */
export interface Familiar {
  readonly texts: readonly string[];
  readonly integers: readonly number[];
}

const ofType = (type: string, schema: Schema, familiar: Familiar): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [], items = {}, minItems = 0, minimum, maximum } = schema;
  const { minLength = 0, maxLength = 60, pattern } = schema;
  if (type === 'null') return fc.constant(null);
  if (type === 'integer') {
    const any = fc
      .maxSafeInteger()
      .map((value) => Math.min(Math.max(value, minimum ?? value), maximum ?? value));
    return fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...familiar.integers) },
      { weight: 1, arbitrary: any },
    );
  }
  if (type === 'string') {
    if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
    const any = fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 300) });
    return fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(...familiar.texts).filter((text) => !isInvalid(schema, text)),
      },
      { weight: 2, arbitrary: any },
    );
  }
  if (type === 'array')
    return fc.array(valid(items, familiar), { minLength: minItems, maxLength: minItems + 3 });
  if (type !== 'object') throw new Error(`the schema type ${type} is not known to the tests`);
  const members = Object.entries(properties).map(([name, member]) => [name, valid(member, familiar)]);
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
};

/** Values that fit a schema. */
export const valid = (schema: Schema, familiar: Familiar): fc.Arbitrary<unknown> => {
  const { anyOf } = known(schema);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  return anyOf
    ? fc.oneof(...anyOf.map((one) => valid(one, familiar)))
    : fc.oneof(...typesOf(schema).map((type) => ofType(type, schema, familiar)));
};

/** One place in a JSON value changed: taken out, replaced, or joined by something that was not there. */
const damage = (value: unknown, path: readonly number[], junk: unknown): unknown => {
  const [first = 0, ...rest] = path;
  if (Array.isArray(value) && value.length > 0 && rest.length > 0) {
    const at = first % value.length;
    return value.map((item, index) => (index === at ? damage(item, rest, junk) : item));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return junk;
  const names = Object.keys(value);
  const name = names[first % Math.max(names.length, 1)];
  if (name === undefined || first % 5 === 0) return { ...value, [`${name ?? ''}x`]: junk };
  if (first % 5 === 1) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
  return { ...value, [name]: damage((value as Record<string, unknown>)[name], rest, junk) };
};

/** Values that do not fit a schema: strangers, and valid ones with one place damaged. */
export const invalid = (schema: Schema, familiar: Familiar): fc.Arbitrary<unknown> =>
  fc
    .oneof(
      { weight: 1, arbitrary: fc.jsonValue() },
      {
        weight: 4,
        arbitrary: fc
          .tuple(
            valid(schema, familiar),
            fc.array(fc.nat(99), { minLength: 1, maxLength: 5 }),
            fc.jsonValue(),
          )
          .map(([value, path, junk]) => damage(value, path, junk)),
      },
    )
    .filter((value) => isInvalid(schema, value));
