// The BinarySecurityToken: a certificate that the message carries.

import type { XmlElement } from 'libxml2-wasm';
import type { Problem } from '../kernel/problem.ts';
import { attribute, children, textOf } from '../xml/tree.ts';
import { tokenTypes } from './algorithms.ts';
import { decodeBase64 } from '../xml/base64.ts';
import { type Reason, type SecurityProblem, securityProblem, type WssFault } from './problems.ts';
import { LARGEST_CERTIFICATE } from './trust/certificate.ts';

type Refusal = Problem<SecurityProblem>;
const refuse = (code: SecurityProblem, fault: WssFault, reason: Reason): Refusal =>
  securityProblem(code, fault, reason);

export const unreadable = (found: string): Refusal =>
  refuse('security.token-unreadable', 'InvalidSecurityToken', {
    check: 'content of the BinarySecurityToken',
    expected: 'one X.509 certificate: DER, base64, nothing after it',
    found,
    rule: 'WSS X.509 Token Profile 1.1 §3.1.1',
    remedy: 'send the base64 of the DER certificate, without PEM lines',
  });

/** The bytes of the token: DER, as far as anybody can tell yet. */
export const readToken = (element: XmlElement): Buffer | Refusal => {
  if (children(element).length > 0) return unreadable('child elements');
  const valueType = attribute(element, '', 'ValueType');
  const encoding = attribute(element, '', 'EncodingType') ?? tokenTypes.base64;
  if (valueType !== tokenTypes.x509v3 || encoding !== tokenTypes.base64) {
    return refuse('security.token-unsupported', 'UnsupportedSecurityToken', {
      check: 'type of the BinarySecurityToken',
      expected: 'ValueType …#X509v3, EncodingType …#Base64Binary',
      found: `ValueType ${valueType ?? '(none)'}, EncodingType ${encoding}`,
      rule: 'contract: WS-Security of requests; WSS X.509 Token Profile 1.1 §3.1',
      remedy: 'send the single signing certificate as X509v3, no PKCS#7 and no PkiPath',
    });
  }
  const der = decodeBase64(textOf(element));
  if (!der) return unreadable('text that is not base64');
  return der.length > LARGEST_CERTIFICATE
    ? unreadable(`${der.length} bytes; no certificate is that large`)
    : der;
};
