// The mailbox providers' service over HTTP: the examples of each operation, valid answers, explained mistakes.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { schemasOf } from '../../src/schema/validate.ts';
import { readEnvelope } from '../../src/soap/envelope.ts';
import { SOAP_1_1 } from '../../src/soap/version.ts';
import { parse } from '../../src/xml/parse.ts';
import {
  clientOf,
  control,
  DIGIPOST,
  operationOf,
  post,
  type Reply,
  signed,
  startRunning,
  unsigned,
  type Values,
} from '../running.ts';

const schema = schemasOf(postkasseleverandoer);

/** The answer's one element, after a check against the message schema. */
const validElement = ({ body }: Reply): { name: string; namespace: string } => {
  const document = parse(body);
  assert.ok(!isProblem(document));
  using _tree = document;
  const envelope = readEnvelope(document, SOAP_1_1);
  assert.ok(!isProblem(envelope));
  assert.deepEqual(schema.validate(envelope.payload), undefined);
  return { name: envelope.payload.name, namespace: envelope.payload.namespaceUri };
};

interface Explained {
  readonly problem?: string;
  readonly result?: string;
  readonly organisation?: string;
  readonly explanation?: Readonly<
    Record<'check' | 'expected' | 'found' | 'remedy' | 'rule' | 'basis', string>
  >;
}

describe('the mailbox providers’ service', () => {
  let emulator: Emulator;
  const call = (name: string, values: Values, client = 'digipost'): Promise<Reply> =>
    post(emulator.url, signed(name, values, clientOf(emulator, client)));
  const journalOf = async ({ journal }: Reply): Promise<Explained> =>
    (await control(emulator.url, 'GET', `/journal/${journal}`)).json as Explained;

  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset());

  // What must be in the register before an example can be accepted.
  const prepared: Readonly<Record<string, readonly string[]>> = {
    VelgSikkerDigitalPostkasse: ['OpprettPostkasse'],
    OppdaterPostkasse: ['OpprettPostkasse'],
    SlettPostkasse: ['OpprettPostkasse'],
  };

  for (const { name, examples, response } of postkasseleverandoer.operations)
    it(`${name} accepts its examples, and answers as the schema says`, async () => {
      for (const example of examples) {
        await emulator.reset();
        for (const earlier of prepared[name] ?? []) {
          const [content = {}] = operationOf(earlier).examples;
          assert.equal((await call(earlier, { ...content, ...example })).status, 'OK');
        }
        const reply = await call(name, example);
        assert.equal(reply.http, 200);
        assert.equal(reply.status, name.startsWith('KanVelge') ? 'JA' : 'OK');
        assert.deepEqual(validElement(reply), response);
        const { result, organisation } = await journalOf(reply);
        assert.deepEqual({ result, organisation }, { result: reply.status, organisation: DIGIPOST });
      }
    });

  for (const { name, examples, response } of postkasseleverandoer.operations)
    it(`${name} refuses an unknown person with a valid answer and an explanation`, async () => {
      const reply = await call(name, { ...examples[0], personidentifikator: '14897410894' });
      assert.equal(reply.http, 200);
      assert.equal(reply.status, `${name.startsWith('KanVelge') ? 'NEI' : 'FEILET'} BRUKER_IKKE_FUNNET`);
      assert.deepEqual(validElement(reply), response);
      const { result, explanation, problem } = await journalOf(reply);
      assert.equal(result, reply.status);
      assert.equal(problem, undefined);
      assert.match(explanation?.found ?? '', /no such person/);
    });

  it('answers every code that a request can provoke', async () => {
    const [content = {}] = operationOf('OpprettPostkasse').examples;
    const create = (values: Values, client?: string) =>
      call('OpprettPostkasse', { ...content, ...values }, client);
    const provoked = [
      await create({ personidentifikator: '03826608152' }),
      await call('OpprettOgVelgSikkerDigitalPostkasse', { ...content, personidentifikator: '05886434539' }),
      await call('SlettPostkasse', { ...content, personidentifikator: '05886434539' }),
      await create({ personidentifikator: '16853242342' }),
      await create({ personidentifikator: '18868703845' }),
      await create({ x509Sertifikat: 'AAAA' }),
      await create({ personidentifikator: '14897410895' }),
      await create({}, 'eboks'),
    ];
    assert.deepEqual(
      provoked.map(({ status }) => status.replace('FEILET ', '')),
      [
        'RESERVERT',
        'ALLEREDE_AKTIV',
        'INGEN_POSTBOKS_FUNNET',
        'BRUKER_IKKE_FUNNET',
        'POSTKASSE_EKSISTERER_ALLEREDE',
        'UGYLDIG_SERTIFIKAT',
        'UGYLDIG_PERSONNUMMER',
        'UGYLDIG_ORGNR',
      ],
    );
    for (const reply of provoked) validElement(reply);
  });

  it('keeps what it took: mailbox, certificate, change number', async () => {
    const { certificatePem } = clientOf(emulator, 'digipost');
    const [, base64 = ''] = /CERTIFICATE-----([^-]+)/.exec(certificatePem) ?? [];
    const [content = {}] = operationOf('OpprettPostkasse').examples;
    const values = { ...content, x509Sertifikat: base64, postkasseadresse: 'å&<>"\'#0001' };
    assert.equal((await call('OpprettPostkasse', values)).status, 'OK');
    const { json } = await control(emulator.url, 'GET', `/persons/no/${content.personidentifikator}`);
    assert.deepEqual((json as { postkasser: unknown }).postkasser, [
      { leverandoer: DIGIPOST, adresse: 'å&<>"\'#0001', aktiv: false, sertifikat: base64.replace(/\s/g, '') },
    ]);
  });

  it('takes an organisation number with 9908: before it', async () => {
    const [content = {}] = operationOf('OpprettPostkasse').examples;
    const reply = await call('OpprettPostkasse', {
      ...content,
      postkasseleverandoerOrgNummer: `9908:${DIGIPOST}`,
    });
    assert.equal(reply.status, 'OK');
  });

  it('explains the names of the term catalogue, which are not those of the wire', async () => {
    const renamed = async (wire: string, catalogue: string): Promise<Explained> => {
      const [content = {}] = operationOf('OpprettPostkasse').examples;
      const envelope = unsigned('OpprettPostkasse', { ...content, x509Sertifikat: 'AAAA' });
      const other = await startRunning({ profile: 'none' });
      const reply = await post(other.url, envelope.replaceAll(`m:${wire}>`, `m:${catalogue}>`));
      assert.equal(reply.http, 500);
      assert.equal(reply.status, 'Validation error');
      const { json } = await control(other.url, 'GET', `/journal/${reply.journal}`);
      await other.close();
      return json as Explained;
    };
    for (const [wire, catalogue] of [
      ['postkasseleverandoerOrgNummer', 'virksomhetsidentifikator'],
      ['x509Sertifikat', 'X509Sertifikat'],
    ] as const) {
      const { problem, explanation } = await renamed(wire, catalogue);
      assert.equal(problem, 'schema.invalid');
      assert.match(
        explanation?.remedy ?? '',
        new RegExp(`${wire} on the wire; ${catalogue} is the name in the later`),
      );
    }
  });

  it('under the profile none takes an unsigned message, and answers without a signature', async () => {
    const open = await startRunning({ profiles: { postkasseleverandoer: 'none' } });
    const [content = {}] = operationOf('OpprettPostkasse').examples;
    const reply = await post(open.url, unsigned('OpprettPostkasse', content));
    assert.equal(reply.status, 'OK');
    assert.doesNotMatch(reply.body.toString(), /Security|Signature/);
    validElement(reply);
    const refused = await post(
      open.url,
      unsigned('OpprettPostkasse', { ...content, postkasseleverandoerOrgNummer: '991825827' }),
    );
    assert.equal(refused.status, 'FEILET UGYLDIG_ORGNR');
    await open.close();
  });

  it('under every other profile refuses an unsigned message with a fault', async () => {
    const [content = {}] = operationOf('OpprettPostkasse').examples;
    const reply = await post(emulator.url, unsigned('OpprettPostkasse', content));
    assert.equal(reply.http, 500);
    assert.equal((await journalOf(reply)).problem, 'security.header-missing');
  });
});
