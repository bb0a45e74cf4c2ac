// What the messages of both Danish services have in common: how a citizen is named, rows of contact data, code list values.

import type { XmlElement } from 'libxml2-wasm';
import type { Namespace } from '../../xml/names.ts';
import { attribute, children, textOf } from '../../xml/tree.ts';
import { type ElementNode, element } from '../../xml/writer.ts';
import type { Target } from '../rule.ts';

const codeListBase = { prefix: 'cl', uri: 'http://service.bm.dk/pjaktass/2013/06/07/CodeListBase/' } as const;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const child = (parent: XmlElement, name: string): XmlElement | undefined =>
  children(parent).find((candidate) => candidate.name === name);

/** A child that the schema demands. */
const required = (parent: XmlElement, name: string): XmlElement => {
  const found = child(parent, name);
  if (!found) throw new Error(`a request without ${name} came past the schema`);
  return found;
};

/** The text of a field. */
export const textIn = (parent: XmlElement, name: string): string => textOf(required(parent, name));

/** The number in a code list value. */
export const codeIn = (parent: XmlElement, name: string): number => Number(textIn(parent, name));

/** An xs:long in its shortest form; the schema has seen that it is one. */
const canonicalLong = (text: string): string => BigInt(text.trim().replace(/^\+/, '')).toString();

/** Who a request is about: the CPR number, or the CV customer number in the Jobnet service. */
export const targetIn = (payload: XmlElement): Target => {
  const cpr = child(payload, 'PersonCivilRegistrationIdentifier');
  const cv = child(payload, 'CvCustomerIdentifier');
  return {
    ...(cpr ? { cpr: textOf(cpr) } : {}),
    ...(cv ? { cv: canonicalLong(textOf(cv)) } : {}),
  };
};

const isNil = (element: XmlElement): boolean =>
  /^(?:true|1)$/.test(attribute(element, XSI, 'nil')?.trim() ?? '');

/** The rows of contact data in a request; one without a value, empty or nil has none. */
export const rowsIn = (payload: XmlElement) =>
  children(required(payload, 'PersonContactDataCollection')).map((row) => {
    const value = child(row, 'PersonContactData');
    const text = value && !isNil(value) ? textOf(value) : '';
    return {
      type: codeIn(row, 'PersonContactDataTypeIdentifier'),
      value: text === '' ? undefined : text,
    };
  });

/** A code list value: an element that holds the item's number. */
export const codeValue = (namespace: Namespace, name: string, value: number | string): ElementNode =>
  element(namespace, name, [], element(codeListBase, 'CodeListItemIdentifier', [], String(value)));

export const textElement = (namespace: Namespace, name: string, value: string): ElementNode =>
  element(namespace, name, [], value);

/** The elements of the fields that were given, in order; code list values by the names that end in TypeIdentifier. */
export const composeFields = (
  names: readonly string[],
  values: Readonly<Record<string, string>>,
  namespace: Namespace,
): ElementNode[] =>
  names.flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    return [
      name.endsWith('TypeIdentifier')
        ? codeValue(namespace, name, value)
        : textElement(namespace, name, value),
    ];
  });

/** The citizens that a search found. */
export const encodeCitizens = (citizens: readonly string[], namespace: Namespace): ElementNode[] => [
  element(
    namespace,
    'CprCollection',
    [],
    ...citizens.map((id) => textElement(namespace, 'PersonCivilRegistrationIdentifier', id)),
  ),
];
