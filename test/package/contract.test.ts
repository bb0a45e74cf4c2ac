// The package with a WSDL that says something else than the code: it must not start.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from '../directories.ts';
import { assertOneLine, runCommand } from '../program.ts';

const ROOT = join(import.meta.dirname, '../..');
const PARTS = ['dist', 'wsdl', 'xsd', 'fixtures/persons', 'src/store/migrations', 'package.json'];

describe('the package with another WSDL', () => {
  const folder = newDirectory();
  before(() => {
    for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  });

  for (const [service, file, from, to] of [
    ['postkasseleverandoer', 'postkasseleverandoer-v1', 'SlettPostkasse', 'FjernPostkasse'],
    ['jobnet', 'jobnet-person-notification-reminder-service', 'GetVerificationCode', 'GetCode'],
  ] as const)
    it(`of ${service} does not start, and names the operation in one line`, async () => {
      const path = join(folder, `wsdl/${file}.wsdl`);
      const wsdl = readFileSync(path, 'utf8');
      writeFileSync(path, wsdl.replaceAll(from, to));
      const args = ['serve', '--in-memory', '--port', '0', '--tls-port', '0'];
      const ended = await runCommand(process.execPath, [join(folder, 'dist/main.js'), ...args]);
      writeFileSync(path, wsdl);
      assert.notEqual(ended.code, 0);
      assert.equal(ended.stdout, '');
      assertOneLine(
        ended,
        new RegExp(`${service} differs from wsdl/${file}\\.wsdl: .*operation ${from} is not in the WSDL`),
      );
    });
});
