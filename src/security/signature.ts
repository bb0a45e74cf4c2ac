// Step 3: the Signature as its author wrote it. Only structure: no key, no digest, no algorithm is touched yet.

import type { XmlElement } from 'libxml2-wasm';
import { brief, shortened } from '../kernel/brief.ts';
import type { Problem } from '../kernel/problem.ts';
import { decodeBase64, faultOfBase64 } from '../xml/base64.ts';
import { ds, excC14n, wsse } from '../xml/names.ts';
import { attribute, children, isNamed, onlyText, printNames } from '../xml/tree.ts';
import { algorithms } from './algorithms.ts';
import { type KeyReference, readKeyInfo } from './key-reference.ts';
import { fragmentRemedy, movedByMtom, orMisnamed } from './namesakes.ts';
import { type SecurityKind, type SecurityProblem, securityProblem } from './problems.ts';

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
  /** Whether the digest is of the token that the target, a SecurityTokenReference, stands for (STR-Transform). */
  readonly dereferenced: boolean;
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
  /** How KeyInfo names the signer's certificate, and the SecurityTokenReference that does it. */
  readonly keyReference: KeyReference;
  readonly tokenReference: XmlElement;
}

type Refusal = Problem<SecurityProblem>;

const REMEDY = 'sign Timestamp and Body with one Signature in the usual WS-Security form';

const malformed = (
  expected: string,
  found: string | readonly XmlElement[],
  code: SecurityProblem = 'security.signature-form',
  remedy = REMEDY,
  kind?: SecurityKind,
): Refusal => {
  const reason = {
    check: 'form of ds:Signature',
    expected,
    found: typeof found === 'string' ? found : printNames(found),
    rule: 'XML Signature §4; contract: WS-Security of requests',
    remedy,
    ...(kind === undefined ? {} : { kind }),
  };
  return securityProblem(code, typeof found === 'string' ? reason : orMisnamed(reason, found));
};

/** What is wrong with an element that should hold base64 and nothing else. */
const noBase64 = (element: XmlElement, code?: SecurityProblem): Refusal => {
  const expected = `base64 in ${element.name}, and nothing else`;
  const moved = movedByMtom(element);
  if (moved) return malformed(expected, moved.found, code, moved.remedy);
  const text = onlyText(element);
  if (text === undefined) return malformed(expected, children(element), code);
  const wrong = faultOfBase64(text);
  return malformed(expected, wrong ? `${wrong.found}: ${brief(text)}` : '(nothing)', code, wrong?.remedy);
};

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
    return malformed(`at most one InclusiveNamespaces in ${element.name}`, inside, 'security.algorithm-form');
  }
  const list = (attribute(inclusive, '', 'PrefixList') ?? '')
    .split(/[ \t\r\n]+/)
    .filter((prefix) => prefix !== '');
  if (list.length > MAX_PREFIXES)
    return malformed(`at most ${MAX_PREFIXES} prefixes in a PrefixList`, `${list.length}`);
  return { algorithm, prefixes: list };
};

/** WSS 1.1 §8.3: the canonicalization is a parameter of the transform. */
const readDereference = (step: XmlElement): Method | Refusal => {
  const wrong = (elements: readonly XmlElement[]): Refusal =>
    malformed(
      'TransformationParameters with one CanonicalizationMethod in an STR-Transform',
      elements,
      'security.algorithm-form',
      'let the signer write the canonicalization of the token into wsse:TransformationParameters (WSS 1.1 §8.3)',
    );
  const [parameters, ...more] = children(step);
  if (!parameters || more.length > 0 || !isNamed(parameters, wsse.uri, 'TransformationParameters'))
    return wrong(children(step));
  const [method, ...others] = children(parameters);
  return isDs(method, 'CanonicalizationMethod') && others.length === 0
    ? readMethod(method)
    : wrong(children(parameters));
};

/**
 * At most one canonicalization, and before it at most one enveloped-signature; or one STR-Transform. Nothing else can be
 * written here.
 */
const readTransforms = (
  transforms: XmlElement,
): Pick<Reference, 'enveloped' | 'dereferenced' | 'transform'> | Refusal => {
  const steps = children(transforms);
  const [first] = steps;
  if (isDs(first, 'Transform') && attribute(first, '', 'Algorithm') === algorithms.strTransform) {
    if (steps.length > 1)
      return malformed('no Transform beside an STR-Transform', steps, 'security.algorithm-form');
    const method = readDereference(first);
    return 'problem' in method ? method : { enveloped: false, dereferenced: true, transform: method };
  }
  const enveloped = steps[0] !== undefined && attribute(steps[0], '', 'Algorithm') === algorithms.enveloped;
  const [step, ...more] = enveloped ? steps.slice(1) : steps;
  const filled = enveloped && children(steps[0] ?? transforms).length > 0;
  if (filled || more.length > 0 || !steps.every((one) => isDs(one, 'Transform')) || (!step && !enveloped)) {
    return malformed('one Transform, a canonicalization', steps, 'security.algorithm-form');
  }
  if (!step) return { enveloped, dereferenced: false, transform: undefined };
  const transform = readMethod(step);
  return 'problem' in transform ? transform : { enveloped, dereferenced: false, transform };
};

const readReference = (element: XmlElement): Reference | Refusal => {
  const uri = attribute(element, '', 'URI');
  if (uri === undefined || !/^#[^#()'"\s]+$/.test(uri)) {
    return malformed(
      'URI="#…" of an element in this message',
      `URI="${shortened(uri ?? '(none)')}"`,
      'security.reference-unresolved',
      fragmentRemedy(element, uri ?? '') ?? REMEDY,
      'no-id-reference',
    );
  }
  const parts = children(element);
  const transforms = isDs(parts[0], 'Transforms') ? parts[0] : undefined;
  const [method, value, ...rest] = transforms ? parts.slice(1) : parts;
  if (!isDs(method, 'DigestMethod') || !isDs(value, 'DigestValue') || rest.length > 0) {
    return malformed('optional Transforms, DigestMethod, DigestValue', parts);
  }
  const read = transforms
    ? readTransforms(transforms)
    : { enveloped: false, dereferenced: false, transform: undefined };
  if ('problem' in read) return read;
  const digest = decodeBase64(onlyText(value) ?? '');
  if (!digest) return noBase64(value);
  if (children(method).length > 0) return malformed('an empty DigestMethod', children(method));
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
    return malformed('SignedInfo, SignatureValue, KeyInfo', parts);
  }
  const [canonicalizationElement, methodElement, ...referenceElements] = children(signedInfo);
  if (!isDs(canonicalizationElement, 'CanonicalizationMethod') || !isDs(methodElement, 'SignatureMethod')) {
    return malformed('CanonicalizationMethod, SignatureMethod, Reference…', children(signedInfo));
  }
  if (children(methodElement).length > 0)
    return malformed('an empty SignatureMethod', children(methodElement), 'security.algorithm-form');
  if (
    referenceElements.length < 1 ||
    referenceElements.length > MAX_REFERENCES ||
    !referenceElements.every((child) => isDs(child, 'Reference'))
  ) {
    const strange = referenceElements.filter((child) => !isDs(child, 'Reference'));
    return malformed(
      `1 to ${MAX_REFERENCES} Reference elements`,
      strange.length > 0 ? strange : String(referenceElements.length),
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
  if (!value) return noBase64(valueElement, 'security.signature-value');
  const named = readKeyInfo(keyInfo);
  if ('problem' in named) return named;
  const signatureMethod = attribute(methodElement, '', 'Algorithm') ?? '';
  return { signedInfo, canonicalization, signatureMethod, references, value, ...named };
};
