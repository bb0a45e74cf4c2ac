// What a terminal shows: colours only where they are wanted, no line wider than it is thought to be, nothing that acts.

import assert from 'node:assert/strict';
import { eventLines } from '../../src/kernel/log.ts';
import { inColumns, paintFor, WIDTH } from '../../src/kernel/terminal.ts';

const coloured = (isTTY: boolean, environment: Record<string, string>): boolean =>
  paintFor({ isTTY }, environment)('red', 'x') !== 'x';

describe('the terminal', () => {
  it('has colours where somebody looks, unless NO_COLOR or FORCE_COLOR says otherwise', () => {
    assert.ok(coloured(true, {}));
    assert.ok(!coloured(false, {}));
    assert.ok(!coloured(true, { NO_COLOR: '1' }));
    assert.ok(coloured(true, { NO_COLOR: '' }));
    assert.ok(!coloured(true, { TERM: 'dumb' }));
    assert.ok(coloured(false, { FORCE_COLOR: '1', NO_COLOR: '1' }));
    assert.ok(!coloured(true, { FORCE_COLOR: '0' }));
  });

  it('shows an event in lines that fit, whatever a stranger put into it', () => {
    const hostile = `${'\u001b[31m\u202e\n'.repeat(50)}end`;
    const lines = eventLines(
      { message: hostile, tone: 'fault', details: [['found', hostile]] },
      new Date(0),
      (_, text) => text,
    );
    assert.equal(lines.length, 2);
    for (const line of lines) {
      assert.ok(line.length <= WIDTH, `${line.length}`);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
    }
  });

  it('cuts a text at its end, and says so', () => {
    assert.equal(inColumns('abcdef', 6), 'abcdef');
    assert.equal(inColumns('abcdefg', 6), 'abcde…');
    assert.equal(inColumns('abc', 0), '…');
  });
});
