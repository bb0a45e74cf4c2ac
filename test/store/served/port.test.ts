// A port between processes: what cannot be copied to another process ends neither side, holds nothing up, and is told.

import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { wordsOf } from '../../../src/kernel/error-words.ts';
import { type ProcessEnd, portOver } from '../../../src/store/served/process-port.ts';

interface Question {
  readonly ask: number;
  readonly of?: unknown;
}

/** Two ends of a channel that serialises as node does between processes. */
const openChannel = (): readonly [ProcessEnd, ProcessEnd] => {
  const [one, other] = [new EventEmitter(), new EventEmitter()];
  const end = (own: EventEmitter, far: EventEmitter): ProcessEnd =>
    Object.assign(own, {
      connected: true,
      send: (message: unknown) => far.emit('message', deserialize(serialize(message))),
    }) as unknown as ProcessEnd;
  return [end(one, other), end(other, one)];
};

describe('a port between processes', () => {
  it('sends all of a turn but what cannot be copied, and tells that instead, there or here', async () => {
    const [one, other] = openChannel();
    const heard: unknown[] = [];
    const here: unknown[] = [];
    portOver(other, 'questions', () => ({})).hear((message) => heard.push(message));
    const port = portOver<Question, string>(one, 'questions', ({ ask }, why) =>
      ask === 2 ? { there: { ask, of: why } } : { here: why },
    );
    port.hear((message) => here.push(message));
    for (const ask of [1, 2, 3, 4]) port.send({ ask, ...(ask % 4 < 2 ? {} : { of: () => ask }) });
    await setImmediate();
    assert.match(
      JSON.stringify(heard[1]),
      /^{"ask":2,"of":"it cannot be sent to another process: .*could not be cloned/,
    );
    assert.deepEqual([heard[0], heard[2]], [{ ask: 1 }, { ask: 4 }]);
    assert.equal(heard.length, 3);
    assert.equal(here.length, 1);
    assert.match(`${here[0]}`, /could not be cloned/);
  });

  it('ends when the other end is gone', async () => {
    const [one] = openChannel();
    const ended = once(one as unknown as EventEmitter, 'disconnect');
    let told = false;
    portOver(one, 'questions', () => ({})).ended(() => {
      told = true;
    });
    (one as unknown as EventEmitter).emit('disconnect');
    await ended;
    assert.equal(told, true);
  });
});

describe('the words of whatever was thrown', () => {
  it('are there where it has none', () => {
    assert.equal(wordsOf(new Error('why')), 'why');
    assert.equal(wordsOf('why'), 'why');
    assert.equal(wordsOf(Object.create(null)), 'something was thrown that has no text');
    const hostile = Object.defineProperty(new Error(), 'message', {
      get: () => {
        throw new Error('no');
      },
    });
    assert.equal(wordsOf(hostile), 'something was thrown that has no text');
  });
});
