// docs/first-hour.md is a run of the program: DOCS=write npx mocha test/docs/transcript.test.ts renews it, and the README's refusal.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { WIDTH } from '../../src/kernel/terminal.ts';
import { newDirectory } from '../directories.ts';
import { type Ended, PROGRAM, runCommand, type Serving, serve } from '../program.ts';
import { post } from '../running.ts';
import { assertMade } from './pages.ts';

const PAGE = 'docs/first-hour.md';
const FROM = 'transcript.test.ts';
const OPERATION = 'OpprettOgVelgSikkerDigitalPostkasse';
const CALL = `postkasseleverandoer.${OPERATION}`;
const TOOK = '5 ms';

const YEAR = 365.25 * 24 * 3600 * 1000;
const SHOWN_YEAR = 2026;
const LABEL = 16;

const fenced = (lines: readonly string[]): string[] => ['```text', ...lines, '```'];
const linesOf = (text: string): string[] => text.trimEnd().split('\n');

/** The lines around the marked one. */
const around = (lines: readonly string[], before: number, after: number): string[] => {
  const marked = lines.findIndex((line) => line.startsWith('> '));
  assert.ok(marked >= 0, 'a line is marked');
  return lines.slice(Math.max(0, marked - before), marked + after + 1);
};

describe('docs/first-hour.md', () => {
  let place: string;
  let serving: Serving;
  let said = '';
  let log = '';

  before(async () => {
    place = newDirectory();
    serving = await serve(['--log', 'pretty'], { cwd: place, env: { NO_COLOR: '1' } });
    serving.child.stdout?.on('data', (text: string) => {
      said += text;
    });
    serving.child.stderr?.on('data', (text: string) => {
      log += text;
    });
  });
  after(() => serving.child.kill('SIGKILL'));

  /** A text without what differs from run to run; the default ports need no `--url`. */
  const steady = (text: string): string =>
    text
      .replaceAll(` --url ${serving.url}`, '')
      .replaceAll(serving.url, 'http://127.0.0.1:8080')
      .replaceAll(serving.tlsUrl, 'https://127.0.0.1:8443')
      .replaceAll(place, '/home/you')
      .replace(/\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z)?/g, (instant) => {
        const years = Math.round((Date.parse(instant) - Date.now()) / YEAR);
        return `${SHOWN_YEAR + years}-11-26${instant.includes('T') ? 'T22:10:27Z' : ''}`;
      })
      .replace(/^\d\d:\d\d:\d\d /gm, '22:10:27 ')
      // An operation is cut to leave room for the rest of its line, and a longer time is more of it.
      .replace(/( [✓✗•] )(\w+)…(.* )(\d+(?:\.\d+)? ms)/g, (_whole, mark, name, rest, time) => {
        const cut = OPERATION.slice(0, name.length + time.length - TOOK.length);
        return `${mark}${cut}${cut === OPERATION ? '' : '…'}${rest}${time}`;
      })
      .replace(/\b\d+(?:\.\d+)? ms\b/g, TOOK)
      .replace(/(?<=^ {2}stages ).*$/gm, '   guard 0.1, parse 0.1, envelope 0.1, security 2.1, …')
      .replace(/\b[0-9a-f]{8}-(\d+)\b/g, '7e570000-$1')
      .replace(/\(\d+ bytes as they came/g, '(4441 bytes as they came')
      // What stands below its label only because the port is long.
      .replace(/^( {2}\w+)\n {0,4}(kontakt .*)$/gm, (whole, label: string, command: string) =>
        command.length + LABEL <= WIDTH ? `${label.padEnd(LABEL)}${command}` : whole,
      );

  /** Runs a command; `both` streams together, as a terminal shows them. */
  const run = async (args: readonly string[], streams: 'both' | 'output' = 'both'): Promise<Ended> => {
    const script = streams === 'both' ? '"$0" "$@" 2>&1' : '"$0" "$@"';
    const command = [process.execPath, PROGRAM, ...args, '--url', serving.url];
    return runCommand('sh', ['-c', script, ...command], { cwd: place, env: { NO_COLOR: '1' } });
  };

  /** What the log says since it was asked last, when it has said what is waited for. */
  const newLog = async (awaited: RegExp): Promise<string[]> => {
    for (let before = ''; !awaited.test(log) || log !== before; ) {
      before = log;
      await setTimeout(50);
    }
    const lines = linesOf(steady(log));
    log = '';
    return lines;
  };

  it('shows how it starts', () =>
    assertMade(PAGE, 'start', fenced(['$ kontakt serve', ...linesOf(steady(serving.banner))]), FROM));

  it('shows an OK and three refusals, on both sides', async () => {
    const parts: string[] = [];
    const called = async (options: readonly string[], code: number): Promise<void> => {
      const args = ['call', CALL, ...options];
      const { stdout, code: ended } = await run(args);
      assert.equal(ended, code, stdout);
      parts.push(
        ...fenced([`$ kontakt ${args.join(' ')}`, ...linesOf(steady(stdout))]),
        '',
        'The emulator:',
        '',
      );
      // The line on where to look is the last of a refusal.
      parts.push(...fenced(await newLog(code === 0 ? /✓/ : /^ +console /m)), '');
    };
    await called(['--as', 'digipost'], 0);
    await called(['--as', 'digipost'], 1);
    await called(['--as', 'utloept'], 1);

    parts.push('A message that something lays out again after it was signed:', '');
    const { stdout: envelope } = await run(['call', CALL, '--as', 'digipost', '--dry-run'], 'output');
    const { status, http } = await post(serving.url, envelope.replaceAll('><', '>\n<'));
    assert.equal(http, 500);
    const refusal = await newLog(/\(proved\)/);
    parts.push(
      ...fenced([
        `$ kontakt call ${CALL} --as digipost --dry-run |`,
        "    sed 's/></>\\n</g' | curl -s -H 'content-type: text/xml' --data-binary @- \\",
        '    http://127.0.0.1:8080/ws-postkasseleverandoer-v1',
        `<…><faultstring>${status}</faultstring><…>`,
      ]),
      '',
      'The emulator:',
      '',
      ...fenced(refusal),
    );
    assertMade(PAGE, 'calls', parts, FROM);
    const [line = ''] = refusal;
    const cause = refusal.slice(refusal.findIndex((one) => one.includes('(proved)')));
    assertMade('README.md', 'a refusal', fenced([line, `${' '.repeat(11)}…`, ...cause]), FROM);
  }).timeout(60_000);

  it('shows the reason in full', async () => {
    const { stdout } = await run(['journal', 'last']);
    const lines = linesOf(steady(stdout));
    const reason = lines.slice(0, lines.findIndex((line) => line.startsWith('request, ')) + 1);
    const shown = [...reason, '  …', ...around(lines, 3, 3), '  …'];
    assertMade(PAGE, 'journal', fenced(['$ kontakt journal last', ...shown]), FROM);
  });

  it('shows how it ends', async () => {
    const before = said.length;
    serving.child.kill('SIGINT');
    await serving.ended;
    const last = linesOf(steady(said.slice(before))).filter((line) => line !== '');
    assertMade(PAGE, 'end', fenced(['^C', ...last]), FROM);
  });
});
