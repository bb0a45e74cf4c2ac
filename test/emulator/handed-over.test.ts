// Exchanges of several processes in one journal: whole, and there before anybody who was answered can ask for them.

import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  createTakeover,
  type FromHander,
  type Takeover,
  type ToHander,
} from '../../src/emulator/handed-over.ts';
import { newSession } from '../../src/journal/journal.ts';
import { portOver } from '../../src/store/served/process-port.ts';
import { newJournal } from '../journal/new-journal.ts';

const PROGRAM = fileURLToPath(new URL('./handing.ts', import.meta.url));
const MANY = 20;

describe('a journal that several processes hand their exchanges to', function () {
  this.timeout(120_000);
  const children: ChildProcess[] = [];
  const session = newSession();
  const journal = newJournal(() => 0, undefined, session);

  const start = async (takeover: Takeover, from: number) => {
    const child = fork(PROGRAM, [session, String(from)], {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
    });
    children.push(child);
    const ids: string[] = [];
    const port = portOver<number, string>(child, 'test');
    takeover.attach(portOver<ToHander, FromHander>(child, 'journal'));
    const started = new Promise<void>((resolve) =>
      port.hear((id) => {
        ids.push(id);
        resolve();
      }),
    );
    port.send(1);
    await started;
    return { make: port.send, ids, child };
  };
  after(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  it('has those that were over, whole, and finds them by id and number', async () => {
    const takeover = createTakeover(journal, 100_000);
    const [one, two] = await Promise.all([start(takeover, 0), start(takeover, 1000)]);
    for (const { make } of [one, two]) make(MANY);
    await takeover.settled();
    const ids = [...one.ids, ...two.ids];
    assert.equal(ids.length, 2 * (MANY + 1));
    assert.deepEqual(new Set(journal.list().map(({ id }) => id)), new Set(ids));
    const entry = journal.find('1001');
    assert.equal(entry?.id, `${session}-1001`);
    assert.ok(Object.isFrozen(entry));
    assert.deepEqual(entry?.request, { headers: {}, body: Buffer.from('qqq') });
    assert.deepEqual(entry?.response, { headers: {}, body: Buffer.from('rr') });
    assert.deepEqual([entry?.service, entry?.at, entry?.httpStatus], ['tjeneste', 7, 200]);
  });

  it('waits for none that ends, and not for ever for one that does not answer', async () => {
    const patient = createTakeover(journal, 100_000);
    const { make, ids, child } = await start(patient, 2000);
    const impatient = createTakeover(journal, 10);
    impatient.attach(portOver<ToHander, FromHander>(child, 'nobody'));
    await impatient.settled();
    make(MANY);
    const settled = patient.settled();
    child.kill('SIGKILL');
    await settled;
    for (const id of ids) assert.equal(journal.find(id)?.id, id);
  });
});
