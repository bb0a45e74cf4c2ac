// What libxml2 takes for base64Binary and hexBinary is too much: it skips characters that are none of theirs. Here they are read strictly.

import { XmlAttribute, type XmlDocument, XmlElement, XmlValidateError, XmlXPath } from 'libxml2-wasm';
import { brief } from '../kernel/brief.ts';
import { type BinaryFault, faultOfBase64, faultOfHex } from '../xml/base64.ts';
import { xsd } from '../xml/names.ts';
import { placeOf } from '../xml/place.ts';
import { children, textOf } from '../xml/tree.ts';
import type { Told } from './values.ts';

type Kind = 'base64Binary' | 'hexBinary';
const READERS: Readonly<Record<Kind, (text: string) => BinaryFault | undefined>> = {
  base64Binary: faultOfBase64,
  hexBinary: faultOfHex,
};

/** That a text is not of its binary type, with more to say than the schema's processor has. */
export class BinaryError extends XmlValidateError {
  readonly told: Told;

  constructor(node: XmlElement | XmlAttribute, kind: Kind, text: string, fault: BinaryFault) {
    const what = node instanceof XmlElement ? 'Element' : 'Attribute';
    const message = `${what} '${node.name}': no ${kind}`;
    super(message, [{ message, level: 2, line: node.line, col: 0 }]);
    this.told = {
      fault: 'value',
      expected: `${node.name}: ${fault.expected}`,
      found: `${fault.found}: ${brief(text.trim())} (line ${node.line} of the message)`,
      remedy: fault.remedy,
      ...(node instanceof XmlElement ? { where: placeOf(node) } : {}),
    };
  }
}

export type BinaryCheck = (payload: XmlElement) => BinaryError | undefined;

/** An element or attribute declaration with its type: a name, or a type of its own inside it. */
interface Declaration {
  readonly name: string;
  readonly namespace: string;
  readonly attribute: boolean;
  readonly type: string | undefined;
  readonly own: XmlElement | undefined;
}

const isSchema = (element: XmlElement, ...names: string[]): boolean =>
  element.namespaceUri === xsd.uri && names.includes(element.name);

const attributeOf = (element: XmlElement, name: string): string | undefined => element.attr(name)?.value;

/** The expanded name behind a QName in an attribute. */
const expanded = (element: XmlElement, qname: string): string => {
  const [prefix = '', local] = qname.includes(':') ? qname.split(':') : ['', qname];
  return `{${element.namespaceForPrefix(prefix) ?? ''}}${local}`;
};

/** What a simple type, or a complex type with simple content, is made from. */
const baseOf = (type: XmlElement): string | undefined => {
  for (const part of children(type)) {
    if (!isSchema(part, 'restriction', 'extension', 'simpleContent')) continue;
    const base = attributeOf(part, 'base');
    if (base !== undefined) return expanded(part, base);
    const [inner] = children(part).filter((one) => isSchema(one, 'restriction', 'extension', 'simpleType'));
    if (!inner) return undefined;
    const innerBase = attributeOf(inner, 'base');
    return innerBase === undefined ? baseOf(inner) : expanded(inner, innerBase);
  }
  return undefined;
};

const descendants = (element: XmlElement): XmlElement[] =>
  children(element).flatMap((child) => [child, ...descendants(child)]);

const declarationOf = (node: XmlElement, schema: XmlElement): Declaration | undefined => {
  const name = attributeOf(node, 'name');
  if (name === undefined || !isSchema(node, 'element', 'attribute')) return undefined;
  const attribute = node.name === 'attribute';
  const form = attributeOf(node, 'form') ?? attributeOf(schema, `${node.name}FormDefault`);
  const qualified = node.parent?.isSameNode(schema) || form === 'qualified';
  const type = attributeOf(node, 'type');
  return {
    name,
    namespace: qualified ? (attributeOf(schema, 'targetNamespace') ?? '') : '',
    attribute,
    type: type === undefined ? undefined : expanded(node, type),
    own: children(node).find((one) => isSchema(one, 'simpleType', 'complexType')),
  };
};

/** The binary elements and attributes that some schema files declare, as paths below the element that is looked at. */
const pathsOf = (schemas: readonly XmlDocument[]): { kind: Kind; path: XmlXPath }[] => {
  const types = new Map<string, string | undefined>();
  const declarations: Declaration[] = [];
  for (const { root } of schemas) {
    for (const type of children(root)) {
      if (isSchema(type, 'simpleType', 'complexType'))
        types.set(
          `{${attributeOf(root, 'targetNamespace') ?? ''}}${attributeOf(type, 'name')}`,
          baseOf(type),
        );
    }
    declarations.push(...descendants(root).flatMap((node) => declarationOf(node, root) ?? []));
  }
  const kindOf = (type: string | undefined): Kind | undefined => {
    for (let one = type, steps = 0; one !== undefined && steps <= types.size; steps += 1) {
      if (one === `{${xsd.uri}}base64Binary`) return 'base64Binary';
      if (one === `{${xsd.uri}}hexBinary`) return 'hexBinary';
      one = types.get(one);
    }
    return undefined;
  };
  const found = new Map<string, { kind: Kind | undefined; path: XmlXPath }>();
  for (const { name, namespace, attribute, type, own } of declarations) {
    const test = `${attribute ? 'descendant-or-self::*/@' : 'descendant-or-self::'}${namespace && 'n:'}${name}`;
    const key = `${test} {${namespace}}`;
    const kind = kindOf(type ?? (own && baseOf(own)));
    const before = found.get(key);
    // One name of two types would have to be told apart by its place.
    if (before && before.kind !== kind)
      throw new Error(`the schemas declare ${name} with a binary type and with another`);
    if (!before) found.set(key, { kind, path: XmlXPath.compile(test, namespace ? { n: namespace } : {}) });
  }
  return [...found.values()].flatMap(({ kind, path }) => (kind ? [{ kind, path }] : []));
};

/**
 * Makes the check of every base64Binary and hexBinary that some schema files declare.
 *
 * @throws Error where one name has a binary type in one place and another type elsewhere: a defect of the package
 */
export const binaryCheck = (schemas: readonly XmlDocument[]): BinaryCheck => {
  const paths = pathsOf(schemas);
  return (payload) => {
    for (const { kind, path } of paths) {
      for (const node of payload.find(path)) {
        if (!(node instanceof XmlElement || node instanceof XmlAttribute)) continue;
        const text = node instanceof XmlElement ? textOf(node) : node.value;
        const fault = READERS[kind](text);
        if (fault) return new BinaryError(node, kind, text, fault);
      }
    }
    return undefined;
  };
};
