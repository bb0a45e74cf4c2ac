// The commands of docs/clients, run as they stand there: only ports and folders are those of the test's own emulator.
//
// DOCS=write npx mocha test/docs/client-commands.test.ts renews what they print.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { newDataDirectory } from '../directories.ts';
import { describeWith, type Stack, stacks } from '../interop/stacks.ts';
import { startRunning } from '../running.ts';
import { commandsIn, printing, ROOT } from './included.ts';
import { runScript, steady } from './scripts.ts';

const needed: Readonly<Record<string, readonly Stack[]>> = {
  'curl.md': [stacks.curl],
  'dotnet.md': [stacks.openssl],
  'fetch.md': [stacks.fetch],
  'jax-ws.md': [stacks.jaxws, stacks.wss4j],
  'node-soap.md': [stacks.nodeSoap],
  'php.md': [stacks.php, stacks.phpDom],
  'suds.md': [stacks.suds],
  'zeep.md': [stacks.zeep],
};

describe('the commands of docs/clients', () => {
  let data: string;
  let emulator: Emulator;
  before(async () => {
    data = await newDataDirectory();
    emulator = await startRunning({ data });
  });
  after(() => emulator.close());

  const run = async (commands: string): Promise<string> => {
    const script = commands
      .replaceAll('http://127.0.0.1:8080', emulator.url)
      .replaceAll('https://127.0.0.1:8443', emulator.tlsUrl)
      .replaceAll('.kontakt/pki', join(data, 'pki'));
    const { code, output, errors } = await runScript(script, ROOT);
    assert.equal(code, 0, `${commands}\n${errors}${output}`);
    return output;
  };

  for (const [name, stack] of Object.entries(needed)) {
    describeWith(stack, name, () => {
      const path = join(ROOT, 'docs/clients', name);
      for (const [place, commands] of commandsIn(readFileSync(path, 'utf8')).entries()) {
        const { text: script, isRun, prints } = commands;
        if (!isRun) continue;
        it(`runs block ${place + 1}: ${script.split('\n')[0]}`, async () => {
          const output = `${steady(await run(script)).trimEnd()}\n`;
          if (prints === undefined) return;
          if (process.env.DOCS === 'write')
            writeFileSync(path, printing(readFileSync(path, 'utf8'), commands, output));
          else
            assert.equal(
              output,
              prints,
              'renew it with DOCS=write npx mocha test/docs/client-commands.test.ts',
            );
        }).timeout(120_000);
      }
    });
  }
});
