// The lookup service in the hands of PHP, suds and JAX-WS: they sign requests, decrypt, verify and unmarshal the answers.

import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type VersionName, versions } from '../kontaktregister/oppslagstjeneste/calling.ts';
import { addressOf, PLAIN, spoiled, spoiling, WITH_MAILBOX } from './lookup.ts';
import { describeWith, JAXWS, PYTHON, stacks, WSS4J } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { run, succeed } from './tool.ts';

interface Call {
  readonly operation: string;
  readonly fields: object;
  readonly onBehalfOf?: string;
}

const MAILBOX = { postkasseadresse: 'dagny.digipost#4D5E', postkasseleverandoerAdresse: '984661185' };
const needs = ['Person', 'SikkerDigitalPost'];
const persons: Call = {
  operation: 'HentPersoner',
  fields: { informasjonsbehov: needs, personidentifikator: [WITH_MAILBOX, PLAIN] },
};
const print: Call = { operation: 'HentPrintSertifikat', fields: {} };
const invalid: Call = {
  operation: 'HentPersoner',
  fields: { informasjonsbehov: ['Alt'], personidentifikator: [PLAIN] },
};
const changesSince = (attribute: string): Call => ({
  operation: 'HentEndringer',
  fields: { informasjonsbehov: ['Person'], [attribute]: 51 },
});

interface Person {
  readonly personidentifikator: string;
  readonly SikkerDigitalPostAdresse?: unknown;
}

const assertPersons = (found: readonly Person[] | undefined): void => {
  assert.deepEqual(
    found?.map(({ personidentifikator, SikkerDigitalPostAdresse }) => [
      personidentifikator,
      SikkerDigitalPostAdresse,
    ]),
    [
      [WITH_MAILBOX, MAILBOX],
      [PLAIN, undefined],
    ],
  );
};

/** The certificate of the print provider, as it stands in its PEM file. */
const certificateOf = ({ emulator }: Stage): string => {
  const pem = emulator.pki.clients.get('digipost')?.certificatePem ?? '';
  return pem.split('-----')[2]?.replaceAll(/\s/g, '') ?? '';
};

describeWith([stacks.php, stacks.phpDom], 'the lookup service, by PHP’s SoapClient', () => {
  const open = staged();
  const strict = staged({ profile: 'strict' });

  interface Answer {
    readonly signed?: readonly string[];
    readonly answer?: Readonly<Record<string, unknown>>;
    readonly fault?: string;
    readonly refused?: string;
  }

  const call = async (
    stage: Stage,
    version: VersionName,
    calls: readonly Call[],
    address = addressOf(stage, version),
  ): Promise<Answer[]> => {
    const { key, certificate, trust, server } = stage.files;
    const known = { key, certificate, trust, server, organisation: '991825827' };
    const input = JSON.stringify({ wsdl: `${address}?wsdl`, version, ...known, calls });
    const script = join(import.meta.dirname, 'php', 'lookup_client.php');
    const { ok, output, said } = await run('php', [script], { input });
    assert.ok(ok, said);
    return JSON.parse(output.toString('utf8'));
  };

  for (const version of versions) {
    it(`calls all three operations of ${version}`, async () => {
      const calls = [persons, changesSince('fraEndringsNummer'), print, invalid];
      const [found, changes, printed, refused] = await call(open(), version, calls);
      assertPersons(found?.answer?.Person as readonly Person[]);
      const confirmed = version === '16-02' ? ['SignatureConfirmation'] : [];
      assert.deepEqual(found?.signed, ['Timestamp', 'Body', ...confirmed]);
      const { Person, ...numbers } = changes?.answer ?? {};
      assert.equal((Person as readonly unknown[]).length, 2);
      const attributes = { fraEndringsNummer: 51, tilEndringsNummer: 52, senesteEndringsNummer: 52 };
      assert.deepEqual(numbers, attributes);
      const { postkasseleverandoerAdresse, X509Sertifikat } = printed?.answer ?? {};
      assert.deepEqual([postkasseleverandoerAdresse, X509Sertifikat], ['984661185', certificateOf(open())]);
      assert.equal(refused?.fault, 'Validation error');
    });

    for (const [name, change] of Object.entries(spoiled))
      it(`refuses an answer of ${version} that was changed on the way (${name})`, async () => {
        const [answer] = await spoiling(open(), version, change, (address) =>
          call(open(), version, [print], address),
        );
        assert.ok(answer?.refused, JSON.stringify(answer));
      });
  }

  it('signs the header of PaaVegneAv as strict wants it', async () => {
    const answers = await call(strict(), '16-02', [
      { ...persons, onBehalfOf: '984661185' },
      { ...persons, onBehalfOf: '991825827' },
    ]);
    const [own, other] = answers;
    assertPersons(own?.answer?.Person as readonly Person[]);
    assert.match(other?.fault ?? '', /Service owner 991825827 does not have access to OPPSLAGSTJENESTEN/);
  });
});

describeWith([stacks.suds], 'the lookup service, by suds', () => {
  const open = staged();

  const call = async (
    calls: readonly Call[],
    address = addressOf(open(), '14-05'),
  ): Promise<Record<string, unknown>[]> => {
    const { key, certificate, server } = open().files;
    const script = join(import.meta.dirname, 'python', 'suds_lookup_client.py');
    const args = [script, `${address}?wsdl`, key, certificate, server];
    const { ok, output, said } = await run(PYTHON, args, { input: JSON.stringify(calls) });
    assert.ok(ok, said);
    return JSON.parse(output.toString('utf8'));
  };

  it('calls all three operations of 14-05', async () => {
    const calls = [persons, changesSince('_fraEndringsNummer'), print, invalid];
    const [found, changes, printed, refused] = await call(calls);
    assertPersons(found?.Person as readonly Person[]);
    const { Person, ...numbers } = changes ?? {};
    assert.equal((Person as readonly unknown[]).length, 2);
    const attributes = { _fraEndringsNummer: '51', _tilEndringsNummer: '52', _senesteEndringsNummer: '52' };
    assert.deepEqual(numbers, attributes);
    const expected = { postkasseleverandoerAdresse: '984661185', X509Sertifikat: certificateOf(open()) };
    assert.deepEqual(printed, expected);
    assert.deepEqual(refused, { fault: 'SOAP-ENV:Client' });
  });

  for (const [name, change] of Object.entries(spoiled))
    it(`refuses an answer that was changed on the way (${name})`, async () => {
      const [answer] = await spoiling(open(), '14-05', change, (address) => call([print], address));
      assert.ok(answer?.failed, JSON.stringify(answer));
    });
});

const java: Record<VersionName, { readonly caller: string; readonly told: readonly string[] }> = {
  '16-02': {
    caller: 'Lookup1602',
    told: [
      `person ${WITH_MAILBOX} AKTIV KAN_VARSLES ${MAILBOX.postkasseadresse}`,
      `person ${PLAIN} AKTIV KAN_VARSLES -`,
      'changes 2 to 52 of 52',
      'print 984661185 DER',
      'fault Invalid service usage: Service owner 991825827 does not have access to OPPSLAGSTJENESTEN',
    ],
  },
  '14-05': {
    caller: 'Lookup1405',
    told: [
      `person ${WITH_MAILBOX} AKTIV null ${MAILBOX.postkasseadresse}`,
      `person ${PLAIN} AKTIV null -`,
      'changes 2 to 52 of 52',
      'print 984661185 DER',
      'fault Validation error',
    ],
  },
};

for (const version of versions)
  describeWith([stacks.jaxws, stacks.wss4j], `the lookup service ${version}, by wsimport’s stubs`, () => {
    const open = staged();
    const { caller, told } = java[version];
    let classpath: string;
    before(async function () {
      this.timeout(180_000);
      const classes = mkdtempSync(join(open().directory, 'classes-'));
      const wsdl = `${addressOf(open(), version)}?wsdl`;
      await succeed('wsimport', '-quiet', '-extension', '-XadditionalHeaders', '-d', classes, wsdl);
      classpath = [JAXWS, WSS4J, classes].join(delimiter);
      const sources = ['AgencyHandler', caller].map((name) =>
        join(import.meta.dirname, 'java', 'lookup', `${name}.java`),
      );
      await succeed('javac', '-encoding', 'UTF-8', '-cp', classpath, '-d', classes, ...sources);
    });

    const call = async (address = addressOf(open(), version)): Promise<string[]> => {
      const { emulator, files, write } = open();
      const digipost = emulator.pki.clients.get('digipost');
      assert.ok(digipost?.p12, 'the client digipost');
      const p12 = write('digipost.p12', digipost.p12);
      const trust = write('trust.p12', await emulator.pki.trustStore());
      const args = [`${address}?wsdl`, p12, trust, files.server, WITH_MAILBOX, PLAIN];
      return succeed('java', '-XX:TieredStopAtLevel=1', '-cp', classpath, caller, ...args);
    };

    it('sign requests, and unmarshal the answers of all three operations', async () => {
      assert.deepEqual(await call(), told);
    }).timeout(120_000);

    it('refuse an answer that was changed on the way', async () => {
      const [first] = await spoiling(open(), version, spoiled.cipher, call);
      assert.match(first ?? '', /^refused /);
    }).timeout(120_000);
  });
