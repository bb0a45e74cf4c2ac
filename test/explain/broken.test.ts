// The engine names what somebody did to a message, proves it, and asserts nothing that it did not prove.

import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { explainBytes } from '../../src/commands/message/explain.ts';
import type { Explained } from '../../src/explain/explained.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache, type SignerCache } from '../../src/security/signer.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { type Arena, openArena } from '../attacks/arena.ts';
import type { Broken } from './broken/ways.ts';
import { broken } from './broken.ts';
import { assertDocument } from './shape.ts';

let arena: Arena;
let signers: SignerCache;
before(async () => {
  arena = await openArena({ profile: 'observed' });
  const { pki } = arena.emulator;
  const own = [...pki.clients.values()].map(({ certificatePem }) => certificatePem);
  signers = createSignerCache(createTrustStore([pki.trustPem], pki.crls), knownCertificates(own));
});
after(() => arena.emulator.close());

const explained = (message: string | Buffer): Explained => {
  const known = [...arena.emulator.pki.clients].map(([owner, { certificatePem }]) => ({
    owner,
    key: createPublicKey(certificatePem),
  }));
  const judging = { profile: profiles.observed, signers, now: arena.now(), key: undefined };
  return explainBytes(Buffer.from(message), judging, known);
};

const judge = ({ cause, besides = [], make }: Broken): void => {
  const document = explained(make(arena));
  assertDocument(document);
  const { verdict, causes } = document;
  assert.notEqual(verdict, 'accepted');
  const told = causes.map((one) => `${one.cause}${one.certain ? '' : ' (likely)'}`);
  if (cause === undefined) {
    assert.deepEqual(
      causes.filter(({ certain }) => certain),
      [],
      told.join(', '),
    );
    return;
  }
  assert.equal(causes[0]?.cause, cause, told.join(', '));
  for (const one of besides)
    assert.ok(
      causes.some((other) => other.cause === one),
      `${one} in ${told.join(', ')}`,
    );
};

describe('a broken message is explained:', () => {
  for (const one of broken) it(`${one.name} → ${one.cause ?? 'nothing proved'}`, () => judge(one));
});
