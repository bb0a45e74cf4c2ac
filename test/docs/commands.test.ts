// The commands of the README and of docs/, run as they stand there, one page after the other, against one emulator.
//
// What differs from a reader's terminal: the ports, a folder of their own, `npx kontakt` is the built program, and <code> is the
// last code in the outbox. curl fails where it is refused. DOCS=write npx mocha test/docs/commands.test.ts renews what they print.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { newDataDirectory } from '../directories.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { PROGRAM } from '../program.ts';
import { control, startRunning } from '../running.ts';
import { type Commands, commandsIn, printing } from './included.ts';
import { isWriting, pages, readPage, writePage } from './pages.ts';
import { runScript, steady } from './scripts.ts';

/** The commands of a block: each is one line, or goes on after a backslash. */
const singly = (text: string): string[] =>
  text
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

describeWith([stacks.curl], 'the commands of the pages', () => {
  let place: string;
  let emulator: Emulator;
  let environment: Readonly<Record<string, string>>;

  before(async () => {
    const data = await newDataDirectory();
    place = join(data, '..');
    // Readers have it in .kontakt of the folder that they are in.
    emulator = await startRunning({ data: join(place, 'data') });
    await runScript('ln -s data .kontakt && mkdir bin', place);
    stand('npx', `shift; exec "${process.execPath}" "${PROGRAM}" "$@"`);
    // As the commands here do, curl says by its exit code whether the answer is a refusal.
    stand('curl', 'PATH=$USUAL; curl --fail-with-body "$@"; code=$?; exit $((code == 22 ? 1 : code))');
    environment = {
      PATH: `${join(place, 'bin')}${delimiter}${process.env.PATH}`,
      USUAL: process.env.PATH ?? '',
      KONTAKT_PORT: new URL(emulator.url).port,
      KONTAKT_TLS_PORT: new URL(emulator.tlsUrl).port,
      NO_COLOR: '1',
    };
  });
  after(() => emulator.close());

  /** Puts a program into the place of another. */
  const stand = (name: string, script: string): void => {
    const path = join(place, 'bin', name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  };

  const lastCode = async (): Promise<string> => {
    const { json } = await control(emulator.url, 'GET', '/outbox?limit=1');
    return (json as { messages: { code: string | null }[] }).messages[0]?.code ?? '';
  };

  const run = async ({ text, isRefused }: Commands): Promise<string> => {
    const script = text
      .replaceAll('http://127.0.0.1:8080', emulator.url)
      .replaceAll('https://127.0.0.1:8443', emulator.tlsUrl)
      .replaceAll('<code>', await lastCode());
    const outputs: string[] = [];
    for (const one of isRefused ? singly(script) : [script]) {
      const { code, output, errors } = await runScript(one, place, environment);
      assert.equal(code, isRefused ? 1 : 0, `${one}\n${errors}${output}`);
      outputs.push(output);
    }
    return outputs
      .join('')
      .replaceAll(emulator.url, 'http://127.0.0.1:8080')
      .replaceAll(emulator.tlsUrl, 'https://127.0.0.1:8443')
      .replaceAll(place, '/home/you');
  };

  for (const page of pages.filter((one) => !one.startsWith('docs/clients/'))) {
    const blocks = commandsIn(readPage(page)).filter(({ isRun }) => isRun);
    if (blocks.length === 0) continue;
    describe(page, () => {
      before(async () => {
        await emulator.reset({ journal: true });
        mkdirSync(place, { recursive: true });
      });

      for (const [index, block] of blocks.entries())
        it(`runs block ${index + 1}: ${block.text.split('\n')[0]}`, async () => {
          const output = `${steady(await run(block)).trimEnd()}\n`;
          if (block.prints === undefined) return;
          if (isWriting) writePage(page, printing(readPage(page), block, output));
          else
            assert.equal(
              output,
              block.prints,
              'renew it with DOCS=write npx mocha test/docs/commands.test.ts',
            );
        }).timeout(60_000);
    });
  }
});
