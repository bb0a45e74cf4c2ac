// A trust store that follows its files: what changes counts at once for whoever is judged, and soon for whoever is remembered.

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLists, readTrust, stampOf } from '../../src/security/trust/material.ts';
import { followTrust } from '../../src/security/trust/renewal.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { type Arena, openArena, question } from '../attacks/arena.ts';
import { newDirectory } from '../directories.ts';
import { type CertificateWish, certificateOf, keyOf, listOf, NOON, pemOf } from './issuing.ts';
import { verdictOn } from './trusting.ts';

const leaf: CertificateWish = { subject: 'leaf', issuer: 'Root', serial: 8 };

describe('a trust store that follows its files', () => {
  const failures: string[] = [];
  let time: number;
  let trust: string;
  let list: string;
  beforeEach(() => {
    const folder = newDirectory();
    trust = join(folder, 'ca.pem');
    list = join(folder, 'ca.crl');
    writeFileSync(trust, pemOf(certificateOf({ subject: 'Root', ca: true })));
    failures.length = 0;
    time = 0;
  });
  const follow = (lists: string[]) =>
    followTrust(
      {
        make: () => {
          const pems = readTrust([trust]);
          return createTrustStore(pems, readLists(lists, pems));
        },
        stamp: () => stampOf([trust], lists),
      },
      () => time,
      (error) => failures.push((error as Error).message),
    );

  it('judges by a new list at once', () => {
    writeFileSync(list, listOf({ issuer: 'Root' }));
    const store = follow([list]);
    assert.equal(verdictOn(store, leaf), 'good');
    writeFileSync(list, listOf({ issuer: 'Root', revoked: [5, 8] }));
    assert.equal(verdictOn(store, leaf), 'revoked');
  });

  it('has another revision within a second, and the same one as long as nothing changes', () => {
    writeFileSync(list, listOf({ issuer: 'Root' }));
    const store = follow([list]);
    const { revision } = store;
    time += 5000;
    assert.equal(store.revision, revision);
    writeFileSync(list, listOf({ issuer: 'Root', revoked: [8] }));
    time += 1001;
    assert.notEqual(store.revision, revision);
  });

  it('stays as it was while its files cannot be used, and tells that once', () => {
    writeFileSync(list, listOf({ issuer: 'Root', revoked: [8] }));
    const store = follow([list]);
    const { revision } = store;
    writeFileSync(list, 'half a li');
    for (let round = 0; round < 3; round += 1) assert.equal(verdictOn(store, leaf), 'revoked');
    assert.equal(store.revision, revision);
    assert.deepEqual(failures, [`--crl ${list}: no revocation list`]);
    rmSync(list);
    assert.equal(verdictOn(store, leaf), 'revoked');
    writeFileSync(list, listOf({ issuer: 'Root' }));
    assert.equal(verdictOn(store, leaf), 'good');
  });

  it('knows new anchors, and forgets those that are gone', () => {
    const store = follow([]);
    writeFileSync(trust, pemOf(certificateOf({ subject: 'Other', ca: true })));
    assert.equal(verdictOn(store, leaf), 'untrusted');
    assert.equal(verdictOn(store, { ...leaf, issuer: 'Other' }), 'good');
    assert.deepEqual(
      store.anchors.map(({ subject }) => subject),
      ['CN=Other'],
    );
  });
});

describe('an emulator with lists of the user’s own', () => {
  let arena: Arena;
  let list: string;
  before(async () => {
    const folder = newDirectory();
    list = join(folder, 'ca.crl');
    const trust = join(folder, 'ca.pem');
    writeFileSync(trust, pemOf(certificateOf({ subject: 'Root', ca: true })));
    writeFileSync(list, listOf({ issuer: 'Root' }));
    arena = await openArena({ trust: [trust], crls: [folder] });
    arena.emulator.clock.set('security', { kind: 'offset', offset: NOON - arena.now() });
  });
  after(() => arena.emulator.close());

  it('refuses a caller that it knew, once the list has been replaced by one with its number', async () => {
    const signer = {
      certificatePem: pemOf(certificateOf(leaf)),
      keyPem: keyOf('leaf').export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const problem = async (): Promise<string | undefined> =>
      (await arena.journal(await arena.post(arena.message({ signer, payload: question })))).problem;
    assert.equal(await problem(), undefined);
    assert.equal(await problem(), undefined);
    writeFileSync(list, listOf({ issuer: 'Root', revoked: [8], number: 2 }));
    // Who is remembered may pass for another second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    assert.equal(await problem(), 'security.certificate-revoked');
  });
});
