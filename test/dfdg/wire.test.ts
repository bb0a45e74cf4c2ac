// The Danish services over https: what every mistake is answered with, and what it leaves unchanged.

import assert from 'node:assert/strict';
import { errors } from '../../src/dfdg/codes.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { startRunning } from '../running.ts';
import { call, citizensOf, journalOf, outcome, textsOf } from './calling.ts';
import { MAIL, mistakes } from './mistakes.ts';

describe('a mistake in a call to the Danish services', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  for (const [code, list] of Object.entries(mistakes))
    for (const [what, { service = 'reminder', operation = 'SavePersonContactData', ...given }] of list)
      it(`${code} for ${what}`, async () => {
        await emulator.reset();
        const before = await citizensOf(emulator);
        const values = operation === 'SavePersonContactData' ? { ...MAIL, ...given.values } : given.values;
        const reply = await call(emulator, service, operation, { ...given, ...(values ? { values } : {}) });
        assert.equal(outcome(reply), code);
        assert.equal(reply.http, 500);
        assert.match(reply.type, /^text\/xml; charset=utf-8/);
        const { english, basis } = errors[Number(code) as keyof typeof errors];
        assert.match(
          reply.body,
          /<detail><(\w+):FaultDetails xmlns:\1="http:\/\/service\.bm\.dk\/xml\/schemas\/2011\/01\/12\/">/,
        );
        assert.deepEqual(textsOf(reply, 'ErrorCode'), [code]);
        assert.deepEqual(textsOf(reply, 'Message'), [english]);
        assert.doesNotMatch(reply.body, /StackTrace|InnerException| at .*\.ts/);
        const { explanation, problem } = await journalOf(emulator, reply);
        assert.ok(problem);
        for (const part of ['check', 'expected', 'found', 'remedy', 'rule'] as const)
          assert.ok((explanation?.[part] ?? '').length > 0, `${part}: ${explanation?.[part]}`);
        if (problem.startsWith('dfdg.')) assert.equal(explanation?.basis, given.assumed ? 'assumed' : basis);
        assert.deepEqual(await citizensOf(emulator), before);
      });
});
