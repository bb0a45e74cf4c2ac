// From tree to envelope: version, header blocks, the one Body and its one child.

import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import type { Problem, QName } from '../kernel/problem.ts';
import { ds, soap11, soap12, wsse, wsu, xenc } from '../xml/names.ts';
import {
  attribute,
  children,
  escapedRemedy,
  isNamed,
  looksEscaped,
  printNames,
  printQName,
  qnameOf,
  strayText,
} from '../xml/tree.ts';
import { wrongMedia } from './media.ts';
import { type NotUnderstood, type SoapProblem, soapProblem } from './problems.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from './version.ts';

const MAX_HEADER_BLOCKS = 32;

export interface HeaderBlock {
  readonly element: XmlElement;
  /** Whether its actor or role names this service. */
  readonly ours: boolean;
  readonly mustUnderstand: boolean;
}

/** A well-formed SOAP message; the elements belong to `document`. */
export interface Envelope {
  readonly document: XmlDocument;
  readonly version: SoapVersion;
  readonly blocks: readonly HeaderBlock[];
  readonly body: XmlElement;
  readonly payload: XmlElement;
}

const structure = (expected: string, found: string, remedy: string): Problem<SoapProblem> =>
  soapProblem('soap.structure', {
    check: 'structure of the envelope',
    expected,
    found,
    rule: 'SOAP 1.1 §4; SOAP 1.2 Part 1 §5; WS-I Basic Profile R9981, R1014',
    remedy,
  });

const versionOf = (root: XmlElement, expected: SoapVersion): SoapVersion | Problem<SoapProblem> => {
  const namespace = root.namespaceUri;
  if (root.name !== 'Envelope') {
    return soapProblem('soap.not-an-envelope', {
      check: 'document element',
      expected: printQName({ namespace: expected.namespace.uri, name: 'Envelope' }),
      found: printQName(qnameOf(root)),
      rule: 'SOAP 1.1 §4; SOAP 1.2 Part 1 §5',
      remedy: 'wrap the message in a SOAP Envelope and Body',
    });
  }
  const sent = namespace === soap11.uri ? SOAP_1_1 : namespace === soap12.uri ? SOAP_1_2 : undefined;
  if (sent === expected) return expected;
  return soapProblem('soap.version-mismatch', {
    check: 'SOAP version',
    expected: `SOAP ${expected.name} (${expected.namespace.uri})`,
    found: sent ? `SOAP ${sent.name}` : `an Envelope in ${namespace || 'no namespace'}`,
    rule: 'SOAP 1.1 §4.1.2; SOAP 1.2 Part 1 §5.4.7',
    remedy: `configure the client for SOAP ${expected.name}, as the binding in the WSDL says`,
    basis: 'documented',
  });
};

const readBlock = (element: XmlElement, version: SoapVersion): HeaderBlock => {
  const uri = version.namespace.uri;
  const flag = attribute(element, uri, 'mustUnderstand')?.trim();
  return {
    element,
    ours: version.role.ours.includes(attribute(element, uri, version.role.attribute) ?? ''),
    mustUnderstand: flag === '1' || flag === 'true',
  };
};

/**
 * Reads the envelope and checks it against the SOAP version that the endpoint speaks.
 *
 * @param mediaType the one that it came under, without parameters; undefined: it came by no HTTP
 */
export const readEnvelope = (
  document: XmlDocument,
  expected: SoapVersion,
  mediaType?: string,
): Envelope | Problem<SoapProblem> => {
  const root = document.root;
  const version = versionOf(root, expected);
  if ('problem' in version) return version;
  if (mediaType !== undefined && mediaType !== version.mediaType) {
    return wrongMedia(
      version,
      `a SOAP ${version.name} envelope under ${mediaType}, the media type of SOAP ${version === SOAP_1_1 ? '1.2' : '1.1'}`,
    );
  }
  const uri = version.namespace.uri;
  const parts = children(root);
  const header = parts[0] && isNamed(parts[0], uri, 'Header') ? parts[0] : undefined;
  const [body, ...rest] = header ? parts.slice(1) : parts;
  if (!body || !isNamed(body, uri, 'Body') || rest.length > 0) {
    return structure(
      'an optional Header, then exactly one Body',
      parts.length > 0 ? printNames(parts) : 'an empty Envelope',
      'send one Header and one Body and nothing else in the Envelope',
    );
  }
  for (const holder of header ? [root, header, body] : [root, body]) {
    const text = strayText(holder);
    if (text !== undefined) {
      return structure(
        `only elements in ${holder.name}`,
        `the text "${text}"`,
        looksEscaped(text) ? escapedRemedy(holder.name) : `remove the text from ${holder.name}`,
      );
    }
  }
  const [payload, ...others] = children(body);
  if (!payload || others.length > 0) {
    return structure(
      'exactly one element in the Body',
      payload ? `${others.length + 1} elements` : 'an empty Body',
      'put the request element, and only it, into the Body (document/literal)',
    );
  }
  const blocks = header ? children(header).map((block) => readBlock(block, version)) : [];
  if (blocks.length > MAX_HEADER_BLOCKS) {
    return soapProblem('soap.too-many-headers', {
      check: 'number of header blocks',
      expected: `at most ${MAX_HEADER_BLOCKS}`,
      found: String(blocks.length),
      rule: 'a limit of the emulator against oversized messages',
      remedy: 'send fewer header blocks',
    });
  }
  return { document, version, blocks, body, payload };
};

const INSIDE_SECURITY: readonly string[] = [wsse.uri, wsu.uri, ds.uri, xenc.uri];

/** What a block may be meant for that is not understood: it has a wrong namespace only. */
const meantBy = ({ name }: XmlElement, understood: readonly QName[]): QName | undefined =>
  understood.find((one) => one.name === name);

/** What to do about it; it may be meant for another place. */
const remedyFor = (block: XmlElement, understood: readonly QName[]): string => {
  const { name, namespaceUri } = block;
  const meant = meantBy(block, understood);
  if (meant) return `the name is right, its namespace is not: ${name} belongs to ${meant.namespace}`;
  const secured = understood.some((one) => one.namespace === wsse.uri && one.name === 'Security');
  return secured && INSIDE_SECURITY.includes(namespaceUri)
    ? `put ${name} into the wsse:Security header; it is no header block of its own`
    : 'remove the header block, or its mustUnderstand; this service does not process it';
};

/**
 * Refuses header blocks that demand to be understood and are not.
 *
 * @param understood the header blocks this service processes
 */
export const checkUnderstood = (
  envelope: Envelope,
  understood: readonly QName[],
): NotUnderstood | undefined => {
  const strange = envelope.blocks
    .filter((block) => block.ours && block.mustUnderstand)
    .map((block) => block.element)
    .filter((block) => !understood.some(({ namespace, name }) => isNamed(block, namespace, name)));
  const [first] = strange;
  if (!first) return undefined;
  return {
    problem: 'soap.must-understand',
    block: qnameOf(first),
    explanation: {
      check: 'header blocks with mustUnderstand',
      expected: understood.map(printQName).join(', ') || 'none',
      found: printNames(strange),
      rule: 'SOAP 1.1 §4.2.3; SOAP 1.2 Part 1 §5.2.3',
      remedy: remedyFor(first, understood),
      basis: 'documented',
      ...(meantBy(first, understood) ? { kind: 'misnamed' } : {}),
    },
  };
};
