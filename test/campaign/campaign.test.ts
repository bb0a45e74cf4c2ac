// Several emulators over one PostgreSQL database, and everything that can befall them: emulators and server processes that are
// killed, connections that are cut, a network that stalls. For longer, by hand: CAMPAIGN_SECONDS=300 npm run campaign; the
// seed and the number of emulators are CAMPAIGN_SEED and CAMPAIGN_EMULATORS.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tablesOf } from '../../src/emulator/contracts.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Engine } from '../../src/store/engine.ts';
import { openPostgres } from '../../src/store/postgres/open.ts';
import { createDice } from '../dice.ts';
import { newDataDirectory } from '../directories.ts';
import { severalAtOnce, syntheticCitizens, syntheticPersons } from '../durability/load.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { DIGIPOST } from '../running.ts';
import { type Cluster, makeCluster } from '../store/postgres/cluster.ts';
import { createCitizens } from './citizens.ts';
import { type Instance, startInstances } from './instances.ts';
import { assertJournals } from './journals.ts';
import { createMailboxes } from './mailboxes.ts';
import type { Surroundings } from './offers.ts';
import { copyByChanges, followLog } from './readers.ts';
import { makeTrouble } from './trouble.ts';
import { assertMailboxes, assertStories } from './verdict.ts';

const SEED = Number(process.env.CAMPAIGN_SEED ?? Math.floor(Math.random() * 2 ** 32));
const SECONDS = Number(process.env.CAMPAIGN_SECONDS ?? 4);
const EMULATORS = Number(process.env.CAMPAIGN_EMULATORS ?? 4);
/** How many write at once, in each country. */
const WRITERS = 8;
/** More than are written of: who is done with one goes on with the next until the time is over. */
const PERSONS = 50 * SECONDS;

describeWith([stacks.postgresql], `a campaign of ${EMULATORS} emulators (CAMPAIGN_SEED=${SEED})`, () => {
  const [persons, citizens] = [syntheticPersons(PERSONS), syntheticCitizens(PERSONS)];
  let instances: readonly Instance[] = [];
  let server: Cluster;
  let store: string;
  let data: string;
  let reader: Engine;

  before(async function () {
    this.timeout(120_000);
    server = makeCluster();
    store = server.database();
    data = await newDataDirectory();
    const [seed, config] = [join(data, 'seed.json'), join(data, 'config.json')];
    const content = {
      persons: persons.map((id) => ({ id })),
      providers: [{ orgnr: DIGIPOST, navn: 'Digipost' }],
      citizens: citizens.map((id) => ({ id, kommune: '101', jobcenter: '101' })),
    };
    const settings = {
      // Answers of the lookup service are read here, and their signing is no matter of this test.
      profiles: { oppslagstjeneste: 'none' },
      // Refusals over SOAP tell their reference only in the form of an answer.
      refusals: 'envelope',
      dfdg: { returnCode: true, accessLogRows: 1_000_000, outboxRows: 1_000_000 },
    };
    writeFileSync(seed, JSON.stringify(content));
    writeFileSync(config, JSON.stringify(settings));
    const args = ['--data', data, '--seed', seed, '--config', config];
    instances = await startInstances(EMULATORS, store, server, args);
    const settled = { address: store, connections: 2, timeout: 5000 };
    reader = await openPostgres(settled, tablesOf(resolveOptions({})), () => 0);
  });
  after(async () => {
    for (const instance of instances) await instance.end();
    await reader?.close();
  });

  it('loses nothing that was acknowledged, accepts nothing twice, and tells of every change', async () => {
    const failing = new AbortController();
    const failed = failing.signal;
    const surroundings: Surroundings = { instances, dice: createDice(SEED), tally: new Map(), failed };
    const file = (name: string): string => readFileSync(join(data, `pki/clients/${name}`), 'utf8');
    const digipost = { certificatePem: file('digipost.pem'), keyPem: file('digipost.key') };
    const mailboxes = createMailboxes(surroundings, digipost);
    const stories = createCitizens(surroundings, data);
    const [copy, log] = [copyByChanges(surroundings), followLog(reader)];

    const end = performance.now() + 1000 * SECONDS;
    const isOver = (): boolean => performance.now() > end;
    const chance = { ...surroundings, dice: createDice(SEED + 1) };
    const troubles = makeTrouble(chance, server, store, isOver);
    const whileItLasts = (write: (one: string) => Promise<void>) => async (one: string) => {
      await write(one);
      return !isOver();
    };
    try {
      await Promise.all([
        severalAtOnce(persons, WRITERS, whileItLasts(mailboxes.write)),
        severalAtOnce(citizens, WRITERS, whileItLasts(stories.write)),
        troubles,
      ]);
      await mailboxes.repeat();
      await Promise.all([copy.stop(), log.stop()]);
    } catch (error) {
      failing.abort();
      throw error;
    }
    mailboxes.close();
    stories.close();

    const sql = (text: string): string[] => server.sql(store, text);
    const changes = assertMailboxes(sql, mailboxes.done, copy.addresses);
    assert.deepEqual(
      log.numbers,
      Array.from({ length: changes }, (_, index) => index + 1),
      'a reader of the log missed a change',
    );
    const calls = assertStories(sql, stories.done, stories.told);
    const exchanges = await assertJournals(instances, sql);
    assert.ok(exchanges > changes / 2, `${exchanges} exchanges of ${changes} changes and more are kept`);
    const { done } = mailboxes;
    console.log('      ', {
      ...Object.fromEntries([...surroundings.tally].sort()),
      ...{ persons: done.length, citizens: stories.done.length, changes, calls, exchanges },
    });
    assert.ok(done.length > 0 && stories.done.length > 0);
  }).timeout(120_000 + 3000 * SECONDS);
});
