// A register that cannot be written to: nothing changes, and the wire says that it is the server's own fault.

import assert from 'node:assert/strict';
import { performing } from '../../src/contract/operation.ts';
import { createRefusalLog } from '../../src/dfdg/access.ts';
import { denmark } from '../../src/dfdg/contract.ts';
import { accesses } from '../../src/dfdg/register/logs.ts';
import { rightsIn } from '../../src/dfdg/register/organisations.ts';
import { findCitizen, keepCitizen } from '../../src/dfdg/register/store.ts';
import { refusal } from '../../src/dfdg/rule.ts';
import { serveReminder } from '../../src/dfdg/soap/services.ts';
import { tell } from '../../src/exchange/faces.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Engine } from '../../src/store/engine.ts';
import type { Sqlite } from '../../src/store/sqlite/driver.ts';
import { createSqliteEngine } from '../../src/store/sqlite/engine.ts';
import { openTables } from '../../src/store/sqlite/open.ts';
import { nothing } from '../../src/store/tables.ts';
import { write } from '../../src/xml/writer.ts';
import { found, written } from '../store/contract/verbs.ts';
import { aCitizen, CPR, codeSettings, MAIL, NOW } from './circumstances.ts';

const now = (): number => NOW;

describe('the Danish register on a full disk', () => {
  let database: Sqlite;
  let engine: Engine;
  const fill = (): void => {
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
  };
  beforeEach(() => {
    const parts = openTables(undefined, 'crash', denmark.tables(resolveOptions({})));
    database = parts.database;
    engine = createSqliteEngine(parts, now);
  });
  afterEach(() => engine.close());

  it('answers register.unavailable, which the wire calls 1011 in a fault and in an envelope', async () => {
    const before = aCitizen({ contactData: [MAIL] });
    await written(engine, ...keepCitizen(before, NOW));
    fill();
    const large = aCitizen({ municipality: 'x'.repeat(200_000) });
    const problem = await performing(
      engine,
      () => undefined,
    )({
      load: nothing,
      decide: () => ({ result: undefined, writes: keepCitizen(large, NOW) }),
      tell: () => ({ answer: undefined, result: 'OK' }),
    });
    assert.ok(isProblem(problem));
    assert.equal(problem.problem, 'register.unavailable');
    assert.deepEqual(await found(engine, findCitizen(CPR)), before);
    const settings = { language: 'en', faultcode: 'number', refusals: 'envelope' } as const;
    const reminder = serveReminder(
      { codes: codeSettings, citizenUser: 'self', rights: rightsIn(engine), now },
      settings,
    );
    const { face, instead } = tell(problem, reminder);
    assert.ok(face.kind === 'fault');
    assert.equal(face.text, 'Internal error on server');
    const answer = instead?.('SavePersonContactData', undefined);
    assert.ok(answer);
    assert.match(write(answer), /<\w+:beskrivelse>FEJL_1011<.*<\w+:fejltekst>Internal error on server</);
  });

  it('still tells why a call is refused, though the access log cannot take it', async () => {
    const log = createRefusalLog(engine, 'rest', now);
    const problem = refusal(1101, 'client certificate', 'one', 'none', 'send one');
    const call = {
      exchange: 1,
      operation: undefined,
      certificate: undefined,
      holder: undefined,
      actor: { userIdentifier: 'x'.repeat(255) },
      admitted: false,
      result: '1101',
    };
    const { reference } = await log(problem, call);
    assert.ok(reference);
    assert.equal((await found(engine, accesses.rows({ limit: 1 })))[0]?.reference, reference);
    fill();
    let told = await log(problem, call);
    for (let row = 0; row < 1000 && told.reference !== undefined; row += 1) told = await log(problem, call);
    assert.deepEqual(told, problem);
  });
});
