// The client verbs against a running emulator: call, ready, cert, person, seed, reset.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { assertOneLine, type Ended, kontakt, PROGRAM, type Serving, serve } from '../program.ts';

const CREATE = 'postkasseleverandoer.OpprettOgVelgSikkerDigitalPostkasse';
const CHECK = 'postkasseleverandoer.KanVelgeSikkerDigitalPostkasse';
const UNKNOWN = '14897410894';
const NOBODY_THERE = 'http://127.0.0.1:9';

describe('the client verbs', () => {
  let serving: Serving;
  let data: string;
  const remote = (...args: string[]): Promise<Ended> => kontakt([...args, '--url', serving.url]);
  const call = (target: string, ...args: string[]) => remote('call', target, '--data', data, ...args);

  before(async () => {
    data = await newDataDirectory();
    serving = await serve(['--data', data]);
  });
  after(() => serving.child.kill('SIGKILL'));

  it('call gets OK, then ALLEREDE_AKTIV with the reason and the remedy', async () => {
    const first = await call(CREATE);
    assert.equal(first.code, 0, first.stdout + first.stderr);
    assert.match(first.stdout, /← HTTP 200 .*signature verified, request confirmed: .*991825827/);
    assert.match(first.stdout, /status +OK/);
    assert.match(first.stderr, /^→ Opprett.*\n {4}personidentifikator .*^more: kontakt journal .*http/ms);
    const second = await call(CREATE);
    assert.equal(second.code, 1);
    assert.match(second.stdout, /beskrivelse +ALLEREDE_AKTIV/);
    assert.match(second.stdout, /found +the mailbox with 984661185 is active\n/);
    assert.match(second.stdout, /remedy +\S/);
  });

  it('call shows a fault with what was wrong in the message', async () => {
    const { code, stdout } = await call(CREATE, '--as', 'utloept');
    assert.equal(code, 1);
    assert.match(stdout, /← HTTP 500 .*a fault, never signed/);
    assert.match(stdout, /why\n +check/);
    assert.equal((await call(CREATE, '--unsigned')).code, 1);
  });

  it('call as a client that may act for nobody is refused for that, not for its form', async () => {
    const { code, stdout } = await call('reminder.SavePersonContactData', '--as', 'fremmedcvr');
    assert.equal(code, 1);
    assert.match(stdout, /faultcode +4575/);
  });

  it('call makes mistakes on purpose, one or several, and says which', async () => {
    const { code, stdout, stderr } = await call(CHECK, '--mistake', 'laid-out');
    assert.equal(code, 1);
    assert.match(stderr, /^→ KanVelge.*, on purpose: laid-out\n/);
    assert.match(stdout, /why\n +check +SignatureValue over SignedInfo/);
    const both = await call(CHECK, '--mistake', 'clock-behind', '--mistake', 'field-missing', '--json');
    assert.match(JSON.parse(both.stdout).explanation.check, /Timestamp/);
    const danish = await call('jobnet.GetPersonContactData', '--mistake', 'caller-unknown');
    assert.match(danish.stdout, /faultcode +4575/);
    const dry = await kontakt([
      'call',
      CHECK,
      '--dry-run',
      '--mistake',
      'laid-out',
      '--url',
      NOBODY_THERE,
      '--data',
      data,
    ]);
    assert.match(dry.stdout, />\n</);
  });

  it('call knows no other mistakes, and tells those that can be made there', async () => {
    const slip = await call(CHECK, '--mistake', 'laidout');
    assert.equal(slip.code, 2);
    assertOneLine(slip, /there is no mistake laidout here; did you mean laid-out\?/);
    const elsewhere = await call('rest.GetKontaktinformation', '--mistake', 'body-unsigned');
    assert.equal(elsewhere.code, 2);
    assertOneLine(elsewhere, /sent-twice, caller-unknown/);
  });

  it('call prints JSON for scripts', async () => {
    const { code, stdout } = await call(CREATE, '--json', '--set', `personidentifikator=${UNKNOWN}`);
    assert.equal(code, 1);
    const { status, answer, explanation, journal } = JSON.parse(stdout);
    assert.deepEqual([status, answer.kind], [200, 'answer']);
    assert.ok(answer.fields.some(({ value }: { value: string }) => value === 'BRUKER_IKKE_FUNNET'));
    assert.match(explanation.found, /no such person/);
    assert.ok(journal.length > 0);
  });

  it('call with --dry-run prints a signed message and sends nothing', async () => {
    const address = ['--url', NOBODY_THERE, '--data', data];
    const { code, stdout, stderr } = await kontakt([
      'call',
      CREATE,
      '--dry-run',
      ...address,
      '--set',
      'postkasseadresse=a=b&c#0001',
    ]);
    assert.equal(code, 0);
    assert.match(stdout, /^<.*<ds:SignatureValue>.*Envelope>\n$/s);
    assert.match(stdout, /postkasseadresse>a=b&amp;c#0001</);
    assert.match(stderr, /^→ OpprettOgVelg/);
    // As a shell pipes it: kontakt call … --dry-run | kontakt verify -
    const verified = spawnSync(process.execPath, [PROGRAM, 'verify', '-', '--data', data], { input: stdout });
    assert.equal(verified.status, 0, verified.stderr.toString());
    assert.match(verified.stdout.toString(), /^accepted: organisation 984661185$/m);
  });

  it('call without an operation, and with --help, lists services and operations with a line on each', async () => {
    for (const args of [['call'], ['call', '--help']]) {
      const { code, stdout, stderr } = await kontakt(args);
      assert.deepEqual([code, stderr], [0, '']);
      for (const part of [
        /^ {2}postkasseleverandoer\.SlettPostkasse\n {6}removes/m,
        /^ {2}jobnet\.GetVerificationCode$/m,
        /^ {2}or: rest GET \/v1\/kontaktinformation\/emailaddresse\/\{email\}$/m,
        /^ {2}laid-out\n {6}the message is pretty-printed after it was signed \(signed SOAP\)$/m,
      ])
        assert.match(stdout, part);
      for (const line of stdout.split('\n')) assert.ok(line.length <= 100, line);
    }
  });

  it('call takes a method of the REST service by its path, with the values in it or without', async () => {
    for (const words of [
      ['rest', 'GET', '/v1/kontaktinformation/mobiltelefon/34412304'],
      ['rest get /v1/kontaktinformation/mobiltelefon/{mobiltelefon}'],
      ['rest.GetKontaktinformationMobilNr'],
    ]) {
      const { code, stdout, stderr } = await remote('call', ...words, '--as', 'star', '--data', data);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^→ GetKontaktinformationMobilNr \(GET .*\/mobiltelefon\/34412304\)/);
      assert.match(stdout, /HTTP 200/);
    }
  });

  it('call tells type and status of contact data apart', async () => {
    const { stdout } = await call(
      'reminder.GetPersonContactData',
      '--as',
      'star',
      '--set',
      'PersonCivilRegistrationIdentifier=1206445390',
    );
    assert.doesNotMatch(stdout, /CodeListItemIdentifier/);
    assert.match(stdout, /PersonContactDataTypeIdentifier +\d/);
    assert.match(stdout, /PersonContactDataStatusTypeIdentifier +\d/);
  });

  it('call with --print shows the bytes of both sides', async () => {
    const { stdout } = await call(CREATE, '--print');
    assert.equal(stdout.match(/<ds:SignatureValue>/g)?.length, 2);
  });

  it('call ends what was mistyped with one line and exit code 2, and names what there is', async () => {
    for (const [args, reason] of [
      [['postkasse.X'], /did you mean postkasseleverandoer\?/],
      [
        ['x.X'],
        /known are postkasseleverandoer, oppslagstjeneste, oppslagstjeneste-14-05, jobnet, reminder, krr, rest$/m,
      ],
      [['kanvelgesikkerdigitalpostkasse'], /did you mean postkasseleverandoer\.KanVelgeSikker/],
      [
        ['GetPersonContactData'],
        /did you mean reminder\.GetPersonContactData or jobnet\.GetPersonContactData\?/,
      ],
      [['postkasseleverandoer.X'], /no operation "X"; known are KanVelge/],
      [['postkasseleverandoer.SletPostkasse'], /did you mean SlettPostkasse\?/],
      [['rest.GetKontaktinfo'], /known are CreateKontaktinformation/],
      [['rest.GetVerifikationscode'], /did you mean GetVerifikationskode\?/],
      [['rest GET /v1/kontaktinformasjon'], /did you mean GET \/v1\/kontaktinformation\?/],
      [[CREATE, '--set', 'name=x'], /no field "name"; known are personidentifikator/],
      [[CREATE, '--set', 'postkasseadress=x'], /did you mean postkasseadresse\?/],
      [['rest.GetVerifikationskode', '--set', 'kontaktdatatype=1'], /did you mean kontaktdataType\?/],
      [[CREATE, '--set', 'x'], /write <field>=<value>/],
    ] as const) {
      const [target = '', ...rest] = args;
      const ended = await call(target, ...rest);
      assert.equal(ended.code, 2);
      assertOneLine(ended, reason);
    }
    const nobody = await call(CREATE, '--as', 'nobody');
    assert.equal(nobody.code, 2);
    assertOneLine(nobody, /there are digipost|there are .*digipost/);
  });

  it('every verb says in one line that no emulator answers', async () => {
    for (const args of [
      ['call', CREATE, '--data', data],
      ['ready'],
      ['person', 'list'],
      ['reset'],
      ['ready', '--wait', '--timeout', '300ms'],
    ]) {
      const ended = await kontakt([...args, '--url', NOBODY_THERE]);
      assert.equal(ended.code, 1, args.join(' '));
      assertOneLine(ended, /answers at http:\/\/127\.0\.0\.1:9/);
    }
  });

  it('an address without its scheme is told as such: an emulator may well be there', async () => {
    const ended = await kontakt(['person', 'list', '--url', serving.url.replace('http://', '')]);
    assert.equal(ended.code, 1);
    assertOneLine(ended, /is no address of an emulator; write it with its scheme, as http:/);
  });

  it('an address whose certificate nobody trusts here is told as such: an emulator answers there', async () => {
    const ended = await kontakt(['person', 'list', '--url', serving.tlsUrl]);
    assert.equal(ended.code, 1);
    assertOneLine(ended, /^kontakt: the certificate of https:\S+ is not trusted here; .*NODE_EXTRA_CA_CERTS/);
  });

  it('an address may stand in the environment', async () => {
    const variable = { env: { KONTAKT_URL: serving.url } };
    assert.equal((await kontakt(['ready'], variable)).stdout, `ready ${serving.url}\n`);
    const ended = await kontakt(['ready', '--url', NOBODY_THERE], variable);
    assertOneLine(ended, /answers at http:\/\/127\.0\.0\.1:9/);
  });

  it('ready waits for one that is starting', async () => {
    assert.equal((await remote('ready')).stdout, `ready ${serving.url}\n`);
    assert.equal((await remote('ready', '--wait', '--timeout', '5s')).code, 0);
    const ended = await remote('ready', '--wait', '--timeout', 'soon');
    assert.equal(ended.code, 2);
    assertOneLine(ended, /--timeout: "soon" is no duration/);
  });

  it('cert list and inspect explain the certificates', async () => {
    const list = await kontakt(['cert', 'list', '--data', data]);
    for (const row of [
      /^digipost +984661185 +SEID v1 +good/m,
      /^utloept .* expired/m,
      /^tilbakekalt .* revoked/m,
      /^server +991825827/m,
    ])
      assert.match(list.stdout, row);
    const { certificates } = JSON.parse((await kontakt(['cert', 'list', '--json', '--data', data])).stdout);
    const file = certificates.find(({ name }: { name: string }) => name === 'digipost').certificate;
    const shown = await kontakt(['cert', 'inspect', file, '--data', data]);
    assert.match(shown.stdout, /organisation +984661185, found in serialNumber/);
    assert.match(shown.stdout, /chain +trusted: /);
    const junk = join(newDirectory(), 'junk');
    writeFileSync(junk, 'no certificate');
    for (const path of [junk, `${junk}.pem`]) {
      const ended = await kontakt(['cert', 'inspect', path, '--data', data]);
      assert.equal(ended.code, 1);
      assertOneLine(ended, /junk/);
    }
    assertOneLine(await kontakt(['cert', 'list', '--data', newDirectory()]), /has no certificates yet/);
  });

  // The same verbs on the same register, once over the control interface and once in the directory.
  for (const place of ['a running emulator', 'a data directory'] as const)
    it(`person, seed and reset work on ${place}`, async () => {
      const where =
        place === 'a running emulator' ? ['--url', serving.url] : ['--data', await newDataDirectory()];
      const on = (...args: string[]) => kontakt([...args, ...where]);
      const added = await on('person', 'add', UNKNOWN, '--reserved', '--mobile', '99000000');
      assert.equal(added.code, 0, added.stderr);
      const shown = JSON.parse((await on('person', 'show', UNKNOWN)).stdout);
      assert.deepEqual(
        [shown.reservert, shown.kontaktinformasjon.mobiltelefonnummer.verdi],
        [true, '99000000'],
      );
      assert.match((await on('person', 'list')).stdout, new RegExp(`^${UNKNOWN} .*reserved`, 'm'));
      const wrong = await on('person', 'add', '14897410895');
      assert.equal(wrong.code, 1);
      assertOneLine(wrong, /control digits/);

      const seed = join(newDirectory(), 'seed.json');
      writeFileSync(seed, JSON.stringify({ persons: [{ id: '25840293702' }] }));
      assert.equal((await on('seed', seed)).code, 0);
      assert.equal((await on('person', 'show', '25840293702')).code, 0);
      writeFileSync(seed, JSON.stringify({ persons: [{ id: '1' }] }));
      const bad = await on('seed', seed);
      assert.equal(bad.code, 1);
      assertOneLine(bad, /persons\.0\.id/);

      assert.equal((await on('reset')).code, 0);
      assertOneLine(await on('person', 'show', UNKNOWN), /there is no person/);
      assert.equal((await on('reset', '--no-seed')).code, 0);
      assert.deepEqual(JSON.parse((await on('person', 'list', '--json')).stdout), { persons: [] });
      await on('reset');
    });

  it('contract tells operations, fields with types, codes and rules, each with how well it is known', async () => {
    const { stdout } = await kontakt(['contract']);
    for (const line of [
      /OpprettPostkasse: .* \[assumed\]/,
      /x509Sertifikat +m:X509Sertifikat, optional/,
      /fraEndringsNummer +tns:fraEndringsNummer$/m,
      /UGYLDIG_ORGNR .*\[documented\]/,
      /order of checks: .*\[assumed\]/,
    ])
      assert.match(stdout, line);
    const { norway, denmark } = JSON.parse((await kontakt(['contract', '--json'])).stdout);
    assert.deepEqual([norway.services[0].operations.length, norway.codes.length], [6, 9]);
    assert.deepEqual([denmark.services.length, denmark.rest.length], [2, 7]);
  });
});
