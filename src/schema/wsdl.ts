// A WSDL as the check of the contract needs it: the operations of its first binding, each with the elements of its messages.

import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import type { QName } from '../kernel/problem.ts';
import { xsd } from '../xml/names.ts';
import { attribute, children, isNamed } from '../xml/tree.ts';

const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
/** The namespaces of the SOAP bindings, by the SOAP version that they bind to (WSDL 1.1 §3; WSDL 1.1 Binding for SOAP 1.2). */
const SOAP_BINDINGS = {
  '1.1': 'http://schemas.xmlsoap.org/wsdl/soap/',
  '1.2': 'http://schemas.xmlsoap.org/wsdl/soap12/',
} as const;

type Version = keyof typeof SOAP_BINDINGS;

/** An operation as portType, binding and messages say it together. */
export interface WsdlOperation {
  readonly name: string;
  /** The element of the message's only part; undefined where there is no such message, or not one part with an element. */
  readonly request: QName | undefined;
  readonly response: QName | undefined;
  /** The elements of the header blocks that its input may have; undefined: what is bound there is no element. */
  readonly headers: readonly (QName | undefined)[];
  /** Empty where none is given. */
  readonly action: string;
  /** `document/literal`, or what else style and uses say. */
  readonly style: string;
}

export interface SchemaImport {
  readonly namespace: string;
  readonly location: string;
}

export interface WsdlModel {
  /** Undefined where the first binding is none of SOAP. */
  readonly version: Version | undefined;
  readonly operations: readonly WsdlOperation[];
  /** The schema files that the types import, each with its location as written. */
  readonly imports: readonly SchemaImport[];
}

const named = (element: XmlElement, namespace: string, name: string): XmlElement[] =>
  children(element).filter((child) => isNamed(child, namespace, name));

/** The children of an element that are part of WSDL itself. */
const parts = (element: XmlElement, name: string): XmlElement[] => named(element, WSDL, name);

/** The child that is there once for sure, or not at all. */
const only = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element && parts(element, name)[0];

const nameOf = (element: XmlElement): string => attribute(element, '', 'name') ?? '';

/** The name that an attribute refers to, by the prefixes in force there. */
const reference = (element: XmlElement, name: string): QName | undefined => {
  const value = attribute(element, '', name)?.trim();
  if (value === undefined) return undefined;
  const [local = '', prefix = ''] = value.split(':').reverse();
  return { namespace: element.namespaceForPrefix(prefix) ?? '', name: local };
};

/** Finds what an attribute refers to among the definitions of one kind. */
type Lookup = (element: XmlElement | undefined, by: string) => XmlElement | undefined;

const createLookup = (root: XmlElement, kind: string): Lookup => {
  const target = attribute(root, '', 'targetNamespace');
  const definitions = new Map(parts(root, kind).map((definition) => [nameOf(definition), definition]));
  return (element, by) => {
    const wanted = element && reference(element, by);
    return wanted && wanted.namespace === target ? definitions.get(wanted.name) : undefined;
  };
};

const elementOf = (
  messageOf: Lookup,
  operation: XmlElement | undefined,
  direction: string,
): QName | undefined => {
  const message = messageOf(only(operation, direction), 'message');
  const [part, ...others] = message ? parts(message, 'part') : [];
  return part && others.length === 0 ? reference(part, 'element') : undefined;
};

const versionOf = (binding: XmlElement): Version | undefined =>
  (['1.1', '1.2'] as const).find((version) => named(binding, SOAP_BINDINGS[version], 'binding').length > 0);

/** Style and uses of a bound operation; the operation's own style goes before the binding's, and `document` is the default. */
const styleOf = (binding: XmlElement, bound: XmlElement, soap: string): string => {
  const [usual] = named(binding, soap, 'binding');
  const [own] = named(bound, soap, 'operation');
  const style = [own, usual]
    .map((one) => one && attribute(one, '', 'style'))
    .find((one) => one !== undefined);
  const bodies = ['input', 'output'].map((direction) => {
    const side = only(bound, direction);
    const [body] = side ? named(side, soap, 'body') : [];
    return (body && attribute(body, '', 'use')) ?? 'nothing';
  });
  return `${style ?? 'document'}/${[...new Set(bodies)].join(' and ')}`;
};

/** The header blocks of an operation's input (WSDL 1.1 §3.7). */
const headersOf = (messageOf: Lookup, bound: XmlElement, soap: string): (QName | undefined)[] => {
  const input = only(bound, 'input');
  return (input ? named(input, soap, 'header') : []).map((header) => {
    const message = messageOf(header, 'message');
    const name = attribute(header, '', 'part');
    const part = message && parts(message, 'part').find((one) => nameOf(one) === name);
    return part && reference(part, 'element');
  });
};

const operationsOf = (root: XmlElement, binding: XmlElement, soap: string): WsdlOperation[] => {
  const messageOf = createLookup(root, 'message');
  const portType = createLookup(root, 'portType')(binding, 'type');
  const declared = new Map((portType ? parts(portType, 'operation') : []).map((one) => [nameOf(one), one]));
  return parts(binding, 'operation').map((bound) => {
    const name = nameOf(bound);
    const operation = declared.get(name);
    const [own] = named(bound, soap, 'operation');
    return {
      name,
      headers: headersOf(messageOf, bound, soap),
      request: elementOf(messageOf, operation, 'input'),
      response: elementOf(messageOf, operation, 'output'),
      action: (own && attribute(own, '', 'soapAction')) ?? '',
      style: styleOf(binding, bound, soap),
    };
  });
};

/**
 * Reads a WSDL 1.1.
 *
 * @throws XmlLibError when it is no XML
 */
export const readWsdl = (source: Uint8Array): WsdlModel => {
  using document = XmlDocument.fromBuffer(source);
  const { root } = document;
  const [binding] = parts(root, 'binding');
  const version = binding && versionOf(binding);
  const schemas = parts(root, 'types').flatMap((types) => named(types, xsd.uri, 'schema'));
  return {
    version,
    operations: binding && version ? operationsOf(root, binding, SOAP_BINDINGS[version]) : [],
    imports: schemas
      .flatMap((schema) => named(schema, xsd.uri, 'import'))
      .map((one) => ({
        namespace: attribute(one, '', 'namespace') ?? '',
        location: attribute(one, '', 'schemaLocation') ?? '',
      })),
  };
};

/** The elements that a schema file declares, each of which may be a message. */
export const readElements = (source: Uint8Array): QName[] => {
  using document = XmlDocument.fromBuffer(source);
  const { root } = document;
  const namespace = attribute(root, '', 'targetNamespace') ?? '';
  return named(root, xsd.uri, 'element').map((element) => ({ namespace, name: nameOf(element) }));
};
