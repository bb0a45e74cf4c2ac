// Worker processes that do not start, that stop answering, or that end: who asked them is told, and nobody else notices.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openFolder } from '../../src/emulator/certificates.ts';
import type { Order } from '../../src/emulator/workers/messages.ts';
import { createPauses } from '../../src/emulator/workers/pauses.ts';
import { openPool } from '../../src/emulator/workers/pool.ts';
import { createWatching, TO_START } from '../../src/emulator/workers/watching.ts';
import type { Worker } from '../../src/emulator/workers/worker.ts';
import type { Log } from '../../src/kernel/log-event.ts';
import { newDataDirectory } from '../directories.ts';
import { assertOneLine, kontakt, serve } from '../program.ts';
import { clientOf, control, operationOf, post, signed } from '../running.ts';

const READ = 'KanVelgeSikkerDigitalPostkasse';
/** Seconds. A process that has to wait for a core for so long on a loaded machine would be taken for one that hangs. */
const TIMEOUT = 4;

interface Told {
  readonly problem?: string;
  readonly explanation?: Readonly<Record<'found' | 'remedy', string>>;
}

/** Waits until it holds. */
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await setTimeout(20);
};

describe('a worker process that no longer answers', () => {
  it('is ended and replaced: what it was asked gets the fault and the rest, and nobody else notices', async () => {
    const data = await newDataDirectory();
    const options = ['--workers', '2', '--worker-timeout', `${TIMEOUT}`, '--log', 'json'];
    const { child, url, ended } = await serve(['--data', data, ...options]);
    const pki = await openFolder(join(data, 'pki'), new Date());
    const ask = async <Answer>(path: string): Promise<Answer> =>
      (await control(url, 'GET', path)).json as Answer;
    const workers = async () => (await ask<{ workers: { pid: number; ready: boolean }[] }>('/info')).workers;
    const message = (): string =>
      signed(READ, operationOf(READ).examples[0] ?? {}, clientOf({ pki }, 'digipost'));
    const [victim] = await workers();
    assert.ok(victim);
    const sent = [message(), message()];
    process.kill(victim.pid, 'SIGSTOP');
    // Of those with nothing to do, one after the other.
    const replies = await Promise.all(sent.map((one) => post(url, one)));
    assert.deepEqual(replies.map(({ http }) => http).sort(), [200, 500]);
    const place = replies.findIndex(({ http }) => http === 500);
    const unanswered = replies[place];
    assert.equal(unanswered?.status, '[U-1000] The register is not available');
    const { problem, explanation } = await ask<Told>(`/journal/${unanswered.journal}`);
    assert.equal(problem, 'register.unavailable');
    assert.equal(
      explanation?.found,
      `the worker process ${victim.pid} ended before it answered (no sign of life for ${TIMEOUT} seconds); nothing of it was stored`,
    );
    assert.match(explanation.remedy, /^send the same message again/);

    await until(async () => {
      const now = await workers();
      return now.length === 2 && now.every(({ ready, pid }) => ready && pid !== victim.pid);
    });
    // As it says: it counts now.
    assert.equal((await post(url, sent[place] ?? '')).http, 200);
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    assert.equal(code, 0);
    const told = stderr.split('\n').filter((line) => line.includes(`worker process ${victim.pid} `));
    assert.ok(
      told.some((line) => line.includes('(no sign of life for 4 seconds); another one takes its place')),
      stderr,
    );
  }).timeout(120_000);

  it('is asked for a sign of life, gets nothing to do, and is given up after as many looks as are granted', () => {
    let pings = 0;
    const watching = createWatching(30, () => {
      pings += 1;
    });
    const look = (times: number): string[] => Array.from({ length: times }, () => watching.look(true));
    assert.deepEqual(new Set(look(6)), new Set(['well']));
    assert.deepEqual([pings, watching.isDoubtful()], [5, true]);
    watching.heard();
    assert.equal(watching.isDoubtful(), false);
    assert.deepEqual(new Set(look(30)), new Set(['well']));
    assert.deepEqual(look(1), ['silent']);
  });

  it('may take its time to start', () => {
    const watching = createWatching(1, () => assert.fail('one that starts is asked'));
    for (let left = TO_START; left > 0; left -= 1) assert.equal(watching.look(false), 'well');
    assert.equal(watching.look(false), 'late');
  });
});

describe('a worker process that ends', () => {
  const ended = (after: ReturnType<typeof createPauses>) => (lived: number, times: number, begun: boolean) =>
    Array.from({ length: times }, () => after(lived, begun));

  it('is replaced at once, but not where one after the other ends soon after its start', () => {
    const ends = ended(createPauses());
    assert.deepEqual(
      ends(100, 5, true).map(({ pause, first }) => [pause, first]),
      [
        [0, false],
        [0, false],
        [0, false],
        [1000, true],
        [2000, false],
      ],
    );
    assert.deepEqual(ends(100, 20, true).at(-1), { pause: 60_000, first: false });
    assert.deepEqual(ends(60_000, 1, true), [{ pause: 0, first: false }]);
    assert.deepEqual(ends(100, 1, true), [{ pause: 0, first: false }]);
  });

  it('is not replaced for ever where none begins', () => {
    const ends = ended(createPauses());
    // However long they take not to.
    assert.deepEqual(
      ends(60_000, 11, false).map(({ pause, first }) => [pause, first]),
      [
        [0, false],
        [0, false],
        [0, false],
        [1000, true],
        [2000, false],
        [4000, false],
        [8000, false],
        [16_000, false],
        [32_000, false],
        [undefined, true],
        [undefined, false],
      ],
    );
  });
});

describe('worker processes that do not start', () => {
  it('end the emulator in one line, with how they ended, where none does', async () => {
    const place = {
      env: { NODE_OPTIONS: '--import=data:text/javascript,if(process.send)process.exit(7)' },
    };
    const data = await newDataDirectory();
    const options = ['--port', '0', '--tls-port', '0', '--log', 'silent', '--workers', '2'];
    const ended = await kontakt(['serve', '--data', data, ...options], place);
    assert.equal(ended.code, 1);
    assertOneLine(ended, /no worker process could start \(exit code 7\); mend that, or leave --workers out/);
  }).timeout(60_000);

  it('are tried again a few times, and the others go on', async () => {
    const lines: string[] = [];
    const log: Log = { info: () => undefined, error: ({ message }) => void lines.push(message) };
    let [started, over] = [0, (): void => undefined];
    const givenUp = new Promise<void>((resolve) => {
      over = resolve;
    });
    const worker = (begins: boolean, pid: number): Worker => {
      const how = begins ? new Promise<string>(() => undefined) : Promise.resolve('exit code 7');
      return {
        pid,
        begun: begins ? Promise.resolve() : how,
        isReady: () => begins,
        hasBegun: () => begins,
        open: () => 0,
        answered: () => 0,
        answer: () => assert.fail(),
        ended: how,
        end: async () => 'ended',
      };
    };
    const after = createPauses();
    const pool = openPool(
      {} as Order,
      () => assert.fail(),
      log,
      () => {
        started += 1;
        return worker(started === 1, started);
      },
      (lived, begun) => {
        const next = after(lived, begun);
        if (next.pause === undefined) over();
        return { ...next, ...(next.pause === undefined ? {} : { pause: 0 }) };
      },
    );
    await pool.start(2);
    await givenUp;
    assert.equal(started, 11);
    assert.equal(pool.next()?.pid, 1);
    assert.equal(lines.at(-1), 'worker processes cannot start (exit code 7); no more are tried');
    await pool.close();
  });
});
