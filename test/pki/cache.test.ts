// The certificates of emulators in memory: made once, kept in the user's cache, and never more than a convenience.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCertificates } from '../../src/emulator/certificates.ts';
import { type Clock, createClock } from '../../src/kernel/clock.ts';
import type { Log } from '../../src/kernel/log-event.ts';
import { clientLeaves, serverLeaf } from '../../src/pki/leaves.ts';
import type { Pki } from '../../src/pki/pki.ts';
import { PKI_FORMAT } from '../../src/pki/place.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';

const YEAR = 365 * 86_400_000;

describe('the certificates of an emulator in memory', () => {
  const usual = process.env.XDG_CACHE_HOME;
  const clock = createClock();
  let cache: string;
  let told: string[];
  const log: Log = {
    info: ({ message }) => told.push(message),
    error: ({ message }) => told.push(message),
  };
  const open = (at: Pick<Clock, 'real'> = clock, settings: { pki?: string } = {}): Promise<Pki> =>
    openCertificates({ data: '.kontakt', inMemory: true, ...settings }, { ...clock, ...at }, log);
  const folder = (): string => join(cache, 'kontakt-emulator', `pki-${PKI_FORMAT}`);
  /** A cache that holds certificates, without the time that making them takes. */
  const fill = async (): Promise<void> =>
    cpSync(join(await newDataDirectory(), 'pki'), folder(), { recursive: true });

  beforeEach(() => {
    cache = join(newDirectory(), 'cache');
    process.env.XDG_CACHE_HOME = cache;
    told = [];
  });
  after(() => {
    process.env.XDG_CACHE_HOME = usual;
  });

  it('are made once, also by several that start at the same moment, for this user alone', async () => {
    const [one, two, three] = await Promise.all([open(), open(), open()]);
    assert.equal(one?.directory, folder());
    assert.deepEqual([two?.trustPem, three?.trustPem], [one?.trustPem, one?.trustPem]);
    assert.equal(statSync(folder()).mode & 0o777, 0o700);
    for (const name of readdirSync(join(folder(), 'clients')).filter((file) => /\.(key|p12)$/.test(file)))
      assert.equal(statSync(join(folder(), 'clients', name)).mode & 0o777, 0o600, name);
    assert.equal((await open()).trustPem, one?.trustPem);
    assert.deepEqual(told, []);
  }).timeout(60_000);

  it('are made again well before they expire, when they are not yet valid, and when they are damaged', async () => {
    await fill();
    const before = (await open()).trustPem;
    assert.equal((await open({ real: () => clock.real() + 9 * YEAR })).trustPem, before);
    const later = (await open({ real: () => clock.real() + 9.8 * YEAR })).trustPem;
    assert.notEqual(later, before);
    const now = (await open()).trustPem;
    assert.notEqual(now, later);
    truncateSync(join(folder(), 'server.key'), 100);
    assert.notEqual((await open()).trustPem, now);
    assert.deepEqual(told, []);
  }).timeout(120_000);

  it('are in memory, and one line says so, where the cache cannot be used', async () => {
    mkdirSync(cache);
    writeFileSync(join(cache, 'kontakt-emulator'), 'a file');
    assert.equal((await open()).directory, undefined);
    assert.match(told.join('\n'), /^certificates are made for this run alone: [^\n]+$/);
  }).timeout(60_000);

  it('are never those that others could have put there', async function () {
    if (process.platform === 'win32') this.skip();
    await fill();
    chmodSync(folder(), 0o777);
    assert.equal((await open()).directory, undefined);
    assert.match(told.join('\n'), /can be written by others/);
  }).timeout(60_000);

  it('are fresh ones with pki: new, and those of a folder with its name', async () => {
    await fill();
    const kept = await open();
    const fresh = await open(clock, { pki: 'new' });
    assert.equal(fresh.directory, undefined);
    assert.notEqual(fresh.trustPem, kept.trustPem);
    assert.equal((await open(clock, { pki: folder() })).trustPem, kept.trustPem);
    assert.deepEqual(told, []);
  }).timeout(60_000);

  it('of a roster that has changed have a format of their own', () => {
    const roster = JSON.stringify([serverLeaf, ...clientLeaves]);
    const digest = createHash('sha256').update(roster).digest('hex').slice(0, 16);
    // Where this fails: raise PKI_FORMAT, and put both here.
    assert.deepEqual([PKI_FORMAT, digest], [1, '3f12c173f7d780b8']);
  });
});
