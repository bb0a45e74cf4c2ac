// The lookup service in the hands of stacks from elsewhere: they load its contract, call it, decrypt and verify its answers.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signatureValueOf, writeSignedRequest } from '../../src/client/request.ts';
import { usualSigning } from '../../src/client/security-header.ts';
import {
  operationOf,
  services,
  type VersionName,
  versions,
} from '../kontaktregister/oppslagstjeneste/calling.ts';
import { clientOf } from '../running.ts';
import { xmlsecDecrypt, xmlsecVerify, xpath } from './judges.ts';
import { addressOf, PLAIN, WITH_MAILBOX } from './lookup.ts';
import { crawl } from './served.ts';
import { describeWith, PYTHON, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { run } from './tool.ts';
import { wss4j } from './wss4j.ts';

const asked = {
  informasjonsbehov: 'Person Kontaktinfo SikkerDigitalPost',
  personidentifikator: `${WITH_MAILBOX} ${PLAIN}`,
};

/** What comes back as it came, and the SignatureValue of its request. */
const answered = async (stage: Stage, version: VersionName): Promise<[answer: Buffer, sent: string]> => {
  const service = services[version];
  const client = clientOf(stage.emulator, 'digipost');
  const request = writeSignedRequest(
    service,
    operationOf(service, 'HentPersoner'),
    asked,
    client,
    usualSigning,
    Date.now(),
  );
  const response = await fetch(addressOf(stage, version), {
    method: 'POST',
    headers: { 'content-type': service.version.mediaType },
    body: request,
  });
  assert.equal(response.status, 200);
  const sent = signatureValueOf(request)?.toString('base64') ?? '';
  return [Buffer.from(await response.arrayBuffer()), sent];
};

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const forms = {
  '16-02': { content: `${XENC}aes256-cbc`, transport: `${XENC}rsa-oaep-mgf1p` },
  '14-05': { content: `${XENC}aes128-cbc`, transport: `${XENC}rsa-1_5` },
} as const;

describeWith([stacks.wss4j], 'answers of the lookup service, by WSS4J', () => {
  const java = wss4j();
  const open = staged();

  for (const version of versions)
    it(`of ${version} are decrypted and verified`, async () => {
      const [answer, sent] = await answered(open(), version);
      // Answers of 14-05 only name the server's certificate.
      if (version === '14-05') open().write('known.pem', readFileSync(open().files.server));
      const { findings } = await java().read(open(), answer);
      assert.deepEqual([findings.failed, findings.complaint], [undefined, undefined]);
      assert.equal(findings.element, 'HentPersonerRespons');
      assert.deepEqual(findings.encrypted, ['Body content']);
      const { content, transport } = findings;
      assert.deepEqual({ content, transport }, forms[version]);
      const confirmed = version === '16-02';
      assert.deepEqual(findings.signed, [
        'Timestamp',
        'Body',
        ...(confirmed ? ['SignatureConfirmation'] : []),
      ]);
      assert.equal(findings.confirmed, confirmed ? sent : undefined);
    });
});

describeWith([stacks.xmlsec1, stacks.xmllint], 'answers of the lookup service, by xmlsec1', () => {
  const open = staged();

  for (const version of versions)
    it(`of ${version} are decrypted and verified`, async () => {
      const [answer] = await answered(open(), version);
      const { ok, output, said } = await xmlsecDecrypt(open(), answer);
      assert.ok(ok, said);
      const verified = await xmlsecVerify(open(), output);
      assert.ok(verified.ok, verified.said);
      const persons = await xpath(open(), output, "count(//*[local-name()='Person'])");
      assert.equal(persons, '2');
    });
});

describe('the contract of the lookup service', () => {
  const open = staged();

  for (const version of versions)
    it(`of ${version} is served whole, with the metadata of this version only`, async () => {
      const address = addressOf(open(), version);
      const files = await crawl(address);
      assert.deepEqual(
        [...files.keys()].sort(),
        [
          '?wsdl',
          `?xsd=oppslagstjeneste-metadata-${version}.xsd`,
          `?xsd=oppslagstjeneste-ws-${version}.xsd`,
        ].map((file) => address + file),
      );
      const all = [...files.values()].join('\n');
      assert.match(all, new RegExp(`<soap(?:12)?:address location="${address}"`));
      assert.equal(/name="varslingsstatus"/.test(all), version === '16-02');
      assert.equal(/name="beskrivelse"/.test(all), version === '14-05');
    });
});

describeWith([stacks.zeep], 'the lookup service, by zeep', () => {
  const open = staged();

  const call = async (version: VersionName, ...calls: readonly object[]): Promise<unknown[]> => {
    const { files } = open();
    const script = join(import.meta.dirname, 'python', 'lookup_client.py');
    const args = [script, `${addressOf(open(), version)}?wsdl`, files.key, files.certificate, files.server];
    const { ok, output, said } = await run(PYTHON, args, { input: JSON.stringify(calls) });
    assert.ok(ok, said);
    return JSON.parse(output.toString('utf8'));
  };

  for (const version of versions)
    it(`calls all three operations of ${version}`, async () => {
      const needs = ['Person', 'SikkerDigitalPost'];
      const [persons, changes, print, invalid] = await call(
        version,
        {
          operation: 'HentPersoner',
          fields: { informasjonsbehov: needs, personidentifikator: [WITH_MAILBOX, PLAIN] },
        },
        { operation: 'HentEndringer', fields: { informasjonsbehov: needs, fraEndringsNummer: 51 } },
        { operation: 'HentPrintSertifikat', fields: {} },
        { operation: 'HentPersoner', fields: { informasjonsbehov: ['Alt'], personidentifikator: [PLAIN] } },
      );
      const [first, second] = persons as { personidentifikator: string; SikkerDigitalPostAdresse: unknown }[];
      assert.deepEqual([first?.personidentifikator, second?.personidentifikator], [WITH_MAILBOX, PLAIN]);
      assert.deepEqual(first?.SikkerDigitalPostAdresse, {
        postkasseadresse: 'dagny.digipost#4D5E',
        postkasseleverandoerAdresse: '984661185',
      });
      assert.equal(second?.SikkerDigitalPostAdresse, null);
      const { Person, fraEndringsNummer, tilEndringsNummer, senesteEndringsNummer } = changes as {
        Person: unknown[];
      } & Record<string, number>;
      assert.deepEqual([fraEndringsNummer, tilEndringsNummer, senesteEndringsNummer], [51, 52, 52]);
      assert.equal(Person.length, 2);
      const { postkasseleverandoerAdresse } = print as Record<string, string>;
      assert.equal(postkasseleverandoerAdresse, '984661185');
      assert.equal((invalid as { failed: string }).failed, 'Fault');
    });

  it('acts for another organisation with the header', async () => {
    const [refused] = await call('16-02', {
      operation: 'HentPersoner',
      fields: {
        informasjonsbehov: ['Person'],
        personidentifikator: [PLAIN],
        _soapheaders: { Oppslagstjenesten: { PaaVegneAv: '991825827' } },
      },
    });
    assert.match(
      (refused as { message: string }).message,
      /Service owner 991825827 does not have access to OPPSLAGSTJENESTEN/,
    );
  });
});

describeWith([stacks.gsoap], 'the served contract of the lookup service is loaded by gSOAP', () => {
  const open = staged();

  it('with all operations of both versions', async () => {
    for (const version of versions) {
      const header = join(open().directory, 'lookup.h');
      const args = ['-s', '-o', header, `${addressOf(open(), version)}?wsdl`];
      const { ok, said } = await run('wsdl2h', args, { environment: { no_proxy: '*' } });
      assert.ok(ok, said);
      for (const operation of ['HentEndringer', 'HentPersoner', 'HentPrintSertifikat'])
        assert.match(readFileSync(header, 'utf8'), new RegExp(`__${operation}\\(|::${operation}\\(`));
    }
  });
});
