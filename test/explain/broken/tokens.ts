// Tokens that cannot be read or are not taken, and algorithms and key references that no profile takes.

import { derOf, keyInfoOf, rsa, tokenOf } from '../../attacks/message.ts';
import { NS, URI } from '../../attacks/names.ts';
import { type Broken, both, edited } from './ways.ts';

const USERNAME = '<wsse:UsernameToken><wsse:Username>x</wsse:Username></wsse:UsernameToken>';
const INCLUDE = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:a"/>';
const serial =
  '<wsse:SecurityTokenReference><ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=Nobody</ds:X509IssuerName><ds:X509SerialNumber>7</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data></wsse:SecurityTokenReference>';

export const tokens: readonly Broken[] = [
  {
    name: 'PEM in the token',
    cause: 'pem-in-token',
    make: ({ message, client }) => message({ token: tokenOf(client('digipost').certificatePem) }),
  },
  {
    name: 'base64 of PEM in the token',
    cause: 'pem-in-token',
    make: ({ message, client }) =>
      message({ token: tokenOf(Buffer.from(client('digipost').certificatePem)) }),
  },
  {
    name: 'half a token',
    cause: 'token-unreadable',
    make: ({ message, client }) =>
      message({ token: tokenOf(derOf(client('digipost').certificatePem).subarray(0, 300)) }),
  },
  {
    name: 'an empty token',
    cause: 'token-unreadable',
    make: ({ message }) => message({ token: tokenOf('') }),
  },
  {
    name: 'a token that MTOM has moved',
    cause: 'mtom',
    make: ({ message }) => message({ token: tokenOf(INCLUDE) }),
  },
  {
    name: 'a path of certificates',
    cause: 'token-type-not-allowed',
    make: ({ message, client }) =>
      message({ token: tokenOf(derOf(client('digipost').certificatePem), URI.pkiPath) }),
  },
  {
    name: 'a token whose type is a name with a prefix',
    cause: 'token-type-not-allowed',
    remedy: /^write ValueType="http:[^"]*#X509v3" on the BinarySecurityToken$/,
    make: ({ message, client }) =>
      message({ token: tokenOf(derOf(client('digipost').certificatePem), 'wsse:X509v3') }),
  },
  {
    name: 'a token that does not say its type',
    cause: 'token-type-not-allowed',
    remedy: /^write ValueType="http:[^"]*#X509v3" on the BinarySecurityToken$/,
    make: edited((text) => text.replace(/ ValueType="[^"]*"/, '')),
  },
  {
    name: 'a user name',
    cause: 'token-type-not-allowed',
    make: ({ message }) => message({ order: ['token', 'timestamp', USERNAME, 'signature'] }),
  },
  {
    name: 'a certificate that is only named, and that nobody knows',
    cause: 'token-missing',
    profile: '14-05',
    make: ({ message }) => message({ order: ['timestamp', 'signature'], keyInfo: keyInfoOf(serial) }),
  },
  {
    name: 'a certificate that is only named',
    cause: 'key-reference-not-allowed',
    besides: ['token-missing'],
    make: ({ message }) => message({ keyInfo: keyInfoOf(serial) }),
    profile: 'strict',
  },
  {
    name: 'X509Data in KeyInfo',
    cause: 'key-reference-not-allowed',
    make: ({ message }) =>
      message({
        keyInfo: keyInfoOf('<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>'),
      }),
  },
  {
    name: 'SHA-1',
    cause: 'algorithm-not-allowed',
    make: ({ message }) => message({ signatureMethod: URI.rsaSha1, signature: rsa('sha1') }),
    profile: 'strict',
  },
  {
    name: 'SHA-512 as a digest',
    cause: 'algorithm-not-allowed',
    make: ({ message }) => message({ references: both(() => ({ digest: URI.sha512 })) }),
  },
  {
    name: 'a transform by XPath',
    cause: 'algorithm-not-allowed',
    make: ({ message }) =>
      message({
        references: both(() => ({
          transforms: [
            { algorithm: 'http://www.w3.org/TR/1999/REC-xpath-19991116', content: '<ds:XPath>1</ds:XPath>' },
          ],
          canonical: NS.ec,
        })),
      }),
  },
  {
    name: 'a KeyInfo whose reference has no #',
    cause: 'key-reference-not-allowed',
    remedy: /^write URI="#/,
    make: edited((text) => text.replace(/(<wsse:Reference URI=")#/, '$1')),
  },
];
