// A register that cannot be written to: nothing changes, and the wire says that it is the server's own fault.

import assert from 'node:assert/strict';
import { createRefusalLog } from '../../src/dfdg/access.ts';
import { createFaces } from '../../src/dfdg/problems.ts';
import { openDanishRegister } from '../../src/dfdg/register/seed.ts';
import { refusal } from '../../src/dfdg/rule.ts';
import { serveReminder } from '../../src/dfdg/soap/services.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { openStore } from '../../src/store/open.ts';
import { write } from '../../src/xml/writer.ts';
import { aCitizen, CPR, codeSettings, MAIL, NOW } from './circumstances.ts';

describe('the Danish register', () => {
  it('on a full disk answers register.unavailable, which the wire calls 1011 in a fault and in an envelope', () => {
    const opened = openStore(undefined, 'crash');
    const now = (): number => NOW;
    const register = openDanishRegister(opened.database, now);
    register.store.save({ cpr: CPR }, aCitizen({ contactData: [MAIL] }));
    const pages = opened.database.pragma('page_count', { simple: true }) as number;
    opened.database.pragma(`max_page_count = ${pages}`);
    const large = aCitizen({ municipality: 'x'.repeat(200_000) });
    const problem = register.store.change({ cpr: CPR }, () => ({ result: 1, next: large }));
    assert.ok(isProblem(problem));
    assert.deepEqual(register.store.load({ cpr: CPR }), aCitizen({ contactData: [MAIL] }));
    const faces = createFaces({ language: 'en', faultcode: 'number' });
    const { database } = opened;
    const parts = { ...register, database, faces, codes: codeSettings, citizenUser: 'self' as const, now };
    const reminder = serveReminder(parts, 'envelope');
    const face = reminder.publicFace?.(problem);
    assert.ok(face?.kind === 'fault');
    assert.equal(face.text, 'Internal error on server');
    const answer = reminder.refusalAnswer?.('SavePersonContactData', problem);
    assert.ok(answer);
    assert.match(write(answer), /<\w+:beskrivelse>FEJL_1011<.*<\w+:fejltekst>Internal error on server</);
    opened.close();
  });

  it('on a full disk still tells why a call is refused, though the access log cannot take it', () => {
    const opened = openStore(undefined, 'crash');
    const { logs } = openDanishRegister(opened.database, () => NOW);
    const log = createRefusalLog(logs, 'rest', () => undefined);
    const problem = createFaces({ language: 'en', faultcode: 'number' }).problem(
      refusal(1101, 'client certificate', 'one', 'none', 'send one'),
    );
    const call = {
      exchange: 1,
      operation: undefined,
      certificate: undefined,
      holder: undefined,
      actor: { userIdentifier: 'x'.repeat(255) },
      admitted: false,
    };
    assert.equal(log(problem, call).reference, logs.accesses({ limit: 1 })[0]?.reference);
    opened.database.pragma(`max_page_count = ${opened.database.pragma('page_count', { simple: true })}`);
    let told = log(problem, call);
    for (let row = 0; row < 1000 && told.reference !== undefined; row += 1) told = log(problem, call);
    assert.deepEqual(told, problem);
    opened.close();
  });
});
