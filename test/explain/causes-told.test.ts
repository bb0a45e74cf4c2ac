// What was done to a message is told in the log behind its refusal: one search at a time, and none in the way of an answer.

import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { tellCauses } from '../../src/emulator/causes-told.ts';
import type { Explained } from '../../src/explain/explained.ts';
import { createJournal } from '../../src/journal/journal.ts';
import type { LogEvent } from '../../src/kernel/log-event.ts';
import { whitespaceAdded } from './causes-told.ts';

const open = () => {
  const told: LogEvent[] = [];
  const failed: unknown[] = [];
  const searches: { number: number; end: (explained: Explained | Error) => void }[] = [];
  let count = 0;
  const journal = createJournal({
    now: () => 0,
    number: () => {
      count += 1;
      return count;
    },
    onFailure: (error) => failed.push(error),
  });
  const log = {
    info: (event: LogEvent) => void told.push(event),
    error: (_event: LogEvent, error: unknown) => void failed.push(error),
  };
  const end = tellCauses(
    journal,
    ({ number }) =>
      new Promise((resolve, reject) => {
        searches.push({
          number,
          end: (explained) => (explained instanceof Error ? reject(explained) : resolve(explained)),
        });
      }),
    log,
  );
  const nothing = { headers: {}, body: Buffer.alloc(0) };
  const refuse = async (problem: string | undefined): Promise<void> => {
    const trace = journal.begin({ method: 'POST', path: '/', remote: 'here', request: nothing });
    const explanation = {
      check: '',
      expected: '',
      found: '',
      rule: '',
      remedy: '',
      basis: 'documented',
    } as const;
    if (problem !== undefined) trace.refused({ problem, explanation });
    trace.finished(500, nothing);
    await setImmediate();
  };
  const finish = async (explained: Explained | Error): Promise<void> => {
    searches.at(-1)?.end(explained);
    await setImmediate();
  };
  return { told, failed, searches, refuse, finish, end };
};

describe('causes in the log', () => {
  it('are told under the number of the exchange, with what proves them', async () => {
    const { told, refuse, finish } = open();
    await refuse('security.digest');
    assert.equal(told.length, 0);
    await finish(whitespaceAdded(true));
    const event = told[0] ?? assert.fail('nothing was told');
    assert.equal(event.message, '#1 whitespace-added (proved)');
    assert.deepEqual(
      event.details?.map(([label]) => label),
      ['what', 'signed', 'arrived', 'fix'],
    );
    assert.deepEqual(event.data, { number: 1, cause: 'whitespace-added' });
  });

  it('are searched only where a refusal leaves them open', async () => {
    const { searches, refuse } = open();
    for (const problem of [undefined, 'security.timestamp-expired', 'schema.invalid']) await refuse(problem);
    assert.deepEqual(searches, []);
    await refuse('security.signature-value');
    assert.deepEqual(
      searches.map(({ number }) => number),
      [4],
    );
  });

  it('are not told where they are only likely', async () => {
    const { told, refuse, finish } = open();
    await refuse('security.digest');
    await finish(whitespaceAdded(false));
    assert.deepEqual(told, []);
  });

  it('are searched one at a time, and of the next again', async () => {
    const { told, searches, refuse, finish } = open();
    await Promise.all([refuse('security.digest'), refuse('security.digest')]);
    await refuse('security.digest');
    await finish(whitespaceAdded(true));
    await refuse('security.digest');
    await finish(whitespaceAdded(true));
    assert.deepEqual(
      searches.map(({ number }) => number),
      [1, 4],
    );
    assert.equal(told.length, 2);
  });

  it('go on after a defect, which is told', async () => {
    const { told, failed, refuse, finish } = open();
    await refuse('security.digest');
    const defect = new Error('a defect');
    await finish(defect);
    assert.deepEqual(failed, [defect]);
    await refuse('security.digest');
    await finish(whitespaceAdded(true));
    assert.equal(told.length, 1);
  });

  it('are told no more when the emulator has closed', async () => {
    const { told, searches, refuse, finish, end } = open();
    await refuse('security.digest');
    end();
    await finish(whitespaceAdded(true));
    await refuse('security.digest');
    assert.deepEqual([told.length, searches.length], [0, 1]);
  });
});
