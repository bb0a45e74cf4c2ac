// The Danish REST service as curl and fetch see it, each with its client certificate: saved, verified, read.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { clientOf } from '../running.ts';
import { describeWith, type Stack, stacks } from './stacks.ts';
import { staged } from './stage.ts';
import { run } from './tool.ts';

const programs: readonly {
  readonly stack: Stack;
  readonly command: string;
  readonly script: string;
  readonly citizen: string;
  readonly address: string;
  readonly refused: readonly string[];
}[] = [
  {
    stack: stacks.curl,
    command: 'sh',
    script: 'rest_client.sh',
    citizen: '1604537505',
    address: 'curl@example.dk',
    refused: [],
  },
  {
    stack: stacks.fetch,
    command: process.execPath,
    script: 'rest_client.mjs',
    citizen: '0702498511',
    address: 'fetch@example.dk',
    refused: ['400 9158 The submitted mail address is invalid'],
  },
];

for (const { stack, command, script, citizen, address, refused } of programs) {
  describeWith([stack], `${stack.name} at the Danish REST service`, () => {
    const open = staged();

    it('saves, verifies by the code in the outbox, and reads', async () => {
      const { emulator, files, write } = open();
      const star = clientOf(emulator, 'star');
      const { ok, output, said } = await run(command, [
        join(import.meta.dirname, 'rest', script),
        emulator.tlsUrl,
        `${emulator.url}/_emulator/outbox`,
        write('star.pem', star.certificatePem),
        write('star.key', star.keyPem),
        files.trust,
        citizen,
      ]);
      assert.ok(ok, said);
      const lines = output.toString('utf8').trim().split('\n');
      const verified = { kontaktdata: address, kontaktdataType: 3, kontaktdatastatus: 2 };
      assert.deepEqual(JSON.parse(lines[3] ?? '').kontaktinformationer, { kontaktinformation: [verified] });
      assert.deepEqual(lines.slice(4), refused);
    });
  });
}
