// Several processes that answer messages of one emulator: they are one to whoever calls, and to whoever looks.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openFolder } from '../../src/emulator/certificates.ts';
import { startEmulator } from '../../src/emulator/start.ts';
import type { Pki } from '../../src/pki/pki.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import { call } from '../dfdg/calling.ts';
import { newDataDirectory } from '../directories.ts';
import { type Serving, serve } from '../program.ts';
import { clientOf, control, DIGIPOST, operationOf, post, type Reply, signed, unsigned } from '../running.ts';

const READ = 'KanVelgeSikkerDigitalPostkasse';
const UPDATE = 'OppdaterPostkasse';

interface WorkerState {
  readonly pid: number;
  readonly ready: boolean;
  readonly answered: number;
}

interface Entry {
  readonly number: number;
  readonly problem?: string;
  readonly explanation?: { readonly found: string };
  readonly name?: string;
}

interface Person {
  readonly id: string;
  readonly status: string;
  readonly reservert: boolean;
  readonly postkasser: readonly { readonly leverandoer: string; readonly adresse: string }[];
}

const toldOf = (pid: number): RegExp =>
  new RegExp(
    `^the worker process ${pid} ended before it answered \\(SIGKILL\\); (?:nothing of it was stored|whether it was stored is not known)$`,
  );

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Waits until it holds. */
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await setTimeout(20);
};

describe('worker processes', function () {
  this.timeout(120_000);
  let serving: Serving;
  let pki: Pki;

  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const { http, json } = await control(serving.url, method, path, body);
    assert.equal(http, 200, JSON.stringify(json));
    return json as Answer;
  };
  const workers = async (): Promise<readonly WorkerState[]> =>
    (await ask<{ workers: readonly WorkerState[] }>('GET', '/info')).workers;
  const answered = async (): Promise<number[]> => (await workers()).map((one) => one.answered);
  const question = (): string =>
    signed(READ, operationOf(READ).examples[0] ?? {}, clientOf({ pki }, 'digipost'));
  const send = (envelope: string): Promise<Reply> => post(serving.url, envelope);
  const entry = ({ journal }: Pick<Reply, 'journal'>): Promise<Entry> => ask('GET', `/journal/${journal}`);
  const problemOf = async (reply: Reply): Promise<string | undefined> => (await entry(reply)).problem;
  /** Sends one message to each: the least busy one answers, and of those with nothing to do one after the other. */
  const toEach = async (write: () => string): Promise<Reply[]> => {
    const before = await answered();
    const replies = [await send(write()), await send(write())];
    const after = await answered();
    assert.deepEqual(
      after.map((count, place) => count - (before[place] ?? 0)),
      [1, 1],
    );
    return replies;
  };

  before(async () => {
    const data = await newDataDirectory();
    serving = await serve(['--data', data, '--workers', '2']);
    pki = await openFolder(join(data, 'pki'), new Date());
  });
  after(() => serving.child.kill('SIGKILL'));

  it('answer in turn, and the journal has each exchange before its answer goes out', async () => {
    const pids = (await workers()).map(({ pid }) => pid);
    assert.equal(new Set([serving.child.pid, ...pids]).size, 3);
    const replies = await toEach(question);
    const entries = [];
    for (const reply of replies) {
      assert.equal(reply.http, 200, reply.status);
      entries.push(await entry(reply));
    }
    assert.deepEqual(
      entries.map(({ number, name, problem }) => ({ number, name, problem })),
      [1, 2].map((number) => ({ number, name: 'digipost', problem: undefined })),
    );
  });

  it('refuse a message that another one answered, and of many that come at once all but one', async () => {
    const once = question();
    const [first, again] = await toEach(() => once);
    assert.ok(first && again);
    assert.equal(await problemOf(first), undefined);
    assert.equal(await problemOf(again), 'security.replay');

    const another = question();
    const all = await Promise.all(Array.from({ length: 8 }, () => send(another)));
    const problems = await Promise.all(all.map(problemOf));
    assert.deepEqual(problems.filter((problem) => problem === undefined).length, 1);
    assert.deepEqual(new Set(problems), new Set([undefined, 'security.replay']));
  });

  it('explain what one of them refused', async () => {
    const id = operationOf(READ).examples[0]?.personidentifikator ?? '';
    const [reply] = await toEach(() => question().replace(`>${id}<`, `> ${id}<`));
    assert.ok(reply);
    const { problem, causes } = await ask<{ problem: string; causes: { certain: boolean }[] }>(
      'GET',
      `/journal/${reply.journal}/explanation`,
    );
    assert.equal(problem, await problemOf(reply));
    assert.ok(
      causes.some(({ certain }) => certain),
      JSON.stringify(causes),
    );
  });

  it('know the certificate of the connection', async () => {
    const before = await answered();
    for (const client of [undefined, undefined, null]) {
      const given = client === null ? { client } : {};
      const reply = await call({ ...serving, pki }, 'reminder', 'SavePersonContactData', given);
      assert.equal(reply.http, client === null ? 500 : 200, reply.body);
    }
    const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
    assert.equal(sum(await answered()) - sum(before), 3);
  });

  it('know what the control interface changed when it has answered', async () => {
    await ask('PUT', '/clock', { of: 'security', offset: 'P1D' });
    for (const reply of await toEach(question))
      assert.match((await problemOf(reply)) ?? '', /^security\.timestamp/);
    await ask('PUT', '/clock', { of: 'security', real: true });

    const plain = (): string => unsigned(READ, operationOf(READ).examples[0] ?? {});
    await ask('PUT', '/profiles', { postkasseleverandoer: 'none' });
    for (const reply of await toEach(plain)) assert.equal(reply.http, 200, reply.status);
    await ask('POST', '/reset');
    for (const reply of await toEach(plain)) assert.match((await problemOf(reply)) ?? '', /^security\./);

    await ask('POST', '/reset', { seed: 'none' });
    for (const reply of await toEach(question)) assert.equal(reply.status, 'NEI BRUKER_IKKE_FUNNET');
    await ask('POST', '/reset');
    for (const reply of await toEach(question)) assert.equal(reply.http, 200, reply.status);
  });

  it('lose nothing acknowledged when one is killed under load, and another one takes its place', async () => {
    const { persons } = await ask<{ persons: Person[] }>('GET', '/persons');
    const owners = persons
      .filter(({ status, reservert, postkasser }) => {
        return (
          status === 'AKTIV' && !reservert && postkasser.some(({ leverandoer }) => leverandoer === DIGIPOST)
        );
      })
      .slice(0, 4);
    assert.equal(owners.length, 4);
    const [victim] = await workers();
    assert.ok(victim);
    let [count, over] = [0, false];
    const failed: Reply[] = [];
    const writing = owners.map(async ({ id }) => {
      const sent: string[] = [];
      let acknowledged = -1;
      for (let round = 0; !over; round += 1) {
        sent.push(`nr.${round}#${id.slice(0, 4)}`);
        const values = {
          personidentifikator: id,
          postkasseleverandoerOrgNummer: DIGIPOST,
          postkasseadresse: sent[round] ?? '',
        };
        const reply = await send(signed(UPDATE, values, clientOf({ pki }, 'digipost')));
        count += 1;
        if (reply.status.startsWith('OK')) acknowledged = round;
        else failed.push(reply);
      }
      return { id, sent, acknowledged };
    });
    await until(() => count >= 20);
    process.kill(victim.pid, 'SIGKILL');
    await until(async () => {
      const now = await workers();
      return now.every(({ ready, pid, answered: done }) => ready && pid !== victim.pid && done > 0);
    });
    over = true;

    for (const { id, sent, acknowledged } of await Promise.all(writing)) {
      const { postkasser } = await ask<Person>('GET', `/persons/no/${id}`);
      const address = postkasser.find(({ leverandoer }) => leverandoer === DIGIPOST)?.adresse ?? '';
      // What was under way may be stored too, though nobody was told.
      const kept = sent.indexOf(address);
      assert.ok(kept >= acknowledged && acknowledged >= 0, `${address} is there, not ${sent[acknowledged]}`);
    }
    assert.ok(failed.length <= owners.length, `${failed.length} requests noticed it`);
    for (const reply of failed) {
      assert.deepEqual([reply.http, reply.status], [500, '[U-1000] The register is not available']);
      const { problem, explanation } = await entry(reply);
      assert.equal(problem, 'register.unavailable');
      assert.match(explanation?.found ?? '', toldOf(victim.pid));
    }
  });

  it('are told of by one journal, without a gap', async () => {
    const last = await entry(await send(question()));
    const { entries } = await ask<{ entries: Entry[] }>('GET', '/journal?limit=1000');
    // How many there were before the new one was ready, the machine decides; a list has 1000 of them at most.
    assert.deepEqual(
      entries.map(({ number }) => number),
      Array.from({ length: Math.min(last.number, 1000) }, (_, place) => last.number - place),
    );
  });

  it('leave Ctrl-C to the process that listens, answer what is open, and end with it', async () => {
    const pids = (await workers()).map(({ pid }) => pid);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      for (const pid of pids) process.kill(pid, signal);
    await toEach(question);
    const started = (await entry(await send(question()))).number;
    const open = Array.from({ length: 8 }, () => send(question()));
    // The last of them has come in when its number is taken.
    await until(async () => {
      const { entries } = await ask<{ entries: Entry[] }>('GET', '/journal?limit=1');
      return (entries[0]?.number ?? 0) > started;
    });
    for (const pid of pids) process.kill(pid, 'SIGINT');
    serving.child.kill('SIGINT');
    const replies = await Promise.allSettled(open);
    // One whose connection was not opened yet finds nobody.
    for (const reply of replies) if (reply.status === 'fulfilled') assert.equal(reply.value.http, 200);
    assert.ok(replies.some(({ status }) => status === 'fulfilled'));
    const { code, stdout } = await serving.ended;
    assert.equal(code, 0);
    assert.match(stdout, /\nstopped; /);
    assert.deepEqual(pids.filter(isThere), []);
  });
});

describe('the number of worker processes', () => {
  const refused = async (options: Parameters<typeof resolveOptions>[0], told: RegExp): Promise<void> => {
    await assert.rejects(
      async () => startEmulator(resolveOptions({ port: 0, tlsPort: 0, log: 'silent', ...options })),
      told,
    );
  };

  it('is refused beside what they could not share, and where none are needed', async () => {
    const data = await newDataDirectory();
    await refused(
      { data, workers: 2, inMemory: true },
      /^Error: workers: 2 and inMemory exclude each other: [^\n]+$/,
    );
    await refused({ data, workers: 'auto', inMemory: true }, /^Error: workers: auto and inMemory exclude/);
    await refused(
      { data, workers: 2, store: 'postgres://nobody@localhost/none' },
      /workers: 2 and store exclude/,
    );
    await refused({ data, workers: 2, pki: 'new' }, /workers: 2 and pki exclude/);
  });

  it('is a whole number from 1 to 64, or auto', async () => {
    for (const workers of [0, 65, 1.5, -1])
      await refused({ workers }, /^Error: workers: -?[\d.]+ cannot be used; processes/);
    assert.equal(resolveOptions({ workers: 'auto' }).workers, 'auto');
    assert.equal(resolveOptions({}).workers, 1);
  });
});
