// Attacks on the key: KeyInfo that leads elsewhere, and tokens of kinds that no profile allows.

import type { Arena } from './arena.ts';
import { attack, family } from './family.ts';
import { derOf, directReference, keyInfoOf, type Recipe, tokenOf } from './message.ts';
import { URI } from './names.ts';

const DIGIPOST = (arena: Arena): Buffer => derOf(arena.client('digipost').certificatePem);
const turned = (name: string, problem: string, told: string, knobs: (arena: Arena) => Partial<Recipe>) =>
  attack(name, `security.${problem}`, told, (arena) => arena.message(knobs(arena)));
const keyInfo = (
  name: string,
  inside: string,
  problem = 'token-reference',
  told = 'UnsupportedSecurityToken',
) => turned(`KeyInfo with ${name}`, problem, told, () => ({ keyInfo: keyInfoOf(inside) }));
const str = (inside: string): string =>
  `<wsse:SecurityTokenReference>${inside}</wsse:SecurityTokenReference>`;
const token = (name: string, type: string, encoding?: string) =>
  turned(`a token of ${name}`, 'token-unsupported', 'UnsupportedSecurityToken', (arena) => ({
    token: tokenOf(DIGIPOST(arena), type, encoding),
  }));
const inSecurity = (name: string, element: string, problem = 'header-content', told = 'InvalidSecurity') =>
  turned(`${name} in Security`, problem, told, () => ({
    order: ['token', 'timestamp', 'signature', element],
  }));

family('token', [
  keyInfo('X509Data', '<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>'),
  keyInfo('KeyValue', '<ds:KeyValue><ds:RSAKeyValue/></ds:KeyValue>'),
  keyInfo('KeyName', '<ds:KeyName>digipost</ds:KeyName>'),
  keyInfo('RetrievalMethod', '<ds:RetrievalMethod URI="http://127.0.0.1:9/key"/>'),
  keyInfo('nothing', ''),
  keyInfo('two token references', directReference() + directReference()),
  keyInfo('an issuer and serial number', str('<ds:X509Data><ds:X509IssuerSerial/></ds:X509Data>')),
  keyInfo('a key identifier', str('<wsse:KeyIdentifier>AAAA</wsse:KeyIdentifier>')),
  keyInfo('an embedded token', str('<wsse:Embedded/>')),
  keyInfo('two references in one', str('<wsse:Reference URI="#X509"/><wsse:Reference URI="#X509"/>')),
  keyInfo('an external token', str('<wsse:Reference URI="http://127.0.0.1:9/token"/>')),
  keyInfo('a reference without URI', str('<wsse:Reference/>')),
  keyInfo(
    'a reference to no token',
    directReference('#nothing'),
    'token-unavailable',
    'SecurityTokenUnavailable',
  ),
  keyInfo(
    'a reference to the Timestamp',
    directReference('#TS'),
    'token-unavailable',
    'SecurityTokenUnavailable',
  ),
  token('PkiPath', URI.pkiPath),
  token('PKCS#7', URI.x509v3.replace('X509v3', 'PKCS7')),
  token('no type', ''),
  token('hexadecimal encoding', URI.x509v3, URI.base64.replace('Base64Binary', 'HexBinary')),
  inSecurity(
    'a UsernameToken',
    '<wsse:UsernameToken><wsse:Username>x</wsse:Username></wsse:UsernameToken>',
    'token-unsupported',
    'UnsupportedSecurityToken',
  ),
  inSecurity('a SAML assertion', '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>'),
  inSecurity('an EncryptedKey', '<e:EncryptedKey xmlns:e="http://www.w3.org/2001/04/xmlenc#"/>'),
  turned('two tokens', 'header-content', 'InvalidSecurity', ({ recipe }) => ({
    order: ['token', recipe().token.replace('X509"', 'X2"'), 'timestamp', 'signature'],
  })),
  turned('no token', 'token-missing', 'InvalidSecurity', () => ({ order: ['timestamp', 'signature'] })),
]);
