// Attacks on the way to the certificate, where messages may name it: another one, a strange one, or none at great cost.

import assert from 'node:assert/strict';
import { hash, X509Certificate } from 'node:crypto';
import { openingOf } from './arena.ts';
import { attack, family } from './family.ts';
import { derOf, keyInfoOf, type Recipe, tokenOf } from './message.ts';
import { URI } from './names.ts';
import { certificates, nobodysKey, stranger, twin } from './strangers.ts';

const str = (inside: string): string =>
  keyInfoOf(`<wsse:SecurityTokenReference>${inside}</wsse:SecurityTokenReference>`);
const identifier = (type: string, value: Buffer): string =>
  str(
    `<wsse:KeyIdentifier EncodingType="${URI.base64}" ValueType="${type}">${value.toString('base64')}</wsse:KeyIdentifier>`,
  );
const thumbprint = (der: Buffer): string => identifier(URI.thumbprint, hash('sha1', der, 'buffer'));
const issuerSerial = (issuer: string, serial: string): string =>
  str(
    `<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>${issuer}</ds:X509IssuerName><ds:X509SerialNumber>${serial}</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>`,
  );
const serialOf = (der: Buffer): string => BigInt(`0x${new X509Certificate(der).serialNumber}`).toString();
/** The last extension of the PKI's certificates but for the authority's: 20 octets. */
const keyIdentifierOf = (der: Buffer): Buffer => {
  const place = der.indexOf(Buffer.from('0603551d0e04160414', 'hex'));
  assert.ok(place > 0, 'no subjectKeyIdentifier');
  return der.subarray(place + 9, place + 29);
};
const NAMED: Partial<Recipe> = { order: ['timestamp', 'signature'] };

/** Accepted as signed; then again, so that it names its certificate otherwise. */
const again = (name: string, first: () => Buffer, disguise: (message: string) => string) =>
  attack(name, 'security.replay', 'FailedCheck', async (arena) => {
    await arena.emulator.reset();
    const message = arena.message({ signer: stranger(first()) });
    const answer = await arena.post(message);
    assert.match(answer.text, /status>OK</);
    return disguise(message);
  });
const carrying = (der: Buffer) => (message: string) =>
  message.replace(/(<wsse:BinarySecurityToken[^>]*>)[^<]+/, `$1${der.toString('base64')}`);
const naming = (keyInfo: string) => (message: string) =>
  message.replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>/, keyInfo);

const unknown = (
  name: string,
  keyInfo: (own: Buffer) => string,
  problem = 'security.token-unavailable',
  told = 'SecurityTokenUnavailable',
) =>
  attack(name, problem, told, (arena) => {
    const own = certificates.first();
    return arena.message({ signer: stranger(own), token: tokenOf(own), keyInfo: keyInfo(own) });
  });

/** EMSA-PKCS1-v1_5 (RFC 8017 §9.2): with the exponent 1 this is the signature. */
const padded = (octets: Buffer): Buffer => {
  const info = Buffer.concat([
    Buffer.from('3031300d060960864801650304020105000420', 'hex'),
    hash('sha256', octets, 'buffer'),
  ]);
  return Buffer.concat([Buffer.of(0, 1), Buffer.alloc(256 - 3 - info.length, 0xff), Buffer.of(0), info]);
};

family(
  'key reference',
  [
    again('a message that names what it carried', certificates.first, (message) =>
      naming(thumbprint(certificates.first()))(message),
    ),
    again('a message that carries another certificate of the key', certificates.first, (message) =>
      carrying(certificates.renewed())(message),
    ),
    again('a message that names another certificate of the key', certificates.first, (message) =>
      naming(thumbprint(certificates.renewed()))(message),
    ),
    again('a message whose certificate was given a second form', certificates.elliptic, (message) =>
      carrying(twin(certificates.elliptic()))(message),
    ),
    attack('a named victim, signed by another', 'security.signature-value', 'FailedCheck', (arena) =>
      arena.message({
        ...NAMED,
        signer: stranger(certificates.first()),
        keyInfo: thumbprint(derOf(arena.client('digipost').certificatePem)),
      }),
    ),
    attack(
      'a named victim and another certificate carried',
      'security.signature-value',
      'FailedCheck',
      (arena) => {
        const signer = stranger(certificates.first());
        return arena.message({
          signer,
          keyInfo: thumbprint(derOf(arena.client('digipost').certificatePem)),
        });
      },
    ),
    attack(
      'a carried certificate with the key identifier of a victim',
      'security.signature-value',
      'FailedCheck',
      (arena) => {
        const value = keyIdentifierOf(derOf(arena.client('digipost').certificatePem));
        return arena.message({
          signer: stranger(certificates.borrowed(value)),
          keyInfo: identifier(URI.subjectKeyIdentifier, value),
        });
      },
    ),
    attack(
      'a carried stranger with a negative number',
      'security.certificate-untrusted',
      'FailedAuthentication',
      (arena) =>
        arena.message({
          signer: stranger(certificates.negative()),
          keyInfo: issuerSerial('CN=negative', '-10'),
        }),
    ),
    attack(
      'a number without the minus of the certificate',
      'security.token-unavailable',
      'SecurityTokenUnavailable',
      (arena) =>
        arena.message({
          signer: stranger(certificates.negative()),
          keyInfo: issuerSerial('CN=negative', '10'),
        }),
    ),
    unknown('an issuer of 100,000 blanks after a comma', (own) =>
      issuerSerial(`CN=a,${' '.repeat(100_000)}b`, serialOf(own)),
    ),
    unknown('an issuer of 5,000 blanks after a comma', (own) =>
      issuerSerial(`CN=a,${' '.repeat(5000)}b`, serialOf(own)),
    ),
    unknown('an issuer of 4,000 escaped quotes', (own) =>
      issuerSerial(`CN="${'\\"'.repeat(4000)}`, serialOf(own)),
    ),
    unknown('another authority of almost the name', (own) =>
      issuerSerial('CN=Strange Root X', serialOf(own)),
    ),
    unknown(
      'a number of 120,000 zeros',
      () => issuerSerial('CN=Strange Root', `${'0'.repeat(120_000)}x`),
      'security.token-reference',
      'UnsupportedSecurityToken',
    ),
    unknown(
      'a number in hexadecimal',
      () => issuerSerial('CN=a', '0x1F'),
      'security.token-reference',
      'UnsupportedSecurityToken',
    ),
    attack('a thumbprint of SHA-256', 'security.token-reference', 'UnsupportedSecurityToken', (arena) => {
      const own = certificates.first();
      const type = URI.thumbprint.replace('SHA1', 'SHA256');
      return arena.message({ keyInfo: identifier(type, hash('sha256', own, 'buffer')) });
    }),
    attack(
      'a certificate of 1,000 extensions',
      'security.token-unreadable',
      'InvalidSecurityToken',
      (arena) => arena.message({ signer: stranger(certificates.overgrown()) }),
    ),
    attack('a token of 60 KB', 'security.token-unreadable', 'InvalidSecurityToken', (arena) =>
      arena.message({ token: tokenOf(Buffer.alloc(60_000, 0x30)) }),
    ),
    attack('a key with the exponent 1', 'security.certificate-key', 'InvalidSecurityToken', (arena) =>
      arena.message({ signer: stranger(certificates.ofKey(nobodysKey())), signature: padded }),
    ),
  ],
  '14-05',
);

const downgrade = (name: string, keyInfo: (der: Buffer) => string) =>
  attack(
    `${name} where it must be carried`,
    'security.token-reference',
    'UnsupportedSecurityToken',
    (arena) => arena.message({ keyInfo: keyInfo(derOf(arena.client('digipost').certificatePem)) }),
  );

family('key reference of another profile', [
  downgrade('a certificate named by thumbprint', thumbprint),
  downgrade('a certificate named by key identifier', (der) =>
    identifier(URI.subjectKeyIdentifier, keyIdentifierOf(der)),
  ),
  downgrade('a certificate named by issuer and number', (der) =>
    issuerSerial('CN=Strange Root', serialOf(der)),
  ),
]);

describe('a certificate with a negative number', () => {
  it('is found by issuer and number, and its answer names it so', async () => {
    const { arenaOfAll } = await import('./family.ts');
    const arena = await arenaOfAll('14-05');
    await arena.emulator.reset();
    const answer = await arena.post(
      arena.message({
        ...NAMED,
        payload: openingOf('kari.testesen#1234'),
        signer: stranger(certificates.negativeButTrusted()),
        keyInfo: issuerSerial('CN=Strange Root', '-10'),
      }),
    );
    assert.equal(answer.status, 200, answer.text);
  });
});
