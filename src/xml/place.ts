// Where an element stands, in a form that people read and that finds it again: local names from the root down.

import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import { children } from './tree.ts';

const namesakesOf = (element: XmlElement): XmlElement[] =>
  element.parent ? children(element.parent).filter(({ name }) => name === element.name) : [element];

/** `/Envelope/Body/a[2]`: the number counts the siblings of the same local name, and is left out where it is 1. */
export const placeOf = (element: XmlElement): string => {
  const index = namesakesOf(element).findIndex((one) => one.isSameNode(element));
  return `${element.parent ? placeOf(element.parent) : ''}/${element.name}${index > 0 ? `[${index + 1}]` : ''}`;
};

/** The element at a place; undefined: there is none. */
export const elementAt = ({ root }: XmlDocument, place: string): XmlElement | undefined => {
  const [, first, ...steps] = place.split('/');
  if (first !== root.name) return undefined;
  let at: XmlElement | undefined = root;
  for (const step of steps) {
    const [, name, number = '1'] = /^(.*?)(?:\[(\d+)\])?$/.exec(step) ?? [];
    at = at && children(at).filter((one) => one.name === name)[Number(number) - 1];
  }
  return at;
};
