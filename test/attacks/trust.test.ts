// Attacks on trust: certificates that must not sign, and signatures of one key under the name of another.

import { createPrivateKey, sign } from 'node:crypto';
import type { Arena } from './arena.ts';
import { leaves } from './authority.ts';
import { attack, family } from './family.ts';
import { type Credentials, derOf, tokenOf } from './message.ts';

const by = (
  name: string,
  problem: string,
  told: string,
  signer: (arena: Arena) => Credentials,
  signature?: (octets: Buffer, key: string) => Buffer,
) =>
  attack(name, `security.${problem}`, told, (arena) =>
    arena.message({ signer: signer(arena), ...(signature ? { signature } : {}) }),
  );
const token = (name: string, make: (der: Buffer) => string, problem = 'token-unreadable') =>
  attack(name, `security.${problem}`, 'InvalidSecurityToken', (arena) =>
    arena.message({ token: make(derOf(arena.client('digipost').certificatePem)) }),
  );
const untrusted = (name: string, signer: (arena: Arena) => Credentials) =>
  by(name, 'certificate-untrusted', 'FailedAuthentication', signer);
const base64 = (der: Buffer): string => der.toString('base64');

family('trust', [
  by('an expired certificate', 'certificate-expired', 'FailedAuthentication', (arena) =>
    arena.client('utloept'),
  ),
  by('a revoked certificate', 'certificate-revoked', 'FailedAuthentication', (arena) =>
    arena.client('tilbakekalt'),
  ),
  untrusted('a self-signed certificate', (arena) => arena.client('selvsignert')),
  untrusted('a certificate of an unknown authority', leaves.unknownIssuer),
  untrusted('an issuer with a trusted name and another key', leaves.forgedIssuer),
  untrusted('a certificate that an end certificate issued', leaves.byEndEntity),
  untrusted('a certificate of a CA without keyCertSign', leaves.byMisusedAuthority),
  untrusted('a chain longer than the path length', leaves.tooDeep),
  by('a CA certificate as signer', 'certificate-usage', 'InvalidSecurityToken', leaves.authority),
  by('an encryption certificate as signer', 'certificate-usage', 'InvalidSecurityToken', leaves.encryption),
  by('an unknown critical extension', 'certificate-usage', 'InvalidSecurityToken', leaves.critical),
  by(
    'a certificate without organisation number',
    'certificate-organisation',
    'FailedAuthentication',
    leaves.nameless,
  ),
  by(
    'an organisation number of eight digits',
    'certificate-organisation',
    'FailedAuthentication',
    leaves.misnumbered,
  ),
  by('a key of 1024 bits', 'certificate-key', 'InvalidSecurityToken', leaves.short),
  by('an elliptic-curve key', 'certificate-key', 'UnsupportedAlgorithm', leaves.ec, (octets, key) =>
    sign('sha256', octets, { key: createPrivateKey(key), dsaEncoding: 'ieee-p1363' }),
  ),
  attack(
    'the token of one client with the signature of another',
    'security.signature-value',
    'FailedCheck',
    (arena) => arena.message({ signer: arena.client('eboks'), token: arena.recipe().token }),
  ),
  attack('a self-signed key under a trusted token', 'security.signature-value', 'FailedCheck', (arena) =>
    arena.message({ signer: arena.client('selvsignert'), token: arena.recipe().token }),
  ),
  token('a token that is not base64', () => tokenOf('not base64!')),
  token('an empty token', () => tokenOf('')),
  token('a token in PEM', (der) =>
    tokenOf(`-----BEGIN CERTIFICATE-----\n${base64(der)}\n-----END CERTIFICATE-----`),
  ),
  token('base64 of a PEM text', (der) =>
    tokenOf(Buffer.from(`-----BEGIN CERTIFICATE-----\n${base64(der)}\n-----END CERTIFICATE-----\n`)),
  ),
  token('a truncated certificate', (der) => tokenOf(der.subarray(0, -1))),
  token('bytes after the certificate', (der) => tokenOf(Buffer.concat([der, Buffer.from([0])]))),
  token('two certificates in one token', (der) => tokenOf(Buffer.concat([der, der]))),
  token('an element inside the token', (der) => tokenOf(`<x/>${base64(der)}`)),
  token('a certificate in BER of indefinite length', (der) => tokenOf(indefinite(der))),
  token('url-safe base64', (der) => tokenOf(base64(der).replaceAll('+', '-').replaceAll('/', '_'))),
  token('base64 without its padding', () => tokenOf('MIIBIg')),
]);

/** The same certificate and the same length, in an encoding that DER forbids (X.690 §10.1). */
function indefinite(der: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(4), Buffer.from([0, 0])]);
}
