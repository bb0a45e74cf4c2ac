// The register's persons over the control interface.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { type ControlReply, control, DIGIPOST, EBOKS, startRunning } from '../running.ts';
import { assertProblem, type PersonView } from './replies.ts';

const PERSON = '12838410985';
const UNKNOWN = '14897410894';

describe('the control interface', () => {
  let emulator: Emulator;
  const ask = (method: string, path: string, body?: unknown): Promise<ControlReply> =>
    control(emulator.url, method, path, body);
  const persons = async (query = ''): Promise<PersonView[]> =>
    ((await ask('GET', `/persons${query}`)).json as { persons: PersonView[] }).persons;

  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset());

  describe('persons', () => {
    it('are listed as seeded, plain ones first, whole or page by page', async () => {
      const all = await persons();
      const { json } = await control(emulator.url, 'GET', '/persons?country=dk');
      assert.equal(all.length + (json as { persons: unknown[] }).persons.length, await emulator.persons());
      for (const { status, postkasser } of all.slice(0, 12))
        assert.deepEqual([status, postkasser], ['AKTIV', []]);
      const paged: PersonView[] = [];
      for (let cursor = ''; ; ) {
        const page = await persons(`?country=no&limit=20${cursor}`);
        paged.push(...page);
        if (page.length < 20) break;
        cursor = `&cursor=${page.at(-1)?.id}`;
      }
      assert.deepEqual(paged, all);
    });

    it('tell what brought them about: seed, exchange, control call, and whether the journal has it', async () => {
      const changes = async (id = PERSON) => {
        const { json } = await ask('GET', `/persons/no/${id}/changes`);
        return (json as { changes: { means: string; exchange?: number; kept?: boolean; parts: string[] }[] })
          .changes;
      };
      assert.deepEqual(
        (await changes()).map(({ means, parts }) => [means, parts]),
        [['seed', []]],
      );
      const { json } = await ask('POST', '/call', { operation: 'postkasseleverandoer.OpprettPostkasse' });
      const { number } = (json as { exchange: { number: number } }).exchange;
      const [latest, first] = await changes();
      assert.deepEqual(
        [latest?.means, latest?.exchange, latest?.kept, latest?.parts],
        ['OpprettPostkasse', number, true, [`mailbox ${DIGIPOST}`, `active ${DIGIPOST}`]],
      );
      assert.equal(first?.means, 'seed');
      await ask('DELETE', '/journal');
      assert.equal((await changes())[0]?.kept, false);
      await ask('PUT', `/persons/no/${PERSON}`, { reservert: true });
      assert.deepEqual(
        (await changes()).map(({ means }) => means),
        ['control'],
      );
      assertProblem(await ask('GET', `/persons/no/${UNKNOWN}/changes`), 404, /there is no person/);
    });

    it('are not listed for a wrong country, limit or cursor', async () => {
      assertProblem(await ask('GET', '/persons?country=se'), 400, /country is no or dk, not se/);
      assertProblem(await ask('GET', '/persons/constructor/1'), 404, /country is no or dk/);
      for (const limit of ['0', '-1', '1.5', 'x', '1e30'])
        assertProblem(await ask('GET', `/persons?limit=${limit}`), 400, /limit/);
      assertProblem(await ask('GET', `/persons?cursor=${UNKNOWN}`), 400, /cursor/);
    });

    it('are put, shown and changed', async () => {
      const mailbox = { leverandoer: EBOKS, adresse: '1000000001', aktiv: true };
      const made = await ask('PUT', `/persons/no/${UNKNOWN}`, { postkasser: [mailbox] });
      assert.equal(made.http, 200);
      const expected = {
        id: UNKNOWN,
        status: 'AKTIV',
        reservert: false,
        kontaktinformasjon: {},
        postkasser: [mailbox],
      };
      assert.deepEqual(made.json, expected);
      assert.deepEqual((await ask('GET', `/persons/no/${UNKNOWN}`)).json, expected);
      assert.equal((await persons()).at(-1)?.id, UNKNOWN);
      await ask('PUT', `/persons/no/${UNKNOWN}`, { status: 'SLETTET', slettetAarsak: 'Død' });
      assert.deepEqual(((await ask('GET', `/persons/no/${UNKNOWN}`)).json as PersonView).postkasser, []);
    });

    it('that are deleted leave a row that says so, and a change number', async () => {
      const lastChange = async () => ((await ask('GET', '/info')).json as { lastChange: number }).lastChange;
      assertProblem(await ask('DELETE', `/persons/no/${UNKNOWN}`), 404, /no person/);
      const before = await lastChange();
      assert.equal((await ask('DELETE', `/persons/no/${PERSON}`)).http, 204);
      assert.equal(await lastChange(), before + 1);
      assert.deepEqual((await ask('GET', `/persons/no/${PERSON}`)).json, {
        id: PERSON,
        status: 'SLETTET',
        reservert: false,
        kontaktinformasjon: {},
        postkasser: [],
      });
    });

    it('are refused with the place that is wrong, and the register stays as it was', async () => {
      const before = await persons();
      const bad: readonly [string, unknown, RegExp][] = [
        [PERSON, { id: UNKNOWN }, /the body is about/],
        [PERSON, { reservert: 'JA' }, /reservert/],
        [PERSON, { postkasser: [{ leverandoer: DIGIPOST }] }, /postkasser\.0/],
        [PERSON, [], /person 12838410985/],
        [PERSON, 'x', /person 12838410985/],
        [PERSON, undefined, /the body is missing; PUT .* like \{/],
        ['14897410895', {}, /control digits/],
        [
          PERSON,
          { kontaktinformasjon: { epostadresse: { verdi: 'a@b', sistOppdatert: '-P999999Y' } } },
          /sistOppdatert/,
        ],
      ];
      for (const [id, body, place] of bad)
        assertProblem(await ask('PUT', `/persons/no/${id}`, body), 400, place);
      assert.deepEqual(await persons(), before);
    });

    it('may have times finer than a millisecond, as other languages write them', async () => {
      const body = { kontaktinformasjon: { epostadresse: { verdi: 'a@b', sistOppdatert: '-PT0.0005S' } } };
      assert.equal((await ask('PUT', `/persons/no/${PERSON}`, body)).http, 200);
    });

    it('come with a seed, all of it or nothing', async () => {
      const count = await emulator.persons();
      assert.equal((await ask('POST', '/seed', { persons: [{ id: UNKNOWN }] })).http, 200);
      assert.equal(await emulator.persons(), count + 1);
      assertProblem(
        await ask('POST', '/seed', { persons: [{ id: '25840293702' }, { id: '1' }] }),
        400,
        /persons\.1\.id/,
      );
      assert.equal(await emulator.persons(), count + 1);
    });
  });
});
