// The signer hashed another element of the message.

import type { XmlElement } from 'libxml2-wasm';
import { children } from '../../xml/tree.ts';
import type { Making } from '../hypothesis.ts';

/** How many elements are tried. */
const MOST = 32;

/** The elements of a message from the outside to the inside. */
function* breadthFirst(root: XmlElement): Generator<XmlElement> {
  const waiting = [root];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    yield next;
    waiting.push(...children(next));
  }
}

export const digestOfOtherElement: Making = {
  cause: 'digest-of-other-element',
  sentence: 'the digest is of another element of the message than the Reference names',
  why: 'References and elements are paired wrongly: the Id is of one element, the digest of another.',
  rule: 'XML Signature §4.4.3.2: URI="#…" names the element that was hashed',
  remedy:
    'write the Id of the element that was hashed into the URI: the references may be in each other’s place',
  *octets({ element, ofElement }) {
    let root = element;
    while (root.parent) root = root.parent;
    let tried = 0;
    for (const other of breadthFirst(root)) {
      if (other.isSameNode(element)) continue;
      tried += 1;
      if (tried > MOST) return;
      const octets = ofElement(other);
      if (octets) yield octets;
    }
  },
};
