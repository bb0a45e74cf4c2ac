// A part of the message that is there, but not where anybody looks for it.

import type { XmlElement } from 'libxml2-wasm';
import { homeOf } from '../../security/namesakes.ts';
import { ds, type Namespace, soap11, soap12, wsse, wsu } from '../../xml/names.ts';
import { placeOf } from '../../xml/place.ts';
import { children } from '../../xml/tree.ts';
import { named } from './elements.ts';
import { asTold, codeOf, type Rule, type Seen, type Sight } from './rule.ts';

const ENVELOPES: readonly string[] = [soap11.uri, soap12.uri];

const isSecurity = (element: XmlElement | null): element is XmlElement =>
  element !== null && element.name === 'Security' && element.namespaceUri === wsse.uri;

/** In the Security header that counts. */
const standsRight = (element: XmlElement, { anatomy }: Sight): boolean => {
  const { parent } = element;
  return (
    isSecurity(parent) &&
    (anatomy?.envelope.blocks ?? []).some((block) => block.ours && block.element.isSameNode(parent))
  );
};

const misplaced = (elements: readonly XmlElement[], home: string): Seen | undefined => {
  const [first] = elements;
  if (!first) return undefined;
  const around = first.parent?.name ?? 'the document';
  return {
    where: elements.map(placeOf),
    found: `${first.name} in ${around}`,
    remedy: `put ${first.name} into ${home}, and sign the message again as it is then`,
  };
};

const HEADER = 'wsse:Security, a block of the SOAP Header';

/** What is missed stands somewhere else. */
const astray =
  (name: string, home: Namespace): Rule['seen'] =>
  (sight) =>
    misplaced(
      named(sight.document, name, home).filter((element) => !standsRight(element, sight)),
      HEADER,
    );

const isHeaderBlock = ({ parent }: XmlElement): boolean =>
  parent !== null && parent.name === 'Header' && ENVELOPES.includes(parent.namespaceUri);

/** A Security that is no header block, or its content without it. */
const securityAstray = ({ document }: Sight): Seen | undefined => {
  const headers = named(document, 'Security', wsse);
  if (headers.some(isHeaderBlock)) return undefined;
  if (headers.length > 0) return misplaced(headers, 'the SOAP Header');
  return misplaced(
    [
      ...named(document, 'Signature', ds),
      ...named(document, 'Timestamp', wsu),
      ...named(document, 'BinarySecurityToken', wsse),
    ],
    HEADER,
  );
};

/** A part of a Signature or of a Timestamp beside it. */
const contentAstray = ({ anatomy, refusal }: Sight): Seen | undefined => {
  const stray = anatomy?.envelope.blocks
    .flatMap(({ element }) => (isSecurity(element) ? children(element) : []))
    .find((child) => placeOf(child) === refusal.explanation.where);
  const home = stray && homeOf(stray);
  const own = ['Security', 'Timestamp', 'BinarySecurityToken', 'Signature', 'SignatureConfirmation'];
  return stray && home?.uri === stray.namespaceUri && !own.includes(stray.name)
    ? {
        found: `${stray.name} directly in wsse:Security`,
        remedy: `put ${stray.name} where the standard has it: KeyInfo into ds:Signature, SecurityTokenReference into KeyInfo, Created and Expires into wsu:Timestamp`,
      }
    : undefined;
};

const blockAstray = ({ anatomy }: Sight): Seen | undefined =>
  misplaced(
    (anatomy?.envelope.blocks ?? [])
      .filter(({ ours, mustUnderstand }) => ours && mustUnderstand)
      .map(({ element }) => element)
      .filter((element) => homeOf(element)?.uri === element.namespaceUri && !isSecurity(element)),
    HEADER,
  );

const payloadAstray = ({ anatomy }: Sight): Seen | undefined => {
  const payload = anatomy?.envelope.payload;
  return payload && homeOf(payload)?.uri === payload.namespaceUri
    ? misplaced([payload], isSecurity(payload) ? 'the SOAP Header' : HEADER)
    : undefined;
};

/** Header behind Body, or what belongs into one of the two beside them. */
const inEnvelope = ({ document }: Sight): Seen | undefined => {
  const root = document?.root;
  if (!root) return undefined;
  const parts = children(root);
  const isPart = (element: XmlElement | undefined, name: string): boolean =>
    element?.name === name && element.namespaceUri === root.namespaceUri;
  const security = parts.filter((part) => homeOf(part)?.uri === part.namespaceUri);
  if (security.length > 0)
    return misplaced(security, isSecurity(security[0] ?? null) ? 'the SOAP Header' : HEADER);
  const late = parts.find((part, index) => index > 0 && isPart(part, 'Header'));
  if (late && parts.filter((part) => isPart(part, 'Header')).length === 1)
    return {
      where: [placeOf(late)],
      found: 'Header behind Body',
      remedy: 'put the Header before the Body',
    };
  const body = parts.find((part) => isPart(part, 'Body'));
  const inside = (body ? children(body) : []).filter((part) => homeOf(part)?.uri === part.namespaceUri);
  return misplaced(inside, isSecurity(inside[0] ?? null) ? 'the SOAP Header' : HEADER);
};

const looks: Readonly<Record<string, Rule['seen']>> = {
  'security.header-missing': securityAstray,
  'security.header-content': contentAstray,
  'security.token-unsupported': contentAstray,
  'security.signature-missing': astray('Signature', ds),
  'security.timestamp-missing': astray('Timestamp', wsu),
  'security.token-missing': astray('BinarySecurityToken', wsse),
  'soap.must-understand': blockAstray,
  'soap.unknown-operation': payloadAstray,
  'soap.structure': inEnvelope,
  'schema.invalid': (sight) => (sight.refusal.fault === 'elsewhere' ? asTold(sight) : undefined),
};

export const elementMisplaced: Rule = {
  cause: 'element-misplaced',
  sentence: 'an element is there, but in another place than where it counts',
  why: 'The element is appended to the document, or to the header, in place of the element that it belongs into.',
  rule: 'SOAP 1.1 §4; WSS 1.1 §5: the Security header is a block of the SOAP Header, and holds Timestamp, token and Signature',
  remedy: 'put it where the standard or the schema has it, and sign the message again as it is then',
  stacks: {
    PHP: 'insert Timestamp and Signature into the Security element, not into the document element',
    'xml-crypto':
      "computeSignature(xml, { location: { reference: \"//*[local-name(.)='Security']\", action: 'append' } })",
  },
  of: Object.keys(looks),
  seen: (sight) => looks[codeOf(sight.refusal)]?.(sight),
};
