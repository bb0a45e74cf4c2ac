// A SOAP answer tells of nothing that is not stored: requests of the same moment, and a commit that the disk refuses.

import assert from 'node:assert/strict';
import { writeDanishRequest } from '../../src/client/danish.ts';
import { createRefusalLog } from '../../src/dfdg/access.ts';
import { createAuthenticator } from '../../src/dfdg/caller.ts';
import { createFaces } from '../../src/dfdg/problems.ts';
import { mayUse } from '../../src/dfdg/register/organisations.ts';
import { openDanishRegister } from '../../src/dfdg/register/seed.ts';
import { createTlsProtection } from '../../src/dfdg/soap/protection.ts';
import { serveReminder } from '../../src/dfdg/soap/services.ts';
import { createCarry } from '../../src/exchange/exchange.ts';
import type { WireAnswer } from '../../src/http/wire.ts';
import type { Journal, JournalEntry } from '../../src/journal/journal.ts';
import { usualLimits } from '../../src/kernel/limits.ts';
import { createPipeline } from '../../src/pipeline.ts';
import { schemasOf } from '../../src/schema/validate.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { unavailable } from '../../src/store/change.ts';
import { createCommitGroup } from '../../src/store/group.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { newJournal } from '../journal/new-journal.ts';
import { operationOf } from './calling.ts';
import { aCitizen, CPR, codeSettings, NOW } from './circumstances.ts';

const STAR = { type: 1, code: '55568510', name: 'STAR', cvr: '55568510' };

describe('what a SOAP answer tells of', () => {
  let opened: OpenStore;
  let journal: Journal;
  /** Whether the disk refuses the commit of every group. */
  let refused: boolean;
  let save: (address: string, organisationType?: number) => Promise<WireAnswer>;

  const entryOf = ({ headers }: WireAnswer): JournalEntry => {
    const entry = journal.find(headers['kontakt-journal'] ?? '');
    assert.ok(entry);
    return entry;
  };
  const results = (): unknown[] =>
    opened.database.prepare('SELECT resultat FROM adgangslog ORDER BY id').pluck().all();

  beforeEach(() => {
    opened = openStore(undefined, 'crash');
    const { database } = opened;
    const now = (): number => NOW;
    const { store, logs, rights } = openDanishRegister(database, now);
    rights.replace({ organisations: [STAR], relations: [] });
    store.save({ cpr: CPR }, aCitizen());
    journal = newJournal(now);
    refused = false;
    const real = createCommitGroup(database);
    const faces = createFaces({ language: 'en', faultcode: 'number' });
    const register = { database, store, logs, faces, codes: codeSettings, citizenUser: 'self' as const, now };
    const reminder = serveReminder(register, 'fault');
    const endpoint = {
      service: reminder,
      schema: schemasOf(reminder),
      limits: usualLimits,
      protection: createTlsProtection(mayUse.reminder, {
        authenticator: createAuthenticator(createTrustStore([], []), now),
        rights,
        faces,
        required: false,
        logRefusal: createRefusalLog(logs, 'reminder', real.flush),
      }),
    };
    const group = {
      ...real,
      stored: () => real.stored()?.then((lost) => (refused ? unavailable('the disk is full') : lost)),
    };
    const onDefect = (error: unknown) => assert.fail(String(error));
    const handle = createPipeline(endpoint, createCarry({ journal, answerHeaders: true, onDefect }), group);
    save = (address, organisationType = STAR.type) => {
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
  });
  afterEach(() => opened.close());

  it('is stored when it goes out, also what came in the same moment', async () => {
    const [first, second] = await Promise.all([save('one@example.dk'), save('two@example.dk')]);
    assert.equal(opened.database.inTransaction, false);
    assert.deepEqual([entryOf(first).result, entryOf(second).result], ['OK', 'OK']);
    assert.deepEqual(results(), ['OK', 'OK']);
  });

  it('is a refusal whose row in the access log is stored, and so is what came before it', async () => {
    const first = save('one@example.dk');
    const second = await save('two@example.dk', 99);
    assert.match(second.body.toString(), />8173</);
    assert.equal(opened.database.inTransaction, false);
    assert.deepEqual(results(), ['OK', '8173']);
    assert.equal((await first).status, 200);
  });

  it('is that the register is not available where the commit was refused, to everybody who was part of it', async () => {
    refused = true;
    // The second one's own rule refuses it, and its row in the access log was part of the group too.
    for (const answer of await Promise.all([save('one@example.dk'), save('no address')])) {
      assert.match(answer.body.toString(), />1011</);
      assert.equal(entryOf(answer).problem, 'register.unavailable');
      assert.equal(entryOf(answer).result, undefined);
    }
  });
});
