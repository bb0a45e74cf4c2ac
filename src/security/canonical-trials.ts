// The other octets that a signer may have meant: the canonical forms that are mixed up with each other, tried one after another.

import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import { shortened } from '../kernel/brief.ts';
import { type CanonicalForm, canonicalOctets } from '../xml/canonical.ts';
import type { ResolvedReference } from './coverage.ts';
import { formOf, methodOf, octetsIn } from './octets.ts';
import type { Method } from './signature.ts';

/** Octets with how they came about; `''` is the way that the message writes. */
export interface Trial {
  readonly how: string;
  readonly octets: Buffer;
}

/** How many prefixes in scope are tried alone as a PrefixList. */
const MOST_PREFIXES = 8;

const prefixesInScope = (element: XmlElement): string[] => {
  const found = new Set<string>();
  for (let one: XmlElement | null = element; one; one = one.parent) {
    for (const prefix of Object.keys(one.nsDeclarations)) found.add(prefix === '' ? '#default' : prefix);
  }
  return [...found];
};

/** A canonicalization for people. */
const printForm = ({ exclusive, prefixes }: CanonicalForm): string => {
  if (!exclusive) return 'inclusive C14N';
  return prefixes.length > 0
    ? `exclusive C14N with the PrefixList "${shortened(prefixes.join(' '))}"`
    : 'exclusive C14N without a PrefixList';
};

/** The forms that signers mix up, the one that is written left out. */
const otherForms = (written: CanonicalForm, element: XmlElement): CanonicalForm[] => {
  const scope = prefixesInScope(element);
  const lists = [...scope.slice(0, MOST_PREFIXES).map((one) => [one]), scope];
  const forms = [
    { exclusive: true, prefixes: [] },
    { exclusive: false, prefixes: [] },
    ...lists.map((prefixes) => ({ exclusive: true, prefixes })),
  ];
  return forms.filter((form) => printForm(form) !== printForm(written));
};

/** Undefined: there is no such form of the element. */
const attempt = (make: () => Buffer): Buffer | undefined => {
  try {
    return make();
  } catch {
    return undefined;
  }
};

/** The octets in the written form, then those of the other forms, each once with the forms that have them. */
const trialsOfForms = (
  written: CanonicalForm,
  element: XmlElement,
  make: (form: CanonicalForm) => Buffer,
): Trial[] => {
  const own = attempt(() => make(written));
  const others: { octets: Buffer; forms: CanonicalForm[] }[] = [];
  for (const form of otherForms(written, element)) {
    const octets = attempt(() => make(form));
    if (!octets || own?.equals(octets)) continue;
    const same = others.find((one) => one.octets.equals(octets));
    if (!same) others.push({ octets, forms: [form] });
    // Of those with the same octets the simplest of each kind is named.
    else if (same.forms.every(({ exclusive }) => exclusive !== form.exclusive)) same.forms.push(form);
  }
  return [
    ...(own ? [{ how: '', octets: own }] : []),
    ...others.map(({ octets, forms }) => ({
      how: `by ${forms.map(printForm).join(' or ')}, while the message says ${printForm(written)}`,
      octets,
    })),
  ];
};

const besides = (how: string, make: () => Buffer): Trial[] => {
  const octets = attempt(make);
  return octets ? [{ how, octets }] : [];
};

/** The octets that a DigestValue may be of; the first are those that the reference says. */
export const trialsOfReference = (
  document: XmlDocument,
  reference: ResolvedReference,
  certificate: Buffer | undefined,
): Trial[] => {
  const { target, token, dereferenced } = reference;
  const written = formOf(methodOf(reference));
  const forms = trialsOfForms(written, (dereferenced && token) || target, (form) =>
    octetsIn(document, reference, form, certificate),
  );
  if (!dereferenced) {
    return [
      ...forms,
      ...besides('over the comments too, which a reference by Id leaves out', () =>
        canonicalOctets(document, target, { ...written, comments: true }),
      ),
    ];
  }
  return [
    ...forms,
    ...(token
      ? besides('over the token without the xmlns="" that an STR-Transform adds', () =>
          canonicalOctets(document, token, written),
        )
      : []),
    ...besides('over the SecurityTokenReference itself, not its token', () =>
      canonicalOctets(document, target, written),
    ),
  ];
};

/** The octets that a SignatureValue may be of; the first are those that CanonicalizationMethod says. */
export const trialsOfSignedInfo = (
  document: XmlDocument,
  signedInfo: XmlElement,
  method: Method,
): Trial[] => {
  const written = formOf(method);
  return [
    ...trialsOfForms(written, signedInfo, (form) =>
      canonicalOctets(document, signedInfo, { ...form, comments: written.comments ?? false }),
    ),
    ...besides(
      `${written.comments ? 'without' : 'over'} the comments in SignedInfo, unlike the message says`,
      () => canonicalOctets(document, signedInfo, { ...written, comments: !written.comments }),
    ),
  ];
};
