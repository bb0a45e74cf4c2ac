// What a refusal by the schema says to people: told from the element itself and from what the schema files say of it.

import type { XmlElement, XmlValidateError } from 'libxml2-wasm';
import { brief } from '../kernel/brief.ts';
import { xsi } from '../xml/names.ts';
import { placeOf } from '../xml/place.ts';
import {
  attribute,
  children,
  escapedRemedy,
  isNamed,
  looksEscaped,
  onlyText,
  printQName,
  qnameOf,
  strayText,
} from '../xml/tree.ts';
import type { SchemaFacts, Type } from './facts.ts';
import { type Typed, tellMissing, tellUnexpected } from './sequence.ts';
import { describeType, type Told, tellValue } from './values.ts';

/** Where an error is: an element with its type, and what it stands in, from the message inwards. */
interface Spot {
  readonly element: XmlElement;
  readonly type: Type | undefined;
  readonly nillable: boolean;
  readonly optional: boolean;
  readonly repeatable: boolean;
  readonly outer: readonly Typed[];
}

/** The child that a step of a path of libxml2 names: `m:row[2]`, or `*[2]` where its namespace has no prefix. */
const follow = (element: XmlElement, step: string): XmlElement | undefined => {
  const [, name = '', number = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
  const fits = (child: XmlElement): boolean =>
    name === '*' || name === (child.prefix ? `${child.prefix}:${child.name}` : child.name);
  return children(element).filter(fits)[Number(number) - 1];
};

/** The element that an error speaks of; the payload where it cannot be told. */
const elementAt = (xpath: string | undefined, payload: XmlElement): XmlElement => {
  const [, , ...steps] = xpath?.split('/') ?? [];
  let element: XmlElement | undefined = payload.doc.root;
  for (const step of steps) element = element && follow(element, step);
  return element ?? payload;
};

/** From the payload down to an element, with the types on the way. */
const locate = (element: XmlElement, payload: XmlElement, facts: SchemaFacts): Spot => {
  const way: XmlElement[] = [];
  for (let one: XmlElement | null = element; one && !one.isSameNode(payload); one = one.parent)
    way.unshift(one);
  let spot: Spot = {
    element: payload,
    type: facts.typeOf({ namespace: payload.namespaceUri, name: payload.name }),
    nillable: false,
    optional: false,
    repeatable: false,
    outer: [],
  };
  for (const inner of way) {
    const { type, element: parent, outer } = spot;
    const place =
      type?.kind === 'complex'
        ? type.sequence.find((one) => isNamed(inner, one.element.namespace, one.element.name))
        : undefined;
    spot = {
      element: inner,
      type: place?.type(),
      nillable: place?.nillable ?? false,
      optional: place?.least === 0,
      repeatable: (place?.most ?? 1) > 1,
      outer: type?.kind === 'complex' ? [...outer, { element: parent, type }] : outer,
    };
  }
  return spot;
};

/** The children that an element should have instead of text, or the text instead of children. */
const tellContent = ({ element, type, optional }: Spot, message: string): Told | undefined => {
  const { name } = element;
  if (/Character content/.test(message) && type?.kind === 'complex') {
    const [only, ...others] = type.sequence;
    const text = strayText(element) ?? '';
    const bare = only !== undefined && others.length === 0 && children(element).length === 0;
    return {
      fault: 'text',
      expected: `elements only in ${name}: ${type.sequence.map((place) => place.element.name).join(', ')}`,
      found: `the text ${brief(text)}`,
      remedy: looksEscaped(text)
        ? escapedRemedy(name)
        : bare
          ? `put the value into an element of its own: ${printQName(only.element)} in ${name}`
          : 'take the text out, or put it into the element that it is the value of',
    };
  }
  const [child] = children(element);
  if (/Element content/.test(message) && type?.kind === 'simple' && child) {
    return {
      fault: 'unknown',
      expected: `text only in ${name}: ${describeType(type)}`,
      found: `the element ${printQName({ namespace: '', name: child.name })} in it`,
      remedy: `write the value into ${name} itself${optional ? ', or leave it out' : ''}`,
    };
  }
  return undefined;
};

/** xsi:nil where nothing may be nil, or with content. */
const tellNil = ({ element, nillable, optional }: Spot, message: string): Told | undefined => {
  const nil = attribute(element, xsi.uri, 'nil');
  if (nil === undefined || !/nil/.test(message)) return undefined;
  const { name } = element;
  const found = `xsi:nil=${brief(nil)}`;
  if (!nillable) {
    return {
      fault: 'nil',
      expected: `a value in ${name}: it is not nillable`,
      found,
      remedy: optional ? `leave ${name} out, or send a value` : `send a value in ${name}`,
    };
  }
  return /^\s*(?:true|false|1|0)\s*$/.test(nil)
    ? {
        fault: 'nil',
        expected: `${name} empty, since it is nil`,
        found: `${found} and content`,
        remedy: `take xsi:nil away to send the value of ${name}, or the value away to send none`,
      }
    : {
        fault: 'nil',
        expected: 'xsi:nil with true or false',
        found,
        remedy: `send xsi:nil="true" for no value in ${name}`,
      };
};

/** xsi:type that names what the element cannot be. */
const tellType = ({ element, type }: Spot, message: string): Told | undefined => {
  const given = attribute(element, xsi.uri, 'type');
  if (given === undefined || !/xsi:type|XMLSchema-instance\}type/.test(message)) return undefined;
  const own = type?.name ? `, or ${printQName(type.name)}` : '';
  return {
    fault: 'type',
    expected: `no xsi:type on ${element.name}${own}`,
    found: `xsi:type=${brief(given)}`,
    remedy:
      'take xsi:type away: these messages are document/literal, where the schema says the type (rpc/encoded stacks write it)',
  };
};

const tellAttribute = ({ element }: Spot, message: string): Told | undefined => {
  const [, namespace = '', name] =
    /The attribute '(?:\{([^{}]*)\})?([^']*)' is not allowed/.exec(message) ?? [];
  const value = name === undefined ? undefined : attribute(element, namespace, name);
  if (name === undefined || value === undefined) return undefined;
  const printed = printQName({ namespace, name });
  return {
    fault: 'attribute',
    expected: `no attribute ${printed} on ${element.name}`,
    found: `${printed}=${brief(value)}`,
    remedy: 'take the attribute away; a value of the message is an element of its own',
  };
};

/** An attribute with a value that its type does not allow, or one that must be there. */
const tellAttributeValue = ({ element, type }: Spot, message: string): Told | undefined => {
  if (type?.kind !== 'complex') return undefined;
  const [, name = '', broken] =
    /^Element '[^']*', attribute '(?:\{[^{}]*\})?([^']*)': (?:\[facet '(\w+)'\])?/.exec(message) ?? [];
  const value = attribute(element, '', name);
  const declared = type.attributes.get(name)?.();
  if (value !== undefined && declared?.kind === 'simple') return tellValue(name, declared, value, broken);
  const [, missing = ''] = /The attribute '([^']*)' is required but missing/.exec(message) ?? [];
  const wanted = type.attributes.get(missing)?.();
  if (wanted?.kind !== 'simple') return undefined;
  return {
    fault: 'missing',
    expected: `the attribute ${missing} on ${element.name}: ${describeType(wanted)}`,
    found: `${element.name} without it`,
    remedy: `put in what is missing: ${missing}, as an attribute of ${element.name}`,
  };
};

const tellElements = ({ element, type, outer }: Spot, message: string): Told | undefined => {
  if (/^Element '[^']*': Missing child element/.test(message) && type?.kind === 'complex')
    return tellMissing({ element, type });
  const parent = outer.at(-1);
  return /^Element '[^']*': This element is not expected/.test(message) && parent
    ? tellUnexpected(element, parent, outer.slice(0, -1))
    : undefined;
};

/** What is left to be wrong with an element that holds text alone. libxml2 cuts its message where the value is long. */
const tellBadValue = ({ element, type, repeatable }: Spot, message: string): Told | undefined => {
  const [, broken] = /^Element '[^']*': \[facet '(\w+)'\]/.exec(message) ?? [];
  const value = type?.kind === 'simple' ? onlyText(element) : undefined;
  return type?.kind === 'simple' && value !== undefined
    ? tellValue(element.name, type, value, broken, repeatable)
    : undefined;
};

const LONGEST_PART = 200;

/** libxml2’s own words: it writes names as `{namespace}name`, which people read better without, and the reason at the end. */
const readable = (message: string): string => {
  const text = message.replace(/\{[^{}]*\}/g, '').trim();
  return text.length <= 2 * LONGEST_PART
    ? text
    : `${text.slice(0, LONGEST_PART).replace(/\d+$/, '')} … ${text.slice(-LONGEST_PART).replace(/^\d+/, '')}`;
};

/**
 * What the schema found wrong with an element or in it, for people.
 *
 * @param element the one that was checked
 */
export const tell = (
  { details: [first], message: whole }: XmlValidateError,
  element: XmlElement,
  facts: SchemaFacts,
): Told => {
  const message = first?.message ?? whole;
  const at = elementAt(first?.xpath, element);
  const spot = locate(at, element, facts);
  // Attributes first: what they say of an element comes before its content.
  const told = tellType(spot, message) ??
    tellNil(spot, message) ??
    tellAttribute(spot, message) ??
    tellAttributeValue(spot, message) ??
    tellContent(spot, message) ??
    tellElements(spot, message) ??
    tellBadValue(spot, message) ?? {
      expected: `${printQName(qnameOf(element))} as the schema defines it`,
      found: readable(message),
      remedy: 'generate the client from the served WSDL, and compare order, names and lengths',
    };
  const where = placeOf(at);
  return first
    ? { ...told, where, found: `${told.found} (line ${first.line} of the message)` }
    : { ...told, where };
};
