// A REST answer tells of nothing that is not stored: requests of the same moment, on a disk that refuses some of it.

import assert from 'node:assert/strict';
import { createAuthenticator } from '../../src/dfdg/caller.ts';
import { createFaces } from '../../src/dfdg/problems.ts';
import { openDanishRegister } from '../../src/dfdg/register/seed.ts';
import { restRoutes } from '../../src/dfdg/rest/routes.ts';
import { createRest, type Rest } from '../../src/dfdg/rest/way.ts';
import { createCarry } from '../../src/exchange/exchange.ts';
import type { Journal, JournalEntry } from '../../src/journal/journal.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { unavailable } from '../../src/store/change.ts';
import { type CommitGroup, createCommitGroup } from '../../src/store/group.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { aCitizen, CPR, codeSettings, NOW } from '../dfdg/circumstances.ts';
import { newJournal } from '../journal/new-journal.ts';

const STAR = { type: 1, code: 'STAR', name: 'STAR', cvr: '55568510' };
const FULL = /the disk is full/;

describe('what a REST answer tells of', () => {
  let opened: OpenStore;
  let journal: Journal;
  let defects: unknown[];
  /** Whether the disk refuses the commit of every group. */
  let refused: boolean;
  let rest: Rest;

  /** Sends a request of a method; all that are sent without waiting come in the same turn. */
  const send = (name: string, body: unknown, headers: Record<string, string> = {}) => {
    const route = restRoutes.find((one) => one.name === name);
    assert.ok(route, name);
    const given = {
      'content-type': 'application/json',
      'x-active-organisation-type-identifier': String(STAR.type),
      'x-active-organisation-code': STAR.code,
      'x-civilregistrationidentifier': CPR,
      ...headers,
    };
    const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
    const { method, path } = route;
    const request = { method, path, headers: given, body: bytes, remote: '', certificate: undefined };
    return rest.method(route)(request, {});
  };
  const save = (address: string, headers: Record<string, string> = {}) =>
    send('CreateKontaktinformation', [{ kontaktdataType: 3, kontaktdata: address }], headers);
  const entryOf = ({ headers }: { headers: Readonly<Record<string, string>> }): JournalEntry => {
    const entry = journal.find(headers['kontakt-journal'] ?? '');
    assert.ok(entry);
    return entry;
  };
  /** Lets the disk be full, and puts rows with texts of a length into a table until it has no room either. */
  const fill = (sql: string, length: number): void => {
    const { database } = opened;
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
    database.pragma('foreign_keys = OFF');
    const insert = database.prepare(sql);
    assert.throws(
      () => {
        for (let row = 0; row < 10_000; row += 1) insert.run(`${row}`.padStart(length, '0'));
      },
      { code: 'SQLITE_FULL' },
    );
  };

  beforeEach(() => {
    opened = openStore(undefined, 'crash');
    const { database } = opened;
    const now = (): number => NOW;
    const { store, logs, rights } = openDanishRegister(database, now);
    rights.replace({ organisations: [STAR], relations: [] });
    store.save({ cpr: CPR }, aCitizen());
    journal = newJournal(now);
    defects = [];
    refused = false;
    const real = createCommitGroup(database);
    const group: CommitGroup = {
      ...real,
      stored: () => real.stored()?.then((lost) => (refused ? unavailable('the disk is full') : lost)),
    };
    const faces = createFaces({ language: 'da', faultcode: 'number' });
    const onDefect = (error: unknown) => defects.push(error);
    rest = createRest({
      carry: createCarry({ journal, answerHeaders: true, onDefect }),
      group,
      register: { database, store, logs, faces, codes: codeSettings, citizenUser: 'self', now },
      rights,
      authenticator: createAuthenticator(createTrustStore([], []), now),
      faces,
      language: 'da',
      required: false,
      scopes: false,
    });
  });
  afterEach(() => opened.close());

  it('is a full disk where the list of request ids does not fit, and no defect', async () => {
    fill(`INSERT INTO anmodning (certifikat, id, tidspunkt) VALUES ('', ?, ${NOW})`, 46);
    const answers = await Promise.all([
      save('one@example.dk', { 'x-requestid': 'x'.repeat(46) }),
      save('two@example.dk', { 'x-requestid': 'y'.repeat(46) }),
    ]);
    assert.deepEqual(defects, []);
    for (const answer of answers) {
      assert.equal(answer.status, 500);
      assert.equal(entryOf(answer).problem, 'register.unavailable');
      assert.match(entryOf(answer).explanation?.found ?? '', FULL);
    }
  });

  it('is a full disk where contact data does not fit, and no defect', async () => {
    fill("INSERT INTO kontaktdata VALUES (?, 1, '', '', 1, NULL, NULL)", 10);
    const answers = await Promise.all(
      [1, 2].map((one) => save(`${String(one).repeat(190)}@${'y'.repeat(60)}.dk`)),
    );
    assert.deepEqual(defects, []);
    for (const answer of answers) {
      assert.equal(answer.status, 500);
      assert.equal(entryOf(answer).problem, 'register.unavailable');
      assert.match(entryOf(answer).explanation?.found ?? '', FULL);
    }
  });

  it('is no request id as used whose group was lost, and the journal calls nothing OK of it', async () => {
    refused = true;
    const id = { 'x-requestid': 'the-same' };
    for (const answer of await Promise.all([save('one@example.dk', id), save('two@example.dk', id)])) {
      assert.equal(answer.status, 500);
      assert.equal(entryOf(answer).problem, 'register.unavailable');
      assert.equal(entryOf(answer).result, undefined);
    }
  });

  it('is a refusal whose row in the access log is stored, and so is what came before it', async () => {
    const first = save('one@example.dk');
    const unknown = { 'x-active-organisation-type-identifier': '99' };
    const second = await send('GetKontaktinformation', undefined, unknown);
    assert.equal(second.status, 403);
    assert.equal(opened.database.inTransaction, false);
    const results = opened.database.prepare('SELECT resultat FROM adgangslog ORDER BY id').pluck().all();
    assert.deepEqual(results, ['OK', '8173']);
    assert.equal((await first).status, 200);
  });

  it('is a request id as used where another call of the same moment used it', async () => {
    const id = { 'x-requestid': 'the-same' };
    const [first, second] = await Promise.all([save('one@example.dk', id), save('two@example.dk', id)]);
    assert.deepEqual([first.status, second.status], [200, 412]);
    assert.equal(entryOf(first).result, 'OK');
    const { body } = await send('GetKontaktinformation', undefined);
    assert.match(body.toString(), /"one@example\.dk"/);
  });
});
