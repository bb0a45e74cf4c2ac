// The stream of events, at the wire: what is told, to whom, from where on, and what becomes of who does not read.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { createEvents, type EventBounds, type Watch } from '../../src/control/events.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { askedOf, listen } from '../event-stream.ts';
import { clientOf, control, post, signed, startRunning, unsigned } from '../running.ts';

describe('the stream of events', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning({ inMemory: true });
  });
  after(() => emulator.close());

  const refused = () => post(emulator.url, unsigned('OpprettPostkasse', {}));

  it('tells of each exchange what the journal lists, person numbers masked', async () => {
    const stream = await listen(emulator.url);
    assert.match(String(stream.response.headers['content-type']), /^text\/event-stream/);
    assert.equal(stream.response.headers['cache-control'], 'no-store');
    await fetch(`${emulator.url}/12838410985`);
    const number = { personidentifikator: '12838410985' };
    const altered = signed('OpprettPostkasse', number, clientOf(emulator, 'digipost')).replace(
      '12838410985',
      '12838410986',
    );
    const { journal } = await post(emulator.url, altered);
    const { data } = await stream.next('exchange', ({ id }) => id === journal);
    const { json } = await control(emulator.url, 'GET', `/journal/${journal}`);
    assert.deepEqual(data, json);
    assert.doesNotMatch(JSON.stringify(stream.told), /12838410985/);
    stream.leave();
  });

  it('tells of changes of the registers, of the outbox, of the clock and of a reset', async () => {
    const { url } = emulator;
    const stream = await listen(url);
    await control(url, 'PUT', '/persons/no/14897410894', {});
    assert.deepEqual((await stream.next('persons')).data, { country: 'no' });
    const { json } = await control(url, 'GET', '/persons?country=dk');
    const { persons } = json as { persons: { id: string; huskeservice: string[] }[] };
    const citizen = persons.find(({ huskeservice }) => huskeservice.length > 0)?.id;
    assert.equal((await control(url, 'POST', '/reminders', { citizen, text: 'i morgen' })).http, 200);
    assert.deepEqual((await stream.next('outbox')).data, { country: 'dk' });
    const clock = (await control(url, 'PUT', '/clock', { now: '2026-01-31T12:00:00Z', of: 'both' })).json;
    assert.deepEqual((await stream.next('clock')).data, clock);
    await control(url, 'POST', '/reset', { journal: true });
    assert.deepEqual((await stream.next('reset')).data, { journal: true });
    stream.leave();
  });

  it('tells of no change that was refused', async () => {
    const stream = await listen(emulator.url);
    assert.equal((await control(emulator.url, 'PUT', '/clock', { now: 'soon' })).http, 400);
    assert.equal((await control(emulator.url, 'PUT', '/persons/no/1', {})).http, 400);
    const { journal } = await refused();
    await stream.next('exchange', ({ id }) => id === journal);
    assert.deepEqual(
      stream.told.filter(({ event }) => event === 'clock' || event === 'persons'),
      [],
    );
    stream.leave();
  });

  it('goes on after the event that was heard last, by header or by query', async () => {
    const first = await listen(emulator.url);
    const at = await first.at();
    first.leave();
    const journals = [(await refused()).journal, (await refused()).journal, (await refused()).journal];
    for (const stream of [
      await listen(emulator.url, at),
      await listen(emulator.url, '', { 'last-event-id': at }),
      await listen(emulator.url, at.split('-')[1]),
    ]) {
      await stream.next('exchange', ({ id }) => id === journals[2]);
      const exchanges = stream.told.filter(({ event }) => event === 'exchange').map(({ data }) => data.id);
      assert.deepEqual(exchanges, journals);
      assert.ok(!stream.told.some(({ event }) => event === 'missed'));
      stream.leave();
    }
  });

  it('says that it cannot tell what happened in the life of another emulator', async () => {
    const stream = await listen(emulator.url, '00000000-7');
    assert.deepEqual((await stream.next('missed')).data, { missed: null });
    stream.leave();
  });

  it('refuses what is no id, another parameter and HEAD', async () => {
    for (const query of ['after=x', 'after=-1', 'after=1-2-3', 'afterwards=1'])
      assert.equal((await control(emulator.url, 'GET', `/events?${query}`)).http, 400, query);
    const head = await fetch(`${emulator.url}/_emulator/events`, { method: 'HEAD' });
    assert.equal(head.status, 404);
  });

  it('is refused to pages of other sites, as the rest of the control interface', async () => {
    const strange = await askedOf(emulator.url, '/events', { origin: 'http://evil.example' });
    assert.equal(strange.statusCode, 403);
    strange.resume();
    const { port } = new URL(emulator.url);
    const rebound = await askedOf(emulator.url, '/events', { host: `evil.example:${port}` });
    assert.equal(rebound.statusCode, 403);
    rebound.resume();
  });

  it('cuts off who does not read, and tells how much was missed to who comes back', async () => {
    const stream = await listen(emulator.url);
    const at = await stream.at();
    stream.response.pause();
    let cut = false;
    stream.response.socket.once('close', () => {
      cut = true;
    });
    // Each event has texts of a few kilobytes: the stream and both ends' buffers hold no more than a few thousand of them.
    const long = 'x'.repeat(600);
    const entry = emulator.journal.begin.bind(emulator.journal);
    for (let count = 0; count < 12_000; count += 1) {
      const trace = entry({
        method: 'GET',
        path: `/${long}`,
        remote: '',
        request: { headers: {}, body: Buffer.alloc(0) },
      });
      trace.refused({ check: long, expected: long, found: long, rule: '', basis: 'assumed', remedy: '' });
      trace.finished(400, { headers: {}, body: Buffer.alloc(0) });
      if (count % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    stream.response.on('error', () => undefined).resume();
    if (!cut) await once(stream.response.socket, 'close');
    const again = await listen(emulator.url, at);
    const { data } = await again.next('missed');
    const all = 12_000;
    await again.next('exchange');
    assert.ok(Number(data.missed) > 2000 && Number(data.missed) < all, String(data.missed));
    const replayed = again.told.filter(({ event }) => event === 'exchange');
    assert.ok(replayed.length <= 1000);
    again.leave();
  });

  it('ends with the emulator, at once', async () => {
    const short = await startRunning({ inMemory: true });
    const streams = await Promise.all(Array.from({ length: 5 }, () => listen(short.url)));
    const ends = streams.map(({ response }) => once(response, 'end'));
    const closed = short.close();
    await Promise.all(ends);
    await closed;
  });
});

describe('events', () => {
  const listening = (bounds: Partial<EventBounds> = {}) => {
    const events = createEvents(bounds);
    const texts: string[] = [];
    let ended = false;
    const listener = {
      write: (text: Uint8Array) => void texts.push(Buffer.from(text).toString()),
      end: () => {
        ended = true;
      },
    };
    return { events, texts, listener, ended: () => ended };
  };
  const moment = () => new Promise((resolve) => setTimeout(resolve, 30));

  it('are made once for all listeners, and not at all where nobody listens', async () => {
    const { events, texts, listener } = listening({ moment: 1 });
    let made = 0;
    const tell = () =>
      events.tell('exchange', () => {
        made += 1;
        return {};
      });
    tell();
    await moment();
    assert.equal(made, 0);
    const { leave } = events.listen(listener);
    events.listen({ ...listener });
    tell();
    await moment();
    assert.equal(made, 1);
    assert.equal(texts.length, 2);
    assert.equal(texts[0], texts[1]);
    leave();
    events.close();
  });

  /** Counts the looks at others that begin and end. */
  const looking = () => {
    const looks = { begun: 0, ended: 0, looked: (): void => undefined };
    const watch = (): Watch => {
      looks.begun += 1;
      const ready = new Promise<void>((resolve) => {
        looks.looked = resolve;
      });
      const end = (): void => {
        looks.ended += 1;
      };
      return { ready, end };
    };
    return { looks, watch };
  };

  it('have others looked at before anybody listens, once for all', async () => {
    const { events, listener } = listening();
    const { looks, watch } = looking();
    events.whileHeard(watch);
    let ready = false;
    const preparing = events.ready().then(() => {
      ready = true;
    });
    await setImmediate();
    assert.deepEqual([looks.begun, ready], [1, false]);
    looks.looked();
    await preparing;
    const { leave } = events.listen(listener);
    events.listen({ ...listener }).leave();
    leave();
    events.listen(listener);
    assert.deepEqual([looks.begun, looks.ended], [1, 0]);
    events.close();
    assert.deepEqual([looks.begun, looks.ended], [1, 1]);
  });

  it('have others looked at no longer a while after the last listener left', async () => {
    const { events, listener } = listening({ linger: 1 });
    const { looks, watch } = looking();
    events.whileHeard(watch);
    events.listen(listener).leave();
    while (looks.ended === 0) await moment();
    events.listen(listener);
    assert.deepEqual([looks.begun, looks.ended], [2, 1]);
    events.close();
  });

  it('of the same kind are told together', async () => {
    const { events, texts, listener } = listening({ moment: 1 });
    events.listen(listener);
    for (let count = 0; count < 10; count += 1)
      events.tell('persons', () => ({ country: 'no' }), 'persons no');
    await moment();
    assert.equal(texts.join('').match(/event: persons/g)?.length, 1);
    events.close();
  });

  it('are forgotten a while after the last listener left, and counted', async () => {
    const { events, listener } = listening({ moment: 1, linger: 5 });
    const { opening, leave } = events.listen(listener);
    const id = /^id: (.+)$/m.exec(opening)?.[1] ?? '';
    leave();
    await moment();
    events.tell('reset', () => ({}));
    assert.match(events.listen(listener, id).opening, /event: missed\ndata: \{"missed":1\}/);
    events.close();
  });

  it('have a heartbeat, an end, and a bound on listeners', async () => {
    const { events, texts, listener, ended } = listening({ heartbeat: 2, listeners: 1 });
    events.listen(listener);
    assert.throws(() => events.listen({ ...listener }), /1 listen to the events already/);
    await moment();
    assert.ok(texts.includes(': still here\n\n'));
    events.close();
    assert.ok(ended());
    assert.throws(() => events.listen(listener), /the emulator is stopping/);
  });
});
