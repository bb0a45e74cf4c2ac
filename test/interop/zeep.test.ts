// zeep, a Python stack: generated from the served WSDL, signing and verifying by itself.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertAnswer, xmlsecVerify } from './judges.ts';
import { describeWith, PYTHON, stacks } from './stacks.ts';
import { staged } from './stage.ts';
import { tampered, tampering } from './tampering.ts';
import { run } from './tool.ts';

interface Call {
  readonly operation: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: string;
  readonly beskrivelse: string | null;
  readonly wire: string;
  readonly tree: string;
  readonly failed?: string;
}

const person = { personidentifikator: '09819514515' };
const mailbox = { ...person, postkasseleverandoerOrgNummer: '984661185' };
const content = { ...mailbox, postkasseadresse: 'spare.en#7Æ"<&' };

describeWith([stacks.zeep, stacks.xmlsec1, stacks.xmllint], 'zeep', () => {
  const open = staged();

  const call = (...calls: readonly Call[]): Promise<Answer[]> => callAt(open().service, ...calls);

  const callAt = async (service: string, ...calls: readonly Call[]): Promise<Answer[]> => {
    const { files, directory } = open();
    const script = join(import.meta.dirname, 'python', 'mailbox_client.py');
    const args = [script, `${service}?wsdl`, files.key, files.certificate, files.server, directory];
    const { ok, output, said } = await run(PYTHON, args, { input: JSON.stringify(calls) });
    assert.ok(ok, said);
    return JSON.parse(output.toString('utf8'));
  };

  const statuses = (answers: readonly Answer[]): string[] =>
    answers.map(({ status, beskrivelse, failed }) => failed ?? [status, beskrivelse].join(' ').trim());

  const judge = async (answers: readonly Answer[]): Promise<void> => {
    for (const { wire, tree } of answers) {
      await assertAnswer(open(), readFileSync(wire));
      const verified = await xmlsecVerify(open(), readFileSync(tree));
      assert.ok(verified.ok, verified.said);
    }
  };

  it('creates a mailbox once, and the register shows it', async () => {
    const answers = await call(
      { operation: 'KanVelgeSikkerDigitalPostkasse', fields: person },
      { operation: 'OpprettOgVelgSikkerDigitalPostkasse', fields: content },
      { operation: 'OpprettOgVelgSikkerDigitalPostkasse', fields: content },
      { operation: 'KanVelgeSikkerDigitalPostkasse', fields: person },
    );
    assert.deepEqual(statuses(answers), ['JA', 'OK', 'FEILET ALLEREDE_AKTIV', 'NEI ALLEREDE_AKTIV']);
    assert.deepEqual(await open().mailboxes(person.personidentifikator), [
      { leverandoer: '984661185', adresse: content.postkasseadresse, aktiv: true },
    ]);
    await judge(answers);
  });

  it('changes and deletes the mailbox', async () => {
    const certificate = readFileSync(open().files.certificate, 'utf8').replace(/-----[^-]+-----|\s/g, '');
    const changed = await call({
      operation: 'OppdaterPostkasse',
      fields: { ...content, postkasseadresse: 'spare.en#8B', x509Sertifikat: certificate },
    });
    assert.deepEqual(statuses(changed), ['OK']);
    assert.deepEqual(await open().mailboxes(person.personidentifikator), [
      { leverandoer: '984661185', adresse: 'spare.en#8B', aktiv: true, sertifikat: certificate },
    ]);
    const deleted = await call({ operation: 'SlettPostkasse', fields: mailbox });
    assert.deepEqual(statuses(deleted), ['OK']);
    assert.deepEqual(await open().mailboxes(person.personidentifikator), []);
    await judge([...changed, ...deleted]);
  });

  it('creates a mailbox and chooses it in two steps', async () => {
    const created = await call({ operation: 'OpprettPostkasse', fields: content });
    assert.deepEqual(statuses(created), ['OK']);
    const [inactive] = await open().mailboxes(person.personidentifikator);
    assert.equal(inactive?.aktiv, false);
    const chosen = await call(
      { operation: 'VelgSikkerDigitalPostkasse', fields: mailbox },
      { operation: 'SlettPostkasse', fields: mailbox },
      { operation: 'SlettPostkasse', fields: mailbox },
    );
    assert.deepEqual(statuses(chosen), ['OK', 'OK', 'FEILET INGEN_POSTBOKS_FUNNET']);
    await judge([...created, ...chosen]);
  });

  for (const [name, change] of Object.entries(tampered)) {
    it(`refuses by its own check an answer that was changed on the way (${name})`, async () => {
      const ask = { operation: 'KanVelgeSikkerDigitalPostkasse', fields: person };
      const answers = await tampering(open(), change, (service) => callAt(service, ask));
      assert.deepEqual(statuses(answers), ['SignatureVerificationFailed']);
    });
  }

  it('raises a fault where a request breaks the schema', async () => {
    const answers = await call({
      operation: 'KanVelgeSikkerDigitalPostkasse',
      fields: { personidentifikator: '123' },
    });
    assert.deepEqual(statuses(answers), ['Fault']);
    assert.equal(await open().lastProblem(), 'schema.invalid');
  });
});
