// A test of somebody's own, with node:test, in both countries.

// docs:begin both-countries
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createEmulator } from 'kontakt-emulator';

let emulator;
before(async () => {
  emulator = await createEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent' });
});
beforeEach(() => emulator.reset());
after(() => emulator.close());

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
// docs:end both-countries
