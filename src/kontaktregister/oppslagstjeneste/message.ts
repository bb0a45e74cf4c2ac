// What the messages of both versions have in common: how requests are read, and how persons are written.

import type { XmlElement } from 'libxml2-wasm';
import type { OperationDescription } from '../../soap/service.ts';
import { children, textOf } from '../../xml/tree.ts';
import { type Attribute, type ElementNode, element } from '../../xml/writer.ts';
import type { Delivered } from './delivery.ts';
import { personText } from './person-text.ts';
import { type Need, needs, type Version } from './version.ts';

/** The names that every operation derives from its own. */
export const namesOf = (
  operation: string,
  { messages: { uri } }: Version,
): Pick<OperationDescription, 'name' | 'request' | 'response'> => ({
  name: operation,
  request: { namespace: uri, name: `${operation}Forespoersel` },
  response: { namespace: uri, name: `${operation}Respons` },
});

const isNeed = (text: string): text is Need => (needs as readonly string[]).includes(text);

/** What was asked for; a thing that was asked for twice counts once. */
export const needsIn = (payload: XmlElement): ReadonlySet<Need> =>
  new Set(
    children(payload)
      .filter(({ name }) => name === 'informasjonsbehov')
      .map(textOf)
      .filter(isNeed),
  );

export const numbersIn = (payload: XmlElement): readonly string[] =>
  children(payload)
    .filter(({ name }) => name === 'personidentifikator')
    .map(textOf);

/** The answer of an operation with the persons in it. */
export const personsElement = (
  version: Version,
  operation: string,
  persons: readonly Delivered[],
  attributes: readonly Attribute[] = [],
): ElementNode =>
  element(
    version.messages,
    namesOf(operation, version).response.name,
    attributes,
    ...persons.map((person) => ({ written: personText(version, person) })),
  );

/** Several values of a field in one text: an element for each. */
export const repeated = (version: Version, name: string, values: string | undefined): ElementNode[] =>
  (values ?? '')
    .split(/[\s,]+/)
    .filter((value) => value !== '')
    .map((value) => element(version.messages, name, [], value));
