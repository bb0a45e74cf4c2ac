// The terminal says of each refused exchange where the console shows it: to people in a line, to machines in a member.

import assert from 'node:assert/strict';
import { newDataDirectory } from '../directories.ts';
import { type Ended, kontakt, serve } from '../program.ts';

const CHECK = 'postkasseleverandoer.KanVelgeSikkerDigitalPostkasse';

interface Spoken {
  readonly url: string;
  /** What the emulator wrote to standard error. */
  readonly log: string;
  readonly calls: readonly Ended[];
}

/** A good call, a refusal by a rule, and a fault, with this log. */
const spoken = async (...args: string[]): Promise<Spoken> => {
  const data = await newDataDirectory();
  const { url, child, ended } = await serve(['--data', data, ...args]);
  const calls: Ended[] = [];
  for (const call of [
    [CHECK],
    ['postkasseleverandoer.SlettPostkasse', '--as', 'eboks'],
    [CHECK, '--mistake', 'laid-out'],
  ])
    calls.push(await kontakt(['call', ...call, '--url', url, '--data', data]));
  child.kill('SIGTERM');
  return { url, log: (await ended).stderr, calls };
};

describe('the link of a refused exchange', () => {
  it('stands under its line in the log, not under that of an accepted one, and ends kontakt call', async () => {
    const { url, log, calls } = await spoken('--log', 'pretty');
    const links = log.split('\n').filter((line) => line.includes('/#/exchange/'));
    assert.deepEqual(
      links.map((line) => line.trim().replace(/ +/, ' ')),
      [2, 3].map((number) => `console ${url}/#/exchange/${number}`),
    );
    for (const [index, { stderr }] of calls.entries())
      assert.match(
        stderr,
        new RegExp(`^more: kontakt journal \\S+ {2}\\(${url}/#/exchange/${index + 1}\\)$`, 'm'),
      );
  });

  it('is a member of its line in the JSON log', async () => {
    const { url, log } = await spoken('--log', 'json');
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { number?: number; duration?: number; console?: string })
      .filter(({ duration }) => duration !== undefined);
    assert.deepEqual(
      lines.map(({ number, console }) => [number, console]),
      [
        [1, undefined],
        [2, `${url}/#/exchange/2`],
        [3, `${url}/#/exchange/3`],
      ],
    );
  });

  it('is left out where there is no console, and kontakt call names the journal', async () => {
    const { url, log, calls } = await spoken('--console', 'off', '--log', 'pretty');
    assert.match(log, /SlettPostkasse/);
    assert.doesNotMatch(log, /#\/exchange/);
    assert.match(calls[1]?.stderr ?? '', new RegExp(`\\(${url}/_emulator/journal/2\\)$`, 'm'));
  });
});
