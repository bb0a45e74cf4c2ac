// Several emulators over one PostgreSQL database, and everything that can befall them: emulators and server processes that are
// killed, connections that are cut, a network that stalls. By hand for longer: MANY_MESSAGES=5000 MANY_SEED=… npx mocha …

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ClientIdentity } from '../../src/client/sign.ts';
import { tablesOf } from '../../src/emulator/contracts.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Engine, Row } from '../../src/store/engine.ts';
import { openPostgres } from '../../src/store/postgres/open.ts';
import { createDice, type Dice } from '../dice.ts';
import { newDataDirectory } from '../directories.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { type Serving, serve } from '../program.ts';
import { DIGIPOST, signed } from '../running.ts';
import { type Cluster, makeCluster } from '../store/postgres/cluster.ts';
import { openPassage, type Passage } from '../store/postgres/passage.ts';
import { post, severalAtOnce, syntheticPersons } from './load.ts';

const SEED = Number(process.env.MANY_SEED ?? Math.floor(Math.random() * 2 ** 32));
const MESSAGES = Number(process.env.MANY_MESSAGES ?? 400);
const EMULATORS = 4;
const CONNECTIONS = 12;
const PATH = '/ws-postkasseleverandoer-v1';
const HEADERS = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };

const OK = /<pk:status>OK</;
const REPLAY = /<faultcode[^>]*>\w+:FailedCheck</;
const UNAVAILABLE = /The register is not available/;

/** One emulator with its way to the database. */
interface Instance {
  readonly passage: Passage;
  /** Where it listens; undefined while it is dead. */
  url(): string | undefined;
  /** Kills it and starts it again. */
  kill(): Promise<void>;
  end(): Promise<void>;
}

const startInstance = async (store: string, server: Cluster, args: readonly string[]): Promise<Instance> => {
  const passage = await openPassage(server.folder);
  const address = store.replace(server.folder, passage.folder);
  let serving: Serving | undefined;
  const start = async (): Promise<void> => {
    // A start may meet a server that restarts: then it says so and ends, and whoever runs it starts it again.
    for (let left = 50; ; left -= 1) {
      try {
        serving = await serve(['--store', address, '--store-timeout', '1', ...args]);
        return;
      } catch (error) {
        assert.match(
          (error as Error).message,
          /it ended with 1: kontakt: (?:PostgreSQL|the register)[^\n]+\n$/,
        );
        if (left === 0) throw error;
      }
      await setTimeout(100);
    }
  };
  await start();
  return {
    passage,
    url: () => serving?.url,
    kill: async () => {
      const before = serving;
      serving = undefined;
      before?.child.kill('SIGKILL');
      await before?.ended;
      await start();
    },
    end: async () => {
      serving?.child.kill('SIGTERM');
      await serving?.ended;
      passage.end();
    },
  };
};

/** Kills a process, unless it has ended by itself since somebody saw it. */
const killThere = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
  }
};

/** Reads the changes as they come, as somebody does who copies them: none may be missing, ever. */
const follow = (engine: Engine) => {
  const seen: number[] = [];
  let over = false;
  const look = async (): Promise<void> => {
    const found = await engine.read({
      selections: [
        { select: 'rows', log: 'no_change', after: seen.at(-1) ?? 0, before: 2 ** 53 - 1, limit: 10_000 },
      ],
      read: ([rows = []]: readonly (readonly Row[])[]) => rows.map(({ place }) => place).reverse(),
    });
    if ('result' in found) seen.push(...found.result);
  };
  const following = (async () => {
    while (!over) {
      await look();
      await setTimeout(5);
    }
  })();
  return async (): Promise<readonly number[]> => {
    over = true;
    await following;
    await look();
    return seen;
  };
};

describeWith([stacks.postgresql], `${EMULATORS} emulators in trouble (MANY_SEED=${SEED})`, () => {
  const persons = syntheticPersons(MESSAGES);
  const dice = createDice(SEED);
  const instances: Instance[] = [];
  let server: Cluster;
  let store: string;
  let client: ClientIdentity;
  let reader: Engine;

  before(async function () {
    this.timeout(120_000);
    server = makeCluster();
    store = server.database();
    const data = await newDataDirectory();
    const seed = join(data, 'seed.json');
    writeFileSync(
      seed,
      JSON.stringify({
        persons: persons.map((id) => ({ id })),
        providers: [{ orgnr: DIGIPOST, navn: 'Digipost' }],
      }),
    );
    const starting = Array.from({ length: EMULATORS }, () =>
      startInstance(store, server, ['--data', data, '--seed', seed]),
    );
    instances.push(...(await Promise.all(starting)));
    reader = await openPostgres(
      { address: store, connections: 2, timeout: 5000 },
      tablesOf(resolveOptions({})),
      () => 0,
    );
    client = {
      certificatePem: readFileSync(join(data, 'pki/clients/digipost.pem'), 'utf8'),
      keyPem: readFileSync(join(data, 'pki/clients/digipost.key'), 'utf8'),
    };
  });
  after(async () => {
    for (const instance of instances) await instance.end();
    await reader?.close();
  });

  /** Does something bad, again and again. */
  const trouble = async (isOver: () => boolean, chance: Dice): Promise<Readonly<Record<string, number>>> => {
    const done = { killed: 0, crashed: 0, cut: 0, stalled: 0 };
    while (!isOver()) {
      await setTimeout(chance.below(300));
      const instance = instances[chance.below(EMULATORS)];
      assert.ok(instance);
      if (chance.once(4)) {
        await instance.kill();
        done.killed += 1;
      } else if (chance.once(6)) {
        // The server restarts all its processes after the death of one.
        const [pid] = server.sql(
          store,
          "SELECT pid FROM pg_stat_activity WHERE application_name = 'kontakt-emulator' ORDER BY random() LIMIT 1",
        );
        if (pid !== undefined) killThere(Number(pid));
        done.crashed += 1;
        while (!server.isUp()) await setTimeout(50);
      } else if (chance.once(3)) {
        instance.passage.stall();
        await setTimeout(chance.below(1500));
        instance.passage.goOn();
        done.stalled += 1;
      } else {
        instance.passage.cut();
        done.cut += 1;
      }
    }
    return done;
  };

  it('lose nothing that they acknowledged, and accept no message twice', async () => {
    const accepted = new Map<string, number>();
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const stop = follow(reader);
    let over = false;
    const troubles = trouble(() => over, createDice(SEED + 1));
    let unavailable = 0;
    let replayed = 0;
    await severalAtOnce(persons, CONNECTIONS, async (person) => {
      const values = {
        personidentifikator: person,
        postkasseleverandoerOrgNummer: DIGIPOST,
        postkasseadresse: `mailbox.of#${person}`,
        x509Sertifikat: (/CERTIFICATE-----([^-]+)/.exec(client.certificatePem)?.[1] ?? '').replace(/\s/g, ''),
      };
      const envelope = signed('OpprettOgVelgSikkerDigitalPostkasse', values, client);
      // The same message to one after the other, until one says that it counts, or did before; then to one more.
      let counts = false;
      for (let more = 1; more >= 0; more -= counts ? 1 : 0) {
        const url = instances[dice.below(EMULATORS)]?.url();
        const answer = url && (await post(`${url}${PATH}`, { agent, headers: HEADERS }, envelope));
        if (!answer) await setTimeout(20);
        else if (OK.test(answer.text)) {
          accepted.set(person, (accepted.get(person) ?? 0) + 1);
          counts = true;
        } else if (REPLAY.test(answer.text)) {
          replayed += 1;
          counts = true;
        } else {
          assert.match(answer.text, UNAVAILABLE);
          unavailable += 1;
          await setTimeout(20);
        }
      }
      return true;
    });
    over = true;
    const done = await troubles;
    agent.destroy();
    const numbers = await stop();
    console.log('      ', {
      ...done,
      accepted: accepted.size,
      unavailable,
      replayed,
      changes: numbers.length,
    });

    assert.ok(
      [...accepted.values()].every((times) => times === 1),
      'a message was accepted twice',
    );
    const rows = server
      .sql(store, 'SELECT number, body FROM kontakt.no_change ORDER BY number')
      .map((row) => {
        const [number = '', ...body] = row.split('|');
        return {
          number: Number(number),
          ...(JSON.parse(body.join('|')) as { person: string; cause: string }),
        };
      });
    assert.deepEqual(
      rows.map(({ number }) => number),
      rows.map((_, index) => index + 1),
    );
    assert.deepEqual(
      numbers,
      rows.map(({ number }) => number),
      'a reader missed a change',
    );
    const changed = rows.filter(({ cause }) => cause !== 'emulator').map(({ person }) => person);
    // A replay is only told of what counted; so each person has one mailbox by one change, whoever was told.
    assert.deepEqual([...changed].sort(), [...persons].sort());
    const held = server
      .sql(store, 'SELECT body FROM kontakt.no_person')
      .map((body) => JSON.parse(body) as { mailboxes: { active: boolean }[] });
    assert.equal(held.length, persons.length);
    assert.ok(held.every(({ mailboxes }) => mailboxes.length === 1 && mailboxes[0]?.active));
    assert.deepEqual(server.sql(store, 'SELECT count(*) FROM kontakt.signature'), [`${persons.length}`]);
  }).timeout(60_000 + 200 * MESSAGES);
});
