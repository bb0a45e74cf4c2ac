// A test of somebody's own, with vitest, in both countries.

import { createEmulator } from 'kontakt-emulator';
import { afterAll, assert, beforeAll, beforeEach, test } from 'vitest';

let emulator;
beforeAll(async () => {
  emulator = await createEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent' });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

test('Norway: a reserved person gets no mailbox', async () => {
  await emulator.persons.no.put({ id: '12838410985', reservert: true });
  const { accepted, exchange } = await emulator.call(
    'postkasseleverandoer.OpprettOgVelgSikkerDigitalPostkasse',
    { as: 'digipost', set: { personidentifikator: '12838410985' } },
  );
  assert.equal(accepted, false);
  assert.equal(exchange.result, 'FEILET RESERVERT');
});

test('Denmark: an address is saved and verified with the code that was sent', async () => {
  assert.equal((await emulator.call('jobnet.SavePersonContactData')).accepted, true);
  assert.equal((await emulator.call('jobnet.GetVerificationCode')).accepted, true);
  const [{ code, citizen }] = await emulator.outbox.list({ limit: 1 });
  const verified = await emulator.call('rest.UpdateVerificerKontaktinformation', {
    set: { verifikationskode: code },
  });
  assert.equal(verified.accepted, true, verified.response);
  assert.equal((await emulator.persons.dk.get(citizen)).kontaktdata[0].status, 2);
});
