// Step 6, part three: whether the authorities of a chain permit the names of the certificates below them (RFC 5280 §4.2.1.10).

import { shortened } from '../../kernel/brief.ts';
import { printable } from '../../kernel/printable.ts';
import type { Problem } from '../../kernel/problem.ts';
import { type SecurityProblem, securityProblem } from '../problems.ts';
import type { Certificate } from './certificate.ts';
import { type Element, elementsOf } from './der.ts';
import { isBelow, nameText } from './distinguished-name.ts';
import { COMMON_NAME, EMAIL_ADDRESS } from './subject.ts';

/** The tags of GeneralName that are evaluated; of other kinds it is known only that they are there. */
const KINDS: Readonly<Record<number, string>> = {
  129: 'rfc822Name',
  130: 'dNSName',
  164: 'directoryName',
  134: 'uniformResourceIdentifier',
  135: 'iPAddress',
};
const RFC822 = 129;
const DNS = 130;
const DIRECTORY = 164;

/** A name, or the base of a subtree: its tag with what stands behind it. */
type GeneralName = Element;

interface Subtree {
  readonly base: GeneralName;
  /** RFC 5280 has no distances: minimum nought, maximum absent. */
  readonly plain: boolean;
}

interface Constraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

/** Thrown where a name has a form that its kind does not have: then nobody knows whether it is permitted. */
class UnknownForm extends Error {}

const textOf = ({ value }: GeneralName): string => value.toString('latin1').toLowerCase();

const isInDomain = (host: string, base: string): boolean =>
  base === '' || host === base || host.endsWith(base.startsWith('.') ? base : `.${base}`);

/** Of hosts in addresses a domain begins with a point, and a name without one is a single host. */
const isHost = (host: string, base: string): boolean =>
  base.startsWith('.') ? host.endsWith(base) : host === base;

const isMailbox = (name: GeneralName, base: GeneralName): boolean => {
  const address = name.value.toString('latin1');
  const place = address.lastIndexOf('@');
  if (place < 0) throw new UnknownForm('no mail address');
  const wanted = base.value.toString('latin1');
  const at = wanted.lastIndexOf('@');
  const host = address.slice(place + 1).toLowerCase();
  if (at < 0) return wanted === '' || isHost(host, wanted.toLowerCase());
  return address.slice(0, place) === wanted.slice(0, at) && host === wanted.slice(at + 1).toLowerCase();
};

const HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^:/?#[\]]+)/;

const isAddressed = (name: GeneralName, base: GeneralName): boolean => {
  const host = HOST.exec(textOf(name))?.[1];
  if (host === undefined || /^[\d.]+$/.test(host)) throw new UnknownForm('no URI with the name of a host');
  return textOf(base) === '' || isHost(host, textOf(base));
};

const isInRange = ({ value }: GeneralName, { value: range }: GeneralName): boolean => {
  if (![4, 16].includes(value.length) || ![8, 32].includes(range.length))
    throw new UnknownForm('no IP address');
  const mask = range.subarray(value.length);
  return (
    mask.length === value.length &&
    value.every((octet, place) => ((octet ^ (range[place] ?? 0)) & (mask[place] ?? 0)) === 0)
  );
};

const MATCHES: Readonly<Record<string, (name: GeneralName, base: GeneralName) => boolean>> = {
  rfc822Name: isMailbox,
  dNSName: (name, base) => isInDomain(textOf(name), textOf(base)),
  directoryName: ({ value }, { value: base }) => isBelow(value, base),
  uniformResourceIdentifier: isAddressed,
  iPAddress: isInRange,
};

const matches = (name: GeneralName, { base, plain }: Subtree): boolean => {
  const match = MATCHES[KINDS[name.tag] ?? ''];
  if (!match) throw new UnknownForm('a kind of name that is not evaluated');
  if (!plain) throw new UnknownForm('a subtree with minimum or maximum');
  return match(name, base);
};

const subtreesOf = (list: Element | undefined): Subtree[] =>
  (list ? elementsOf(list.value) : []).map(({ value }) => {
    const [base, ...distances] = elementsOf(value);
    if (!base) throw new Error('a subtree without a base');
    return { base, plain: distances.every((one) => one.tag === 0x80 && one.value.equals(Buffer.of(0))) };
  });

const constraintsOf = (extension: Buffer): Constraints => {
  const [sequence] = elementsOf(extension);
  const parts = sequence ? elementsOf(sequence.value) : [];
  if (sequence?.tag !== 0x30 || parts.length === 0) throw new Error('no NameConstraints');
  return {
    permitted: subtreesOf(parts.find(({ tag }) => tag === 0xa0)),
    excluded: subtreesOf(parts.find(({ tag }) => tag === 0xa1)),
  };
};

/** As other verifiers do, the common name of an end certificate counts as a host’s where there is no dNSName. */
const hostsIn = ({ attributes }: Certificate): Buffer[] =>
  attributes
    .filter(({ type, text }) => type === COMMON_NAME && /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i.test(text))
    .map(({ text }) => Buffer.from(text, 'latin1'));

/** All names of a certificate; `first`: it is the end certificate. */
const namesOf = (certificate: Certificate, first: boolean): GeneralName[] => {
  const { subjectDer, alternativeNames, attributes } = certificate;
  const [sequence] = alternativeNames ? elementsOf(alternativeNames) : [];
  const alternatives = sequence ? elementsOf(sequence.value) : [];
  const hosts = first && !alternatives.some(({ tag }) => tag === DNS) ? hostsIn(certificate) : [];
  return [
    ...(elementsOf(subjectDer)[0]?.value.length ? [{ tag: DIRECTORY, value: subjectDer }] : []),
    ...attributes
      .filter(({ type }) => type === EMAIL_ADDRESS)
      .map(({ text }) => ({ tag: RFC822, value: Buffer.from(text, 'latin1') })),
    ...hosts.map((value) => ({ tag: DNS, value })),
    ...alternatives,
  ];
};

const print = ({ tag, value }: GeneralName): string => {
  const kind = KINDS[tag] ?? `a name of the kind [${tag & 0x1f}]`;
  const text =
    tag === DIRECTORY
      ? nameText(value)
      : kind === 'iPAddress'
        ? [...value].join('.')
        : value.toString('latin1');
  return `${kind} "${shortened(printable(text), 200)}"`;
};

/** What the constraints have against a name; undefined when nothing. */
const objection = (name: GeneralName, { permitted, excluded }: Constraints): string | undefined => {
  const sameKind = ({ base }: Subtree): boolean => base.tag === name.tag;
  const allowed = permitted.filter(sameKind);
  if (allowed.length > 0 && !allowed.some((subtree) => matches(name, subtree))) return 'does not permit';
  return excluded.filter(sameKind).some((subtree) => matches(name, subtree)) ? 'excludes' : undefined;
};

const refuse = ({ subject }: Certificate, found: string): Problem<SecurityProblem> =>
  securityProblem('security.certificate-untrusted', {
    check: `names of the certificate ${subject}`,
    expected: 'names that every authority above it permits (nameConstraints, critical or not)',
    found,
    rule: 'RFC 5280 §4.2.1.10, §6.1.3',
    remedy: 'use a certificate with names that its authorities may give (openssl verify: errors 47 and 48)',
    kind: 'not-permitted',
  });

/** Unreadable names are an objection too: whether they are permitted cannot be said. */
const objectionOf = (certificate: Certificate, first: boolean, issuer: Certificate): string | undefined => {
  const { subject, nameConstraints } = issuer;
  if (!nameConstraints) return undefined;
  let names: GeneralName[];
  let constraints: Constraints;
  try {
    constraints = constraintsOf(nameConstraints);
    names = namesOf(certificate, first);
  } catch {
    return `nameConstraints of ${subject}, or names below it, that cannot be read`;
  }
  for (const name of names) {
    try {
      const verb = objection(name, constraints);
      if (verb) return `${print(name)}, which ${subject} ${verb}`;
    } catch (error) {
      if (!(error instanceof UnknownForm)) throw error;
      return `${print(name)} under nameConstraints of ${subject}: ${error.message}`;
    }
  }
  return undefined;
};

/**
 * Judges the names of a certificate by the authorities above it.
 *
 * @param above from its issuer to the anchor
 * @param first whether it is the end certificate: the others are let off where they are self-issued (RFC 5280 §6.1.3 (b))
 */
export const judgeNames = (
  certificate: Certificate,
  above: readonly Certificate[],
  first: boolean,
): Problem<SecurityProblem> | undefined => {
  if (!first && certificate.subjectDer.equals(certificate.issuerDer)) return undefined;
  for (const issuer of above) {
    const found = objectionOf(certificate, first, issuer);
    if (found) return refuse(certificate, found);
  }
  return undefined;
};
