// Which certificate KeyInfo names, and in which of the ways that the X.509 Token Profile knows. Still only structure.

import type { XmlElement } from 'libxml2-wasm';
import { shortened } from '../kernel/brief.ts';
import type { Problem } from '../kernel/problem.ts';
import { decodeBase64, faultOfBase64 } from '../xml/base64.ts';
import { ds, wsse } from '../xml/names.ts';
import { attribute, children, isNamed, onlyText, printNames } from '../xml/tree.ts';
import { tokenTypes } from './algorithms.ts';
import { fragmentRemedy, orMisnamed } from './namesakes.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import type { Profile, ReferenceKind } from './profiles/profile.ts';

/** What a SecurityTokenReference holds. */
export type KeyReference =
  /** The Id of a token in this message. */
  | { readonly kind: 'direct'; readonly id: string }
  /** The issuer's name as text, and the serial number in decimal digits. */
  | { readonly kind: 'issuerSerial'; readonly issuer: string; readonly serial: string }
  /** The bytes of the certificate's SubjectKeyIdentifier extension, or the SHA-1 digest of its DER. */
  | { readonly kind: 'subjectKeyIdentifier' | 'thumbprint'; readonly value: Buffer };

type Refusal = Problem<SecurityProblem>;

const RULE = 'contract: WS-Security of requests; WSS X.509 Token Profile 1.1 §3.2';
const REMEDY = 'set the client’s key identifier to "direct reference" (WSS4J: DirectReference)';

const unsupported = (found: string | readonly XmlElement[], remedy = REMEDY): Refusal => {
  const reason = {
    check: 'ds:KeyInfo',
    expected: 'one wsse:SecurityTokenReference with one reference to an X.509 certificate',
    found: typeof found === 'string' ? found : printNames(found),
    rule: RULE,
    remedy,
  };
  return securityProblem(
    'security.token-reference',
    typeof found === 'string' ? reason : orMisnamed(reason, found),
  );
};

const IDENTIFIERS: Readonly<Record<string, 'subjectKeyIdentifier' | 'thumbprint'>> = {
  [tokenTypes.subjectKeyIdentifier]: 'subjectKeyIdentifier',
  [tokenTypes.thumbprint]: 'thumbprint',
};

const readIdentifier = (element: XmlElement): KeyReference | Refusal => {
  const type = attribute(element, '', 'ValueType') ?? '';
  const encoding = attribute(element, '', 'EncodingType') ?? tokenTypes.base64;
  const kind = Object.hasOwn(IDENTIFIERS, type) ? IDENTIFIERS[type] : undefined;
  if (!kind || encoding !== tokenTypes.base64)
    return unsupported(`KeyIdentifier of the type ${shortened(type, 200) || '(none)'}`);
  const text = onlyText(element) ?? '';
  const value = decodeBase64(text);
  return value
    ? { kind, value }
    : unsupported(`a KeyIdentifier that is no base64: ${faultOfBase64(text)?.found ?? 'nothing in it'}`);
};

/** RFC 5280 §4.1.2.2 has 20 octets at most, 49 digits; some authorities gave longer ones. */
const LONGEST_SERIAL = 100;

const readIssuerSerial = (data: XmlElement): KeyReference | Refusal => {
  const [pair, ...more] = children(data);
  if (!pair || more.length > 0 || !isNamed(pair, ds.uri, 'X509IssuerSerial'))
    return unsupported(children(data));
  const [name, number, ...rest] = children(pair);
  if (
    !name ||
    !number ||
    rest.length > 0 ||
    !isNamed(name, ds.uri, 'X509IssuerName') ||
    !isNamed(number, ds.uri, 'X509SerialNumber')
  )
    return unsupported(children(pair));
  const issuer = onlyText(name)?.trim();
  const digits = onlyText(number)?.trim() ?? '';
  // The length first: a pattern that may begin anywhere in many zeros is slow.
  const [, minus, serial] = (digits.length <= LONGEST_SERIAL && /^([+-]?)0*(\d+)$/.exec(digits)) || [];
  return issuer && serial
    ? { kind: 'issuerSerial', issuer, serial: minus === '-' ? `-${serial}` : serial }
    : unsupported('an X509IssuerSerial without a name and a decimal number');
};

const readTokenReference = (reference: XmlElement): KeyReference | Refusal => {
  const [target, ...more] = children(reference);
  if (!target || more.length > 0) return unsupported(children(reference));
  if (isNamed(target, wsse.uri, 'KeyIdentifier')) return readIdentifier(target);
  if (isNamed(target, ds.uri, 'X509Data')) return readIssuerSerial(target);
  if (!isNamed(target, wsse.uri, 'Reference')) return unsupported([target]);
  const uri = attribute(target, '', 'URI') ?? '';
  if (/^#\S+$/.test(uri)) return { kind: 'direct', id: uri.slice(1) };
  return unsupported(`URI="${shortened(uri)}"`, fragmentRemedy(reference, uri));
};

/** KeyInfo must lead, by one SecurityTokenReference, to one certificate. */
export const readKeyInfo = (
  keyInfo: XmlElement,
): { readonly keyReference: KeyReference; readonly tokenReference: XmlElement } | Refusal => {
  const [reference, ...others] = children(keyInfo);
  if (!reference || others.length > 0 || !isNamed(reference, wsse.uri, 'SecurityTokenReference'))
    return unsupported(children(keyInfo));
  const keyReference = readTokenReference(reference);
  return 'problem' in keyReference ? keyReference : { keyReference, tokenReference: reference };
};

const WRITTEN: Readonly<Record<ReferenceKind, string>> = {
  direct: 'wsse:Reference to the BinarySecurityToken',
  issuerSerial: 'X509IssuerSerial',
  subjectKeyIdentifier: 'KeyIdentifier X509SubjectKeyIdentifier',
  thumbprint: 'KeyIdentifier ThumbprintSHA1',
};

/** Whether the profile takes this way of naming a certificate. */
export const judgeKeyReference = ({ kind }: KeyReference, { name, keyReferences }: Profile): Refusal[] =>
  keyReferences.includes(kind)
    ? []
    : [
        securityProblem('security.token-reference', {
          check: 'how KeyInfo names the certificate',
          expected: keyReferences.map((one) => WRITTEN[one]).join(' or '),
          found: WRITTEN[kind],
          rule: `profile ${name}; ${RULE}`,
          remedy: REMEDY,
        }),
      ];
