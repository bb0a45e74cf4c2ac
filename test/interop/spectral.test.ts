// Spectral's rules for OpenAPI at the document of every REST service. Spectral brings as many packages as the project has, so only
// this test installs it, at the versions of its own lock file, where all outside stacks are asked for.

import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentsOf } from '../rest/document.ts';
import { startRunning } from '../running.ts';
import { type Stage, staged } from './stage.ts';
import { run } from './tool.ts';

const required = process.env.KONTAKT_INTEROP === 'required';

const installSpectral = async ({ directory }: Stage): Promise<string> => {
  for (const file of ['package.json', 'package-lock.json'])
    cpSync(join(import.meta.dirname, 'spectral', file), join(directory, file));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { ok, said } = await run('npm', ['ci', '--prefix', directory, ...quiet]);
  assert.ok(ok, said);
  writeFileSync(join(directory, 'rules.json'), JSON.stringify({ extends: ['spectral:oas'] }));
  return join(directory, 'node_modules', '.bin', 'spectral');
};

describe(`Spectral${required ? '' : ' [installs it by npm, with KONTAKT_INTEROP=required only]'}`, () => {
  before(function () {
    if (!required) this.skip();
  });
  const open = staged();

  it('finds nothing in the OpenAPI documents, whatever the services ask for', async () => {
    const { directory, write, emulator } = open();
    const spectral = await installSpectral(open());
    const others = [{ dfdg: { scopes: true } }, { profile: 'none' as const }];
    const running = await Promise.all(others.map((options) => startRunning(options)));
    try {
      for (const { name, text } of await documentsOf([emulator, ...running].map(({ url }) => url))) {
        const file = write(`${name}.json`, text);
        const rules = ['--ruleset', join(directory, 'rules.json')];
        const told = ['--format', 'json', '--quiet', '--fail-severity', 'hint'];
        const { ok, output, said } = await run(spectral, ['lint', ...rules, ...told, file]);
        assert.deepEqual([ok, JSON.parse(output.toString('utf8'))], [true, []], said);
      }
    } finally {
      await Promise.all(running.map((one) => one.close()));
    }
  }).timeout(180_000);
});
