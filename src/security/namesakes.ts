// Right names in wrong places: an element or an Id that would be known if its namespace were the right one.

import { XmlAttribute, type XmlDocument, type XmlElement, XmlXPath } from 'libxml2-wasm';
import { shortened } from '../kernel/brief.ts';
import { ds, excC14n, type Namespace, wsse, wsse11, wsu } from '../xml/names.ts';
import { placeOf } from '../xml/place.ts';
import { children, isNamed, printQName } from '../xml/tree.ts';
import type { Reason } from './problems.ts';

const NAMES: readonly (readonly [Namespace, readonly string[]])[] = [
  [
    wsse,
    [
      'Security',
      'BinarySecurityToken',
      'SecurityTokenReference',
      'KeyIdentifier',
      'Embedded',
      'TransformationParameters',
    ],
  ],
  [wsu, ['Timestamp', 'Created', 'Expires']],
  [
    ds,
    [
      'Signature',
      'SignedInfo',
      'SignatureValue',
      'KeyInfo',
      'CanonicalizationMethod',
      'SignatureMethod',
      'Reference',
      'Transforms',
      'Transform',
      'DigestMethod',
      'DigestValue',
      'X509Data',
      'X509IssuerSerial',
      'X509IssuerName',
      'X509SerialNumber',
    ],
  ],
  [excC14n, ['InclusiveNamespaces']],
  [wsse11, ['SignatureConfirmation']],
];

const HOMES = new Map(NAMES.flatMap(([home, names]) => names.map((name) => [name, home] as const)));

/** The namespace where a name belongs; undefined for a name that nobody here knows. */
export const homeOf = ({ name, parent }: XmlElement): Namespace | undefined =>
  // Both have an element of this name.
  name === 'Reference' && parent?.name === 'SecurityTokenReference' ? wsse : HOMES.get(name);

const DRAFT = /^http:\/\/schemas\.xmlsoap\.org\/ws\/(\d{4})\/\d{2}\//;

/** A namespace for people: whose it is, where that is known. */
const printNamespace = (uri: string): string => {
  if (uri === '') return 'no namespace';
  const known = NAMES.find(([{ uri: one }]) => one === uri)?.[0].prefix;
  const year = DRAFT.exec(uri)?.[1];
  const whose = known !== undefined ? ` (that of ${known})` : year ? ` (that of a draft of ${year})` : '';
  return `the namespace ${shortened(uri, 200)}${whose}`;
};

type Naming = Pick<Reason, 'expected' | 'found' | 'remedy' | 'where' | 'kind'>;

/** What is said of an element that only has a wrong namespace; undefined: it has none, or nobody here knows its name. */
const misnaming = (element: XmlElement): Naming | undefined => {
  const { name } = element;
  const home = homeOf(element);
  // A namespace may be very long, and reading it costs as much: only where the name is one of ours.
  if (!home) return undefined;
  const { namespaceUri } = element;
  if (home.uri === namespaceUri) return undefined;
  return {
    expected: printQName({ namespace: home.uri, name }),
    found: `${name} in ${printNamespace(namespaceUri)}`,
    remedy: `the name is right, its namespace is not: write ${home.prefix}:${name} with xmlns:${home.prefix}="${home.uri}"`,
    where: placeOf(element),
    kind: 'misnamed',
  };
};

/** The reason as it is, or a better one where the first strange element among these has only a wrong namespace. */
export const orMisnamed = (reason: Reason, elements: readonly XmlElement[]): Reason => {
  for (const element of elements) {
    const naming = misnaming(element);
    if (naming) return { ...reason, ...naming };
  }
  return reason;
};

const ANY_ID = XmlXPath.compile("//@*[local-name()='Id' or local-name()='ID' or local-name()='id']");

/** Where an Id stands that is in none of the attributes that are looked at; undefined: nowhere. */
export const strayId = (
  document: XmlDocument,
  id: string,
): Pick<Reason, 'found' | 'remedy' | 'where' | 'kind'> | undefined => {
  const node = document.find(ANY_ID).find((one) => one instanceof XmlAttribute && one.value === id);
  if (!(node instanceof XmlAttribute) || !node.parent) return undefined;
  const where = node.namespaceUri === '' ? 'no namespace' : printNamespace(node.namespaceUri);
  return {
    found: `"${shortened(id)}" stands in ${node.name}, in ${where}, of the element ${node.parent.name}: that is no Id`,
    remedy: `write the attribute as ${wsu.prefix}:Id with xmlns:${wsu.prefix}="${wsu.uri}"`,
    where: placeOf(node.parent),
    kind: 'stray-id',
  };
};

/** What to do where a reference names an Id of the message without the # before it; undefined: it does not. */
export const fragmentRemedy = (reference: XmlElement, uri: string): string | undefined =>
  reference.doc.find(ANY_ID).some((one) => one instanceof XmlAttribute && one.value === uri)
    ? `write URI="#${shortened(uri)}": a reference to an Id begins with #`
    : undefined;

const XOP = 'http://www.w3.org/2004/08/xop/include';

/** What stands where the text should be, where MTOM has moved it into an attachment. */
export const movedByMtom = (element: XmlElement): Pick<Reason, 'found' | 'remedy'> | undefined =>
  children(element).some((child) => isNamed(child, XOP, 'Include'))
    ? {
        found: `xop:Include in ${element.name}: MTOM has moved its text into an attachment`,
        remedy: 'switch MTOM off in the client, at least for the Security header; messages come in one piece',
      }
    : undefined;
