// Persons in SQLite: what goes in comes out, changes are numbered, and a change happens whole or not at all.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isProblem } from '../../src/kernel/problem.ts';
import type { Person } from '../../src/kontaktregister/register/person.ts';
import { openNorwegianRegister } from '../../src/kontaktregister/register/seed.ts';
import type { NorwegianStore } from '../../src/kontaktregister/register/store.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { newDirectory } from '../directories.ts';
import { aMailbox, aPerson } from './circumstances.ts';
import { anyPerson, PERSON } from './persons.ts';

const OTHER = '05919124263';
const THIRD = '31813022543';

describe('the register in SQLite', () => {
  let opened: OpenStore;
  let store: NorwegianStore;

  const open = (directory?: string): void => {
    opened = openStore(directory, 'crash');
    store = openNorwegianRegister(opened.database, () => 1_700_000_000_000).store;
  };
  const save = (person: Person): void => store.save({ id: person.id, cause: 'test' }, person);
  const changes = (): unknown[] => opened.database.prepare('SELECT * FROM endring').raw().all();

  beforeEach(() => open());
  afterEach(() => opened.close());

  it('gives back any person as it was saved, over an earlier state too', () => {
    fc.assert(
      fc.property(fc.array(anyPerson(PERSON), { minLength: 1, maxLength: 3 }), (states) => {
        for (const state of states) save(state);
        assert.deepEqual(store.load(PERSON), states.at(-1));
      }),
      { numRuns: 300 },
    );
    assert.equal(store.count(), 1);
  });

  it('gives persons back after it was closed and opened again', () => {
    const directory = newDirectory();
    fc.assert(
      fc.property(anyPerson(PERSON), (person) => {
        opened.close();
        open(directory);
        save(person);
        opened.close();
        open(directory);
        assert.deepEqual(store.load(PERSON), person);
      }),
      { numRuns: 15 },
    );
  });

  it('numbers accepted changes one after the other, with cause, time, organisation and exchange', () => {
    for (const id of [PERSON, OTHER, PERSON])
      store.change({ id, cause: 'OpprettPostkasse', organisation: '984661185', exchange: 7 }, () => ({
        result: 'done',
        next: aPerson({ id }),
      }));
    const row = (number: number, id: string) => [
      number,
      id,
      1_700_000_000_000,
      'OpprettPostkasse',
      '984661185',
      7,
    ];
    assert.deepEqual(changes(), [row(1, PERSON), row(2, OTHER), row(3, PERSON)]);
    assert.equal(store.lastChange(), 3);
  });

  it('takes nothing and no number for a refusal', () => {
    save(aPerson());
    const result = store.change({ id: PERSON, cause: 'test' }, () => ({ result: 'refused' }));
    assert.equal(result, 'refused');
    assert.equal(store.lastChange(), 1);
    save(aPerson());
    assert.equal(store.lastChange(), 2);
  });

  it('is left as it was by a decision that throws, and works on', () => {
    save(aPerson());
    const failing = (): never => {
      throw new RangeError('a defect in a rule');
    };
    assert.throws(() => store.change({ id: PERSON, cause: 'test' }, failing), RangeError);
    assert.equal(opened.database.inTransaction, false);
    assert.equal(store.lastChange(), 1);
    save(aPerson({ reserved: true }));
    assert.equal(store.load(PERSON)?.reserved, true);
  });

  it('refuses a state with two active mailboxes, whole', () => {
    const before = aPerson({ mailboxes: [aMailbox('984661185', true)] });
    save(before);
    const mailboxes = [aMailbox('984661185', true), aMailbox('996460320', true)];
    const change = () =>
      store.change({ id: PERSON, cause: 'test' }, () => ({ result: 1, next: aPerson({ mailboxes }) }));
    assert.throws(change, /UNIQUE/);
    assert.deepEqual(store.load(PERSON), before);
    assert.equal(store.lastChange(), 1);
  });

  it('moves the choice from one provider to the other, in both directions', () => {
    const chosen = (active: string): Person =>
      aPerson({ mailboxes: ['984661185', '996460320'].map((one) => aMailbox(one, one === active)) });
    for (const provider of ['984661185', '996460320', '984661185']) {
      store.change({ id: PERSON, cause: 'test' }, () => ({ result: 1, next: chosen(provider) }));
      assert.deepEqual(store.load(PERSON), chosen(provider));
    }
  });

  it('lists in the order of first saving, page by page', () => {
    for (const id of [THIRD, PERSON, OTHER, THIRD]) save(aPerson({ id }));
    const ids = (limit?: number, after?: string): string[] => store.list(limit, after).map(({ id }) => id);
    assert.deepEqual(ids(), [THIRD, PERSON, OTHER]);
    assert.deepEqual(ids(2), [THIRD, PERSON]);
    assert.deepEqual(ids(2, PERSON), [OTHER]);
    assert.deepEqual(ids(2, OTHER), []);
  });

  it('removes a person with mailboxes, once, and starts its numbers anew when cleared', () => {
    save(aPerson({ mailboxes: [aMailbox('984661185', true)] }));
    assert.equal(store.remove(PERSON), true);
    assert.equal(store.remove(PERSON), false);
    assert.equal(opened.database.prepare('SELECT count(*) FROM postkasse').pluck().get(), 0);
    store.clear();
    assert.equal(store.lastChange(), 0);
    save(aPerson());
    assert.equal(store.lastChange(), 1);
  });

  it('on a full disk answers register.unavailable, changes nothing, and takes the change when there is room', () => {
    for (const directory of [undefined, newDirectory()]) {
      opened.close();
      open(directory);
      const before = aPerson({ mailboxes: [aMailbox('984661185', true)] });
      save(before);
      const pages = opened.database.pragma('page_count', { simple: true }) as number;
      opened.database.pragma(`max_page_count = ${pages}`);
      const certificate = Buffer.alloc(64 * 1024, 7);
      const large = aPerson({ mailboxes: [{ ...aMailbox('984661185', true), certificate }] });
      const grow = () => store.change({ id: PERSON, cause: 'test' }, () => ({ result: 'done', next: large }));

      const problem = grow();
      assert.ok(isProblem(problem));
      assert.equal(problem.problem, 'register.unavailable');
      assert.match(problem.explanation.found, /the disk is full/);
      assert.deepEqual(problem.wire, {
        kind: 'fault',
        code: 'Receiver',
        text: '[U-1000] The register is not available',
      });
      assert.deepEqual(store.load(PERSON), before);
      assert.equal(store.lastChange(), 1);

      opened.database.pragma(`max_page_count = ${pages + 100}`);
      assert.equal(grow(), 'done');
      assert.deepEqual(store.load(PERSON), large);
      assert.equal(store.lastChange(), 2);
    }
  });
});
