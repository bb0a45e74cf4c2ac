// The frame round every call: whatever happens on the way, there is an answer and one closed, frozen entry of the journal.

import assert from 'node:assert/strict';
import { type Answered, createCarry, type Way } from '../../src/exchange/exchange.ts';
import type { WireAnswer } from '../../src/http/wire.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { exchangeEvent } from '../../src/journal/line.ts';
import type { Trace } from '../../src/journal/trace.ts';
import type { Problem, Warning } from '../../src/kernel/problem.ts';
import { newJournal } from '../journal/new-journal.ts';

const explanation = {
  check: 'the colour',
  expected: 'green',
  found: 'blue',
  rule: 'none',
  remedy: 'paint it',
  basis: 'assumed',
} as const;
const warning: Warning = { problem: 'colour.pale', explanation };
const problem: Problem = { problem: 'colour.wrong', explanation };
const reply = (status: number): WireAnswer => ({ status, headers: {}, body: Buffer.from('x') });
const done: Answered = { reply: reply(200), result: 'OK' };

describe('the frame round every call', () => {
  let journal: Journal;
  let defects: unknown[];
  const [request] = [
    {
      method: 'POST',
      path: '/a',
      headers: {},
      body: Buffer.from('q'),
      remote: '::1',
      certificate: undefined,
    },
  ];

  const carry = (way: Partial<Way> & Pick<Way, 'run'>, answerHeaders = true): Promise<WireAnswer> =>
    createCarry({ journal, answerHeaders, onDefect: (error) => defects.push(error) })(request, {
      about: { service: 'colours', profile: 'none' },
      refuse: async (refused) => ({ problem: refused, reply: reply(400) }),
      defect: reply(500),
      ...way,
    });
  const last = (): JournalEntry => {
    const [entry] = journal.list();
    assert.ok(entry);
    return entry;
  };

  beforeEach(() => {
    defects = [];
    journal = newJournal(
      () => 0,
      (error) => defects.push(error),
    );
  });

  it('answers a defect of the way, and one of its refusal, with what was made beforehand', async () => {
    const fail = (): never => {
      throw new Error('a defect');
    };
    for (const way of [{ run: async () => fail() }, { run: async () => problem, refuse: fail }]) {
      const { status, headers } = await carry(way);
      assert.equal(status, 500);
      assert.equal(headers['kontakt-journal'], last().id);
      assert.deepEqual([last().problem, last().httpStatus], ['internal', 500]);
    }
    assert.equal(defects.length, 2);
  });

  it('counts the warnings of the message and of the rules together', async () => {
    const run = async (trace: Trace): Promise<Answered> => {
      trace.saw({ warnings: [warning] });
      return { ...done, warnings: [warning] };
    };
    assert.equal((await carry({ run })).headers['kontakt-warnings'], '2');
    assert.deepEqual(last().warnings, [warning, warning]);
    assert.deepEqual((await carry({ run }, false)).headers, {});
  });

  it('keeps entries closed: of what somebody hands over only the members that an entry has', async () => {
    const secret = { organisation: '1', subject: 'CN=a', actor: { userIdentifier: '1403455896' } };
    await carry({
      run: async (trace) => {
        trace.called(secret);
        trace.saw({ ...secret, operation: 'Paint', warnings: [{ ...warning, ...secret }] });
        return done;
      },
    });
    assert.doesNotMatch(JSON.stringify(last()), /1403455896|actor/);
    assert.deepEqual([last().operation, last().organisation, last().subject], ['Paint', '1', 'CN=a']);
  });

  it('freezes an entry when it is over', async () => {
    await carry({ run: async () => problem });
    const entry = last();
    for (const one of [entry, entry.stages, entry.warnings, entry.explanation])
      assert.ok(Object.isFrozen(one));
  });

  it('takes who called by their own account only where nothing vouches for anybody', async () => {
    const claim = { organisation: '2' };
    await carry({
      run: async (trace) => {
        trace.claimed(() => ({}));
        trace.claimed(() => claim);
        trace.claimed(() => assert.fail('asked again'));
        return problem;
      },
    });
    assert.deepEqual([last().organisation, last().claimed], ['2', true]);
    await carry({
      run: async (trace) => {
        trace.called({ organisation: '1' });
        trace.claimed(() => assert.fail('asked for nothing'));
        return done;
      },
    });
    assert.deepEqual([last().organisation, last().claimed], ['1', undefined]);
  });

  it('tells every listener until it has had enough, also where another one fails', async () => {
    const told: string[] = [];
    journal.subscribe(() => {
      throw new Error('a listener’s own');
    });
    const end = journal.subscribe(({ id }) => told.push(id));
    await carry({ run: async () => done });
    end();
    await carry({ run: async () => done });
    assert.equal(told.length, 1);
    assert.equal(defects.length, 2);
  });

  it('is told in the log with the caller, marked where only claimed, and with every warning in words', async () => {
    await carry({
      run: async (trace) => {
        trace.claimed(() => ({ organisation: '984661185' }));
        trace.saw({ warnings: [warning] });
        return problem;
      },
    });
    const { message, details, tone } = exchangeEvent(last());
    assert.match(
      message,
      /^colours POST \/a {2}984661185 \(claimed\) {2}400 colour\.wrong {2}[\d.]+ ms {2}#1$/,
    );
    assert.equal(tone, 'fault');
    assert.deepEqual(details, [
      ['check', 'the colour'],
      ['expected', 'green'],
      ['found', 'blue'],
      ['fix', 'paint it'],
      ['warning', 'the colour: expected green; found blue'],
      ['more', 'kontakt journal 1'],
    ]);
  });
});
