// What most likely happened to an element whose digest is wrong, where nothing that was tried proves anything.

import type { XmlElement } from 'libxml2-wasm';
import type { OperationDescription } from '../soap/service.ts';
import { wsu } from '../xml/names.ts';
import { children, isNamed } from '../xml/tree.ts';
import { timestampChanged as provedTimestampChanged } from './changed/timestamp-changed-after-signing.ts';
import type { Cause } from './hypothesis.ts';

const RULE = 'XML Signature §4.4.3: everything inside of what is signed counts';

export const unexplained: Cause = {
  cause: 'digest-unexplained',
  sentence:
    'the digest is of other octets than those that arrived, and no change that was tried gives it: either the element was changed after it was signed, or the digest was made over something else',
  why: 'Part of the element was replaced or removed after it was signed, or the signer hashed something that is not in the message.',
  rule: 'XML Signature §3.2.1',
  remedy:
    'compare what the signer hashed with the octets that count here (kontakt explain --octets <folder> writes them); look for what parses, logs or rewrites the message behind the signer',
};
const textChanged: Cause = {
  cause: 'text-changed',
  sentence:
    'the signer’s other digests are right: most likely a value in this element was changed after it was signed; what it was before nobody can tell from the message',
  why: 'A value is trimmed, rounded or formatted anew between signing and sending, often by a mapping or a data binding.',
  rule: RULE,
  remedy:
    'let every value be settled before the message is signed, and nothing fill in, mask or correct one afterwards',
};
const timestampChanged: Cause = {
  ...provedTimestampChanged,
  sentence:
    'the signer’s other digests are right: most likely the Timestamp was written anew after it was signed, as a whole or with another lifetime',
};
export const elementRemoved: Cause = {
  cause: 'element-removed',
  sentence:
    'the signer’s other digests are right: an element, or an attribute, of this one may have been taken away after it was signed',
  why: 'A step behind the signer drops what it does not know, or what is empty.',
  rule: RULE,
  remedy: 'let nothing behind the signer take anything out of the message',
};

/** The names of the elements that have to be in another, as far as that is known. */
const wanted = (element: XmlElement, operations: readonly OperationDescription[]): readonly string[] =>
  isNamed(element, wsu.uri, 'Timestamp')
    ? ['Created', 'Expires']
    : operations
        .filter(({ request }) => isNamed(element, request.namespace, request.name))
        .flatMap(({ fields }) => fields.filter(({ required }) => required).map(({ name }) => name));

/** Whether something is missing that has to be there: in the element, or in the request that it holds. */
const lacks = (element: XmlElement, operations: readonly OperationDescription[]): boolean =>
  [element, ...children(element)].some((one) => {
    const names = children(one).map(({ name }) => name);
    return wanted(one, operations).some((name) => !names.includes(name));
  });

/**
 * The causes that may be, the likeliest first; none of them is certain.
 *
 * @param operations what the message may be a request of
 * @param sound whether SignedInfo, and another digest of it, is right: then the signer makes digests well
 */
export const likely = (
  element: XmlElement,
  operations: readonly OperationDescription[],
  sound: boolean,
): readonly Cause[] => {
  if (!sound) return [unexplained];
  if (isNamed(element, wsu.uri, 'Timestamp') && !lacks(element, operations))
    return [timestampChanged, elementRemoved, unexplained];
  return lacks(element, operations)
    ? [elementRemoved, textChanged, unexplained]
    : [textChanged, elementRemoved, unexplained];
};
