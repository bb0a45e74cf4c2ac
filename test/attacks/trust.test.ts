// Attacks on trust: certificates that must not sign, and signatures of one key under the name of another.

import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import { type Arena, question } from './arena.ts';
import { leaves } from './authority.ts';
import { arenaOfAll, attack, family } from './family.ts';
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
  by(
    'a certificate that is not yet valid',
    'certificate-not-yet-valid',
    'FailedAuthentication',
    leaves.notYet,
  ),
  by('an authority that has expired', 'certificate-expired', 'FailedAuthentication', leaves.byExpired),
  by('an anchor that has expired', 'certificate-expired', 'FailedAuthentication', leaves.byExpiredRoot),
  by(
    'an authority that is not yet valid',
    'certificate-not-yet-valid',
    'FailedAuthentication',
    leaves.byComing,
  ),
  by('an authority with a key of 1024 bits', 'authority-key', 'FailedAuthentication', leaves.byWeak),
  untrusted('an authority that is certified with SHA-1', leaves.byBroken),
  untrusted('an authority with name constraints, which nobody here checks', leaves.byConstrained),
  by('an authority that is revoked', 'certificate-revoked', 'FailedAuthentication', leaves.byRevoked),
  by(
    'a certificate on a list of the user’s own',
    'certificate-revoked',
    'FailedAuthentication',
    leaves.listed,
  ),
  by('an issuer whose list is overdue', 'certificate-crl', 'FailedAuthentication', leaves.byOverdue),
  untrusted('two authorities that only certify each other', leaves.inCircle),
  untrusted('a certificate that is signed with SHA-1', leaves.sha1),
  untrusted('a certificate that is signed with MD5', leaves.md5),
  untrusted('an authorityKeyIdentifier of another key', leaves.misnamed),
  untrusted('a certificate that its bearer signed in the name of an authority', leaves.unsigned),
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
  by('an elliptic-curve key', 'certificate-algorithm', 'UnsupportedAlgorithm', leaves.ec, (octets, key) =>
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

// Without these, a refusal above might be for a reason of its own: they differ from the refused in the defect alone.
describe('without the defect', () => {
  for (const [name, signer] of [
    ['a certificate of OpenSSL’s making', leaves.sound],
    ['a certificate of our own making', leaves.underGround],
  ] as const)
    it(`${name} is accepted`, async () => {
      const arena = await arenaOfAll();
      const answer = await arena.post(arena.message({ signer: signer(), payload: question }));
      assert.equal(answer.status, 200, (await arena.journal(answer)).explanation?.found);
    });
});
