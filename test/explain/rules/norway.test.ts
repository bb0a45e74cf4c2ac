// Refusals of the mailbox providers' service, explained: the state that led to each, since which exchange, and the call that changes it.

import assert from 'node:assert/strict';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { type Description, descriptions } from '../../../src/kontaktregister/postkasseleverandoer/codes.ts';
import { newDataDirectory } from '../../directories.ts';
import {
  clientOf,
  control,
  DIGIPOST,
  EBOKS,
  operationOf,
  post,
  signed,
  startRunning,
  type Values,
} from '../../running.ts';
import { openEmulator } from '../../starting.ts';
import { causeOf, explanationOf, lastOf, make } from './changing.ts';

const PLAIN = '12838410985';
const WRITABLE = '09819514515';
const NOBODY = '14897410894';

type Refused = readonly [operation: string, values: Values, client?: string];

/** At least one call for each code, on the shipped persons; the calls are refused by it. */
const refused: Readonly<Record<Exclude<Description, 'UGYLDIG_EPOSTADRESSE'>, readonly Refused[]>> = {
  RESERVERT: [
    ['OpprettOgVelgSikkerDigitalPostkasse', { personidentifikator: '03826608152' }],
    ['KanVelgeSikkerDigitalPostkasse', { personidentifikator: '03826608152' }],
  ],
  ALLEREDE_AKTIV: [
    ['KanVelgeSikkerDigitalPostkasse', { personidentifikator: '05886434539' }],
    ['OpprettOgVelgSikkerDigitalPostkasse', { personidentifikator: '05886434539' }],
    ['OpprettOgVelgSikkerDigitalPostkasse', { personidentifikator: '18868703845' }],
    ['VelgSikkerDigitalPostkasse', { personidentifikator: '18868703845' }],
    ['VelgSikkerDigitalPostkasse', { personidentifikator: '01898928744' }],
  ],
  INGEN_POSTBOKS_FUNNET: [
    ['VelgSikkerDigitalPostkasse', { personidentifikator: PLAIN }],
    ['OppdaterPostkasse', { personidentifikator: PLAIN }],
    ['SlettPostkasse', { personidentifikator: PLAIN }],
  ],
  BRUKER_IKKE_FUNNET: [
    ['OpprettPostkasse', { personidentifikator: NOBODY }],
    ['OpprettPostkasse', { personidentifikator: '22878512433' }],
  ],
  POSTKASSE_EKSISTERER_ALLEREDE: [
    ['OpprettPostkasse', { personidentifikator: '29829629931' }],
    ['OpprettOgVelgSikkerDigitalPostkasse', { personidentifikator: '29829629931' }],
  ],
  UGYLDIG_SERTIFIKAT: [['OpprettPostkasse', { x509Sertifikat: 'AAAA' }]],
  UGYLDIG_PERSONNUMMER: [['KanVelgeSikkerDigitalPostkasse', { personidentifikator: '14897410895' }]],
  UGYLDIG_ORGNR: [
    ['OpprettPostkasse', { postkasseleverandoerOrgNummer: '988015814' }, 'fremmed'],
    ['KanVelgeSikkerDigitalPostkasse', {}, 'fremmed'],
    ['OpprettPostkasse', { postkasseleverandoerOrgNummer: DIGIPOST }, 'eboks'],
    ['OpprettPostkasse', { postkasseleverandoerOrgNummer: '987654321' }],
  ],
};

describe('refusals of the mailbox providers’ service, explained', () => {
  let emulator: Emulator;
  const call = async (operation: string, values: Values, client = 'digipost') => {
    const usual = { personidentifikator: PLAIN, ...operationOf(operation).examples[0], ...values };
    return post(emulator.url, signed(operation, usual, clientOf(emulator, client)));
  };

  before(async () => {
    emulator = await startRunning();
  });
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  it('have a call in this table for every code that a rule can answer', () => {
    const known = Object.keys(descriptions).filter((code) => code !== 'UGYLDIG_EPOSTADRESSE');
    assert.deepEqual(Object.keys(refused).sort(), known.sort());
  });

  for (const [code, calls] of Object.entries(refused))
    for (const [operation, values, client] of calls)
      it(`${code} of ${operation} ${Object.values(values).join(' ')}: rule, state, and a call that changes it`, async () => {
        const first = await call(operation, values, client);
        assert.match(first.status, new RegExp(`^(?:FEILET|NEI) ${code}$`));
        const { cause, certain, basis, rule, sentence, evidence, remedy } = await causeOf(
          emulator,
          first.journal,
        );
        assert.deepEqual([cause, certain, basis], [code, true, 'assumed']);
        assert.match(rule, new RegExp(`^contract: rule \\d.*${code}`));
        assert.ok(sentence && remedy);
        await make(emulator, evidence.change);
        // Either the proposed call is the request as it should be, and was accepted; or the refused one is accepted now.
        const itself = `${evidence.change} `.startsWith(`kontakt call postkasseleverandoer.${operation} `);
        const result = itself
          ? emulator.journal.list()[0]?.result
          : (await call(operation, values, client)).status;
        assert.match(result ?? '', /^(?:OK|JA)$/, evidence.change);
      });

  it('names the earlier exchange, its caller, and how long ago that was by the service’s clock', async () => {
    await call('OpprettOgVelgSikkerDigitalPostkasse', { personidentifikator: WRITABLE });
    const earlier = lastOf(emulator);
    await control(emulator.url, 'PUT', '/clock', { advance: 'PT3M' });
    const { journal } = await call(
      'OpprettOgVelgSikkerDigitalPostkasse',
      { personidentifikator: WRITABLE, postkasseleverandoerOrgNummer: EBOKS },
      'eboks',
    );
    const { sentence, evidence } = await causeOf(emulator, journal);
    const [active, own] = evidence.state ?? [];
    assert.equal(active?.what, `the active mailbox with ${DIGIPOST} (Digipost (test))`);
    assert.equal(active?.before, '3 minutes before');
    assert.deepEqual(active?.by, {
      means: 'OpprettOgVelgSikkerDigitalPostkasse',
      exchange: earlier,
      caller: DIGIPOST,
      kept: true,
    });
    assert.equal(active?.now, undefined);
    assert.ok(own?.what.startsWith(`no mailbox with ${EBOKS}`));
    assert.match(
      sentence,
      new RegExp(`; so since exchange ${earlier} \\(OpprettOgVelg\\w+ by ${DIGIPOST}\\), 3 minutes before$`),
    );
    assert.match(
      evidence.change ?? '',
      /^kontakt call postkasseleverandoer\.SlettPostkasse --as digipost --set personidentifikator=/,
    );
  });

  it('names the exchange that chose a mailbox, not the one that stored it', async () => {
    await call('OpprettPostkasse', { personidentifikator: WRITABLE });
    const stored = lastOf(emulator);
    const again = await call('OpprettPostkasse', { personidentifikator: WRITABLE });
    const there = await causeOf(emulator, again.journal);
    assert.equal(there.evidence.state?.[0]?.by?.exchange, stored);
    await call('VelgSikkerDigitalPostkasse', { personidentifikator: WRITABLE });
    const chosen = lastOf(emulator);
    const { journal } = await call('KanVelgeSikkerDigitalPostkasse', { personidentifikator: WRITABLE });
    assert.equal((await causeOf(emulator, journal)).evidence.state?.[0]?.by?.exchange, chosen);
    await call('OppdaterPostkasse', { personidentifikator: WRITABLE });
    const updated = await call('OpprettPostkasse', { personidentifikator: WRITABLE });
    assert.equal((await causeOf(emulator, updated.journal)).evidence.state?.[0]?.by?.exchange, chosen);
  });

  it('names the exchange that took a mailbox away', async () => {
    await call('OpprettPostkasse', { personidentifikator: WRITABLE });
    await call('SlettPostkasse', { personidentifikator: WRITABLE });
    const removed = lastOf(emulator);
    const { journal } = await call('VelgSikkerDigitalPostkasse', { personidentifikator: WRITABLE });
    const [none] = (await causeOf(emulator, journal)).evidence.state ?? [];
    assert.match(none?.what ?? '', /^no mailbox with/);
    assert.deepEqual([none?.by?.exchange, none?.by?.means], [removed, 'SlettPostkasse']);
  });

  it('tells what a seed and what the control interface brought about', async () => {
    const seeded = await call('OpprettPostkasse', { personidentifikator: '29829629931' });
    assert.deepEqual((await causeOf(emulator, seeded.journal)).evidence.state?.[0]?.by, { means: 'seed' });
    await control(emulator.url, 'PUT', `/persons/no/${WRITABLE}`, { id: WRITABLE, reservert: true });
    const { journal } = await call('OpprettPostkasse', { personidentifikator: WRITABLE });
    const { evidence, sentence } = await causeOf(emulator, journal);
    assert.deepEqual(evidence.state?.[0]?.by, { means: 'control' });
    assert.match(sentence, /reservasjon JA; so since a call of the control interface, /);
    await control(emulator.url, 'PUT', '/organisations?country=no', { providers: [] });
    const unapproved = await call('OpprettPostkasse', {});
    const [approval] = (await causeOf(emulator, unapproved.journal)).evidence.state ?? [];
    assert.deepEqual(
      [approval?.what, approval?.by],
      [`${DIGIPOST}: not approved as a provider of mailboxes`, { means: 'control' }],
    );
  });

  it('says what has become of the state since, and that of then is what counts', async () => {
    await call('OpprettPostkasse', { personidentifikator: WRITABLE });
    const { journal } = await call('OpprettPostkasse', { personidentifikator: WRITABLE });
    await call('SlettPostkasse', { personidentifikator: WRITABLE });
    const removed = lastOf(emulator);
    const [state] = (await causeOf(emulator, journal)).evidence.state ?? [];
    assert.match(state?.what ?? '', /^an inactive mailbox/);
    assert.match(
      state?.now ?? '',
      new RegExp(`^no mailbox with .*, since exchange ${removed} \\(SlettPostkasse by ${DIGIPOST}\\)$`),
    );
  });

  it('hides the number of the person unless it is asked for', async () => {
    const { journal } = await call('OpprettPostkasse', { personidentifikator: '29829629931' });
    const masked = JSON.stringify(await explanationOf(emulator, journal, false));
    assert.doesNotMatch(masked, /29829629931/);
    assert.match(masked, /personidentifikator=298296\*{5}/);
    assert.match(JSON.stringify(await explanationOf(emulator, journal)), /29829629931/);
    const nobody = await call('OpprettPostkasse', { personidentifikator: NOBODY });
    assert.doesNotMatch(JSON.stringify(await explanationOf(emulator, nobody.journal, false)), /14897410894/);
  });

  it('names an exchange of before a restart by its number and its time', async () => {
    const data = await newDataDirectory();
    const options = { port: 0, tlsPort: 0, log: 'silent', data } as const;
    const usual = emulator;
    try {
      emulator = await openEmulator(options);
      await call('OpprettPostkasse', { personidentifikator: WRITABLE });
      const stored = lastOf(emulator);
      await emulator.close();
      emulator = await openEmulator(options);
      const { journal } = await call('OpprettPostkasse', { personidentifikator: WRITABLE });
      const [state] = (await causeOf(emulator, journal)).evidence.state ?? [];
      assert.deepEqual(state?.by, {
        means: 'OpprettPostkasse',
        exchange: stored,
        caller: DIGIPOST,
        kept: true,
      });
      assert.match(state?.since ?? '', /^\d{4}-/);
      await emulator.close();
    } finally {
      emulator = usual;
    }
  });
});
