// The BinarySecurityToken: a certificate that the message carries.

import type { XmlElement } from 'libxml2-wasm';
import { brief, shortened } from '../kernel/brief.ts';
import type { Problem } from '../kernel/problem.ts';
import { decodeBase64, faultOfBase64 } from '../xml/base64.ts';
import { attribute, children, printNames, textOf } from '../xml/tree.ts';
import { tokenTypes } from './algorithms.ts';
import { movedByMtom } from './namesakes.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import { LARGEST_CERTIFICATE } from './trust/certificate.ts';

type Refusal = Problem<SecurityProblem>;
export const unreadable = (
  found: string,
  remedy = 'send the base64 of the DER certificate, without PEM lines',
): Refusal =>
  securityProblem('security.token-unreadable', {
    check: 'content of the BinarySecurityToken',
    expected: 'one X.509 certificate: DER, base64, nothing after it',
    found,
    rule: 'WSS X.509 Token Profile 1.1 §3.1.1',
    remedy,
  });

/** The bytes of the token: DER, as far as anybody can tell yet. */
export const readToken = (element: XmlElement): Buffer | Refusal => {
  const moved = movedByMtom(element);
  if (moved) return unreadable(moved.found, moved.remedy);
  if (children(element).length > 0) return unreadable(printNames(children(element)));
  const valueType = attribute(element, '', 'ValueType');
  const encoding = attribute(element, '', 'EncodingType') ?? tokenTypes.base64;
  if (valueType !== tokenTypes.x509v3 || encoding !== tokenTypes.base64) {
    return securityProblem('security.token-unsupported', {
      check: 'type of the BinarySecurityToken',
      expected: 'ValueType …#X509v3, EncodingType …#Base64Binary',
      found: `ValueType ${shortened(valueType ?? '(none)', 200)}, EncodingType ${shortened(encoding, 200)}`,
      rule: 'contract: WS-Security of requests; WSS X.509 Token Profile 1.1 §3.1',
      remedy: 'send the single signing certificate as X509v3, no PKCS#7 and no PkiPath',
    });
  }
  const text = textOf(element);
  const der = decodeBase64(text);
  if (!der) {
    const wrong = faultOfBase64(text);
    return wrong
      ? unreadable(`text that is not base64: ${wrong.found}: ${brief(text.trim())}`, wrong.remedy)
      : unreadable('nothing in it');
  }
  return der.length > LARGEST_CERTIFICATE
    ? unreadable(`${der.length} bytes; no certificate is that large`)
    : der;
};
