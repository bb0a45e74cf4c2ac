// kontakt journal: every exchange from another terminal, one of them in full, its bytes as they came.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { kontakt } from '../program.ts';
import { clientOf, control, operationOf, post, signed, startRunning } from '../running.ts';

const PERSON = '12838410985';

describe('kontakt journal', () => {
  let emulator: Emulator;
  let good: string;
  const run = async (...args: string[]) => {
    const ended = await kontakt(['journal', ...args, '--url', emulator.url]);
    assert.equal(ended.code, 0, ended.stderr);
    return ended.stdout;
  };

  before(async () => {
    emulator = await startRunning();
    const [values = {}] = operationOf('OpprettPostkasse').examples;
    good = signed('OpprettPostkasse', values, clientOf(emulator, 'digipost'));
    const envelope = (inside: string) =>
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${inside}</e:Body></e:Envelope>`;
    for (const message of [good, good, '<a><b></a>', envelope('<Opprett/>')])
      await post(emulator.url, message);
  });
  after(() => emulator.close());

  it('lists the exchanges, the newest last, in lines of at most 100 columns and without colours', async () => {
    const text = await run();
    assert.deepEqual(
      [...text.matchAll(/#(\d+)$/gm)].map(([, number]) => number),
      ['1', '2', '3', '4'],
    );
    assert.match(text, /✓ OpprettPostkasse {2}digipost 984661185 {2}OK {2}/);
    for (const line of text.split('\n')) assert.ok(line.length <= 100, line);
    assert.ok(!text.includes('\u001b'));
  });

  it('lists what was refused, of one service, as many as are wanted', async () => {
    assert.equal((await run('--problems', '--json')).trim().split('\n').length, 3);
    const none = await kontakt(['journal', '--service', 'rest', '--url', emulator.url]);
    assert.deepEqual([none.stdout, none.stderr], ['', 'the journal has no such exchange\n']);
    const wrong = await kontakt(['journal', '--service', 'jobnt', '--url', emulator.url]);
    assert.match(wrong.stderr, /^kontakt: service is .* jobnet or krr or rest, not "jobnt"\n$/);
    assert.equal((await run('--limit', '1', '--json')).trim().split('\n').length, 1);
  });

  it('shows one by its number or the last one, with the reason in full and the message laid out', async () => {
    const text = await run('2');
    for (const part of ['check', 'expected', 'found', 'rule', 'fix', 'stages'])
      assert.match(text, new RegExp(`^ {2}${part} `, 'm'));
    assert.match(text, /^ +\d+ {2} +<wsu:Created>/m);
    assert.match(text, /128384\*{5}/);
    assert.ok(!text.includes(PERSON));
    const last = await run('last');
    assert.match(last, /#4$/m);
    assert.match(last, /where +\/Envelope\/Body\/Opprett$/m);
    assert.match(last, /^> 3 +<Opprett\/>$/m);
  });

  it('shows the first lines as they came, with blanks and ends of lines visible', async () => {
    await post(emulator.url, '<a>\r\n\t<b> </b>\n\n<c/></x>');
    const text = await run('last');
    assert.match(text, /^request as it came, 24 bytes: kontakt journal \d+ --request$/m);
    assert.match(text, /^ {2}\| <a>␍␊\n {2}\| →<b>·<\/b>␊\n {2}\| ␊$/m);
    for (const line of text.split('\n')) assert.ok(line.length <= 100, line);
  });

  it('refuses what is asked of one exchange for a list, and the other way round', async () => {
    for (const [args, told] of [
      [['--request'], /kontakt journal last --request/],
      [['last', '--follow'], /--follow is of a list/],
      [['1', '--problems'], /--problems is of a list/],
      [['last', '--request', '--response'], /cannot be used with/],
      [['--limit', 'many'], /limit is a whole number/],
    ] as const) {
      const { code, stdout, stderr } = await kontakt(['journal', ...args, '--url', emulator.url]);
      assert.ok(code !== 0 && stdout === '', args.join(' '));
      assert.match(stderr, told);
    }
  });

  it('writes the bytes of either side, and nothing else', async () => {
    assert.equal(await run('1', '--request'), good);
    assert.match(await run('1', '--response'), /^<SOAP-ENV:Envelope .*Envelope>$/s);
  });

  it('says in one line that there is no such exchange', async () => {
    const { code, stderr } = await kontakt(['journal', '77', '--url', emulator.url]);
    assert.equal(code, 1);
    assert.match(stderr, /^kontakt: the journal has no exchange 77[^\n]*\n$/);
  });

  it('says that it is empty, where it is', async () => {
    await control(emulator.url, 'DELETE', '/journal');
    const last = await kontakt(['journal', 'last', '--url', emulator.url]);
    assert.deepEqual([last.code, last.stderr], [1, 'kontakt: the journal is empty\n']);
    const list = await kontakt(['journal', '--url', emulator.url]);
    assert.deepEqual([list.stdout, list.stderr], ['', 'the journal is empty\n']);
  });
});
