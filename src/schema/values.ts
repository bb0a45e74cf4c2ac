// A value that its type does not allow, in words: what would be allowed, what was found, what to change.

import { brief } from '../kernel/brief.ts';
import { nearest } from '../kernel/nearest.ts';
import { printQName } from '../xml/tree.ts';
import type { Facet, SimpleType } from './facts.ts';

/** What kind of mistake it is, whatever the element. */
export type SchemaFault =
  | 'order'
  | 'unknown'
  | 'missing'
  | 'twice'
  | 'elsewhere'
  | 'namespace'
  | 'text'
  | 'synonym'
  | 'value'
  | 'type'
  | 'nil'
  | 'attribute';

/** What people are told of a message that breaks its schema. */
export interface Told {
  /** Undefined: it is none of these. */
  readonly fault?: SchemaFault;
  /** The element it is about (`placeOf`). */
  readonly where?: string;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

const counted = (number: string | number, unit: string): string =>
  `${number} ${unit}${Number(number) === 1 ? '' : 's'}`;

/** The words for the types of XML Schema that contracts use; a name that is not here speaks for itself. */
const BUILTIN: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  long: 'a whole number',
  integer: 'a whole number',
  boolean: 'true or false',
  base64Binary: 'bytes in base64',
  hexBinary: 'bytes in hexadecimal digits, two for each',
  dateTime: 'a date with a time, such as 2026-01-15T12:00:00+01:00',
  date: 'a date, such as 2026-01-15',
};

/** What the types of XML Schema themselves bound (XSD Part 2 §3.3.16, §3.3.17). */
const BOUNDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  int: { minInclusive: '-2147483648', maxInclusive: '2147483647' },
  long: { minInclusive: '-9223372036854775808', maxInclusive: '9223372036854775807' },
};

/** The last word of a type on a facet: a type may narrow what the one below it says. */
const facet = ({ facets, builtin }: SimpleType, name: string): string | undefined =>
  facets.findLast((one) => one.name === name)?.value ?? BOUNDS[builtin]?.[name];

const enumeration = ({ facets }: SimpleType): string[] =>
  facets.filter(({ name }) => name === 'enumeration').map(({ value }) => value);

/** `8 to 100`, `at least 8`, `at most 100`. */
const range = (least: string | undefined, most: string | undefined): string | undefined => {
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `at least ${least}`;
  return most === undefined ? undefined : `at most ${most}`;
};

/** What a type allows: `text of 8 to 100 characters`, `a whole number of 0 to 100000000`. */
export const describeType = (type: SimpleType): string => {
  const values = enumeration(type);
  if (values.length > 0) return `one of ${values.slice(0, 12).join(', ')}${values.length > 12 ? ', …' : ''}`;
  const length = facet(type, 'length') ?? range(facet(type, 'minLength'), facet(type, 'maxLength'));
  const size = range(facet(type, 'minInclusive'), facet(type, 'maxInclusive'));
  const pattern = facet(type, 'pattern');
  return [
    BUILTIN[type.builtin] ?? `a value of xs:${type.builtin}`,
    ...(length === undefined ? [] : [`of ${length} ${length === '1' ? 'character' : 'characters'}`]),
    ...(size === undefined ? [] : [`from ${size}`]),
    ...(pattern === undefined ? [] : [`that matches ${pattern}`]),
  ].join(' ');
};

/** The type's name, where it has one of its own: people look it up in the schema. */
const typeName = ({ name }: SimpleType): string => (name ? `, type ${printQName(name)}` : '');

const textRemedy = (element: string, type: SimpleType, facets: readonly Facet[], value: string): string => {
  const has = (name: string): string | undefined => facets.find((one) => one.name === name)?.value;
  const [limit] = [has('maxLength'), has('length')].filter((one) => one !== undefined);
  if (value === '') return `give ${element} a value: an empty one is not left out`;
  if (limit !== undefined && [...value].length > Number(limit))
    return `shorten ${element} to ${counted(limit, 'character')}${/^\s|\s$/.test(value) ? '; blanks and line breaks around it count' : ''}`;
  if (facets.some(({ name }) => /[lL]ength/.test(name)))
    return `send ${element} with ${describeType(type).replace(/^text of /, '')}`;
  const meant = nearest(value.trim(), enumeration(type));
  return meant === undefined ? `send ${describeType(type)} in ${element}` : `did you mean ${meant}?`;
};

/** Whether a text may well be a value: one of the list, or as long as it has to be. */
const isValue = (type: SimpleType, text: string): boolean => {
  const values = enumeration(type);
  return values.length > 0 ? values.includes(text) : facet(type, 'length') === String([...text].length);
};

/** The values that were written into one element as a list. */
const listed = (type: SimpleType, value: string): readonly string[] => {
  const parts = value.split(/[\s,;|]+/).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => isValue(type, part)) ? parts : [];
};

/** How many elements of a list a remedy writes out. */
const WRITTEN = 3;

const listRemedy = (element: string, parts: readonly string[]): string => {
  const written = parts.slice(0, WRITTEN).map((part) => `<${element}>${part}</${element}>`);
  return `write an element for each value: ${written.join('')}${parts.length > WRITTEN ? '…' : ''}`;
};

/**
 * Why a value is not one of its type.
 *
 * @param repeatable whether it is in an element that may be there several times
 * @param broken the name of the facet that it breaks; undefined where it is no value of the built-in type either
 */
export const tellValue = (
  element: string,
  type: SimpleType,
  value: string,
  broken: string | undefined,
  repeatable = false,
): Told => {
  const expected = `${element}: ${describeType(type)}${typeName(type)}`;
  const facets = type.facets.filter(({ name }) => name === broken);
  const told = brief(value);
  const short = broken !== undefined && /[lL]ength/.test(broken) && !told.endsWith(' characters)');
  const length = short ? ` (${counted([...value].length, 'character')})` : '';
  const parts = repeatable ? listed(type, value) : [];
  const remedy = parts.length > 0 ? listRemedy(element, parts) : textRemedy(element, type, facets, value);
  return { fault: 'value', expected, found: told + length, remedy };
};
