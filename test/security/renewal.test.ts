// A trust store that follows its files: what changes counts at once for whoever is judged, and soon for whoever is remembered.

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readLists, readTrust, stampOf } from '../../src/security/trust/material.ts';
import { followTrust } from '../../src/security/trust/renewal.ts';
import { createTrustStore, type TrustStore } from '../../src/security/trust/trust.ts';
import { type Arena, openArena, PATH, question } from '../attacks/arena.ts';
import { compose, usual } from '../attacks/message.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { serve } from '../program.ts';
import { type CertificateWish, certificateOf, keyOf, listOf, NOON, pemOf } from './issuing.ts';
import { verdictOn } from './trusting.ts';

const pause = (): Promise<void> => setTimeout(50);

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

  it('has the revision of any other store of the same certificates and lists, read in whatever order', () => {
    const [root, second] = ['Root', 'Second'].map((subject) => pemOf(certificateOf({ subject, ca: true })));
    const lists = [listOf({ issuer: 'Root', revoked: [8] }), listOf({ issuer: 'Second' })];
    const all = [root ?? assert.fail(), second ?? assert.fail()];
    const { revision } = createTrustStore(all, lists);
    assert.match(revision, /^[0-9a-f]{16}$/);
    assert.equal(createTrustStore([all.toReversed().join('')], lists.toReversed()).revision, revision);
    const others = [
      createTrustStore(all, lists.slice(1)),
      createTrustStore(all, [lists[1] ?? assert.fail(), listOf({ issuer: 'Root', revoked: [9] })]),
      createTrustStore(all.slice(0, 1), lists.slice(0, 1)),
    ].map((store) => store.revision);
    assert.equal(new Set([revision, ...others]).size, 4);
  });

  it('stays as it was while its files cannot be used, and tells that once', () => {
    writeFileSync(list, listOf({ issuer: 'Root', revoked: [8] }));
    const store = follow([list]);
    const { revision } = store;
    writeFileSync(list, 'half a li');
    for (let round = 0; round < 3; round += 1) assert.equal(verdictOn(store, leaf), 'revoked');
    assert.equal(store.revision, revision);
    assert.deepEqual(failures, [`crls: ${list}: no revocation list`]);
    rmSync(list);
    assert.equal(verdictOn(store, leaf), 'revoked');
    writeFileSync(list, listOf({ issuer: 'Root' }));
    assert.equal(verdictOn(store, leaf), 'good');
  });

  it('judges by the list of before while a new one is still being read, by that once it is, and sees what changed meanwhile', async () => {
    writeFileSync(list, listOf({ issuer: 'Root' }));
    const reading: ((store: TrustStore | Error) => void)[] = [];
    const made = (): TrustStore => {
      const pems = readTrust([trust]);
      return createTrustStore(pems, readLists([list], pems));
    };
    const store = followTrust(
      {
        make: made,
        makeAgain: () =>
          new Promise((resolve, reject) =>
            reading.push((one) => (one instanceof Error ? reject(one) : resolve(one))),
          ),
        stamp: () => stampOf([trust], [list]),
      },
      () => time,
      (error) => failures.push((error as Error).message),
    );
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    const { revision } = store;
    writeFileSync(list, listOf({ issuer: 'Root', revoked: [8] }));
    for (let round = 0; round < 3; round += 1) assert.equal(verdictOn(store, leaf), 'good');
    assert.deepEqual([reading.length, store.revision], [1, revision]);
    const first = made();
    writeFileSync(list, listOf({ issuer: 'Root', revoked: [8, 9] }));
    assert.equal(verdictOn(store, leaf), 'good');
    assert.equal(reading.length, 1, 'one at a time');
    reading[0]?.(first);
    await settled();
    assert.equal(verdictOn(store, leaf), 'revoked');
    assert.notEqual(store.revision, revision);
    assert.equal(verdictOn(store, { ...leaf, serial: 9 }), 'good');
    assert.equal(reading.length, 2);
    reading[1]?.(new Error('half a list'));
    await settled();
    assert.deepEqual(failures, ['half a list']);
    assert.equal(verdictOn(store, leaf), 'revoked');
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
    let found = await problem();
    while (found === undefined) {
      await pause();
      found = await problem();
    }
    assert.equal(found, 'security.certificate-revoked');
  });
});

describe('the program with a long list', () => {
  const REVOKED = 900;
  const ALWAYS = { from: Date.UTC(2020, 0, 1), until: Date.UTC(2049, 0, 1) };
  const many = (revoked: readonly number[], number: number): Buffer =>
    listOf({
      issuer: 'Root',
      number,
      ...ALWAYS,
      revoked: [...revoked, ...Array.from({ length: 2000 }, (_, place) => 1000 + place)],
    });

  it('answers by the old one while it reads a new one on another thread, and says when that counts', async function () {
    this.timeout(60_000);
    const folder = newDirectory();
    const list = join(folder, 'ca.crl');
    const trust = join(folder, 'ca.pem');
    writeFileSync(trust, pemOf(certificateOf({ subject: 'Root', ca: true, ...ALWAYS })));
    writeFileSync(list, many([], 1));
    const data = await newDataDirectory();
    const serving = await serve(['--data', data, '--trust', trust, '--crl', list, '--log', 'json']);
    let serial = 8;
    /** By another certificate each time: the verdict on it is remembered nowhere. */
    const isAccepted = async (): Promise<boolean> => {
      const signer = {
        certificatePem: pemOf(certificateOf({ ...leaf, key: 'leaf', serial, ...ALWAYS })),
        keyPem: keyOf('leaf').export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
      serial += 1;
      const response = await fetch(`${serving.url}${PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8' },
        body: compose(usual(signer, question, Date.now())),
      });
      await response.text();
      return response.status === 200;
    };
    assert.ok(await isAccepted());
    writeFileSync(
      list,
      many(
        Array.from({ length: REVOKED }, (_, place) => place),
        2,
      ),
    );
    // This message is the one that has the change seen.
    assert.ok(await isAccepted());
    while (await isAccepted()) {
      assert.ok(serial < REVOKED, 'the new list never counted');
      await pause();
    }
    serving.child.kill('SIGTERM');
    const { stderr } = await serving.ended;
    assert.match(
      stderr,
      /revocation lists have changed and are being read; until then those of before count/,
    );
    assert.match(stderr, /the changed revocation lists count from now on: 2900 revoked certificates/);
  });
});
