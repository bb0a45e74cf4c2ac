// node-soap, the client most Node programs use: its WSSecurityCert signs, the emulator decides.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, createClientAsync, WSSecurityCert } from 'soap';
import { clientOf } from '../running.ts';
import { assertAnswer } from './judges.ts';
import { describeWith, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { run } from './tool.ts';

const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

type Options = ConstructorParameters<typeof WSSecurityCert>[3];
type Answer = { readonly status: string; readonly beskrivelse?: string };

/** How node-soap can be told to sign, with what the profile strict says to it. */
const ways: readonly { readonly name: string; readonly options: Options; readonly strict: string }[] = [
  { name: 'as it comes, with Id', options: {}, strict: 'security.algorithm' },
  {
    name: 'as it comes, with wsu:Id',
    options: { signerOptions: { idMode: 'wssecurity' } },
    strict: 'security.algorithm',
  },
  {
    name: 'with rsa-sha256 named and Id',
    options: { signatureAlgorithm: RSA_SHA256 },
    strict: 'security.algorithm',
  },
  {
    name: 'with exclusive C14N only and Id',
    options: { signatureTransformations: [EXC_C14N] },
    strict: 'security.timestamp-lifetime',
  },
  {
    name: 'with exclusive C14N only and wsu:Id',
    options: { signatureTransformations: [EXC_C14N], signerOptions: { idMode: 'wssecurity' } },
    strict: 'security.timestamp-lifetime',
  },
];

const mailbox = { personidentifikator: '20828226518', postkasseleverandoerOrgNummer: '984661185' };
const content = { ...mailbox, postkasseadresse: 'spare.to#Åse & <Bø>' };

describeWith([stacks.xmlsec1, stacks.xmllint], 'node-soap', () => {
  const observed = staged();
  const strict = staged({ profile: 'strict' });

  const connect = async (stage: Stage, options: Options): Promise<Client> => {
    const client = await createClientAsync(`${stage.service}?wsdl`);
    const { key, certificate } = stage.files;
    client.setSecurity(
      new WSSecurityCert(readFileSync(key, 'utf8'), readFileSync(certificate, 'utf8'), '', options),
    );
    return client;
  };

  const call = async (client: Client, operation: string, fields: object): Promise<[Answer, Buffer]> => {
    const [answer, raw] = await client[`${operation}Async`](fields);
    return [answer, Buffer.from(raw, 'utf8')];
  };

  const patient = staged({ profile: 'strict', maxLifetime: 600 });

  for (const [profile, open] of Object.entries({ observed, 'strict with a lifetime of 600 s': patient }))
    it(`creates and deletes a mailbox as the documentation shows it, under ${profile}`, async () => {
      const { emulator, service, files, write } = open();
      // The whole chain, as the file of the test PKI has it.
      const chain = write('chain.pem', clientOf(emulator, 'digipost').certificatePem);
      const script = join(import.meta.dirname, 'node', 'mailbox_client.mjs');
      const { personidentifikator, postkasseadresse } = content;
      const args = [script, `${service}?wsdl`, files.key, chain, personidentifikator, postkasseadresse];
      const { ok, output, said } = await run(process.execPath, args);
      assert.ok(ok, said);
      assert.deepEqual(output.toString('utf8').trim().split('\n'), [
        'can choose JA',
        'create OK',
        'create again FEILET ALLEREDE_AKTIV',
        'delete OK',
        'bad number fault SOAP-ENV:Client',
      ]);
    });

  for (const { name, options, strict: verdict } of ways) {
    it(`creates and deletes a mailbox, signing ${name} (strict refuses: ${verdict})`, async () => {
      const stage = observed();
      const client = await connect(stage, options);
      const [created, first] = await call(client, 'OpprettOgVelgSikkerDigitalPostkasse', content);
      assert.deepEqual(created, { status: 'OK' });
      assert.deepEqual(await stage.mailboxes(mailbox.personidentifikator), [
        { leverandoer: '984661185', adresse: content.postkasseadresse, aktiv: true },
      ]);
      const [again, second] = await call(client, 'OpprettOgVelgSikkerDigitalPostkasse', content);
      assert.deepEqual(again, { status: 'FEILET', beskrivelse: 'ALLEREDE_AKTIV' });
      const [deleted, third] = await call(client, 'SlettPostkasse', mailbox);
      assert.deepEqual(deleted, { status: 'OK' });
      assert.deepEqual(await stage.mailboxes(mailbox.personidentifikator), []);
      for (const answer of [first, second, third]) await assertAnswer(stage, answer);
    });

    it(`is refused by strict, signing ${name}, and nothing changes`, async () => {
      const stage = strict();
      const client = await connect(stage, options);
      await assert.rejects(call(client, 'OpprettOgVelgSikkerDigitalPostkasse', content));
      assert.equal(await stage.lastProblem(), verdict);
      assert.deepEqual(await stage.mailboxes(mailbox.personidentifikator), []);
    });
  }
});
