// The lookup service over HTTP, in both versions: what is answered to what, signed and encrypted, and what is refused and why.

import assert from 'node:assert/strict';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import {
  clientOf,
  control,
  DIGIPOST,
  EBOKS,
  post,
  signed as signedMailbox,
  startRunning,
} from '../../running.ts';
import {
  type Answer,
  ask,
  journalOf,
  personsIn,
  send,
  services,
  signedBody,
  signedWhole,
  unsigned,
  versions,
} from './calling.ts';

const PLAIN = '12838410985';
const RESERVED = '09894418343';
const DEAD = '16853242342';
const WITH_MAILBOX = '18868703845';
const EXPIRED = '07876041035';
const SOON = '21859406723';
const NOBODY = '14897410894';
const WRONG = '12838410986';
const ALL = 'Person Kontaktinfo Sertifikat SikkerDigitalPost';

const numberIn = ({ payload }: Answer, name: string): number => Number(payload.attributes[name]);

describe('the lookup service', () => {
  let emulator: Emulator;
  const persons = (numbers: string, needs = 'Person', more: Parameters<typeof ask>[3] = {}) =>
    ask(emulator, 'HentPersoner', { informasjonsbehov: needs, personidentifikator: numbers }, more);
  const changesFrom = (from: number | string, more: Parameters<typeof ask>[3] = {}) =>
    ask(emulator, 'HentEndringer', { fraEndringsNummer: String(from), informasjonsbehov: ALL }, more);
  const put = (id: string, person: object) => control(emulator.url, 'PUT', `/persons/no/${id}`, person);

  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset());

  for (const version of versions)
    describe(version, () => {
      for (const { name, examples, response } of services[version].operations)
        it(`answers the examples of ${name}, signed and encrypted, as the schema says`, async () => {
          for (const example of examples) {
            const answer = await ask(emulator, name, example, { version });
            assert.equal(answer.http, 200);
            assert.ok(answer.encrypted);
            assert.equal(answer.payload.name, response.name);
            assert.doesNotMatch(answer.wire.toString(), new RegExp(PLAIN));
            const { operation, result } = await journalOf(emulator, answer);
            assert.deepEqual({ operation, result }, { operation: name, result: 'OK' });
          }
        });

      it('answers as many persons as were asked for, in their order, also twice and unknown', async () => {
        const asked = [NOBODY, PLAIN, DEAD, PLAIN, WITH_MAILBOX];
        const answer = await persons(asked.join(' '), ALL, { version });
        const told = personsIn(answer);
        assert.deepEqual(
          told.map(({ personidentifikator, status }) => [personidentifikator, status]),
          [
            [NOBODY, 'IKKE_REGISTRERT'],
            [PLAIN, 'AKTIV'],
            [DEAD, 'SLETTET'],
            [PLAIN, 'AKTIV'],
            [WITH_MAILBOX, 'AKTIV'],
          ],
        );
        assert.deepEqual(told[0], { personidentifikator: NOBODY, status: 'IKKE_REGISTRERT' });
        assert.deepEqual(told[2], {
          personidentifikator: DEAD,
          reservasjon: 'NEI',
          status: 'SLETTET',
          ...(version === '14-05' ? { beskrivelse: 'Død' } : {}),
        });
        assert.deepEqual(told[1], told[3]);
        assert.equal(told[4]?.postkasseleverandoerAdresse, DIGIPOST);
      });

      it('answers 1000 persons, and refuses 1001 and none', async () => {
        const { http, payload } = await persons(Array(1000).fill(PLAIN).join(' '), ALL, { version });
        assert.deepEqual([http, payload.children.length], [200, 1000]);
        for (const count of [1001, 0]) {
          const refused = await persons(Array(count).fill(PLAIN).join(' '), 'Person', { version });
          assert.equal(refused.fault, 'Validation error');
          const { problem, explanation } = await journalOf(emulator, refused);
          assert.equal(problem, 'schema.invalid');
          assert.match(`${explanation?.expected} ${explanation?.remedy}`, /personidentifikator|1000/);
        }
      });

      it('refuses an informasjonsbehov that is misspelt, and says what there is', async () => {
        const refused = await persons(PLAIN, 'Kontaktinformasjon', { version });
        assert.equal(refused.fault, 'Validation error');
        const { problem, explanation } = await journalOf(emulator, refused);
        assert.equal(problem, 'schema.invalid');
        assert.match(explanation?.found ?? '', /Kontaktinformasjon/);
        for (const need of ['Person', 'Kontaktinfo', 'Sertifikat', 'SikkerDigitalPost'])
          assert.match(explanation?.expected ?? '', new RegExp(need));
      });

      it('delivers the print provider’s certificate', async () => {
        const { payload } = await ask(emulator, 'HentPrintSertifikat', {}, { version });
        const [address, certificate] = payload.children;
        assert.equal(address?.text, DIGIPOST);
        const { certificatePem } = clientOf(emulator, 'digipost');
        assert.ok(certificatePem.replace(/\s/g, '').includes(certificate?.text ?? 'nothing'));
      });

      it('delivers changes from a number on, with the numbers that belong to them', async () => {
        const all = await changesFrom(1, { version });
        const last = numberIn(all, 'senesteEndringsNummer');
        assert.equal(all.payload.children.length, last);
        assert.deepEqual(all.payload.attributes, {
          fraEndringsNummer: '1',
          tilEndringsNummer: String(last),
          senesteEndringsNummer: String(last),
        });
        await put(PLAIN, { reservert: true });
        const [changed, ...others] = personsIn(await changesFrom(last + 1, { version }));
        assert.deepEqual(others, []);
        assert.deepEqual(changed, { personidentifikator: PLAIN, reservasjon: 'JA', status: 'AKTIV' });
      });

      it('refuses an organisation without a relation', async () => {
        for (const [name, part] of [
          ['HentPersoner', 'OPPSLAGSTJENESTEN'],
          ['HentPrintSertifikat', 'OPPSLAGSTJENESTEN'],
          ['HentEndringer', 'ENDRINGSTJENESTEN'],
        ] as const) {
          const [example = {}] =
            services[version].operations.find((one) => one.name === name)?.examples ?? [];
          const refused = await ask(emulator, name, example, { version, client: 'fremmed' });
          assert.equal(refused.http, version === '16-02' ? 400 : 500);
          assert.ok(!refused.encrypted);
          assert.equal(
            refused.fault,
            `Invalid service usage: Service owner 988015814 does not have access to ${part}`,
          );
          const { problem, explanation } = await journalOf(emulator, refused);
          assert.equal(problem, 'oppslag.access');
          assert.match(explanation?.found ?? '', /no relation of 988015814/);
        }
      });
    });

  it('tells whether a person can be notified, and leaves out what has expired, by the register’s clock', async () => {
    const all = `${ALL} VarslingsStatus`;
    const statuses = async (): Promise<unknown> =>
      personsIn(await persons(`${PLAIN} ${EXPIRED} ${RESERVED} ${DEAD} ${SOON}`, all)).map(
        ({ varslingsstatus, Mobiltelefonnummer, postkasseadresse }) => [
          varslingsstatus === 'KAN_VARSLES',
          Mobiltelefonnummer !== undefined,
          postkasseadresse !== undefined,
        ],
      );
    const [fresh, expired] = [
      [true, true, false],
      [false, false, false],
    ];
    assert.deepEqual(await statuses(), [fresh, expired, expired, expired, fresh]);
    await control(emulator.url, 'PUT', '/clock', { advance: 'P1M' });
    assert.deepEqual(await statuses(), [fresh, expired, expired, expired, expired]);
    const [unfiltered] = personsIn(await persons(EXPIRED, ALL));
    assert.equal(unfiltered?.postkasseadresse, 'unni.utgaatt#AD1E');
    assert.equal(unfiltered?.varslingsstatus, undefined);
  });

  it('ignores an informasjonsbehov that is there twice', async () => {
    const twice = await persons(PLAIN, 'Person Kontaktinfo Person Kontaktinfo');
    assert.deepEqual(personsIn(twice), personsIn(await persons(PLAIN, 'Kontaktinfo')));
  });

  it('answers a number that cannot be anybody’s like that of somebody unknown, and warns', async () => {
    const answer = await persons(`${PLAIN} ${WRONG}`);
    assert.equal(personsIn(answer)[1]?.status, 'IKKE_REGISTRERT');
    const { warnings = [] } = await journalOf(emulator, answer);
    const told = warnings.find(({ problem }) => problem === 'oppslag.number');
    assert.match(told?.explanation.found ?? '', /control digits/);
    assert.doesNotMatch(told?.explanation.found ?? '', new RegExp(WRONG));
  });

  it('takes any number to follow changes from', async () => {
    const last = numberIn(await changesFrom(0), 'senesteEndringsNummer');
    for (const [from, count, echoed = from] of [
      ['-5', last],
      ['0', last],
      ['+1', last, '1'],
      [` ${last} `, 1, String(last)],
      [String(last + 1), 0],
      ['9223372036854775807', 0],
      ['-9223372036854775808', last],
    ] as const) {
      const { payload } = await changesFrom(from);
      assert.deepEqual(payload.attributes, {
        fraEndringsNummer: echoed,
        tilEndringsNummer: String(last),
        senesteEndringsNummer: String(last),
      });
      assert.equal(payload.children.length, count, from);
    }
    for (const from of ['9223372036854775808', '1.5', 'x', ''])
      assert.equal((await changesFrom(from)).fault, 'Validation error', from);
  });

  it('follows a mailbox through its life, from the provider’s side and from the agency’s', async () => {
    let seen = numberIn(await changesFrom(0), 'senesteEndringsNummer');
    const { certificatePem } = clientOf(emulator, 'digipost');
    const certificate = /CERTIFICATE-----([^-]+)/.exec(certificatePem)?.[1]?.replace(/\s/g, '') ?? '';
    const write = async (operation: string, client: string, more: Record<string, string> = {}) => {
      const provider = client === 'digipost' ? DIGIPOST : EBOKS;
      const values = { personidentifikator: PLAIN, postkasseleverandoerOrgNummer: provider, ...more };
      const { status } = await post(
        emulator.url,
        signedMailbox(operation, values, clientOf(emulator, client)),
      );
      assert.equal(status, 'OK', operation);
    };
    /** What the agency learns: exactly one change, of this person. */
    const learn = async () => {
      const answer = await changesFrom(seen + 1);
      const [changed, ...others] = personsIn(answer);
      assert.deepEqual(others, []);
      assert.equal(numberIn(answer, 'tilEndringsNummer'), seen + 1);
      seen = numberIn(answer, 'senesteEndringsNummer');
      assert.deepEqual(personsIn(await persons(PLAIN, ALL)), [changed]);
      const { postkasseadresse, postkasseleverandoerAdresse, X509Sertifikat } = changed ?? {};
      return [postkasseadresse, postkasseleverandoerAdresse, X509Sertifikat];
    };
    const none = [undefined, undefined, undefined];
    await write('OpprettPostkasse', 'digipost', {
      postkasseadresse: 'kari#0001',
      x509Sertifikat: certificate,
    });
    assert.deepEqual(await learn(), none);
    await write('VelgSikkerDigitalPostkasse', 'digipost');
    assert.deepEqual(await learn(), ['kari#0001', DIGIPOST, certificate]);
    await write('OppdaterPostkasse', 'digipost', { postkasseadresse: 'kari#0002' });
    assert.deepEqual(await learn(), ['kari#0002', DIGIPOST, certificate]);
    await write('SlettPostkasse', 'digipost');
    assert.deepEqual(await learn(), none);
    await write('OpprettOgVelgSikkerDigitalPostkasse', 'eboks', { postkasseadresse: '1000000101' });
    assert.deepEqual(await learn(), ['1000000101', EBOKS, undefined]);
    await control(emulator.url, 'DELETE', `/persons/no/${PLAIN}`);
    assert.deepEqual(await learn(), none);
    assert.equal(personsIn(await persons(PLAIN))[0]?.status, 'SLETTET');
  });

  describe('PaaVegneAv', () => {
    const OWNER = '991825827';
    const relate = async (...services: readonly string[]): Promise<void> => {
      const { json } = await control(emulator.url, 'GET', '/organisations');
      const { providers, relations } = json as { providers: object[]; relations: object[] };
      const more = services.map((service) => ({ organisation: DIGIPOST, onBehalfOf: OWNER, service }));
      const { http } = await control(emulator.url, 'PUT', '/organisations', {
        providers,
        relations: [...relations, ...more],
      });
      assert.equal(http, 200);
    };
    const acting = (owner = OWNER) => ({ PaaVegneAv: owner });
    const example = { informasjonsbehov: 'Person', personidentifikator: PLAIN };
    const changes = { fraEndringsNummer: '0', informasjonsbehov: 'Person' };

    afterEach(async () => {
      const { json } = await control(emulator.url, 'GET', '/organisations');
      const { providers, relations } = json as { providers: object[]; relations: { onBehalfOf: string }[] };
      const own = relations.filter(({ onBehalfOf }) => onBehalfOf !== OWNER);
      await control(emulator.url, 'PUT', '/organisations', { providers, relations: own });
    });

    it('opens the part of the service that there is a relation for, and no other', async () => {
      const refused = await ask(emulator, 'HentPersoner', { ...example, ...acting() });
      assert.equal(
        refused.fault,
        `Invalid service usage: Service owner ${OWNER} does not have access to OPPSLAGSTJENESTEN`,
      );
      await relate('OPPSLAGSTJENESTEN');
      assert.equal((await ask(emulator, 'HentPersoner', { ...example, ...acting() })).http, 200);
      assert.equal((await ask(emulator, 'HentPrintSertifikat', acting(`9908:${OWNER}`))).http, 200);
      const changing = await ask(emulator, 'HentEndringer', { ...changes, ...acting() });
      assert.match(changing.fault ?? '', /access to ENDRINGSTJENESTEN$/);
      await relate('ENDRINGSTJENESTEN');
      assert.equal((await ask(emulator, 'HentEndringer', { ...changes, ...acting() })).http, 200);
      const other = { ...example, ...acting() };
      assert.equal((await ask(emulator, 'HentPersoner', other, { client: 'eboks' })).http, 400);
    });

    it('is believed unsigned where the real service was seen to believe it, and only there', async () => {
      await relate('OPPSLAGSTJENESTEN');
      const envelope = unsigned('HentPersoner', { ...example, ...acting() });
      const answer = await send(emulator, signedBody(emulator, envelope));
      assert.equal(answer.http, 200);
      assert.ok(answer.warnings > 0);
      const strict = await startRunning({ profile: 'strict' });
      const refused = await send(strict, signedBody(strict, envelope));
      assert.equal((await journalOf(strict, refused)).problem, 'security.coverage');
      const good = await ask(strict, 'HentPersoner', { ...example, ...acting(DIGIPOST) });
      assert.equal(good.http, 200);
      await strict.close();
    });

    it('that was signed counts in its own place only, under strict', async () => {
      const strict = await startRunning({ profile: 'strict' });
      const whole = signedWhole(strict, { ...example, ...acting(DIGIPOST) });
      const [block = ''] = /<ot:Oppslagstjenesten.*<\/ot:Oppslagstjenesten>/.exec(whole) ?? [];
      const forged = block.replace(DIGIPOST, OWNER).replace(/ wsu:Id="[^"]*"/, '');
      const role = 'env:role="http://example.no/other"';
      for (const [other, problem] of [
        [forged, 'security.reference-unresolved'],
        [block + forged, 'security.coverage'],
        [forged + block, 'security.coverage'],
        [`<x:wrapper xmlns:x="urn:x">${block}</x:wrapper>${forged}`, 'security.coverage'],
        [`${forged}<ot:other xmlns:ot="urn:x" ${role}>${block}</ot:other>`, 'security.coverage'],
        [block.replace(DIGIPOST, OWNER), 'security.digest'],
      ] as const) {
        const refused = await send(strict, whole.replace(block, other));
        assert.equal((await journalOf(strict, refused)).problem, problem);
      }
      await strict.close();
    });

    it('is refused where it cannot be read', async () => {
      const whole = unsigned('HentPersoner', { ...example, ...acting() });
      const [block = ''] = /<ot:Oppslagstjenesten.*<\/ot:Oppslagstjenesten>/.exec(whole) ?? [];
      for (const [other, found] of [
        [block + block, /2 of them/],
        [block.replace(OWNER, ' '), /without a number/],
        [block.replaceAll('PaaVegneAv', 'paaVegneAv'), /paaVegneAv/],
        [block.replace(/<ot:PaaVegneAv.*<\/ot:PaaVegneAv>/, ''), /nothing/],
        [block.replace(OWNER, '<ot:x></ot:x>'), /without a number/],
      ] as const) {
        const refused = await send(emulator, signedBody(emulator, whole.replace(block, other)));
        assert.equal(refused.http, 400);
        const { problem, explanation } = await journalOf(emulator, refused);
        assert.equal(problem, 'oppslag.header');
        assert.match(explanation?.found ?? '', found);
      }
    });

    it('that is hostile stays text', async () => {
      const hostile = `</x><!--${'A'.repeat(500)}&"'`;
      const refused = await ask(emulator, 'HentPersoner', { ...example, ...acting(hostile) });
      assert.equal(refused.http, 400);
      assert.match(
        refused.fault ?? '',
        /^Invalid service usage: Service owner <\/x><!--A+… \(511 characters\)/,
      );
    });

    it('is no header of 14-05', async () => {
      const envelope = unsigned('HentPersoner', { ...example, ...acting() });
      const old = envelope
        .replaceAll('16-02', '14-05')
        .replaceAll('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/');
      const answer = await send(emulator, signedBody(emulator, old), { version: '14-05' });
      assert.equal(answer.http, 200);
    });
  });

  it('compresses its answers for whoever asks for it, faults too, and the journal has them as they are', async () => {
    const asked = { informasjonsbehov: 'Person', personidentifikator: PLAIN };
    const post = async (client: string, encoding: string) => {
      const { url } = emulator;
      const response = await fetch(`${url}${services['16-02'].paths[0]}`, {
        method: 'POST',
        headers: {
          'content-type': services['16-02'].version.mediaType,
          'accept-encoding': encoding,
        },
        body: signedWhole(emulator, asked, client),
      });
      const journal = response.headers.get('kontakt-journal');
      const { json } = await control(url, 'GET', `/journal/${journal}/message?side=response`);
      return [
        response.headers.get('content-encoding'),
        response.headers.get('vary'),
        json === (await response.text()),
      ];
    };
    assert.deepEqual(await post('digipost', 'gzip'), ['gzip', 'accept-encoding', true]);
    assert.deepEqual(await post('fremmed', 'br, gzip;q=0.5'), ['gzip', 'accept-encoding', true]);
    assert.deepEqual(await post('digipost', 'identity'), [null, 'accept-encoding', true]);
    assert.deepEqual(await post('digipost', 'gzip;q=0'), [null, 'accept-encoding', true]);
  });

  it('counts each message once, a refused one too', async () => {
    const message = signedBody(
      emulator,
      unsigned('HentPersoner', { informasjonsbehov: 'Person', personidentifikator: PLAIN }),
    );
    assert.equal((await send(emulator, message)).http, 200);
    assert.equal((await journalOf(emulator, await send(emulator, message))).problem, 'security.replay');
  });

  it('under the profile none takes an unsigned message, and answers in the open', async () => {
    const open = await startRunning({ profile: 'none' });
    for (const version of versions) {
      const example = { informasjonsbehov: 'Person', personidentifikator: PLAIN };
      const answer = await send(open, unsigned('HentPersoner', example, version), { version });
      assert.deepEqual([answer.http, answer.encrypted], [200, false]);
    }
    await open.close();
  });

  it('tells another print provider, where its certificate is given', async () => {
    const { certificatePem } = clientOf(emulator, 'eboks');
    const other = await startRunning({ printProvider: EBOKS });
    const { payload } = await ask(other, 'HentPrintSertifikat', {});
    assert.equal(payload.children[0]?.text, EBOKS);
    assert.ok(certificatePem);
    await other.close();
    await assert.rejects(
      startRunning({ printProvider: '983163327' }),
      /printProvider.*no client.*printCertificate/,
    );
    await assert.rejects(
      startRunning({ printCertificate: '/no/such.pem' }),
      /printCertificate.*there is no such file/,
    );
    await assert.rejects(startRunning({ printProvider: '1' }), /printProvider/);
  });
});
