// States that led to a refusal, in words; and the commands that are proposed, which a shell takes as they are meant.

import assert from 'node:assert/strict';
import { historyAfter, originOf } from '../../../src/contract/history.ts';
import { callCommand, clientOf, controlCall } from '../../../src/explain/command.ts';
import { causeOfRule } from '../../../src/explain/state.ts';
import type { JournalEntry } from '../../../src/journal/entry.ts';
import { createTrace } from '../../../src/journal/trace.ts';
import type { Ground } from '../../../src/kernel/grounds.ts';
import { groundsOf } from '../../../src/kontaktregister/postkasseleverandoer/explain/grounds.ts';
import { runScript } from '../../docs/scripts.ts';
import { aMailbox, aPerson, usualCommand } from '../../kontaktregister/circumstances.ts';
import { DIGIPOST } from '../../running.ts';

const AT = Date.parse('2026-03-31T12:00:00Z');
const explanation = {
  check: 'check',
  expected: 'expected',
  found: 'found',
  rule: 'rule',
  remedy: 'remedy',
  basis: 'assumed',
} as const;

const toldOf = (ground: Ground) =>
  causeOfRule(
    explanation,
    { code: 'CODE', at: AT, parts: [ground] },
    { say: ({ is }) => is, read: () => undefined },
    undefined,
  ).evidence.state?.[0];

describe('the state that led to a refusal', () => {
  it('is told with how long before that was, in the largest unit', () => {
    const before = (milliseconds: number) =>
      toldOf({ part: 'a', is: 'so', by: { at: AT - milliseconds, means: 'seed' } })?.before;
    assert.deepEqual([0, 1000, 119_999, 3_600_000, 50 * 3_600_000].map(before), [
      'less than a second before',
      '1 second before',
      '1 minute before',
      '1 hour before',
      '2 days before',
    ]);
    assert.match(
      before(-1000) ?? '',
      /^at 2026-03-31T12:00:01\.000Z, which is ahead of the service’s clock$/,
    );
  });

  it('has no origin where a version kept it that had no history', () => {
    assert.deepEqual(toldOf({ part: 'a', is: 'so' }), { what: 'so' });
    const rights = { approved: () => true, origin: () => undefined };
    const person = aPerson({ mailboxes: [aMailbox(DIGIPOST, false)] });
    const { parts } = groundsOf(
      'POSTKASSE_EKSISTERER_ALLEREDE',
      usualCommand,
      DIGIPOST,
      { person, rights },
      AT,
    );
    assert.deepEqual(parts[0], { part: 'mailbox', of: DIGIPOST, is: 'inactive', by: undefined });
  });

  it('is kept with what changed it, part by part; what is removed names what removed it', () => {
    const partsOf = ({ parts }: { parts: Record<string, string>; history?: object }) => parts;
    const [first, second] = [
      { at: 1, means: 'A', exchange: 1 },
      { at: 2, means: 'B', exchange: 2 },
    ];
    const start = { parts: { a: '1' }, history: { whole: { at: 0, means: 'seed' } } };
    const then = {
      parts: { a: '1', b: '1' },
      history: historyAfter(start, { parts: { a: '1', b: '1' } }, partsOf, first),
    };
    const end = { history: historyAfter(then, { parts: { a: '1' } }, partsOf, second) };
    assert.deepEqual([originOf(end, 'a')?.means, originOf(end, 'b')?.means], ['seed', 'B']);
    assert.equal(originOf(then, 'b')?.exchange, 1);
  });

  it('is bounded in the journal', () => {
    const kept: JournalEntry[] = [];
    const trace = createTrace(
      { method: 'POST', path: '/', remote: '', request: { headers: {}, body: Buffer.alloc(0) } },
      {
        id: 'a',
        number: 1,
        at: 0,
        elapsed: () => 0,
        nameOf: () => undefined,
        keep: (entry) => kept.push(entry),
      },
    );
    const parts = Array.from({ length: 50 }, () => ({
      part: 'a',
      of: 'x'.repeat(9000),
      is: 'y'.repeat(9000),
    }));
    trace.saw({ grounds: { code: 'C', at: 0, parts } });
    trace.finished(200, { headers: {}, body: Buffer.alloc(0) });
    assert.ok(JSON.stringify(kept[0]?.grounds).length < 20_000);
  });
});

describe('a proposed command', () => {
  it('is taken by a shell as it is meant, whatever the values are', async () => {
    for (const hostile of [
      "it's",
      '$(id)',
      'a;b',
      '`x`',
      'kari#1',
      'a b',
      '"',
      '\n',
      '<client of 991825827>',
    ]) {
      const command = callCommand('a.B', undefined, { field: hostile });
      const { output } = await runScript(`kontakt() { printf '%s|' "$@"; }; ${command}`, process.cwd());
      assert.equal(output, `call|a.B|--set|field=${hostile}|`);
    }
  });

  it('puts a client that is none of the PKI into quotation marks', () => {
    assert.equal(callCommand('a.B', '<client of 1>'), "kontakt call a.B --as '<client of 1>'");
  });

  it('names the client with a sound certificate of an organisation', () => {
    assert.deepEqual([DIGIPOST, '90000075', '1'].map(clientOf), ['digipost', 'jobcenter', undefined]);
  });

  it('tells of a body that is too long what to change of it', () => {
    assert.equal(
      controlCall('PUT', '/x', { a: 'a'.repeat(5000) }, 'with "b": 1'),
      'GET /_emulator/x, then PUT it with "b": 1',
    );
  });
});
