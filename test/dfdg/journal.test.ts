// Danish calls in the journal: who called, as far as it is known, and nothing that an entry has no member for.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { control, startRunning } from '../running.ts';
import { actors, ask, call, type DanishReply } from './calling.ts';

const CITIZEN = '1403455896';

describe('Danish calls in the journal', () => {
  let emulator: Emulator;
  const entryOf = async ({ journal }: DanishReply): Promise<Record<string, unknown>> =>
    (await control(emulator.url, 'GET', `/journal/${journal}?unmasked=true`)).json as Record<string, unknown>;

  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  it('have the members of an entry and no others', async () => {
    const actor = { ...actors.jobnet, userType: '1', userIdentifier: CITIZEN };
    const entry = await entryOf(await call(emulator, 'jobnet', 'GetPersonContactData', { actor }));
    assert.equal(entry.result, 'OK');
    assert.deepEqual(Object.keys(entry).sort(), [
      ...[
        'at',
        'duration',
        'fingerprint',
        'httpStatus',
        'id',
        'method',
        'name',
        'number',
        'operation',
        'organisation',
        'path',
        'profile',
      ],
      ...['remote', 'requestBytes', 'responseBytes', 'result', 'service', 'stages', 'subject', 'warnings'],
    ]);
    assert.doesNotMatch(JSON.stringify(entry), new RegExp(CITIZEN));
  });

  it('name the caller of a refused call, over SOAP and REST, as claimed where the certificate is not trusted', async () => {
    const soap = (client: string) => call(emulator, 'reminder', 'GetPersonContactData', { client });
    const rest = (client: string) => ask(emulator, 'GET', '/v1/kontaktinformation', { client });
    for (const send of [soap, rest]) {
      const known = await entryOf(await send('fremmedcvr'));
      assert.deepEqual(
        [known.organisation, known.claimed],
        ['90009999', true],
        'trusted, but not authorized',
      );
      const expired = await entryOf(await send('utloept'));
      assert.match(String(expired.subject), /984661185/);
      assert.equal(expired.claimed, true);
    }
  });
});
