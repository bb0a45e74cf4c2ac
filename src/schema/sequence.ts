// An element that stands where the sequence has no place for it, or one that is missing: which, where, and what to do about it.

import type { XmlElement } from 'libxml2-wasm';
import { nearest } from '../kernel/nearest.ts';
import { children, isNamed, printQName, qnameOf } from '../xml/tree.ts';
import type { ComplexType, Place } from './facts.ts';
import { describeType, type Told } from './values.ts';

/** An element with the type that it has. */
export interface Typed {
  readonly element: XmlElement;
  readonly type: ComplexType;
}

/** How far some elements get in a sequence: the place that is open, and how many of it were there. */
interface Progress {
  readonly at: number;
  readonly count: number;
}

const isAt = (element: XmlElement, place: Place): boolean =>
  isNamed(element, place.element.namespace, place.element.name);

const advance = (sequence: readonly Place[], elements: readonly XmlElement[]): Progress => {
  let at = 0;
  let count = 0;
  for (const element of elements) {
    const next = sequence.findIndex((place, index) => index >= at && isAt(element, place));
    if (next < 0) break;
    count = next === at ? count + 1 : 1;
    at = next;
  }
  return { at, count };
};

/** What may come next, up to the first that must; `end` where nothing must. */
const following = (
  sequence: readonly Place[],
  { at, count }: Progress,
): { places: readonly Place[]; end: boolean } => {
  const places: Place[] = [];
  for (const [index, place] of sequence.entries()) {
    if (index < at) continue;
    const had = index === at ? count : 0;
    if (had < place.most) places.push(place);
    if (had < place.least) return { places, end: false };
  }
  return { places, end: true };
};

const nameOf = ({ element }: Place): string => element.name;
const either = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** The order of a sequence: `a, b, c (may be left out)`. */
const order = ({ sequence }: ComplexType): string =>
  sequence
    .map((place) => {
      const notes = [
        ...(place.least === 0 ? ['may be left out'] : []),
        ...(place.most > 1 ? [Number.isFinite(place.most) ? `at most ${place.most}` : 'any number'] : []),
      ];
      return nameOf(place) + (notes.length > 0 ? ` (${notes.join(', ')})` : '');
    })
    .join(', ');

/** A place with what belongs there, for who has to fill it. */
const toFill = (place: Place): string => {
  const type = place.type();
  if (type?.kind === 'simple') return `${nameOf(place)} (${describeType(type)})`;
  return type && type.sequence.length > 0 ? `${nameOf(place)} (with ${order(type)})` : nameOf(place);
};

const DEEPEST = 4;

/** The way down to an element of this name: `PersonContactDataCollection/PersonContactData`. */
const wayDown = (name: string, { sequence }: ComplexType, depth = 0): string | undefined => {
  if (depth === DEEPEST) return undefined;
  for (const place of sequence) {
    const type = place.type();
    if (type?.kind !== 'complex') continue;
    if (type.sequence.some((inner) => nameOf(inner) === name)) return nameOf(place);
    const deeper = wayDown(name, type, depth + 1);
    if (deeper !== undefined) return `${nameOf(place)}/${deeper}`;
  }
  return undefined;
};

type Reason = Pick<Told, 'fault' | 'found' | 'remedy'>;

/** The element has a place in the sequence, but not this one. */
const tellMisplaced = (
  place: Place,
  before: readonly XmlElement[],
  after: readonly XmlElement[],
  { places }: ReturnType<typeof following>,
): Reason => {
  const name = nameOf(place);
  if (before.filter((one) => isAt(one, place)).length >= place.most) {
    return {
      fault: 'twice',
      found: `${name} once more`,
      remedy:
        place.most === 1
          ? `leave out all but one: ${name} stands at most once here`
          : `send at most ${place.most} of ${name}, and what is more in further messages`,
    };
  }
  const due = places.find(({ least }) => least > 0);
  if (!due || places.includes(place)) {
    const last = before.at(-1)?.name ?? '';
    return {
      fault: 'order',
      found: `${name} after ${last}`,
      remedy: `the element is right, its place is not: put ${name} before ${last}`,
    };
  }
  if (after.some((one) => isAt(one, due))) {
    return {
      fault: 'order',
      found: `${name}, with ${nameOf(due)} after it`,
      remedy: `the element is right, its place is not: put ${nameOf(due)} before ${name}`,
    };
  }
  return {
    fault: 'missing',
    found: `${name}, and no ${nameOf(due)} before it`,
    remedy: `put ${toFill(due)} before ${name}; it is missing`,
  };
};

const LONGEST_NAMESPACE = 200;
const inNamespace = (name: string, uri: string): string =>
  `${name} in ${uri === '' ? 'no namespace' : `the namespace ${uri.slice(0, LONGEST_NAMESPACE)}`}`;

/** The name is that of a place in the sequence, the namespace is not. */
const tellForeign = ({ name, namespaceUri }: XmlElement, place: Place): Told => {
  const wanted = inNamespace(name, place.element.namespace);
  return {
    fault: 'namespace',
    expected: wanted,
    found: inNamespace(name, namespaceUri),
    remedy: `the name is right, its namespace is not: write ${wanted}, as the schema that defines it says (?xsd=)`,
  };
};

/** The element has no place in the sequence. */
const tellStranger = (
  element: XmlElement,
  { element: parent, type }: Typed,
  outer: readonly Typed[],
): Reason => {
  const { name } = element;
  const found = printQName(qnameOf(element));
  const meant = nearest(name, type.sequence.map(nameOf));
  if (meant !== undefined)
    return {
      fault: 'unknown',
      found,
      remedy: `the name on the wire is ${meant}, letter for letter; write it so`,
    };
  const way = wayDown(name, type);
  if (way !== undefined)
    return { fault: 'elsewhere', found, remedy: `${name} belongs into ${way}; put it there` };
  const owner = outer.findLast((one) => one.type.sequence.some((place) => nameOf(place) === name));
  if (owner)
    return {
      fault: 'elsewhere',
      found,
      remedy: `${name} belongs into ${owner.element.name}: end ${parent.name} before it`,
    };
  return {
    fault: 'unknown',
    found,
    remedy: `leave ${name.slice(0, 60)} out: the schema has no such element in ${parent.name}`,
  };
};

/**
 * An element that is not expected.
 *
 * @param parent the element that it stands in
 * @param outer what the parent stands in, from the message inwards
 */
export const tellUnexpected = (element: XmlElement, parent: Typed, outer: readonly Typed[]): Told => {
  const { sequence } = parent.type;
  const siblings = children(parent.element);
  const index = siblings.findIndex((one) => one.isSameNode(element));
  const before = siblings.slice(0, index);
  const next = following(sequence, advance(sequence, before));
  const end = next.end ? [`the end of ${parent.element.name}`] : [];
  const expected = `${either([...next.places.map(nameOf), ...end])} here; ${parent.element.name} holds ${order(parent.type) || 'nothing'}`;
  const place = sequence.find((one) => isAt(element, one));
  const namesake = sequence.find((one) => nameOf(one) === element.name);
  if (!place && namesake) return tellForeign(element, namesake);
  return {
    expected,
    ...(place
      ? tellMisplaced(place, before, siblings.slice(index + 1), next)
      : tellStranger(element, parent, outer)),
  };
};

/** An element that ends before all that it must hold was there. */
export const tellMissing = ({ element, type }: Typed): Told => {
  const { sequence } = type;
  const inside = children(element);
  const { at, count } = advance(sequence, inside);
  const missing = sequence.filter(
    (place, index) => (index === at ? count : index < at ? 1 : 0) < place.least,
  );
  const last = inside.at(-1)?.name;
  return {
    fault: 'missing',
    expected: `${element.name} with ${order(type)}`,
    found: last === undefined ? 'no element in it' : `its end after ${last}`,
    remedy: `put in what is missing: ${missing.map(toFill).join(', then ')}`,
  };
};
