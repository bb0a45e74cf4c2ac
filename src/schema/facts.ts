// What the contract's schema files say, as facts that a reason can be told with; read from the files when first asked for.

import { readFileSync } from 'node:fs';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import type { QName } from '../kernel/problem.ts';
import { packagePath } from '../kernel/root.ts';
import { xsd } from '../xml/names.ts';
import { attribute, children, isNamed } from '../xml/tree.ts';

/** A rule on values: `maxLength`, `pattern` and so on, with its value as written. */
export interface Facet {
  readonly name: string;
  readonly value: string;
}

/** A type whose values are texts. */
export interface SimpleType {
  readonly kind: 'simple';
  /** Undefined for a type that is written where it is used. */
  readonly name: QName | undefined;
  /** The type of XML Schema that it is made from: `string`, `int`, `base64Binary`. */
  readonly builtin: string;
  readonly facets: readonly Facet[];
}

/** A type whose values are elements, one after the other. */
export interface ComplexType {
  readonly kind: 'complex';
  readonly name: QName | undefined;
  readonly sequence: readonly Place[];
  /** Those that it declares itself, by their names. */
  readonly attributes: ReadonlyMap<string, TypeThunk>;
}

export type Type = SimpleType | ComplexType;

/** A type is looked up when it is asked for; undefined where the schema uses what is not read here. */
type TypeThunk = () => Type | undefined;

/** A place in a sequence: which element, how often, and of which type. */
export interface Place {
  readonly element: QName;
  readonly least: number;
  /** Infinity for unbounded. */
  readonly most: number;
  readonly nillable: boolean;
  readonly type: TypeThunk;
}

/** The facts of a set of schema files. */
export interface SchemaFacts {
  /** The type of an element that may stand alone. */
  typeOf(element: QName): Type | undefined;
}

type Lookup = (kind: 'element' | 'type', name: QName) => TypeThunk | undefined;

const UNREAD: TypeThunk = () => undefined;
const DECORATION = ['annotation', 'anyAttribute', 'attribute'];

const is = (node: XmlElement, name: string): boolean => isNamed(node, xsd.uri, name);
const inside = (node: XmlElement | undefined, name: string): XmlElement | undefined =>
  node && children(node).find((child) => is(child, name));

/** The name that an attribute refers to, by the prefixes in force there. */
const reference = (node: XmlElement, name: string): QName | undefined => {
  const value = attribute(node, '', name);
  if (value === undefined) return undefined;
  const [prefix = '', local = ''] = value.trim().split(':');
  return { namespace: node.namespaceForPrefix(prefix) ?? '', name: local };
};

const amount = (node: XmlElement, name: string): number => {
  const value = attribute(node, '', name) ?? '1';
  return value === 'unbounded' ? Number.POSITIVE_INFINITY : Number(value);
};

/** What a definition reads of those it names: in its own file and in others. */
interface Reading {
  readonly typeNamed: (name: QName) => TypeThunk;
  readonly ownName: (node: XmlElement) => QName | undefined;
  readonly readElement: (node: XmlElement) => TypeThunk;
  readonly readSequence: (node: XmlElement | undefined) => readonly Place[] | undefined;
}

const readSimple = (
  node: XmlElement,
  { typeNamed, ownName }: Pick<Reading, 'typeNamed' | 'ownName'>,
): TypeThunk => {
  const name = ownName(node);
  const restriction = inside(node, 'restriction');
  const base = restriction && reference(restriction, 'base');
  if (!restriction || !base) return UNREAD;
  const facets = children(restriction)
    .filter((child) => !is(child, 'annotation'))
    .map((child) => ({ name: child.name, value: attribute(child, '', 'value') ?? '' }));
  return () => {
    const from = typeNamed(base)();
    return from?.kind === 'simple' ? { ...from, name, facets: [...from.facets, ...facets] } : undefined;
  };
};

/** An attribute has its type as an element has. */
const readAttributes = (content: XmlElement, { readElement }: Reading): ReadonlyMap<string, TypeThunk> =>
  new Map(
    children(content)
      .filter((child) => is(child, 'attribute'))
      .map((child) => [attribute(child, '', 'name') ?? '', readElement(child)]),
  );

const readComplex = (node: XmlElement, reading: Reading): TypeThunk => {
  const { typeNamed, ownName, readSequence } = reading;
  const name = ownName(node);
  const text = inside(inside(node, 'simpleContent'), 'extension');
  const base = text && reference(text, 'base');
  if (base) return typeNamed(base);
  const extension = inside(inside(node, 'complexContent'), 'extension');
  const from = extension && reference(extension, 'base');
  const content = extension ?? node;
  const sequence = readSequence(inside(content, 'sequence'));
  const strange = children(content).some((child) => ![...DECORATION, 'sequence'].includes(child.name));
  if (!sequence || strange) return UNREAD;
  const attributes = readAttributes(content, reading);
  return () => {
    if (!from) return { kind: 'complex', name, sequence, attributes };
    const type = typeNamed(from)();
    return type?.kind === 'complex'
      ? { kind: 'complex', name, sequence: [...type.sequence, ...sequence], attributes }
      : undefined;
  };
};

/** Reads the definitions of one file; what comes out holds no part of the tree any more. */
const createReader = (target: string, lookup: Lookup) => {
  const typeNamed = (name: QName): TypeThunk =>
    name.namespace === xsd.uri
      ? () => ({ kind: 'simple', name, builtin: name.name, facets: [] })
      : () => lookup('type', name)?.();

  const ownName = (node: XmlElement): QName | undefined => {
    const name = attribute(node, '', 'name');
    return name === undefined ? undefined : { namespace: target, name };
  };

  const readPlace = (node: XmlElement): Place | undefined => {
    const referred = reference(node, 'ref');
    const name = attribute(node, '', 'name');
    if (!is(node, 'element') || (referred === undefined && name === undefined)) return undefined;
    return {
      element: referred ?? { namespace: target, name: name ?? '' },
      least: amount(node, 'minOccurs'),
      most: amount(node, 'maxOccurs'),
      nillable: attribute(node, '', 'nillable') === 'true',
      type: referred ? () => lookup('element', referred)?.() : readElement(node),
    };
  };

  const readSequence = (node: XmlElement | undefined): readonly Place[] | undefined => {
    const places = node ? children(node).filter((child) => !is(child, 'annotation')) : [];
    const read = places.map(readPlace);
    return read.every((place) => place !== undefined) ? read : undefined;
  };

  const readType = (node: XmlElement): TypeThunk =>
    is(node, 'simpleType')
      ? readSimple(node, { typeNamed, ownName })
      : readComplex(node, { typeNamed, ownName, readElement, readSequence });

  const readElement = (node: XmlElement): TypeThunk => {
    const type = reference(node, 'type');
    if (type) return typeNamed(type);
    const own = inside(node, 'simpleType') ?? inside(node, 'complexType');
    return own ? readType(own) : UNREAD;
  };
  return { ownName, readElement, readType };
};

const keyOf = (kind: string, { namespace, name }: QName): string => `${kind} {${namespace}}${name}`;

/**
 * Reads a set of schema files.
 *
 * @param paths under xsd/
 */
export const readFacts = (paths: readonly string[]): SchemaFacts => {
  const definitions = new Map<string, TypeThunk>();
  const lookup: Lookup = (kind, name) => definitions.get(keyOf(kind, name));
  for (const path of paths) {
    using document = XmlDocument.fromBuffer(readFileSync(packagePath(`xsd/${path}`)));
    const { root } = document;
    const { ownName, readElement, readType } = createReader(
      attribute(root, '', 'targetNamespace') ?? '',
      lookup,
    );
    for (const node of children(root)) {
      const name = ownName(node);
      if (name === undefined) continue;
      if (is(node, 'element')) definitions.set(keyOf('element', name), readElement(node));
      else definitions.set(keyOf('type', name), readType(node));
    }
  }
  return { typeOf: (element) => lookup('element', element)?.() };
};
