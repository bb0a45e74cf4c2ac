// Step 5: what the references point at. The signed nodes must be the very nodes that are processed, by position.

import { type XmlDocument, type XmlElement, XmlXPath } from 'libxml2-wasm';
import { shortened } from '../kernel/brief.ts';
import type { Problem } from '../kernel/problem.ts';
import { wsse, wsu, xml } from '../xml/names.ts';
import { placeOf } from '../xml/place.ts';
import { ownersOf, printNames } from '../xml/tree.ts';
import type { KeyReference } from './key-reference.ts';
import { strayId } from './namesakes.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import type { Profile } from './profiles/profile.ts';
import type { Reference, Signature } from './signature.ts';

// One search each: libxml2 makes a union in quadratic time.
const IDS = ['//@wsu:Id', '//@Id', '//@ID', '//@xml:id'].map((path) =>
  XmlXPath.compile(path, { wsu: wsu.uri, xml: xml.uri }),
);

/** A reference with the one element that carries its Id. */
export interface ResolvedReference extends Reference {
  readonly target: XmlElement;
  /** The token of the Security header, where an STR-Transform leads to it; else KeyInfo names a certificate that stands for it. */
  readonly token: XmlElement | undefined;
}

/** What a Signature points at. */
export interface Coverage {
  /** Why KeyInfo does not lead to the token that it refers to. */
  readonly misled: Problem<SecurityProblem> | undefined;
  /** Each reference with its target, or why it has none, in the order of the Signature. */
  readonly references: readonly (ResolvedReference | Problem<SecurityProblem>)[];
}

/** Elements by their Ids. */
type Owners = ReadonlyMap<string, XmlElement>;

/** An element that a profile may want signed. */
export interface Part {
  /** For people: `soap:Body`, `wsu:Timestamp`, a header block's name. */
  readonly label: string;
  readonly element: XmlElement;
  /** Whether the profile decides, or every profile wants it. */
  readonly always: boolean;
}

/** A direct reference must name the one token of the same Security header. */
const judgeToken = (
  document: XmlDocument,
  reference: KeyReference,
  owners: Owners,
  token: XmlElement | undefined,
): Problem<SecurityProblem> | undefined => {
  if (reference.kind !== 'direct') return undefined;
  if (!token) {
    return securityProblem('security.token-missing', {
      check: 'wsse:BinarySecurityToken',
      expected: 'one, since KeyInfo refers to it',
      found: 'none',
      rule: 'contract: the request carries its certificate',
      remedy:
        'send the signing certificate as a BinarySecurityToken and refer to it from KeyInfo ("direct reference")',
    });
  }
  const owner = owners.get(reference.id);
  if (owner?.isSameNode(token)) return undefined;
  return securityProblem('security.token-unavailable', {
    check: 'the token that KeyInfo refers to',
    expected: 'the BinarySecurityToken of the same Security header',
    found: owner ? `the element ${owner.name}` : `nothing with the Id "${shortened(reference.id)}"`,
    rule: 'WSS 1.1 §7.2; WSS X.509 Token Profile 1.1 §3.2.1',
    remedy: `give ${wsse.prefix}:BinarySecurityToken the wsu:Id that the Reference names`,
    ...(owner ? {} : strayId(document, reference.id)),
  });
};

const containsSignature = (target: XmlElement, { signedInfo }: Signature): boolean => {
  for (let around = signedInfo.parent; around; around = around.parent) {
    if (around.isSameNode(target)) return true;
  }
  return false;
};

/** An Id that occurs twice anywhere, in any of the four attributes, makes the message ambiguous, referenced or not. */
const ownersIn = (document: XmlDocument): Owners | Problem<SecurityProblem> => {
  const owners = new Map<string, XmlElement>();
  // The byte guard has counted them: there are not many.
  const found = IDS.flatMap((path) => document.find(path));
  for (const { value, owner } of ownersOf(found)) {
    const before = owners.get(value);
    if (before && !before.isSameNode(owner)) {
      return securityProblem('security.id-duplicate', {
        check: 'uniqueness of Ids',
        expected: 'each Id once, over wsu:Id, Id, ID and xml:id',
        found: `"${value}" on ${before.name} and on ${owner.name}`,
        rule: 'WSS 1.1 §4.1; XML Signature §4.4.3.2',
        remedy: 'give every element an Id of its own',
      });
    }
    owners.set(value, owner);
  }
  return owners;
};

const resolveReference = (
  document: XmlDocument,
  signature: Signature,
  reference: Reference,
  owners: Owners,
  token: XmlElement | undefined,
): ResolvedReference | Problem<SecurityProblem> => {
  const target = owners.get(reference.id);
  if (!target) {
    return securityProblem('security.reference-unresolved', {
      check: 'target of a signature reference',
      expected: `an element with the Id "${shortened(reference.id)}"`,
      found: 'none in the message',
      rule: 'XML Signature §4.4.3.2',
      remedy:
        'check that the client writes the wsu:Id before it signs, and that nothing removes it afterwards',
      ...strayId(document, reference.id),
    });
  }
  if (reference.dereferenced && !target.isSameNode(signature.tokenReference)) {
    return securityProblem('security.algorithm', {
      check: 'STR-Transform',
      expected: 'on the SecurityTokenReference in KeyInfo of this Signature, nowhere else',
      found: `on ${target.name} (Id "${shortened(reference.id)}")`,
      rule: 'WSS 1.1 §8.3; contract: WS-Security of requests',
      remedy: 'sign Timestamp and Body by an ordinary reference; STR-Transform is for the token',
    });
  }
  if (reference.enveloped && containsSignature(target, signature)) {
    return securityProblem('security.algorithm', {
      check: 'enveloped-signature transform',
      expected: 'none, or on an element that the Signature is not inside of',
      found: `on ${target.name}, which holds the Signature`,
      rule: 'contract: WS-Security of requests',
      remedy: 'sign Timestamp and Body, not the header or the envelope around the Signature',
    });
  }
  return { ...reference, target, token: signature.keyReference.kind === 'direct' ? token : undefined };
};

/**
 * Resolves every reference by Id.
 *
 * @param token the one of the Security header
 * @returns a problem where the Ids of the message are ambiguous
 */
export const resolveReferences = (
  document: XmlDocument,
  signature: Signature,
  token: XmlElement | undefined,
): Coverage | Problem<SecurityProblem> => {
  const owners = ownersIn(document);
  if ('problem' in owners) return owners;
  return {
    misled: judgeToken(document, signature.keyReference, owners, token),
    references: signature.references.map((reference) =>
      resolveReference(document, signature, reference, owners, token),
    ),
  };
};

/** Those of the references that lead to an element. */
export const resolvedIn = ({ references }: Coverage): ResolvedReference[] =>
  references.flatMap((one) => ('problem' in one ? [] : [one]));

/**
 * Whether every part that the profile wants signed *is* the target of a reference: the same node, not one like it.
 *
 * @returns a problem for each part that is not
 */
export const judgeCoverage = (
  references: readonly ResolvedReference[],
  parts: readonly Part[],
  profile: Profile,
): Problem<SecurityProblem>[] => {
  const wanted = parts.filter(({ always }) => always || profile.headersSigned);
  const labels = wanted.map(({ label }) => label).join(', ');
  return wanted
    .filter(({ element }) => !references.some(({ target }) => target.isSameNode(element)))
    .map(({ element, label }) => {
      const namesake = references.find(({ target }) => target.name === element.name);
      return securityProblem('security.coverage', {
        check: 'what the signature covers',
        expected: `${labels}, each in its own place`,
        found: namesake
          ? `the signature covers another ${element.name} (Id "${namesake.id}"), not the one that is processed`
          : `${label} is not signed; signed are ${printNames(references.map(({ target }) => target))}`,
        rule: `profile ${profile.name}; contract: signed are Timestamp and Body`,
        remedy: namesake
          ? 'leave the signed element where it was signed: a moved one counts for nothing (signature wrapping)'
          : `add ${label} to the parts that the client signs`,
        where: placeOf(element),
      });
    });
};
