// What SOAP services say of every problem that they share, in the field's usual words. A code without a face does not compile.

import { bodyRefusals, type HttpProblem } from '../http/problems.ts';
import type { Face, Fault, HttpRefusal } from '../kernel/face.ts';
import type { Problem, QName } from '../kernel/problem.ts';
import type { SchemaProblem } from '../schema/problems.ts';
import type { SecurityProblem } from '../security/problems.ts';
import type { NotUnderstood, SoapProblem } from '../soap/problems.ts';
import type { Faces, Telling } from '../soap/service.ts';
import type { RegisterProblem } from '../store/unavailable.ts';
import { wsse } from '../xml/names.ts';
import type { XmlProblem } from '../xml/problems.ts';
import { printQName } from '../xml/tree.ts';

/** The closed union of the shared folders' codes whose face is always the same. */
type PlainCode =
  | HttpProblem
  | XmlProblem
  | SoapProblem
  | SecurityProblem
  | SchemaProblem
  | RegisterProblem
  | 'internal';

/** Whatever a service may refuse before its contract has a word in it, and what its register may. */
export type SharedProblem = Problem<PlainCode> | NotUnderstood;

const sender = (text: string): Fault => ({ kind: 'fault', code: 'Sender', text });
const receiver = (text: string): Fault => ({ kind: 'fault', code: 'Receiver', text: `[U-1000] ${text}` });
const http = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): HttpRefusal => ({
  kind: 'http',
  status,
  text,
  headers,
});

/** The fault codes and their texts as WSS 1.1 §12 lists them. */
const WSS = {
  UnsupportedSecurityToken: 'An unsupported token was provided',
  UnsupportedAlgorithm: 'An unsupported signature or encryption algorithm was used',
  InvalidSecurity: 'An error was discovered processing the <wsse:Security> header',
  InvalidSecurityToken: 'An invalid security token was provided',
  FailedAuthentication: 'The security token could not be authenticated or authorized',
  FailedCheck: 'The signature or decryption was invalid',
  SecurityTokenUnavailable: 'Referenced security token could not be retrieved',
  MessageExpired: 'The message has expired',
} as const;

const wss = (name: keyof typeof WSS): Fault => ({
  kind: 'fault',
  code: { namespace: wsse.uri, name },
  text: WSS[name],
});

/** Every refusal of the bytes looks the same from outside, so that it teaches an attacker nothing. */
const UNREADABLE = sender('The message is not readable XML');
const NO_SOAP = sender('Not a SOAP message');

const FACES = {
  ...bodyRefusals,
  'xml.empty': UNREADABLE,
  'xml.not-xml': UNREADABLE,
  'xml.beginning': UNREADABLE,
  'xml.encoding': UNREADABLE,
  'xml.version': UNREADABLE,
  'xml.doctype': UNREADABLE,
  'xml.processing-instruction': UNREADABLE,
  'xml.too-deep': UNREADABLE,
  'xml.too-many-elements': UNREADABLE,
  'xml.too-many-attributes': UNREADABLE,
  'xml.too-many-namespaces': UNREADABLE,
  'xml.too-many-ids': UNREADABLE,
  'xml.too-many-comments': UNREADABLE,
  'xml.too-many-cdata-sections': UNREADABLE,
  'xml.too-many-texts': UNREADABLE,
  'xml.name-too-long': UNREADABLE,
  'xml.text-too-long': UNREADABLE,
  'xml.malformed': UNREADABLE,
  'soap.method': http(405, 'Method Not Allowed', { allow: 'POST' }),
  'soap.media-type': http(415, 'Unsupported Media Type'),
  'soap.not-an-envelope': NO_SOAP,
  'soap.version-mismatch': { kind: 'fault', code: 'VersionMismatch', text: 'Wrong SOAP version' },
  'soap.structure': NO_SOAP,
  'soap.too-many-headers': NO_SOAP,
  'soap.unknown-operation': sender('Unknown operation'),
  'soap.action-mismatch': sender('SOAPAction does not match the message'),
  'security.header-missing': wss('InvalidSecurity'),
  'security.header-duplicate': wss('InvalidSecurity'),
  'security.header-content': wss('InvalidSecurity'),
  'security.timestamp-missing': wss('InvalidSecurity'),
  'security.timestamp-form': wss('InvalidSecurity'),
  'security.timestamp-expired': wss('MessageExpired'),
  'security.timestamp-future': wss('InvalidSecurity'),
  'security.timestamp-lifetime': wss('InvalidSecurity'),
  'security.token-missing': wss('InvalidSecurity'),
  'security.token-unsupported': wss('UnsupportedSecurityToken'),
  'security.token-unreadable': wss('InvalidSecurityToken'),
  'security.token-reference': wss('UnsupportedSecurityToken'),
  'security.token-unavailable': wss('SecurityTokenUnavailable'),
  'security.signature-missing': wss('InvalidSecurity'),
  'security.signature-form': wss('InvalidSecurity'),
  'security.algorithm': wss('UnsupportedAlgorithm'),
  'security.algorithm-form': wss('UnsupportedAlgorithm'),
  'security.id-duplicate': wss('FailedCheck'),
  'security.reference-unresolved': wss('FailedCheck'),
  'security.coverage': wss('FailedCheck'),
  'security.digest': wss('FailedCheck'),
  'security.signature-value': wss('FailedCheck'),
  'security.canonicalization': wss('FailedCheck'),
  'security.replay': wss('FailedCheck'),
  'security.decryption': wss('FailedCheck'),
  'security.confirmation': wss('FailedCheck'),
  'security.certificate-untrusted': wss('FailedAuthentication'),
  'security.certificate-expired': wss('FailedAuthentication'),
  'security.certificate-not-yet-valid': wss('FailedAuthentication'),
  'security.certificate-revoked': wss('FailedAuthentication'),
  'security.certificate-crl': wss('FailedAuthentication'),
  'security.certificate-usage': wss('InvalidSecurityToken'),
  'security.certificate-policy': wss('FailedAuthentication'),
  'security.certificate-key': wss('InvalidSecurityToken'),
  'security.certificate-algorithm': wss('UnsupportedAlgorithm'),
  'security.authority-key': wss('FailedAuthentication'),
  'security.certificate-organisation': wss('FailedAuthentication'),
  'schema.invalid': sender('Validation error'),
  'register.unavailable': receiver('The register is not available'),
  internal: receiver('Internal error'),
} as const satisfies Record<PlainCode, Face>;

const LONGEST_NAMESPACE = 1024;

/** The first block is enough for a client to act on, and a fault stays smaller than its request. */
const notUnderstood = (block: QName): Fault => ({
  kind: 'fault',
  code: 'MustUnderstand',
  text: `Header not understood: ${printQName(block)}`,
  notUnderstood: block.namespace.length > LONGEST_NAMESPACE ? [] : [block],
});

export const usualFace = (problem: SharedProblem): Face =>
  problem.problem === 'soap.must-understand' ? notUnderstood(problem.block) : FACES[problem.problem];

const isShared = (problem: Problem): problem is SharedProblem =>
  problem.problem === 'soap.must-understand' || Object.hasOwn(FACES, problem.problem);

/** A problem as a service tells it: its own ones, and the shared ones in the usual words or in those of its contract. */
export const tell = <Own extends Problem>(
  problem: SharedProblem | Own,
  { faces }: { readonly faces: Faces<Own> },
): Telling => (isShared(problem) ? faces.shared(problem, usualFace(problem)) : faces.own(problem));
