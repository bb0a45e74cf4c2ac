// Request ids of REST: each once for its certificate within a day, by the register's clock, and a hundred thousand of them.

import assert from 'node:assert/strict';
import { denmark } from '../../src/dfdg/contract.ts';
import { REQUEST_ID_COUNTS, requestIds } from '../../src/dfdg/register/logs.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Engine } from '../../src/store/engine.ts';
import { openEngine } from '../../src/store/open.ts';
import { keyOf, nothing } from '../../src/store/tables.ts';
import { NOW } from '../dfdg/circumstances.ts';
import { made } from '../store/contract/verbs.ts';
import { fillRegister, restOver } from './way.ts';

const HOUR = 3_600_000;

describe('a request id', () => {
  let engine: Engine;
  let now: number;
  /** Sends a request with an id, and says how it is answered. */
  let send: (id: string, certificate?: string) => Promise<number>;

  beforeEach(async () => {
    now = NOW;
    const tables = denmark.tables(resolveOptions({}));
    engine = openEngine({ directory: undefined, durability: 'crash', real: () => now }, tables);
    await fillRegister(engine, NOW);
    const rest = restOver(engine, engine, () => now);
    send = async (id, certificate) => {
      const headers = { 'x-requestid': id };
      const sending = certificate === undefined ? { headers } : { headers, certificate };
      return (await rest.send('GetKontaktinformation', undefined, sending)).status;
    };
  });
  afterEach(() => engine.close());

  it('counts once for each certificate, and for whoever shows none', async () => {
    for (const certificate of ['a', 'b', undefined]) {
      assert.equal(await send('1', certificate), 200);
      assert.equal(await send('1', certificate), 412);
    }
    assert.equal(await send('2', 'a'), 200);
  });

  it('counts again after a day, and not before', async () => {
    assert.equal(await send('1'), 200);
    now += 24 * HOUR - 1;
    assert.equal(await send('1'), 412);
    now += 2;
    assert.equal(await send('1'), 200);
    assert.equal(await send('1'), 412);
  });

  it('is forgotten when a hundred thousand came after it, though the clock stands still', async () => {
    const come = async (count: number, name: string): Promise<void> => {
      const works = Array.from({ length: count }, (_, index) =>
        made(engine, {
          load: nothing,
          once: {
            table: requestIds.name,
            key: keyOf(name, String(index)),
            until: NOW + REQUEST_ID_COUNTS,
            now: NOW,
          },
          decide: () => ({ result: undefined }),
        }),
      );
      await Promise.all(works);
    };
    assert.equal(await send('first'), 200);
    await come(99_900, 'before');
    assert.equal(await send('first'), 412);
    await come(300, 'after');
    assert.equal(await send('first'), 200);
  });
});
