// Step 1: the Security header addressed to us, and the three elements it must hold exactly once.

import type { XmlElement } from 'libxml2-wasm';
import type { Problem, QName } from '../kernel/problem.ts';
import type { Envelope } from '../soap/envelope.ts';
import { ds, wsse, wsu } from '../xml/names.ts';
import { children, isNamed, printQName, qnameOf } from '../xml/tree.ts';
import { type SecurityProblem, securityProblem, type WssFault } from './problems.ts';

export interface SecurityHeader {
  readonly element: XmlElement;
  readonly timestamp: XmlElement;
  /** Undefined: no certificate is carried, KeyInfo can only name one. */
  readonly token: XmlElement | undefined;
  readonly signature: XmlElement;
  /** Of the further elements that may be there, those that are. */
  readonly further: readonly XmlElement[];
}

const content = (
  fault: WssFault,
  expected: string,
  found: string,
  remedy: string,
): Problem<SecurityProblem> =>
  securityProblem('security.header-content', fault, {
    check: 'content of wsse:Security',
    expected,
    found,
    rule: 'WSS 1.1 §5; contract: one Timestamp, one BinarySecurityToken, one Signature',
    remedy,
  });

const missing = (
  code: SecurityProblem,
  name: string,
  remedy: string,
  rule: string,
): Problem<SecurityProblem> =>
  securityProblem(code, 'InvalidSecurity', {
    check: name,
    expected: `one ${name}`,
    found: 'none',
    rule,
    remedy,
  });

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
  if (!header) {
    return securityProblem('security.header-missing', 'InvalidSecurity', {
      check: 'wsse:Security header',
      expected: 'one, addressed to this service',
      found: headers.length > 0 ? 'only one with an actor or role of somebody else' : 'none',
      rule: 'contract: every request is signed; WSS 1.1 §5',
      remedy:
        'switch WS-Security on in the client: Timestamp, BinarySecurityToken and Signature (or run --profile none)',
    });
  }
  if (others.length > 0) {
    return securityProblem('security.header-duplicate', 'InvalidSecurity', {
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
      return content(
        child.namespaceUri === wsse.uri ? 'UnsupportedSecurityToken' : 'InvalidSecurity',
        'wsu:Timestamp, wsse:BinarySecurityToken and ds:Signature only',
        printQName(qnameOf(child)),
        'remove the element; requests are signed with a certificate and never encrypted',
      );
    }
  }
  for (const [name, found] of Object.entries(parts)) {
    if (found.length > 1)
      return content('InvalidSecurity', `one ${name}`, `${found.length}`, `send one ${name} only`);
  }
  const [timestamp] = parts.timestamp;
  const [token] = parts.token;
  const [signature] = parts.signature;
  if (!signature) {
    return missing(
      'security.signature-missing',
      'ds:Signature',
      'sign the message',
      'contract: every request is signed',
    );
  }
  if (!timestamp) {
    return missing(
      'security.timestamp-missing',
      'wsu:Timestamp',
      'add a signed Timestamp',
      'contract: WS-Security; WSS 1.1 §10',
    );
  }
  return { element: header.element, timestamp, token, signature, further };
};
