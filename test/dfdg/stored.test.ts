// A SOAP answer tells of nothing that is not stored: requests of the same moment, and a commit that the disk refuses.

import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { writeDanishRequest } from '../../src/client/danish.ts';
import { createRefusalLog } from '../../src/dfdg/access.ts';
import { createAuthenticator } from '../../src/dfdg/caller.ts';
import { denmark } from '../../src/dfdg/contract.ts';
import { accessRows } from '../../src/dfdg/register/logs.ts';
import { mayUse, organisations, rightsIn } from '../../src/dfdg/register/organisations.ts';
import { findCitizen, keepCitizen } from '../../src/dfdg/register/store.ts';
import { createTlsProtection } from '../../src/dfdg/soap/protection.ts';
import { serveReminder } from '../../src/dfdg/soap/services.ts';
import { createCarry } from '../../src/exchange/exchange.ts';
import type { WireAnswer } from '../../src/http/wire.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { usualLimits } from '../../src/kernel/limits.ts';
import { createPipeline } from '../../src/pipeline.ts';
import { schemasOf } from '../../src/schema/validate.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Engine, Loss } from '../../src/store/engine.ts';
import { openEngine } from '../../src/store/open.ts';
import { newDirectory } from '../directories.ts';
import { newJournal } from '../journal/new-journal.ts';
import { found, written } from '../store/contract/verbs.ts';
import { makeGate, storedIn, telling } from '../told.ts';
import { operationOf } from './calling.ts';
import { aCitizen, CPR, codeSettings, NOW } from './circumstances.ts';

const STAR = { type: 1, code: '55568510', name: 'STAR', cvr: '55568510' };
const LOST: Loss = { loss: 'the disk is full', passes: false };
const now = (): number => NOW;

describe('what a SOAP answer tells of', () => {
  let directory: string;
  let engine: Engine;
  let journal: Journal;

  const entryOf = ({ headers }: WireAnswer): JournalEntry => {
    const entry = journal.find(headers['kontakt-journal'] ?? '');
    assert.ok(entry);
    return entry;
  };
  /** How the calls in the data directory ended. */
  const results = (): unknown[] =>
    storedIn(directory, 'dk_access').map((body) => (JSON.parse(body) as { result: unknown }).result);

  /** The reminder service over an engine; returns what saves an e-mail address. */
  const serve = (changing: Pick<Engine, 'change'> = engine) => {
    const operations = { codes: codeSettings, citizenUser: 'self' as const, rights: rightsIn(engine), now };
    const reminder = serveReminder(operations, { language: 'en', faultcode: 'number', refusals: 'fault' });
    const endpoint = {
      service: reminder,
      schema: schemasOf(reminder),
      limits: usualLimits,
      protection: createTlsProtection(mayUse.reminder, {
        authenticator: createAuthenticator(createTrustStore([], []), now),
        rights: rightsIn(engine),
        required: () => false,
        logRefusal: createRefusalLog(changing, 'reminder', now),
        now,
      }),
    };
    const onDefect = (error: unknown) => assert.fail(String(error));
    const handle = createPipeline(
      endpoint,
      createCarry({ journal, answerHeaders: true, onDefect }),
      changing,
    );
    return (address: string, organisationType = STAR.type): Promise<WireAnswer> => {
      const values = {
        PersonCivilRegistrationIdentifier: CPR,
        PersonContactData: address,
        PersonContactDataTypeIdentifier: '3',
      };
      const actor = {
        organisationType: String(organisationType),
        organisationCode: STAR.code,
        userType: '3',
        userIdentifier: `CVR:${STAR.cvr}-FID:1`,
      };
      const operation = operationOf('reminder', 'SavePersonContactData');
      const body = Buffer.from(writeDanishRequest(reminder, operation, values, actor, NOW));
      const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };
      const path = reminder.paths[0] ?? '';
      return handle({ method: 'POST', path, headers, body, remote: '', certificate: undefined });
    };
  };

  beforeEach(async () => {
    directory = newDirectory();
    const tables = denmark.tables(resolveOptions({}));
    engine = openEngine({ directory, durability: 'crash', real: now }, tables);
    journal = newJournal(now);
    await written(
      engine,
      organisations.put({ organisations: [STAR], relations: [] }),
      ...keepCitizen(aCitizen(), NOW),
    );
  });
  afterEach(() => engine.close());

  it('goes out when it is stored and not before, the refusals too', async () => {
    const gate = makeGate();
    const save = serve(telling(engine, (durable) => gate.opened.then(() => durable)));
    const sent = [save('one@example.dk'), save('no address'), save('two@example.dk', 99)];
    let answered = 0;
    for (const answer of sent)
      void answer.then(() => {
        answered += 1;
      });
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    assert.equal(answered, 0);
    assert.deepEqual(results().sort(), ['8173', '9158', 'OK']);
    gate.open();
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    assert.deepEqual(statuses, [200, 500, 500]);
  });

  it('is stored when it goes out, also what came in the same moment', async () => {
    const save = serve();
    const seen = await Promise.all(
      ['one@example.dk', 'two@example.dk'].map(async (address) => {
        const answer = await save(address);
        return [entryOf(answer).result, results()];
      }),
    );
    assert.deepEqual(seen, [
      ['OK', ['OK', 'OK']],
      ['OK', ['OK', 'OK']],
    ]);
    const { contactData } = (await found(engine, findCitizen(CPR))) ?? {};
    assert.deepEqual(
      contactData?.map(({ value }) => value),
      ['two@example.dk'],
    );
  });

  it('is a refusal whose row in the access log is stored, and so is what came before it', async () => {
    const save = serve();
    const first = save('one@example.dk');
    const second = await save('two@example.dk', 99);
    assert.match(second.body.toString(), />8173</);
    assert.deepEqual(results(), ['OK', '8173']);
    const [row] = await found(engine, accessRows({ limit: 1 }));
    assert.equal(row?.exchange, entryOf(second).number);
    assert.equal((await first).status, 200);
  });

  it('is that the register is not available where the commit was refused, to everybody who was part of it', async () => {
    const save = serve(telling(engine, (durable) => durable.then(() => LOST)));
    // The second one's own rule refuses it, and its row in the access log was part of the group too.
    for (const answer of await Promise.all([save('one@example.dk'), save('no address')])) {
      assert.match(answer.body.toString(), />1011</);
      assert.equal(entryOf(answer).problem, 'register.unavailable');
      assert.equal(entryOf(answer).result, undefined);
    }
  });
});
