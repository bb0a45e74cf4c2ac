// The library as a test author uses it: every verb does what the control interface does, with the same checks.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createEmulator, type Emulator, type EmulatorOptions, type Exchange } from '../../src/index.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { control } from '../running.ts';

const PERSON = '12838410985';
const NOBODY = '14897410894';
const CITIZEN = '1403455896';
const CREATE = 'postkasseleverandoer.OpprettOgVelgSikkerDigitalPostkasse';

const start = async (options: EmulatorOptions = {}): Promise<Emulator> =>
  createEmulator({ port: 0, tlsPort: 0, log: 'silent', data: await newDataDirectory(), ...options });

/** One line for a programmer: no option of the command line. */
const rejectsWith = async (doing: Promise<unknown>, content: RegExp): Promise<void> =>
  assert.rejects(doing, (error: Error) => {
    assert.match(error.message, content);
    assert.doesNotMatch(error.message, /\n|--[a-z]/);
    return true;
  });

describe('the library', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await start();
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset({ journal: true }));

  it('lists, shows, replaces and removes persons of both countries', async () => {
    const { no, dk } = emulator.persons;
    assert.ok((await no.list()).length > 20 && (await dk.list()).length > 20);
    const [first, second] = await no.list({ limit: 2 });
    assert.deepEqual(await no.list({ limit: 1, cursor: first?.id }), [second]);
    assert.equal((await no.put({ ...(await no.get(PERSON)), reservert: true })).reservert, true);
    assert.deepEqual((await dk.put({ id: CITIZEN })).kontaktdata, []);
    await no.remove(PERSON);
    assert.equal((await no.get(PERSON)).status, 'SLETTET');
    await rejectsWith(no.get(NOBODY), /^there is no person 14897410894 in the register$/);
    await rejectsWith(no.remove(NOBODY), /^there is no person/);
    await dk.remove(CITIZEN);
    await rejectsWith(dk.get(CITIZEN), /^there is no citizen/);
    await rejectsWith(dk.put({ id: '1' }), /^citizen 1: .*CPR/);
    await rejectsWith(no.list({ limit: 0 }), /^limit is a whole number from 1/);
    await rejectsWith(no.list({ limit: 10_001 }), /^limit is at most 10000/);
    await rejectsWith(no.list({ cursor: '1' }), /^cursor: there is no person 1/);
  });

  it('shows the same as the control interface', async () => {
    const { url, persons, organisations, clock, outbox, accessLog, journal } = emulator;
    await emulator.call('jobnet.SavePersonContactData');
    await clock.freeze('2030-01-01T00:00:00Z', 'both');
    const json = async (path: string) => (await control(url, 'GET', path)).json;
    assert.deepEqual(await json('/persons?country=dk'), { persons: await persons.dk.list() });
    assert.deepEqual(await json(`/persons/no/${PERSON}`), await persons.no.get(PERSON));
    assert.deepEqual(await json('/organisations?country=dk'), await organisations.dk.list());
    assert.deepEqual(await json('/clock'), await clock.read());
    assert.deepEqual(await json('/outbox?limit=5'), { messages: await outbox.list({ limit: 5 }) });
    assert.deepEqual(await json('/access-log'), { accesses: await accessLog.list() });
    assert.deepEqual(await json('/journal'), JSON.parse(JSON.stringify({ entries: await journal.list() })));
  });

  it('replaces organisations, and refuses what is none', async () => {
    const { no, dk } = emulator.organisations;
    assert.deepEqual(await no.replace({ providers: [] }), { providers: [], relations: [] });
    await dk.replace(await dk.list());
    const relation = {
      organisation: '984661185',
      onBehalfOf: '991825827',
      service: 'OPPSLAGSTJENESTEN',
    } as const;
    assert.deepEqual((await no.relate({ add: [relation] })).relations, [relation]);
    assert.deepEqual((await no.relate({ remove: [relation] })).relations, []);
    await rejectsWith(no.relate({ remove: [relation] }), /^there is no relation 984661185 991825827/);
    await rejectsWith(no.replace({ providers: [{ orgnr: '1' }] }), /^organisations: .*orgnr/);
    assert.deepEqual((await no.list()).providers, []);
  });

  it('turns both hands of the clock', async () => {
    const { clock } = emulator;
    const at = '2031-05-06T07:08:09.000Z';
    assert.deepEqual((await clock.freeze(new Date(at))).register, { now: at, mode: 'frozen' });
    assert.equal((await clock.advance('P18M')).register.now, '2032-11-06T07:08:09.000Z');
    assert.equal((await clock.offset('-PT1H', 'security')).security.offsetSeconds, -3600);
    const { register, security } = await clock.real('both');
    assert.deepEqual([register.mode, security.mode], ['real', 'real']);
    await rejectsWith(clock.advance('soon'), /^clock: "soon" is no ISO 8601 duration/);
    await rejectsWith(clock.freeze(new Date(Number.NaN)), /./);
  });

  it('makes signed calls and calls over mutual TLS, and tells what came of them', async () => {
    const made = await emulator.call(CREATE, { as: 'digipost', set: { personidentifikator: PERSON } });
    assert.deepEqual([made.accepted, made.httpStatus, made.exchange?.result], [true, 200, 'OK']);
    const again = await emulator.call(CREATE, { set: { personidentifikator: PERSON } });
    assert.equal(again.accepted, false);
    assert.deepEqual(again.fields[1], { name: 'beskrivelse', value: 'ALLEREDE_AKTIV' });
    assert.match(again.exchange?.explanation?.found ?? '', /984661185 is active/);
    const unsigned = await emulator.call(CREATE, { unsigned: true });
    assert.deepEqual([unsigned.accepted, unsigned.httpStatus], [false, 500]);
    for (const target of [
      'jobnet.SavePersonContactData',
      'jobnet.GetVerificationCode',
      'rest.GetKontaktinformation',
    ])
      assert.equal((await emulator.call(target)).accepted, true, target);
    const [sent] = await emulator.outbox.list({ limit: 1 });
    assert.equal(sent?.citizen, (await emulator.persons.dk.list({ limit: 1 }))[0]?.id);
    assert.equal((await emulator.accessLog.list({ limit: 1 }))[0]?.result, 'OK');
    await rejectsWith(emulator.call('postkasse.X'), /^there is no service "postkasse"; did you mean/);
    await rejectsWith(emulator.call(CREATE, { as: 'nobody' }), /^there is no client "nobody"; there are/);
    await rejectsWith(
      emulator.call(CREATE, { set: { x: '1' } }),
      /has no field "x"; did you mean x509Sertifikat/,
    );
  });

  it('finds exchanges, shows their octets, masked or not, and tells of new ones', async () => {
    const { journal } = emulator;
    const seen: Exchange[] = [];
    const end = await journal.subscribe((exchange) => seen.push(exchange));
    await emulator.call(CREATE, { set: { personidentifikator: PERSON } });
    await end();
    await emulator.call(CREATE, { set: { personidentifikator: PERSON } });
    const [refused, accepted] = await journal.list();
    assert.deepEqual(seen, [accepted]);
    assert.deepEqual(await journal.list({ problems: true, operation: refused?.operation }), [refused]);
    assert.deepEqual(await journal.list({ after: accepted?.number }), [refused]);
    const number = accepted?.number ?? 0;
    assert.deepEqual(await journal.find(number), accepted);
    assert.deepEqual(await journal.find(accepted?.id ?? ''), accepted);
    assert.equal(await journal.find(number + 1000), undefined);
    const text = async (unmasked: boolean): Promise<string> =>
      new TextDecoder().decode(await journal.message(number, 'request', { unmasked }));
    assert.ok(!(await text(false)).includes(PERSON));
    assert.ok((await text(true)).includes(PERSON));
    // What is given out is a copy.
    (await journal.message(number, 'response', { unmasked: true })).fill(0);
    assert.match(new TextDecoder().decode(await journal.message(number, 'response')), /^</);
    await rejectsWith(journal.message(number + 1000, 'request'), /^the journal has no exchange/);
    await rejectsWith(journal.list({ limit: 1001 }), /^limit is at most 1000/);
  });

  it('sends reminders, and says why it sends none', async () => {
    const { persons, outbox } = emulator;
    const kontaktdata = [{ type: 1, value: '34412399', status: 2 }] as const;
    await persons.dk.put({ id: CITIZEN, kontaktdata, huskeservice: ['moede'] });
    const [message] = await outbox.remind({ citizen: CITIZEN, text: 'i morgen' });
    assert.deepEqual([message?.channel, message?.text], ['sms', 'i morgen']);
    await persons.dk.put({ id: CITIZEN });
    await rejectsWith(outbox.remind({ citizen: CITIZEN, text: 'x' }), /^no reminder is sent: /);
  });

  it('adds a seed, all of it or nothing, and is put back by a reset', async () => {
    const { persons } = emulator;
    await persons.no.remove(PERSON);
    const bad = { no: { persons: [{ id: PERSON }, { id: '1' }] } };
    await rejectsWith(emulator.seed(bad), /^seed content: .*persons\.1\.id/);
    assert.equal((await persons.no.get(PERSON)).status, 'SLETTET');
    await emulator.seed({ no: { persons: [{ id: PERSON, reservert: true }] } });
    assert.equal((await persons.no.get(PERSON)).reservert, true);
    await emulator.reset({ seed: 'none' });
    assert.deepEqual([await persons.no.list(), await persons.dk.list()], [[], []]);
    await emulator.reset();
    assert.equal((await persons.no.get(PERSON)).reservert, false);
  });

  it('hands out the certificates of its clients', async () => {
    const { certificates } = emulator;
    const names = await certificates.names();
    for (const name of ['digipost', 'eboks', 'kommune', 'utloept']) assert.ok(names.includes(name), name);
    const { certificatePem, keyPem, pkcs12, password, organisation } = await certificates.get('digipost');
    assert.match(certificatePem, /^-----BEGIN CERTIFICATE-----/);
    assert.match(keyPem, /^-----BEGIN PRIVATE KEY-----/);
    assert.match(await certificates.trust(), /^-----BEGIN CERTIFICATE-----/);
    assert.deepEqual([pkcs12?.[0], password, organisation], [0x30, 'changeit', '984661185']);
    await rejectsWith(certificates.get('nobody'), /^there is no client "nobody"; there are akasse, /);
  });

  it('makes certificates to order', async () => {
    const { certificates } = emulator;
    const { name, organisation } = await certificates.make('foreldet', {
      expired: true,
      organisation: '988015814',
    });
    assert.deepEqual([name, organisation], ['foreldet', '988015814']);
    assert.equal((await certificates.make('paa-kurve', { key: 'ec' })).pkcs12, undefined);
    const { accepted, exchange } = await emulator.call(CREATE, { as: 'foreldet' });
    assert.deepEqual([accepted, exchange?.problem], [false, 'security.certificate-expired']);
    await rejectsWith(certificates.make('foreldet'), /foreldet\.pem exists; .* replace it with force$/);
    await rejectsWith(certificates.make('ny', { organisation: '1' }), /^organisation: "1" has not 9 digits/);
  });

  it('gives a service another security profile until a reset', async () => {
    const { profiles } = emulator;
    const { services } = await profiles.set({ postkasseleverandoer: 'none' });
    assert.deepEqual(services[0], { name: 'postkasseleverandoer', profile: 'none', configured: 'observed' });
    assert.equal((await emulator.call(CREATE, { unsigned: true })).exchange?.profile, 'none');
    await rejectsWith(
      profiles.set({ postkasseleverandoer: 'lax' }),
      /there are observed, strict, 14-05, none$/,
    );
    await emulator.reset();
    assert.equal((await profiles.read()).services[0]?.profile, 'observed');
  });
});

describe('the end of an emulator', () => {
  it('comes once, and what is asked afterwards is told so', async () => {
    const emulator = await start();
    await Promise.all([emulator.close(), emulator.close()]);
    await emulator[Symbol.asyncDispose]();
    await rejectsWith(emulator.persons.no.list(), /^the emulator is closed$/);
    await rejectsWith(emulator.call(CREATE), /^the emulator is closed$/);
  });
});

describe('what cannot be started is told in a line that names no option of the command line', () => {
  it('a port in use, by the member that chooses another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    for (const member of ['port', 'tlsPort'])
      await rejectsWith(
        start({ [member]: port }),
        new RegExp(`^port ${port} on 127\\.0\\.0\\.1 is in use; .*pass ${member}: 0 for a free one$`),
      );
    server.close();
  });

  it('a data directory in use', async () => {
    const data = await newDataDirectory();
    const emulator = await start({ data });
    await rejectsWith(start({ data }), /is in use by another running emulator; .*choose another with data$/);
    await emulator.close();
  });

  const missing = join(newDirectory(), 'none.pem');
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ prot: 1 }, /^there is no setting "prot"/],
    [{ port: 65_536 }, /^port: 65536 cannot be used; port of the http listener/],
    [{ host: '203.0.113.1' }, /^203\.0\.113\.1 is no address of this machine; choose another with host$/],
    [{ profile: 'lax' }, /^profile: lax cannot be used; /],
    [{ profiles: { postkasse: 'none' } }, /^profiles: there is no service "postkasse"/],
    [{ securityProfiles: { own: { skew: -1 } } }, /^securityProfiles: own: skew/],
    [{ dfdg: { codeDigits: 3 } }, /^dfdg: .* cannot be used; further settings of the Danish services/],
    [{ trust: [missing] }, /^trust: \S+none\.pem: there is no such file or folder/],
    [{ crls: [missing] }, /^crls: \S+none\.pem: there is no such file or folder/],
    [{ knownCertificates: [missing] }, /^knownCertificates: \S+none\.pem: there is no such file or folder/],
    [{ serverCert: missing }, /^serverCert and serverKey go together$/],
    [
      { serverCert: missing, serverKey: missing },
      /^serverCert: \S+none\.pem: there is no such file or folder/,
    ],
    [{ seed: missing }, /^seed \S+none\.pem: there is no such file$/],
    [{ controlToken: 'short' }, /^controlToken: it cannot be used; token of at least 8 characters/],
  ];
  for (const [options, line] of wrong)
    it(`${Object.keys(options).join(' and ')}: ${line.source}`, async () =>
      rejectsWith(start(options), line));
});

describe('the public declarations', () => {
  const dist = join(import.meta.dirname, '../../dist');
  it('name nothing but each other: neither Node.js nor a library', () => {
    const seen = new Set<string>();
    const look = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(file, 'utf8');
      assert.doesNotMatch(text, /\bBuffer\b|NodeJS|reference types/, file);
      for (const [, name = ''] of text.matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
        assert.match(name, /^\.\/.*\.js$/, file);
        look(join(file, '..', name.replace(/\.js$/, '.d.ts')));
      }
    };
    look(join(dist, 'index.d.ts'));
    look(join(dist, 'index.d.cts'));
    assert.equal(seen.size, 9);
  });
});
