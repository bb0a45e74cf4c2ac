// Step 3: the Signature as its author wrote it. Only structure: no key, no digest, no algorithm is touched yet.

import type { XmlElement } from 'libxml2-wasm';
import type { Problem } from '../kernel/problem.ts';
import { ds, excC14n } from '../xml/names.ts';
import { attribute, children, isNamed, onlyText, printNames } from '../xml/tree.ts';
import { algorithms } from './algorithms.ts';
import { decodeBase64 } from '../xml/base64.ts';
import { type KeyReference, readKeyInfo } from './key-reference.ts';
import { type SecurityProblem, securityProblem, type WssFault } from './problems.ts';

const MAX_REFERENCES = 8;
const MAX_PREFIXES = 64;

/** A canonicalization as written: the algorithm and the PrefixList. */
export interface Method {
  readonly algorithm: string;
  readonly prefixes: readonly string[];
}

export interface Reference {
  /** The fragment identifier, without `#`. */
  readonly id: string;
  /** Whether the enveloped-signature transform comes first; refused later where it would change anything. */
  readonly enveloped: boolean;
  /** Undefined: no canonicalization is written. */
  readonly transform: Method | undefined;
  readonly digestMethod: string;
  readonly digest: Buffer;
}

export interface Signature {
  readonly signedInfo: XmlElement;
  readonly canonicalization: Method;
  readonly signatureMethod: string;
  readonly references: readonly Reference[];
  readonly value: Buffer;
  /** How KeyInfo names the signer's certificate. */
  readonly keyReference: KeyReference;
}

type Refusal = Problem<SecurityProblem>;

const malformed = (expected: string, found: string, fault: WssFault = 'InvalidSecurity'): Refusal =>
  securityProblem('security.signature-form', fault, {
    check: 'form of ds:Signature',
    expected,
    found,
    rule: 'XML Signature §4; contract: WS-Security of requests',
    remedy: 'sign Timestamp and Body with one Signature in the usual WS-Security form',
  });

/** What an element holds, for people: never nothing. */
const excerpt = (element: XmlElement): string =>
  onlyText(element)?.slice(0, 40) ||
  (children(element).length > 0 ? printNames(children(element)) : '(nothing)');

const isDs = (element: XmlElement | undefined, name: string): element is XmlElement =>
  element !== undefined && isNamed(element, ds.uri, name);

/** A method element with its optional InclusiveNamespaces. */
const readMethod = (element: XmlElement): Method | Refusal => {
  const algorithm = attribute(element, '', 'Algorithm') ?? '';
  const inside = children(element);
  const [inclusive] = inside;
  if (!inclusive) return { algorithm, prefixes: [] };
  if (
    inside.length > 1 ||
    children(inclusive).length > 0 ||
    !isNamed(inclusive, excC14n.uri, 'InclusiveNamespaces')
  ) {
    return malformed(
      `at most one InclusiveNamespaces in ${element.name}`,
      printNames(inside),
      'UnsupportedAlgorithm',
    );
  }
  const list = (attribute(inclusive, '', 'PrefixList') ?? '')
    .split(/[ \t\r\n]+/)
    .filter((prefix) => prefix !== '');
  if (list.length > MAX_PREFIXES)
    return malformed(`at most ${MAX_PREFIXES} prefixes in a PrefixList`, `${list.length}`);
  return { algorithm, prefixes: list };
};

/** At most one canonicalization, and before it at most one enveloped-signature; nothing else can be written here. */
const readTransforms = (
  transforms: XmlElement,
): { readonly enveloped: boolean; readonly transform: Method | undefined } | Refusal => {
  const steps = children(transforms);
  const enveloped = steps[0] !== undefined && attribute(steps[0], '', 'Algorithm') === algorithms.enveloped;
  const [step, ...more] = enveloped ? steps.slice(1) : steps;
  const filled = enveloped && children(steps[0] ?? transforms).length > 0;
  if (filled || more.length > 0 || !steps.every((one) => isDs(one, 'Transform')) || (!step && !enveloped)) {
    return malformed('one Transform, a canonicalization', printNames(steps), 'UnsupportedAlgorithm');
  }
  if (!step) return { enveloped, transform: undefined };
  const transform = readMethod(step);
  return 'problem' in transform ? transform : { enveloped, transform };
};

const readReference = (element: XmlElement): Reference | Refusal => {
  const uri = attribute(element, '', 'URI');
  if (uri === undefined || !/^#[^#()'"\s]+$/.test(uri)) {
    return malformed('URI="#…" of an element in this message', `URI="${uri ?? '(none)'}"`, 'FailedCheck');
  }
  if (attribute(element, '', 'Type') !== undefined) return malformed('a Reference without Type', 'Type');
  const parts = children(element);
  const transforms = isDs(parts[0], 'Transforms') ? parts[0] : undefined;
  const [method, value, ...rest] = transforms ? parts.slice(1) : parts;
  if (!isDs(method, 'DigestMethod') || !isDs(value, 'DigestValue') || rest.length > 0) {
    return malformed('optional Transforms, DigestMethod, DigestValue', printNames(parts));
  }
  const read = transforms ? readTransforms(transforms) : { enveloped: false, transform: undefined };
  if ('problem' in read) return read;
  const digest = decodeBase64(onlyText(value) ?? '');
  if (!digest) return malformed('base64 in DigestValue, and nothing else', excerpt(value));
  if (children(method).length > 0) return malformed('an empty DigestMethod', printNames(children(method)));
  return { id: uri.slice(1), ...read, digestMethod: attribute(method, '', 'Algorithm') ?? '', digest };
};

/** Reads the Signature; exactly SignedInfo, SignatureValue and KeyInfo, so no Object can hide anything. */
export const readSignature = (element: XmlElement): Signature | Refusal => {
  const parts = children(element);
  const [signedInfo, valueElement, keyInfo, ...rest] = parts;
  if (
    !isDs(signedInfo, 'SignedInfo') ||
    !isDs(valueElement, 'SignatureValue') ||
    !isDs(keyInfo, 'KeyInfo') ||
    rest.length > 0
  ) {
    return malformed('SignedInfo, SignatureValue, KeyInfo', printNames(parts));
  }
  const [canonicalizationElement, methodElement, ...referenceElements] = children(signedInfo);
  if (!isDs(canonicalizationElement, 'CanonicalizationMethod') || !isDs(methodElement, 'SignatureMethod')) {
    return malformed('CanonicalizationMethod, SignatureMethod, Reference…', printNames(children(signedInfo)));
  }
  if (children(methodElement).length > 0)
    return malformed('an empty SignatureMethod', printNames(children(methodElement)), 'UnsupportedAlgorithm');
  if (
    referenceElements.length < 1 ||
    referenceElements.length > MAX_REFERENCES ||
    !referenceElements.every((child) => isDs(child, 'Reference'))
  ) {
    return malformed(
      `1 to ${MAX_REFERENCES} Reference elements`,
      `${referenceElements.length}: ${printNames(referenceElements)}`,
    );
  }
  const canonicalization = readMethod(canonicalizationElement);
  if ('problem' in canonicalization) return canonicalization;
  const references: Reference[] = [];
  for (const child of referenceElements) {
    const reference = readReference(child);
    if ('problem' in reference) return reference;
    references.push(reference);
  }
  const value = decodeBase64(onlyText(valueElement) ?? '');
  if (!value)
    return malformed('base64 in SignatureValue, and nothing else', excerpt(valueElement), 'FailedCheck');
  const keyReference = readKeyInfo(keyInfo);
  if ('problem' in keyReference) return keyReference;
  const signatureMethod = attribute(methodElement, '', 'Algorithm') ?? '';
  return { signedInfo, canonicalization, signatureMethod, references, value, keyReference };
};
