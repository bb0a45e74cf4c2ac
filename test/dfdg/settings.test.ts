// What the settings of the Danish services change on the wire, and what needs no certificate.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { errors, errorText, unreachable } from '../../src/dfdg/codes.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { packagePath } from '../../src/kernel/root.ts';
import { startRunning } from '../running.ts';
import { actors, ask, call, outcome, type ServiceName, services, textsOf, validAnswer } from './calling.ts';
import { MAIL, mistakes } from './mistakes.ts';
import { E_MAIL, jobnetCall, outboxOf } from './story.ts';

describe('the settings of the Danish wire', () => {
  const running = async (
    options: Parameters<typeof startRunning>[0],
    run: (emulator: Emulator) => Promise<void>,
  ) => {
    const emulator = await startRunning({ ...options });
    try {
      await run(emulator);
    } finally {
      await emulator.close();
    }
  };

  for (const language of ['en', 'da'] as const)
    it(`refusals: envelope answers FEILET with the code as a name and its text, as the schema says (${language})`, () =>
      running({ refusals: 'envelope', dfdg: { language } }, async (emulator) => {
        for (const [code, [[what, mistake] = ['', {}]]] of Object.entries(mistakes)) {
          const {
            service = 'reminder' as ServiceName,
            operation = 'SavePersonContactData',
            ...given
          } = mistake;
          if (code === '1014' && what !== 'a body against the schema') continue;
          const values = operation === 'SavePersonContactData' ? { ...MAIL, ...given.values } : given.values;
          const reply = await call(emulator, service, operation, { ...given, ...(values ? { values } : {}) });
          assert.equal(reply.http, 200, code);
          assert.equal(outcome(reply), 'FEILET', code);
          assert.deepEqual(textsOf(reply, 'beskrivelse'), [`FEJL_${code}`]);
          assert.deepEqual(textsOf(reply, 'fejltekst'), [
            errorText(Number(code) as Parameters<typeof errorText>[0], language),
          ]);
          assert.equal(validAnswer(service, reply), `${operation}Response`);
        }
      }));

  it('refusals: envelope has a name in the schema for every code, whether or not something can raise it', () => {
    const schema = readFileSync(packagePath('xsd/dfdg/service-answer.xsd'), 'utf8');
    const names = [...schema.matchAll(/<xs:enumeration value="(FEJL_\w+)"/g)].map(([, name]) => name);
    const codes = [...Object.keys(errors), ...Object.keys(unreachable)].sort();
    assert.deepEqual(
      names,
      codes.map((code) => `FEJL_${code}`),
    );
    for (const { english } of Object.values(errors)) assert.ok(schema.includes(`>${english}<`), english);
  });

  it('refusals: envelope leaves a fault where no operation can be told, 1101 and 1012 too', () =>
    running({ refusals: 'envelope' }, async (emulator) => {
      const told = ['a body against the schema', 'an unknown element', 'more rows than anybody has'];
      for (const [what, mistake] of mistakes[1014] ?? [])
        for (const [client, code] of [
          ['star', '1014'],
          [null, '1101'],
          ['utloept', '1012'],
        ] as const) {
          const reply = await call(emulator, 'reminder', 'SavePersonContactData', {
            ...mistake,
            client,
            actor: actors.star,
            values: MAIL,
          });
          if (told.includes(what)) {
            assert.deepEqual([reply.http, outcome(reply)], [200, 'FEILET'], `${what} ${code}`);
            assert.deepEqual(textsOf(reply, 'beskrivelse'), [`FEJL_${code}`]);
            continue;
          }
          assert.deepEqual([reply.http, outcome(reply)], [500, code], `${what} ${code}`);
          assert.deepEqual(textsOf(reply, 'ErrorCode'), [code]);
        }
    }));

  it('language: da, faultcode: client and returnCode each do what they say', () =>
    running({ dfdg: { language: 'da', faultcode: 'client', returnCode: true } }, async (emulator) => {
      await jobnetCall(emulator, 'SavePersonContactData', MAIL);
      const sent = await jobnetCall(emulator, 'GetVerificationCode', {
        PersonContactDataTypeIdentifier: E_MAIL,
      });
      validAnswer('jobnet', sent);
      const [message] = await outboxOf(emulator);
      assert.deepEqual(textsOf(sent, 'VerificationCode'), [message?.code]);
      const [, mistake = {}] = mistakes[9158]?.[0] ?? [];
      const refused = await call(emulator, 'reminder', 'SavePersonContactData', {
        values: { ...MAIL, ...mistake.values },
      });
      assert.equal(refused.http, 500);
      assert.match(outcome(refused), /^[\w-]+:Client$/);
      assert.deepEqual(textsOf(refused, 'Message'), ['Den angivne emailadresse er ikke valid']);
      assert.deepEqual(textsOf(refused, 'ErrorCode'), ['9158']);
    }));

  it('profile: none lets calls without a certificate in, and still reads their headers', () =>
    running({ profile: 'none' }, async (emulator) => {
      for (const over of ['http', 'https'] as const) {
        const open = { client: null, over, actor: actors.star };
        assert.equal(outcome(await call(emulator, 'reminder', 'GetPersonContactData', open)), 'OK', over);
        const edit = (text: string): string => text.replaceAll('ActiveOrganisationHeader', 'Other');
        assert.equal(
          outcome(await call(emulator, 'reminder', 'GetPersonContactData', { ...open, edit })),
          '8232',
        );
      }
    }));

  it('WSDL and schemas need no certificate', () =>
    running({}, async (emulator) => {
      for (const { paths, schemas } of Object.values(services))
        for (const query of ['wsdl', ...Object.keys(schemas).map((name) => `xsd=${name}`)]) {
          const reply = await ask(emulator, 'GET', `${paths[0]}?${query}`, {});
          assert.equal(reply.http, 200, query);
          assert.match(reply.body, /<(\w+:)?(definitions|schema)[ >]/);
        }
    }));
});
