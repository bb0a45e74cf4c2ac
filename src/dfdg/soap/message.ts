// What the messages of both Danish services have in common: namespaces, code list values, the answer's beginning.

import type { XmlElement } from 'libxml2-wasm';
import type { Basis } from '../../kernel/problem.ts';
import type { Namespace } from '../../xml/names.ts';
import { attribute, children, textOf } from '../../xml/tree.ts';
import { type ElementNode, element } from '../../xml/writer.ts';
import type { Citizen, ContactData, ContactStatus } from '../register/citizen.ts';
import type { CitizenCommand, ContactRow, Rule, Target } from '../rule.ts';

const codeListBase = { prefix: 'cl', uri: 'http://service.bm.dk/pjaktass/2013/06/07/CodeListBase/' } as const;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** What an operation answers; an operation uses the members its answer has. */
export interface CitizenAnswer {
  /** The number of the call in the access log (a guid). */
  readonly reference: string;
  readonly status?: ContactStatus;
  readonly contactData?: readonly ContactData[];
  readonly citizens?: readonly string[];
  readonly code?: string;
}

/** Something that is answered about the whole register, not about one citizen. */
export type Search = (
  command: CitizenCommand,
  find: (type: number, value: string) => readonly Citizen[],
) => { readonly refused: 9156 | 9158 } | { readonly citizens: readonly Citizen[] };

/** An operation of the Danish services: what SOAP and REST both need to know of it. */
export interface CitizenOperation {
  /** The name in the WSDL. */
  readonly name: string;
  readonly summary: string;
  readonly basis: Basis;
  /** The fields that a request has besides the citizen’s number, as the command line names them. */
  readonly fields: readonly string[];
  /** Whether a citizen is named by the request; a search names none. */
  readonly decision: { readonly rule: Rule } | { readonly search: Search };
  readonly decode: (payload: XmlElement) => CitizenCommand;
  readonly encodeData: (answer: CitizenAnswer, namespace: Namespace) => readonly ElementNode[];
  /** A request's elements from fields, for the command line. */
  readonly compose: (
    values: Readonly<Record<string, string>>,
    namespace: Namespace,
  ) => readonly ElementNode[];
  readonly examples: readonly Readonly<Record<string, string>>[];
}

const child = (parent: XmlElement, name: string): XmlElement | undefined =>
  children(parent).find((candidate) => candidate.name === name);

const textIn = (parent: XmlElement, name: string): string | undefined => {
  const found = child(parent, name);
  return found && textOf(found);
};

/** The number in a code list value. */
const codeIn = (parent: XmlElement, name: string): number | undefined => {
  const value = child(parent, name);
  return value && Number(textOf(value));
};

const given = <Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } =>
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };

/** An xs:long in its shortest form; the schema has seen that it is one. */
const canonicalLong = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : BigInt(text.trim().replace(/^\+/, '')).toString();

/** Who a request is about: the CPR number, or the CV customer number in the Jobnet service. */
const decodeTarget = (payload: XmlElement): Target => ({
  ...given('cpr', textIn(payload, 'PersonCivilRegistrationIdentifier')),
  ...given('cv', canonicalLong(textIn(payload, 'CvCustomerIdentifier'))),
});

const isNil = (element: XmlElement): boolean =>
  /^(?:true|1)$/.test(attribute(element, XSI, 'nil')?.trim() ?? '');

const decodeRow = (row: XmlElement): ContactRow => {
  const value = child(row, 'PersonContactData');
  const text = value && !isNil(value) ? textOf(value) : '';
  return { type: codeIn(row, 'PersonContactDataTypeIdentifier') ?? 0, value: text === '' ? undefined : text };
};

/** Reads a validated request of any operation. */
export const decodeCommand = (payload: XmlElement): CitizenCommand => {
  const collection = child(payload, 'PersonContactDataCollection');
  return {
    ...decodeTarget(payload),
    ...given('rows', collection && children(collection).map(decodeRow)),
    ...given('type', codeIn(payload, 'PersonContactDataTypeIdentifier')),
    ...given('status', codeIn(payload, 'PersonContactDataStatusTypeIdentifier')),
    ...given('code', textIn(payload, 'VerificationCode')),
    ...given('telephone', textIn(payload, 'MobileNumberIdentifier')),
    ...given('email', textIn(payload, 'EmailAddressIdentifier')),
  };
};

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
export const encodeCitizens = ({ citizens = [] }: CitizenAnswer, namespace: Namespace): ElementNode[] => [
  element(
    namespace,
    'CprCollection',
    [],
    ...citizens.map((id) => textElement(namespace, 'PersonCivilRegistrationIdentifier', id)),
  ),
];
