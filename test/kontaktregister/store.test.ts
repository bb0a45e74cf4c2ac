// What the Norwegian register keeps: persons as they were saved, every change with its number, and organisations.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Done, performing } from '../../src/contract/operation.ts';
import { usualFace } from '../../src/exchange/faces.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { norway } from '../../src/kontaktregister/contract.ts';
import { decideMailbox, type Surroundings } from '../../src/kontaktregister/postkasseleverandoer/decide.ts';
import { opprettPostkasse } from '../../src/kontaktregister/postkasseleverandoer/operations/opprett.ts';
import type { ContentCommand } from '../../src/kontaktregister/postkasseleverandoer/rule.ts';
import {
  type Organisations,
  organisations,
  rightsIn,
} from '../../src/kontaktregister/register/organisations.ts';
import type { Person } from '../../src/kontaktregister/register/person.ts';
import { changes, keep, persons } from '../../src/kontaktregister/register/store.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Engine, Query } from '../../src/store/engine.ts';
import { openEngine } from '../../src/store/open.ts';
import { createSqliteEngine } from '../../src/store/sqlite/engine.ts';
import { openTables } from '../../src/store/sqlite/open.ts';
import { newDirectory } from '../directories.ts';
import { DIGIPOST, EBOKS } from '../running.ts';
import { accepted, found, made, writing, written } from '../store/contract/verbs.ts';
import { aMailbox, aPerson, usualCommand } from './circumstances.ts';
import { anyPerson, PERSON } from './persons.ts';

const OTHER = '05919124263';
const THIRD = '31813022543';
const NOW = 1_700_000_000_000;
const settings = resolveOptions({});
const TABLES = norway.tables(settings);
const now = (): number => NOW;
const APPROVED: Organisations = {
  providers: [DIGIPOST, EBOKS].map((orgnr) => ({ orgnr, navn: '' })),
  relations: [],
};

describe('the Norwegian register', () => {
  let engine: Engine;

  const open = (directory?: string): void => {
    engine = openEngine({ directory, durability: 'crash', real: now }, TABLES);
  };
  const read = <Loaded>(query: Query<Loaded>): Promise<Loaded> => found(engine, query);
  const save = (person: Person) => written(engine, keep(person, NOW, { cause: 'test' }));
  const load = () => read(persons.find(PERSON));
  const surroundings = (): Surroundings => ({
    rights: rightsIn(engine),
    displace: false,
    faultOfCertificate: () => undefined,
    now,
  });
  /** OpprettPostkasse, as Digipost. */
  const create = (command: Partial<ContentCommand> = {}): Promise<Done<unknown, never>> => {
    const deedOf = decideMailbox(opprettPostkasse, surroundings());
    const perform = performing<never>(engine, () => undefined);
    return perform(deedOf({ ...usualCommand, ...command }, { organisation: DIGIPOST }, 7));
  };
  /** The code of an answer, once it is stored. */
  const resultOf = async (done: Promise<Done<unknown, never>>): Promise<string> => {
    const answer = await done;
    assert.ok(!isProblem(answer));
    const { result, durable } = answer;
    assert.equal(await durable, undefined);
    assert.ok(!isProblem(result));
    return result.result;
  };

  beforeEach(() => open());
  afterEach(() => engine.close());

  it('gives back any person as it was saved, over an earlier state too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPerson(PERSON), { minLength: 1, maxLength: 3 }), async (states) => {
        for (const state of states) await save(state);
        assert.deepEqual(await load(), states.at(-1));
      }),
      { numRuns: 300 },
    );
    assert.equal(await read(persons.count()), 1);
  });

  it('gives persons back after it was closed and opened again, certificates octet for octet', async () => {
    const directory = newDirectory();
    await fc.assert(
      fc.asyncProperty(anyPerson(PERSON), async (person) => {
        await engine.close();
        open(directory);
        await save(person);
        await engine.close();
        open(directory);
        const again = await load();
        assert.deepEqual(again, person);
        for (const { certificate } of again?.mailboxes ?? [])
          assert.ok(certificate === undefined || Buffer.isBuffer(certificate));
      }),
      { numRuns: 15 },
    );
  });

  it('numbers accepted changes one after the other, with cause, time, organisation and exchange', async () => {
    await written(engine, organisations.put(APPROVED));
    for (const id of [PERSON, OTHER]) await save(aPerson({ id }));
    for (const personidentifikator of [PERSON, OTHER])
      assert.equal(await resultOf(create({ personidentifikator })), 'OK');
    const row = (id: number, person: string, because: object) => ({ id, at: NOW, person, ...because });
    const asked = { cause: 'OpprettPostkasse', organisation: DIGIPOST, exchange: 7 };
    assert.deepEqual(await read(changes.rows({ limit: 10 })), [
      row(4, OTHER, asked),
      row(3, PERSON, asked),
      row(2, OTHER, { cause: 'test' }),
      row(1, PERSON, { cause: 'test' }),
    ]);
    const { administration } = norway.open({ settings, engine, now });
    assert.deepEqual(Object.keys(administration.facts), ['lastChange']);
    assert.equal(await read(administration.facts.lastChange ?? assert.fail('no fact')), 4);
  });

  it('takes nothing and no number for a refusal', async () => {
    await written(engine, organisations.put(APPROVED));
    const before = aPerson({ mailboxes: [aMailbox(DIGIPOST, true)] });
    await save(before);
    assert.match(await resultOf(create()), /POSTKASSE_EKSISTERER_ALLEREDE/);
    assert.deepEqual(await load(), before);
    assert.equal(await read(changes.last()), 1);
    await save(aPerson());
    assert.equal(await read(changes.last()), 2);
  });

  it('shows its persons in the order of first saving, page by page', async () => {
    for (const id of [THIRD, PERSON, OTHER, THIRD]) await save(aPerson({ id }));
    const { page } = norway.open({ settings, engine, now }).administration.persons;
    const ids = async (limit: number, after?: string): Promise<string[]> =>
      (await read(page(limit, after))).states.map(({ id }) => id);
    assert.deepEqual(await ids(10), [THIRD, PERSON, OTHER]);
    assert.deepEqual(await ids(2), [THIRD, PERSON]);
    assert.deepEqual(await ids(2, PERSON), [OTHER]);
    assert.deepEqual(await ids(2, OTHER), []);
  });

  it('leaves a row of a removed person that says so, and starts its numbers anew when cleared', async () => {
    const { administration, seeding } = norway.open({ settings, engine, now });
    await save(aPerson({ mailboxes: [aMailbox(DIGIPOST, true)] }));
    assert.equal(await made(engine, administration.persons.remove(PERSON)), true);
    assert.deepEqual(await load(), {
      id: PERSON,
      status: 'SLETTET',
      reserved: false,
      mailboxes: [],
      history: { whole: { at: now(), means: 'control' } },
    });
    assert.equal(await read(changes.last()), 2);
    assert.equal(await made(engine, administration.persons.remove(OTHER)), false);
    assert.equal(await read(changes.last()), 2);
    await written(engine, ...seeding.clear);
    assert.equal(await read(changes.last()), 0);
    await save(aPerson());
    assert.equal(await read(changes.last()), 1);
  });

  it('tells rules of organisations when they are stored, as one list that stays as it is', async () => {
    const { approved, providers } = rightsIn(engine);
    assert.deepEqual([approved(DIGIPOST), providers()], [false, []]);
    const change = accepted(await engine.change(writing(organisations.put(APPROVED))));
    assert.equal(approved(DIGIPOST), false);
    assert.equal(await change.durable, undefined);
    assert.equal(approved(DIGIPOST), true);
    const list = providers();
    await save(aPerson());
    assert.equal(providers(), list);
    await written(engine, organisations.put({ providers: [], relations: [] }));
    assert.deepEqual([approved(DIGIPOST), providers(), list.length], [false, [], 2]);
  });

  it('has each organisation and relation once, the last that was given, in order', async () => {
    const relation = { organisation: EBOKS, onBehalfOf: EBOKS, service: 'ENDRINGSTJENESTEN' } as const;
    const own = { ...relation, organisation: DIGIPOST };
    await written(
      engine,
      organisations.put({
        providers: [
          { orgnr: EBOKS, navn: 'first' },
          { orgnr: DIGIPOST, navn: 'Digipost' },
          { orgnr: EBOKS, navn: 'last' },
        ],
        relations: [relation, own, relation],
      }),
    );
    assert.deepEqual(organisations.current(engine), {
      providers: [
        { orgnr: DIGIPOST, navn: 'Digipost' },
        { orgnr: EBOKS, navn: 'last' },
      ],
      relations: [own, relation],
    });
  });

  it('on a full disk answers register.unavailable, changes nothing, and takes the change when there is room', async () => {
    for (const directory of [undefined, newDirectory()]) {
      await engine.close();
      const parts = openTables(directory, 'crash', TABLES);
      const { database } = parts;
      engine = createSqliteEngine(parts, now);
      const before = aPerson({ mailboxes: [aMailbox(EBOKS, true)] });
      await written(engine, organisations.put(APPROVED), keep(before, NOW, { cause: 'test' }));
      database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
      const x509Sertifikat = Buffer.alloc(64 * 1024, 7);

      const problem = await create({ x509Sertifikat });
      assert.ok(isProblem(problem));
      assert.equal(problem.problem, 'register.unavailable');
      assert.match(problem.explanation.found, /the disk is full/);
      assert.deepEqual(usualFace(problem), {
        kind: 'fault',
        code: 'Receiver',
        text: '[U-1000] The register is not available',
      });
      assert.deepEqual(await load(), before);
      assert.equal(await read(changes.last()), 1);

      database.pragma('max_page_count = 1000000');
      assert.equal(await resultOf(create({ x509Sertifikat })), 'OK');
      const after = (await load())?.mailboxes.find(({ provider }) => provider === DIGIPOST);
      assert.deepEqual(after?.certificate, x509Sertifikat);
      assert.equal(await read(changes.last()), 2);
    }
  });
});
