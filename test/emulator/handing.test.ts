// Messages that are handed to a worker process: the journal has what it wrote down, and what became of one that it never answered.

import assert from 'node:assert/strict';
import { WorkerEnded } from '../../src/emulator/workers/asked.ts';
import { handingOver } from '../../src/emulator/workers/handing.ts';
import type { Done, Numbered } from '../../src/emulator/workers/messages.ts';
import type { Worker } from '../../src/emulator/workers/worker.ts';
import { createCarry, type Way } from '../../src/exchange/exchange.ts';
import type { WireAnswer } from '../../src/http/wire.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import { createJournal, type Journal } from '../../src/journal/journal.ts';

const reply = (status: number): WireAnswer => ({ status, headers: {}, body: Buffer.from(`${status}`) });
const request = {
  method: 'POST',
  path: '/a',
  headers: {},
  body: Buffer.from('q'),
  remote: '::1',
  certificate: undefined,
};
const way: Way = {
  about: { service: 'colours', profile: 'none' },
  run: () => assert.fail('it is carried through here'),
  refuse: async (problem) => ({ problem, reply: reply(503) }),
  defect: reply(500),
};

describe('a message that is handed to a worker process', () => {
  let journal: Journal;
  let time: number;
  let defects: unknown[];

  beforeEach(() => {
    [time, defects] = [0, []];
    let number = 6;
    journal = createJournal({
      now: () => 1000 + time,
      elapsed: () => time,
      number: () => {
        number += 1;
        return number;
      },
      onFailure: (error) => assert.fail(String(error)),
      session: 's',
    });
  });
  const handed = (answer: (request: Numbered) => Promise<Done>): Promise<WireAnswer> => {
    const carry = createCarry({ journal, answerHeaders: true, onDefect: (error) => defects.push(error) });
    const worker = { answer: (_: string, numbered: Numbered) => answer(numbered) } as Worker;
    return handingOver(carry, { next: () => worker })(request, way);
  };
  const only = (): JournalEntry => {
    const [entry, ...others] = journal.list();
    assert.ok(entry);
    assert.equal(others.length, 0);
    return entry;
  };

  it('is in the journal once, as it was written down there', async () => {
    const entry = (number: number): JournalEntry => ({
      ...request,
      id: `s-${number}`,
      number,
      at: 0,
      request: { headers: {}, body: request.body },
      response: { headers: {}, body: Buffer.from('200') },
      warnings: [],
      httpStatus: 200,
      duration: 3,
      stages: {},
    });
    const answer = await handed(async ({ exchange = 0 }) => ({ answer: reply(200), entry: entry(exchange) }));
    assert.deepEqual(answer, reply(200));
    assert.deepEqual(only(), entry(7));
  });

  it('is refused as the service refuses what the register cannot take, from when it came, with what is known', async () => {
    for (const [stored, found, remedy] of [
      ['no', 'nothing of it was stored', /^send the same message again/],
      ['not known', 'whether it was stored is not known', /a signed one is refused as a replay$/],
    ] as const) {
      journal.clear();
      time = 0;
      const answer = await handed(async () => {
        time = 5000;
        throw new WorkerEnded('the worker process 5 ended before it answered (SIGKILL)', stored);
      });
      const { at, duration, problem, explanation, httpStatus } = only();
      assert.deepEqual([answer.status, httpStatus], [503, 503]);
      assert.deepEqual([at, duration, problem], [1000, 5000, 'register.unavailable']);
      assert.equal(explanation?.found, `the worker process 5 ended before it answered (SIGKILL); ${found}`);
      assert.match(explanation.remedy, remedy);
    }
    assert.deepEqual(defects, []);
  });

  it('is a defect where the worker says so, and only then', async () => {
    const answer = await handed(() => Promise.reject(new Error('it is broken')));
    assert.equal(answer.status, 500);
    assert.equal(only().problem, 'internal');
    assert.match(String(defects), /it is broken/);
  });
});
