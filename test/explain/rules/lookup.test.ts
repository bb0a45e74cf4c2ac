// Refusals of the lookup service, explained: the relation that is missing and the call that adds it; what is answered all the same.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usualSigning } from '../../../src/client/security-header.ts';
import { signEnvelope } from '../../../src/client/sign.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { issueClient } from '../../../src/pki/issue.ts';
import { readOrder } from '../../../src/pki/order.ts';
import { newDataDirectory } from '../../directories.ts';
import {
  type Asked,
  ask,
  type Explained,
  journalOf,
  send,
  services,
  signedBody,
  unsigned,
  versions,
} from '../../kontaktregister/oppslagstjeneste/calling.ts';
import { kontakt } from '../../program.ts';
import { control, DIGIPOST, startRunning, type Values } from '../../running.ts';
import { causeOf, explanationOf, make } from './changing.ts';

const PLAIN = '12838410985';
const OWNER = '991825827';
const STRANGER = '988015814';
const persons: Values = { informasjonsbehov: 'Person', personidentifikator: PLAIN };
const changes: Values = { informasjonsbehov: 'Person', fraEndringsNummer: '0' };

type Call = readonly [operation: string, values: Values, asked?: Asked];

/** Whoever asks has no relation for it. */
const refused: Readonly<Record<string, Call>> = {
  'a stranger at 16-02': ['HentPersoner', persons, { client: 'fremmed' }],
  'a stranger at 14-05': ['HentPrintSertifikat', {}, { client: 'fremmed', version: '14-05' }],
  'a stranger who wants changes': ['HentEndringer', changes, { client: 'fremmed' }],
  'a caller for another organisation': ['HentPersoner', { ...persons, PaaVegneAv: OWNER }],
  'a caller for another one who wants changes': ['HentEndringer', { ...changes, PaaVegneAv: OWNER }],
};

describe('refusals of the lookup service, explained', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  for (const [who, [operation, values, asked = {}]] of Object.entries(refused))
    it(`${who}: the relation, and the call after which the same request is accepted`, async () => {
      const first = await ask(emulator, operation, values, asked);
      assert.match(first.fault ?? '', /does not have access/);
      const { cause, certain, basis, evidence, remedy } = await causeOf(emulator, first.journal);
      assert.deepEqual([cause, certain, basis], ['relation-missing', true, 'observed']);
      assert.match(remedy, /kontakt relation add/);
      const [relation, signer] = evidence.state ?? [];
      const caller = asked.client === 'fremmed' ? STRANGER : DIGIPOST;
      const service = operation === 'HentEndringer' ? 'ENDRINGSTJENESTEN' : 'OPPSLAGSTJENESTEN';
      const owner = values.PaaVegneAv ?? caller;
      assert.equal(relation?.what, `${caller} may not use ${service} for ${owner}`);
      assert.deepEqual(relation?.by, { means: 'seed' });
      assert.equal(signer?.what, `${caller} signed the request`);
      await make(emulator, evidence.change);
      assert.equal((await ask(emulator, operation, values, asked)).fault, undefined, evidence.change);
      const since = (await causeOf(emulator, first.journal)).evidence.state?.[0]?.now;
      assert.equal(since, `${caller} may use ${service} for ${owner}, since a call of the control interface`);
    });

  it('names a call for oneself where PaaVegneAv is no organisation', async () => {
    const { journal } = await ask(emulator, 'HentPersoner', { ...persons, PaaVegneAv: '123456789' });
    const { evidence } = await causeOf(emulator, journal);
    assert.equal(evidence.change, 'kontakt call oppslagstjeneste.HentPersoner --as digipost');
    await make(emulator, evidence.change);
    assert.equal(emulator.journal.list()[0]?.result, 'OK');
    const nobody = await ask(
      emulator,
      'HentPersoner',
      { ...persons, PaaVegneAv: 'x' },
      { client: 'fremmed' },
    );
    assert.equal((await causeOf(emulator, nobody.journal)).evidence.change, undefined);
  });

  it('say of a header without a number which stack writes one', async () => {
    const [start, end] = unsigned('HentPersoner', { ...persons, PaaVegneAv: OWNER }).split(OWNER);
    const answer = await send(emulator, signedBody(emulator, `${start}${end}`));
    const { cause, certain, evidence, stacks } = await causeOf(emulator, answer.journal);
    assert.deepEqual([cause, certain], ['delegation-header', true]);
    assert.equal(evidence.found, 'a PaaVegneAv without a number');
    assert.match(stacks?.['JAX-WS'] ?? '', /null is sent as an empty block/);
  });

  it('say nothing of what was answered, but what somebody may not expect', async () => {
    const found = async (from: string): Promise<NonNullable<Explained['warnings']>> =>
      (
        await journalOf(
          emulator,
          await ask(emulator, 'HentEndringer', { ...changes, fraEndringsNummer: from }),
        )
      ).warnings ?? [];
    const [negative] = await found('-5');
    assert.equal(negative?.problem, 'oppslag.number-of-change');
    assert.match(negative?.explanation.remedy ?? '', /a negative number counts as 0/);
    const [beyond] = await found('5000');
    assert.match(beyond?.explanation.expected ?? '', /^a number from 0 to 53,/);
    assert.deepEqual(await found('53'), []);
    const answer = await ask(emulator, 'HentEndringer', { ...changes, fraEndringsNummer: '5000' });
    const { verdict, causes, warnings } = await explanationOf(emulator, answer.journal);
    assert.deepEqual([verdict, causes.length, warnings.length], ['accepted', 0, 1]);
    const target = 'oppslagstjeneste.HentEndringer';
    const { code, stderr } = await kontakt([
      ...['call', target, '--set', 'fraEndringsNummer=5000', '--url', emulator.url],
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /warnings: 1\n {2}answered all the same \(oppslag\.number-of-change\): /);
  });

  it('warn where an answer goes to a key that decrypts nothing', async () => {
    const data = await newDataDirectory();
    const order = { organisation: DIGIPOST, usage: 'digitalSignature,nonRepudiation' };
    const now = new Date();
    await issueClient(join(data, 'pki'), readOrder('signer', order, now), false, now);
    const read = (name: string) => readFileSync(join(data, 'pki', 'clients', name), 'utf8');
    const own = await startRunning({ data });
    try {
      for (const version of versions)
        for (const [name, found] of [
          ['digipost', []],
          ['signer', ['digitalSignature, nonRepudiation']],
        ] as const) {
          const credentials = { keyPem: read(`${name}.key`), certificatePem: read(`${name}.pem`) };
          const request = unsigned('HentPersoner', persons, version);
          const { paths, version: soap } = services[version];
          const answer = await fetch(`${own.url}${paths[0]}`, {
            method: 'POST',
            headers: { 'content-type': `${soap.mediaType}; charset=utf-8` },
            body: signEnvelope(request, credentials, usualSigning, Date.now()),
          });
          assert.match(await answer.text(), /EncryptedKey/);
          const id = answer.headers.get('kontakt-journal');
          const { warnings = [] } = (await control(own.url, 'GET', `/journal/${id}`)).json as Explained;
          const told = warnings.filter(({ problem }) => problem === 'answer.recipient');
          assert.deepEqual(
            told.map(({ explanation }) => explanation.found),
            found,
          );
        }
    } finally {
      await own.close();
    }
  });
});
