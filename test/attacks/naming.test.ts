// Attacks by naming: KeyInfo that names a certificate which is not the signer's, is not good, or is nobody's.

import type { Arena } from './arena.ts';
import { leaves } from './authority.ts';
import { attack, family } from './family.ts';
import {
  issuerSerial,
  keyIdentifier,
  named,
  namedBy,
  SKI,
  THUMBPRINT,
  uncarried,
  type Way,
  wayNames,
  ways,
} from './key-references.ts';
import { derOf, directReference, keyInfoOf, type Recipe, tokenOf } from './message.ts';
import { URI } from './names.ts';

const pemOf = (arena: Arena, client: string): string => arena.client(client).certificatePem;
const turned = (name: string, problem: string, told: string, knobs: (arena: Arena) => Partial<Recipe>) =>
  attack(name, `security.${problem}`, told, (arena) => arena.message({ ...uncarried, ...knobs(arena) }));
const keyInfo = (name: string, inside: (arena: Arena) => string) =>
  turned(name, 'token-reference', 'UnsupportedSecurityToken', (arena) => ({ keyInfo: named(inside(arena)) }));
const unknown = (name: string, inside: (arena: Arena) => string) =>
  turned(name, 'token-unavailable', 'SecurityTokenUnavailable', (arena) => ({
    keyInfo: named(inside(arena)),
  }));
const digipost = (arena: Arena) => namedBy(pemOf(arena, 'digipost'));

/** Something of everything, in each of the ways. */
const inEachWay = (
  name: string,
  problem: string,
  told: string,
  knobs: (arena: Arena, way: Way) => Partial<Recipe>,
) => wayNames.map((way) => turned(`${name}, by ${way}`, problem, told, (arena) => knobs(arena, way)));

/** As long as a text may be. */
const LONG = 120 * 1024;

family(
  'naming',
  [
    ...inEachWay(
      'a name of a stranger’s certificate',
      'token-unavailable',
      'SecurityTokenUnavailable',
      (_, way) => {
        const signer = leaves.unknownIssuer();
        return { signer, keyInfo: ways[way](signer.certificatePem) };
      },
    ),
    ...inEachWay(
      'a name of a good certificate that nobody made known',
      'token-unavailable',
      'SecurityTokenUnavailable',
      (_, way) => {
        const signer = leaves.sound();
        return { signer, keyInfo: ways[way](signer.certificatePem) };
      },
    ),
    ...inEachWay(
      'the server’s certificate',
      'token-unavailable',
      'SecurityTokenUnavailable',
      ({ emulator }, way) => ({
        keyInfo: ways[way](emulator.pki.server.certificatePem),
      }),
    ),
    ...inEachWay(
      'an authority’s certificate',
      'token-unavailable',
      'SecurityTokenUnavailable',
      ({ emulator }, way) => ({
        keyInfo: ways[way](emulator.pki.trustPem),
      }),
    ),
    ...inEachWay('an expired certificate', 'certificate-expired', 'FailedAuthentication', (arena, way) => ({
      signer: arena.client('utloept'),
      keyInfo: ways[way](pemOf(arena, 'utloept')),
    })),
    ...inEachWay('a revoked certificate', 'certificate-revoked', 'FailedAuthentication', (arena, way) => ({
      signer: arena.client('tilbakekalt'),
      keyInfo: ways[way](pemOf(arena, 'tilbakekalt')),
    })),
    ...inEachWay(
      'a self-signed certificate',
      'certificate-untrusted',
      'FailedAuthentication',
      (arena, way) => ({
        signer: arena.client('selvsignert'),
        keyInfo: ways[way](pemOf(arena, 'selvsignert')),
      }),
    ),
    ...inEachWay('the name of another client', 'signature-value', 'FailedCheck', (arena, way) => ({
      signer: arena.client('eboks'),
      keyInfo: ways[way](pemOf(arena, 'digipost')),
    })),
    ...inEachWay(
      'one’s own token, and the name of another client',
      'signature-value',
      'FailedCheck',
      (arena, way) => ({
        signer: arena.client('eboks'),
        order: ['token', 'timestamp', 'signature'],
        token: tokenOf(derOf(pemOf(arena, 'eboks'))),
        keyInfo: ways[way](pemOf(arena, 'digipost')),
      }),
    ),
    ...inEachWay(
      'a stranger’s token, and its own name',
      'certificate-untrusted',
      'FailedAuthentication',
      (_, way) => {
        const signer = leaves.unknownIssuer();
        return {
          signer,
          order: ['token', 'timestamp', 'signature'],
          token: tokenOf(derOf(signer.certificatePem)),
          keyInfo: ways[way](signer.certificatePem),
        };
      },
    ),
    turned(
      'a token that is unreadable beside a name that is good',
      'token-unreadable',
      'InvalidSecurityToken',
      (arena) => ({
        order: ['token', 'timestamp', 'signature'],
        token: tokenOf('%'),
        keyInfo: ways.thumbprint(pemOf(arena, 'digipost')),
      }),
    ),
    // Nearly the right name.
    unknown('a number that nobody has', (arena) => issuerSerial(digipost(arena).issuer, '4711')),
    unknown('the number of one client by another issuer', (arena) =>
      issuerSerial('CN=Nobody,C=NO', digipost(arena).serial),
    ),
    unknown('an issuer with one part less', (arena) =>
      issuerSerial(digipost(arena).issuer.replace(/,C=NO$/, ''), digipost(arena).serial),
    ),
    unknown('a SubjectKeyIdentifier that nobody has', () => keyIdentifier('AAAAAAAAAAAAAAAAAAAAAAAAAAA=')),
    unknown('a thumbprint that nobody has', () => keyIdentifier('AAAAAAAAAAAAAAAAAAAAAAAAAAA=', THUMBPRINT)),
    unknown('a thumbprint as a SubjectKeyIdentifier', (arena) => keyIdentifier(digipost(arena).thumbprint)),
    unknown('a SubjectKeyIdentifier as a thumbprint', (arena) =>
      keyIdentifier(digipost(arena).ski, THUMBPRINT),
    ),
    unknown('a thumbprint cut short', () => keyIdentifier('AA==', THUMBPRINT)),
    // Forms that are none.
    turned(
      'an X509IssuerSerial outside of a SecurityTokenReference',
      'token-reference',
      'UnsupportedSecurityToken',
      (arena) => ({
        keyInfo: keyInfoOf(issuerSerial(digipost(arena).issuer, digipost(arena).serial)),
      }),
    ),
    turned(
      'a KeyIdentifier outside of a SecurityTokenReference',
      'token-reference',
      'UnsupportedSecurityToken',
      (arena) => ({
        keyInfo: keyInfoOf(keyIdentifier(digipost(arena).ski)),
      }),
    ),
    turned('two SecurityTokenReferences', 'token-reference', 'UnsupportedSecurityToken', (arena) => ({
      order: ['token', 'timestamp', 'signature'],
      keyInfo: keyInfoOf(
        directReference() +
          `<wsse:SecurityTokenReference>${keyIdentifier(digipost(arena).ski)}</wsse:SecurityTokenReference>`,
      ),
    })),
    keyInfo(
      'two names in one reference',
      (arena) => keyIdentifier(digipost(arena).ski) + keyIdentifier(digipost(arena).thumbprint, THUMBPRINT),
    ),
    keyInfo('two names in one X509Data', (arena) => {
      const { issuer, serial } = digipost(arena);
      return issuerSerial(issuer, serial).replace(/<ds:X509IssuerSerial>.*<\/ds:X509IssuerSerial>/, '$&$&');
    }),
    keyInfo('an X509Data with the certificate beside its name', (arena) => {
      const { issuer, serial } = digipost(arena);
      return issuerSerial(issuer, serial).replace(
        '</ds:X509Data>',
        '<ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>',
      );
    }),
    keyInfo(
      'an X509IssuerSerial without a number',
      () =>
        '<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>C=NO</ds:X509IssuerName></ds:X509IssuerSerial></ds:X509Data>',
    ),
    keyInfo(
      'an X509IssuerSerial with the number first',
      () =>
        '<ds:X509Data><ds:X509IssuerSerial><ds:X509SerialNumber>1</ds:X509SerialNumber><ds:X509IssuerName>C=NO</ds:X509IssuerName></ds:X509IssuerSerial></ds:X509Data>',
    ),
    ...['', '0x1f', '--1', '1.0', '1 2', '１', '9'.repeat(101)].map((number) =>
      keyInfo(`the number "${number.slice(0, 5)}"`, (arena) => issuerSerial(digipost(arena).issuer, number)),
    ),
    keyInfo('an empty issuer', (arena) => issuerSerial('  ', digipost(arena).serial)),
    keyInfo('elements in the issuer', (arena) => issuerSerial('<x xmlns="urn:x"/>', digipost(arena).serial)),
    keyInfo('a KeyIdentifier of no type', (arena) => keyIdentifier(digipost(arena).ski, '')),
    keyInfo('a KeyIdentifier of the type of a token', (arena) =>
      keyIdentifier(digipost(arena).ski, URI.x509v3),
    ),
    keyInfo('a KeyIdentifier of the type "constructor"', (arena) =>
      keyIdentifier(digipost(arena).ski, 'constructor'),
    ),
    keyInfo('a KeyIdentifier of a SHA-256 thumbprint', (arena) =>
      keyIdentifier(digipost(arena).thumbprint, `${THUMBPRINT}256`),
    ),
    keyInfo('a KeyIdentifier in hexadecimal', (arena) =>
      keyIdentifier(digipost(arena).ski, SKI, URI.base64.replace('Base64Binary', 'HexBinary')),
    ),
    keyInfo('a KeyIdentifier that is no base64', () => keyIdentifier('%')),
    keyInfo('an empty KeyIdentifier', () => keyIdentifier('')),
    // As long as a text may be; the number is right, so that the name is looked at.
    ...(
      [
        ['commas', ','],
        ['backslashes', '\\'],
        ['quotation marks', '"'],
        ['white space', ' '],
      ] as const
    ).map(([what, sign]) =>
      unknown(`an issuer of ${what}`, (arena) =>
        issuerSerial(`CN=a,b${sign.repeat(LONG)}c`, digipost(arena).serial),
      ),
    ),
    unknown('an issuer as long as may be looked at', (arena) =>
      issuerSerial(`CN=a,b${' '.repeat(9000)}c`, digipost(arena).serial),
    ),
    keyInfo('a number of zeros', (arena) => issuerSerial(digipost(arena).issuer, `${'0'.repeat(LONG)}x`)),
    keyInfo('a type as long as may be', (arena) => keyIdentifier(digipost(arena).ski, 'x'.repeat(LONG))),
  ],
  '14-05',
);
