// Lists in pages while the register changes: who stays is seen once, and nobody is seen of a register that was emptied.

import assert from 'node:assert/strict';
import { openNorwegianRegister } from '../../src/kontaktregister/register/seed.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { PAGE } from '../../src/store/paged.ts';
import { synthetic } from '../seeds/synthetic.ts';

const ids = synthetic(2 * PAGE + 50);

describe('a list in pages', () => {
  let opened: OpenStore;
  let register: ReturnType<typeof openNorwegianRegister>;
  const save = (id: string): void =>
    register.store.save({ id, cause: 'emulator' }, { id, status: 'AKTIV', reserved: false, mailboxes: [] });

  beforeEach(() => {
    opened = openStore(undefined, 'crash');
    register = openNorwegianRegister(opened.database, () => 0);
    opened.database.transaction(() => ids.forEach(save))();
  });
  afterEach(() => opened.close());

  it('has everybody once and in order, in pages of a fixed size, and as many as are wanted', () => {
    const { store } = register;
    assert.deepEqual(
      [...store.pages()].map((page) => page.length),
      [PAGE, PAGE, 50],
    );
    assert.deepEqual(
      store.list().map(({ id }) => id),
      ids,
    );
    const some = store.list(PAGE + 7, ids[2]).map(({ id }) => id);
    assert.deepEqual(some, ids.slice(3, PAGE + 10));
    assert.deepEqual(store.list(PAGE).length, PAGE);
    assert.deepEqual(store.list(5, ids.at(-1)), []);
  });

  it('goes on where it was when the last one seen, and others, are removed under way', () => {
    const { store } = register;
    const seen: string[] = [];
    const gone = new Set<string>();
    for (const page of store.pages()) {
      seen.push(...page.map(({ id }) => id));
      for (const id of [page.at(-1)?.id, page[0]?.id, ids[seen.length + 3]]) {
        if (id === undefined) continue;
        store.remove(id);
        gone.add(id);
      }
    }
    assert.equal(new Set(seen).size, seen.length);
    for (const id of ids) if (!gone.has(id)) assert.ok(seen.includes(id), id);
  });

  it('breaks off when the register is emptied under way', () => {
    const { seeding, store } = register;
    const pages = store.pages()[Symbol.iterator]();
    assert.equal(pages.next().value?.length, PAGE);
    const removed = [...seeding.clear()];
    assert.ok(removed.every((rows) => rows <= PAGE));
    assert.equal(
      removed.reduce((sum, rows) => sum + rows, 0),
      ids.length,
    );
    ids.forEach(save);
    assert.throws(() => pages.next(), /emptied while it was listed/);
  });
});
