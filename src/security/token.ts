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

/** What a type is told as: `…#X509v3` of a URI, and of a name with a prefix. */
const lastPart = (type: string): string => type.replace(/^.*[#:]/, '');

/** A type that is not taken: missing, not written as the whole URI, or of something else than a certificate. */
const strangeType = (element: XmlElement): Refusal | undefined => {
  const valueType = attribute(element, '', 'ValueType');
  const encoding = attribute(element, '', 'EncodingType');
  const rightEncoding = encoding === undefined || encoding === tokenTypes.base64;
  if (valueType === tokenTypes.x509v3 && rightEncoding) return undefined;
  const told = (type: string | undefined) => shortened(type ?? '(none)', 200);
  const meant = lastPart(valueType ?? 'X509v3') === 'X509v3';
  const written = [
    ...(valueType === tokenTypes.x509v3 ? [] : [`ValueType="${tokenTypes.x509v3}"`]),
    ...(rightEncoding ? [] : [`EncodingType="${tokenTypes.base64}"`]),
  ];
  return securityProblem('security.token-unsupported', {
    check: 'type of the BinarySecurityToken',
    expected: 'ValueType …#X509v3, EncodingType …#Base64Binary, each the whole URI',
    found: `ValueType ${told(valueType)}, EncodingType ${told(encoding)}`,
    rule: 'contract: WS-Security of requests; WSS X.509 Token Profile 1.1 §3.1',
    remedy: meant
      ? `write ${written.join(' and ')} on the BinarySecurityToken`
      : 'send the single signing certificate as X509v3, no PKCS#7 and no PkiPath',
    ...(meant ? { kind: 'type-not-written' } : {}),
  });
};

/** The bytes of the token: DER, as far as anybody can tell yet. */
export const readToken = (element: XmlElement): Buffer | Refusal => {
  const moved = movedByMtom(element);
  if (moved) return unreadable(moved.found, moved.remedy);
  if (children(element).length > 0) return unreadable(printNames(children(element)));
  const strange = strangeType(element);
  if (strange) return strange;
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
