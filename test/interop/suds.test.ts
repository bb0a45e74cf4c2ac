// suds, an older Python stack of many installations: calls by the served WSDL, signed and verified in a plugin.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describeWith, PYTHON, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { tampered, tampering } from './tampering.ts';
import { run } from './tool.ts';

interface Call {
  readonly operation: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status?: string;
  readonly beskrivelse?: string | null;
  readonly fault?: string;
  readonly failed?: string;
}

const person = { personidentifikator: '27837311948' };
const mailbox = { ...person, postkasseleverandoerOrgNummer: '984661185' };
const content = { ...mailbox, postkasseadresse: 'spare.suds#Æ"<&' };
const ask = { operation: 'KanVelgeSikkerDigitalPostkasse', fields: person };
const create = { operation: 'OpprettOgVelgSikkerDigitalPostkasse', fields: content };

describeWith([stacks.suds], 'suds', () => {
  const observed = staged();
  const strict = staged({ profile: 'strict' });

  const call = async (
    { files }: Stage,
    service: string,
    ...calls: readonly Call[]
  ): Promise<(string | undefined)[]> => {
    const script = join(import.meta.dirname, 'python', 'suds_mailbox_client.py');
    const args = [script, `${service}?wsdl`, files.key, files.certificate, files.server];
    const { ok, output, said } = await run(PYTHON, args, { input: JSON.stringify(calls) });
    assert.ok(ok, said);
    return (JSON.parse(output.toString('utf8')) as Answer[]).map(
      ({ status, beskrivelse, fault, failed }) =>
        failed ?? fault ?? [status, beskrivelse].filter(Boolean).join(' '),
    );
  };

  for (const [profile, open] of Object.entries({ observed, strict })) {
    it(`signs requests that ${profile} accepts, twice within a second too, and verifies every answer`, async () => {
      const stage = open();
      const created = await call(stage, stage.service, ask, create, create);
      assert.deepEqual(created, ['JA', 'OK', 'FEILET ALLEREDE_AKTIV']);
      assert.deepEqual(await stage.mailboxes(person.personidentifikator), [
        { leverandoer: '984661185', adresse: content.postkasseadresse, aktiv: true },
      ]);
      const deleted = await call(stage, stage.service, { operation: 'SlettPostkasse', fields: mailbox });
      assert.deepEqual(deleted, ['OK']);
    });
  }

  for (const [name, change] of Object.entries(tampered)) {
    it(`refuses an answer that was changed on the way (${name})`, async () => {
      const [answer] = await tampering(observed(), change, (service) => call(observed(), service, ask));
      assert.match(
        answer ?? '',
        /^(?:the signature does not hold|no Signature|Body and Timestamp are not both)/,
      );
    });
  }

  it('raises a fault where a request breaks the schema', async () => {
    const bad = { ...ask, fields: { personidentifikator: '123' } };
    assert.deepEqual(await call(observed(), observed().service, bad), ['SOAP-ENV:Client']);
    assert.equal(await observed().lastProblem(), 'schema.invalid');
  });
});
