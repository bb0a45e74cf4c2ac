// What strangers wrote into a register, or what a stranger’s server answers, printed by the command line: it does nothing there.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { newDirectory } from '../directories.ts';
import { type Ended, kontakt } from '../program.ts';
import { control, startRunning } from '../running.ts';

/** Clears the screen, forges a line, turns the text round, also by a mark that needs two units. */
const ACTING = 'x\u001b[2J\u009b1m\r\nforged line\u202e\u2028\u{e0001}y';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
const ACTS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e\u{e0001}]/u;

const assertHarmless = (what: string, { stdout, stderr }: Ended): void => {
  for (const text of [stdout, stderr]) {
    assert.doesNotMatch(text, ACTS, what);
    assert.doesNotMatch(text, /^forged line/m, what);
  }
  assert.doesNotMatch(stderr, /defect/, what);
};

/** Nothing acts, and the text is there. */
const assertShown = async (args: readonly string[], url: string): Promise<void> => {
  const ended = await kontakt([...args, '--url', url]);
  assertHarmless(args.join(' '), ended);
  assert.match(ended.stdout + ended.stderr, /forge/, args.join(' '));
};

describe('the text of strangers', () => {
  it('in a register is printed without acting, as lines and as JSON', async () => {
    const emulator = await startRunning();
    try {
      const { url } = emulator;
      const put = async (path: string, body: unknown): Promise<void> =>
        assert.equal((await control(url, 'PUT', path, body)).http, 200);
      const personWith = (adresse: string) => ({
        postkasser: [{ leverandoer: '984661185', adresse: `${adresse} long enough`, aktiv: true }],
      });
      // What no answer of the service could carry does not come into the Norwegian register.
      const refused = await control(url, 'PUT', '/persons/no/14897410894', personWith(ACTING));
      assert.equal(refused.http, 400);
      await put('/persons/no/14897410894', personWith(ACTING.replaceAll('\u001b', '')));
      await put('/persons/dk/3103555034', {
        kommune: ACTING,
        huskeservice: ['cv'],
        kontaktdata: [{ type: 1, value: '20123456', status: 2 }],
      });
      const reminder = { citizen: '3103555034', text: ACTING };
      assert.equal((await control(url, 'POST', '/reminders', reminder)).http, 200);
      for (const args of [
        ['outbox'],
        ['outbox', '--json'],
        ['person', 'list', '--json'],
        ['person', 'list', '--country', 'dk', '--json'],
        ['person', 'show', '14897410894'],
        ['person', 'show', '3103555034'],
      ])
        await assertShown(args, url);
      // A line on a person has no room for a stranger's text, only for its beginning.
      for (const args of [
        ['person', 'list'],
        ['person', 'list', '--country', 'dk'],
      ]) {
        const ended = await kontakt([...args, '--url', url]);
        assertHarmless(args.join(' '), ended);
        for (const line of ended.stdout.split('\n')) assert.ok(line.length <= 100, line);
      }
      const { stdout } = await kontakt(['outbox', '--json', '--url', url]);
      assert.equal((JSON.parse(stdout) as { text: string }).text, ACTING);
    } finally {
      await emulator.close();
    }
  }).timeout(60_000);

  it('from a server that is none of ours is printed without acting, whatever is asked', async () => {
    let answer: { status: number; body: unknown } = { status: 200, body: {} };
    const server = createServer((_, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    }).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const row = { id: 1, at: ACTING, citizen: ACTING, kind: ACTING, channel: ACTING, text: ACTING };
      const person = { id: `forge${ACTING}`, status: ACTING, kommune: ACTING };
      const times = { at: '2026-01-01T00:00:00Z', duration: 1, stages: {} };
      const entry = {
        number: 1,
        id: ACTING,
        path: ACTING,
        remote: ACTING,
        operation: ACTING,
        warnings: [],
        ...times,
      };
      const cases: readonly (readonly [readonly string[], unknown])[] = [
        [['outbox'], { messages: [{ ...row, address: ACTING }] }],
        [['outbox', '--json'], { messages: [row] }],
        [['person', 'list'], { persons: [person] }],
        [['person', 'list', '--json'], { persons: [person] }],
        [['person', 'show', '1'], person],
        [['journal'], { entries: [entry] }],
        [['journal', '--json'], { entries: [entry] }],
      ];
      for (const [args, body] of cases) {
        answer = { status: 200, body };
        await assertShown(args, url);
      }
      answer = { status: 500, body: { detail: ACTING } };
      for (const args of [
        ['outbox'],
        ['person', 'list'],
        ['reset'],
        ['ready'],
        ['journal'],
        ['journal', 'last'],
      ])
        await assertShown(args, url);
    } finally {
      server.close();
    }
  }).timeout(60_000);

  it('in a file or an argument is told on one line', async () => {
    const file = join(newDirectory(), 'bad.json');
    writeFileSync(file, `{"persons": [\n"forged line": "${ACTING}"`);
    for (const args of [
      ['seed', file, '--data', join(newDirectory(), 'data')],
      ['serve', '--in-memory', '--seed', `${ACTING}.json`],
      ['call', ACTING],
      ['cert', 'new', ACTING, '--data', newDirectory()],
    ]) {
      const ended = await kontakt(args);
      assert.notEqual(ended.code, 0);
      assertHarmless(args.join(' '), ended);
      assert.match(ended.stderr, /^kontakt: [^\n]+\n$/, args.join(' '));
    }
    assertHarmless('an option', await kontakt(['serve', `--${ACTING}`]));
  }).timeout(60_000);
});
