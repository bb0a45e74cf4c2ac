// The engine names what somebody did to a message, proves it, and asserts nothing that it did not prove.

import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { explainBytes } from '../../src/commands/message/explain.ts';
import type { Explained } from '../../src/explain/explained.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache, type SignerCache } from '../../src/security/signer.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { readLists, readTrust } from '../../src/security/trust/material.ts';
import { createTrustStore, type TrustStore } from '../../src/security/trust/trust.ts';
import { type Arena, openArena } from '../attacks/arena.ts';
import { lists, trusted } from '../attacks/authority.ts';
import { control } from '../running.ts';
import type { Broken } from './broken/ways.ts';
import { broken } from './broken.ts';
import { assertDocument } from './shape.ts';

let arena: Arena;
let signers: SignerCache;
let trust: TrustStore;
before(async () => {
  arena = await openArena({ profile: 'observed' });
  const { pki } = arena.emulator;
  const own = [...pki.clients.values()].map(({ certificatePem }) => certificatePem);
  const anchors = [pki.trustPem, ...readTrust(trusted())];
  trust = createTrustStore(anchors, [...pki.crls, ...readLists(lists(), anchors)]);
  signers = createSignerCache(trust, knownCertificates(own));
});
after(() => arena.emulator.close());

/** What the journal says of a message that was sent, or sent again. */
const explainedSent = async (
  body: string | Buffer,
  times: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<Explained> => {
  for (let count = 0; count < times; count += 1) await arena.post({ body, headers });
  const [entry] = arena.emulator.journal.list();
  const { json } = await control(arena.emulator.url, 'GET', `/journal/${entry?.number}/explanation`);
  return json as Explained;
};

const explained = (
  message: string | Buffer,
  { http, service, profile = 'observed', arrived }: Broken,
): Explained => {
  const known = [...arena.emulator.pki.clients].map(([owner, { certificatePem }]) => ({
    owner,
    key: createPublicKey(certificatePem),
  }));
  const judging = {
    profile: profiles[profile],
    signers,
    now: arena.now(),
    key: undefined,
    arrived: arrived ?? false,
    authorities: trust.anchors.map(({ subject }) => subject),
  };
  const given = { headers: {}, ...http, whole: http !== undefined, service };
  return explainBytes(Buffer.from(message), judging, known, undefined, undefined, given);
};

const judge = async (one: Broken): Promise<void> => {
  const { cause, besides = [], how, make, sent, http } = one;
  const message = make(arena);
  const document = sent ? await explainedSent(message, sent, http?.headers) : explained(message, one);
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
  if (how !== undefined)
    assert.ok(
      causes.some(({ evidence }) => evidence.how?.includes(how)),
      `${how} did it`,
    );
  for (const one of besides)
    assert.ok(
      causes.some((other) => other.cause === one),
      `${one} in ${told.join(', ')}`,
    );
};

describe('a broken message is explained:', () => {
  for (const one of broken) it(`${one.name} → ${one.cause ?? 'nothing proved'}`, () => judge(one));
});
