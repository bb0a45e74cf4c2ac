// Step 1: the Security header addressed to us, and the three elements it must hold exactly once.

import type { XmlElement } from 'libxml2-wasm';
import { shortened } from '../kernel/brief.ts';
import type { Problem, QName } from '../kernel/problem.ts';
import type { Envelope } from '../soap/envelope.ts';
import { ds, type Namespace, wsse, wsu } from '../xml/names.ts';
import { placeOf } from '../xml/place.ts';
import { attribute, children, isNamed, printQName, qnameOf } from '../xml/tree.ts';
import { orMisnamed } from './namesakes.ts';
import { type Reason, type SecurityProblem, securityProblem } from './problems.ts';

export interface SecurityHeader {
  readonly element: XmlElement;
  readonly timestamp: XmlElement;
  /** Undefined: no certificate is carried, KeyInfo can only name one. */
  readonly token: XmlElement | undefined;
  readonly signature: XmlElement;
  /** Of the further elements that may be there, those that are. */
  readonly further: readonly XmlElement[];
}

const contentReason = (expected: string, found: string, remedy: string): Reason => ({
  check: 'content of wsse:Security',
  expected,
  found,
  rule: 'WSS 1.1 §5; contract: one Timestamp, one BinarySecurityToken, one Signature',
  remedy,
});

/** What is not in the Security header; it may stand beside it. */
const missing = (
  code: SecurityProblem,
  { prefix, uri }: Namespace,
  name: string,
  { blocks }: Envelope,
  remedy: string,
  rule: string,
): Problem<SecurityProblem> => {
  const beside = blocks.some(({ element }) => isNamed(element, uri, name));
  return securityProblem(code, {
    check: `${prefix}:${name}`,
    expected: `one ${prefix}:${name} in wsse:Security`,
    found: beside ? 'one beside wsse:Security, as a header block of its own' : 'none',
    rule,
    remedy: beside ? `put ${prefix}:${name} into wsse:Security, and sign again` : remedy,
  });
};

/** No Security header for us: there may be one for somebody else, or one that is called so in another namespace. */
const headerMissing = ({ blocks, version }: Envelope): Problem<SecurityProblem> => {
  const foreign = blocks.find(({ element }) => isNamed(element, wsse.uri, 'Security'))?.element;
  const { attribute: actor } = version.role;
  const role = foreign && attribute(foreign, version.namespace.uri, actor);
  const reason = {
    check: 'wsse:Security header',
    expected: 'one, addressed to this service',
    found: foreign ? `only one with the ${actor} "${shortened(role ?? '')}", which is somebody else` : 'none',
    rule: 'contract: every request is signed; WSS 1.1 §5',
    remedy: foreign
      ? `leave ${actor} out of wsse:Security: without it the header is for whom the message reaches`
      : 'switch WS-Security on in the client: Timestamp, BinarySecurityToken and Signature (or run --profile none)',
  };
  return securityProblem(
    'security.header-missing',
    orMisnamed(
      reason,
      blocks.map(({ element }) => element).filter(({ name }) => name === 'Security'),
    ),
  );
};

/**
 * Finds the Security header and its parts; anything it does not know is refused, never skipped.
 *
 * @param allowed elements that may be there too, each once: answers have some that requests never have
 */
export const readSecurityHeader = (
  envelope: Envelope,
  allowed: readonly QName[] = [],
): SecurityHeader | Problem<SecurityProblem> => {
  const headers = envelope.blocks.filter(({ element }) => isNamed(element, wsse.uri, 'Security'));
  const [header, ...others] = headers.filter(({ ours }) => ours);
  if (!header) return headerMissing(envelope);
  if (others.length > 0) {
    return securityProblem('security.header-duplicate', {
      check: 'wsse:Security header',
      expected: 'one',
      found: `${others.length + 1}`,
      rule: 'WSS 1.1 §5: no two Security headers for the same actor',
      remedy: 'put everything into one wsse:Security header',
    });
  }
  const parts = { timestamp: [] as XmlElement[], token: [] as XmlElement[], signature: [] as XmlElement[] };
  const further: XmlElement[] = [];
  for (const child of children(header.element)) {
    if (isNamed(child, wsu.uri, 'Timestamp')) parts.timestamp.push(child);
    else if (isNamed(child, wsse.uri, 'BinarySecurityToken')) parts.token.push(child);
    else if (isNamed(child, ds.uri, 'Signature')) parts.signature.push(child);
    else if (
      allowed.some(({ namespace, name }) => isNamed(child, namespace, name)) &&
      !further.some((one) => isNamed(one, child.namespaceUri, child.name))
    ) {
      further.push(child);
    } else {
      const strange = contentReason(
        'wsu:Timestamp, wsse:BinarySecurityToken and ds:Signature only',
        printQName(qnameOf(child)),
        'remove the element; requests are signed with a certificate and never encrypted',
      );
      return securityProblem(
        child.namespaceUri === wsse.uri ? 'security.token-unsupported' : 'security.header-content',
        { ...orMisnamed(strange, [child]), where: placeOf(child) },
      );
    }
  }
  for (const [name, found] of Object.entries(parts)) {
    if (found.length > 1) {
      const twice = contentReason(`one ${name}`, `${found.length}`, `send one ${name} only`);
      return securityProblem('security.header-content', twice);
    }
  }
  const [timestamp] = parts.timestamp;
  const [token] = parts.token;
  const [signature] = parts.signature;
  if (!signature) {
    return missing(
      'security.signature-missing',
      ds,
      'Signature',
      envelope,
      'sign the message',
      'contract: every request is signed',
    );
  }
  if (!timestamp) {
    return missing(
      'security.timestamp-missing',
      wsu,
      'Timestamp',
      envelope,
      'add a signed Timestamp',
      'contract: WS-Security; WSS 1.1 §10',
    );
  }
  return { element: header.element, timestamp, token, signature, further };
};
