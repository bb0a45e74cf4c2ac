// Refusals of the Danish SOAP services, explained: what each went by, since which exchange, and the call that changes it.

import assert from 'node:assert/strict';
import { type ErrorCode, errors } from '../../../src/dfdg/codes.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { actors, type Call, call, outcome, type ServiceName } from '../../dfdg/calling.ts';
import { MAIL, type Mistake, mistakes } from '../../dfdg/mistakes.ts';
import { jobnetCall, outboxOf, prepare, verify } from '../../dfdg/story.ts';
import { newDataDirectory } from '../../directories.ts';
import { control, startRunning } from '../../running.ts';
import { openEmulator } from '../../starting.ts';
import { causeOf, explanationOf, lastOf, make } from './changing.ts';

/** Codes that need more than one call, or no call of a client: those have stories below, or need none. */
const STORIES: readonly ErrorCode[] = [9243, 9244];
/** What no call of a client raises. */
const NEVER: readonly ErrorCode[] = [1011];
/** One call is not all: nothing is registered or nobody may call, and more is wrong with the same request. Stories tell the rest. */
const MORE: readonly ErrorCode[] = [2002, 4575, 9240, 9241];

describe('refusals of the Danish services, explained', () => {
  let emulator: Emulator;
  const ask = ({ service = 'reminder', operation = 'SavePersonContactData', ...given }: Mistake) =>
    call(emulator, service, operation, {
      ...given,
      values: { ...(operation.startsWith('Save') ? MAIL : {}), ...given.values },
    });
  const asking = (service: ServiceName, operation: string, given: Call = {}) =>
    call(emulator, service, operation, given);

  before(async () => {
    emulator = await startRunning();
  });
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  it('have a call or a story for every code', () => {
    const told = new Set([...Object.keys(mistakes), ...[...STORIES, ...NEVER].map(String)]);
    assert.deepEqual(
      Object.keys(errors).filter((code) => !told.has(code)),
      [],
    );
  });

  for (const [code, all] of Object.entries(mistakes))
    for (const [index, [label, mistake]] of all.entries())
      it(`${code}, ${label}: rule with its tag, and a call that changes it`, async () => {
        const { journal } = await ask(mistake);
        const { problem, causes } = await explanationOf(emulator, journal);
        const [cause, ...more] = causes;
        assert.ok(cause);
        // What the message itself shows may stand behind it, and no second rule.
        assert.deepEqual(
          more.filter(({ basis }) => basis !== undefined),
          [],
        );
        // What SOAP and the schema refuse has a cause of its own name; on the wire all of that is 1014.
        if (!problem?.startsWith('dfdg.')) return;
        assert.equal(cause.cause, code);
        assert.equal(cause.certain, true);
        assert.ok(cause.basis && cause.rule.startsWith(`${code}: `), cause.rule);
        if (index > 0) return;
        await make(emulator, cause.evidence.change);
        if (MORE.includes(Number(code) as ErrorCode)) return;
        const itself = `${cause.evidence.change} `.includes(
          `.${mistake.operation ?? 'SavePersonContactData'} `,
        );
        const result = itself ? emulator.journal.list()[0]?.result : outcome(await ask(mistake));
        assert.equal(result, 'OK', cause.evidence.change);
      });

  it('grant the relation that is missing', async () => {
    const actor = {
      ...actors.star,
      userIdentifier: 'CVR:90009999-UUID:7e570000-0000-4000-8000-000000009999',
    };
    const stranger = () => asking('reminder', 'GetPersonContactData', { client: 'fremmedcvr', actor });
    const { evidence } = await causeOf(emulator, (await stranger()).journal);
    assert.deepEqual(
      [evidence.state?.[0]?.what, evidence.state?.[0]?.by],
      ['CVR 90009999 may not act for STAR 90000016 (STAR (test))', { means: 'seed' }],
    );
    assert.equal(
      evidence.change,
      'POST /_emulator/relations?country=dk {"add":[{"cvr":"90009999","type":1,"code":"90000016"}]}',
    );
    await make(emulator, evidence.change);
    assert.equal(outcome(await stranger()), 'OK');
  });

  it('make an organisation that nobody knows, with its relation', async () => {
    const actor = { ...actors.star, organisationCode: '12345678' };
    const unknown = () => asking('reminder', 'GetPersonContactData', { actor });
    const { evidence } = await causeOf(emulator, (await unknown()).journal);
    assert.equal(evidence.state?.[0]?.what, 'STAR 12345678: no such organisation');
    await make(emulator, evidence.change);
    assert.equal(outcome(await unknown()), 'OK');
  });

  it('make the citizen of somebody else the caller’s own', async () => {
    const others = () =>
      asking('reminder', 'GetPersonContactData', {
        client: 'kommune',
        values: { PersonCivilRegistrationIdentifier: '1608495963' },
      });
    const { evidence } = await causeOf(emulator, (await others()).journal);
    assert.deepEqual(
      evidence.state?.map(({ what }) => what),
      [
        'the citizen’s kommune is 461',
        'the call is made for kommune 90000040 (Eksempelby Kommune (test))',
      ].map((one) => one.replace('90000040', '101')),
    );
    await make(emulator, evidence.change);
    assert.equal(outcome(await others()), 'OK');
  });

  it('tell the certificate that came, and whose certificates the handshake asks for', async () => {
    const expired = await causeOf(
      emulator,
      (await asking('reminder', 'GetPersonContactData', { client: 'utloept' })).journal,
    );
    const [shown, asked] = expired.evidence.state ?? [];
    assert.match(shown?.what ?? '', /Utløpt AS.*issued by .*Class 3 CA 1.*valid from/);
    assert.match(asked?.what ?? '', /^the TLS handshake of the https address asks for a certificate of: /);
    assert.match(asked?.what ?? '', /Class 3 Root CA/);
    assert.equal(expired.remedy, 'use a certificate that has not expired');
    const none = await causeOf(
      emulator,
      (await asking('reminder', 'GetPersonContactData', { client: null })).journal,
    );
    assert.equal(none.evidence.state?.[0]?.what, 'client certificate: none');
    const plain = await causeOf(
      emulator,
      (await asking('reminder', 'GetPersonContactData', { client: null, over: 'http' })).journal,
    );
    assert.match(plain.evidence.state?.[1]?.what ?? '', /handshake of the https address/);
    assert.match(plain.remedy, /to the https address/);
  });

  it('tell nobody to sign, where a certificate of TLS is refused', async () => {
    const refused: string[] = [];
    for (const client of emulator.pki.clients.keys()) {
      const reply = await asking('reminder', 'GetPersonContactData', { client });
      if (outcome(reply) !== '1012') continue;
      const { remedy, sentence } = await causeOf(emulator, reply.journal);
      assert.doesNotMatch(`${sentence} ${remedy}`, /\bsign with/, client);
      refused.push(client);
    }
    for (const client of ['utloept', 'selvsignert', 'tilbakekalt'])
      assert.ok(refused.includes(client), `${client} is not among ${refused.join(', ')}`);
  });

  it('name the call that registered, verified or removed contact data', async () => {
    const code = await prepare(emulator);
    assert.equal(outcome(await verify(emulator, code)), 'OK');
    const verified = lastOf(emulator);
    const again = await causeOf(emulator, (await verify(emulator, code)).journal);
    assert.equal(again.cause, '9247');
    const [status] = again.evidence.state ?? [];
    assert.deepEqual(
      [status?.what, status?.by?.exchange, status?.by?.means],
      ['status of e-mail: 2 (verified)', verified, 'VerifyPersonContactData'],
    );
    await jobnetCall(emulator, 'SavePersonContactData', { ...MAIL, PersonContactData: '' });
    const removed = lastOf(emulator);
    const gone = await causeOf(emulator, (await verify(emulator, code)).journal);
    assert.equal(gone.cause, '9159');
    assert.deepEqual(
      [gone.evidence.state?.[0]?.what, gone.evidence.state?.[0]?.by?.exchange],
      ['no e-mail is registered', removed],
    );
  });
});

describe('refusals of verification, explained', () => {
  const otherThan = (code: string): string => (code === '000000' ? '000001' : '000000');
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startRunning();
  });
  afterEach(() => emulator.close());

  it('tell which code waits, how many were wrong, and by which exchange the last', async () => {
    const code = await prepare(emulator);
    const sent = lastOf(emulator);
    const wrong = otherThan(code);
    await verify(emulator, wrong);
    const first = lastOf(emulator);
    const { evidence, cause } = await causeOf(emulator, (await verify(emulator, wrong)).journal);
    assert.equal(cause, '9241');
    const [waiting, given, tried] = evidence.state ?? [];
    assert.match(waiting?.what ?? '', /^a code for e-mail, to be used before \d{4}-/);
    assert.deepEqual([waiting?.by?.exchange, waiting?.by?.means], [sent, 'GetVerificationCode']);
    assert.equal(given?.what, `the code that the call gives: ${wrong}`);
    assert.match(tried?.what ?? '', /^wrong codes for e-mail: 1 of 5 within 900 s, at \d{4}-\S+Z$/);
    assert.equal(tried?.by?.exchange, first);
    assert.equal(evidence.change, 'kontakt outbox');
    const [message] = await outboxOf(emulator);
    assert.equal(outcome(await verify(emulator, message?.code ?? '')), 'OK');
  });

  it('tell when a code died, and by what', async () => {
    const code = await prepare(emulator);
    await jobnetCall(emulator, 'SavePersonContactData', { ...MAIL, PersonContactData: 'anden@example.dk' });
    const replaced = lastOf(emulator);
    const { evidence } = await causeOf(emulator, (await verify(emulator, code)).journal);
    const [none] = evidence.state ?? [];
    assert.equal(none?.what, 'no code for e-mail is waiting');
    assert.deepEqual([none?.by?.exchange, none?.by?.means], [replaced, 'SavePersonContactData']);
    assert.match(evidence.change ?? '', /^kontakt call jobnet\.GetVerificationCode --as jobnet /);
    await make(emulator, evidence.change);
    const [message] = await outboxOf(emulator);
    assert.equal(outcome(await verify(emulator, message?.code ?? '')), 'OK');
  });

  it('9243 tells the exchange that sent the code, and asks for a new one', async () => {
    const code = await prepare(emulator);
    const sent = lastOf(emulator);
    await control(emulator.url, 'PUT', '/clock', { advance: 'PT16M' });
    const { cause, evidence } = await causeOf(emulator, (await verify(emulator, code)).journal);
    assert.equal(cause, '9243');
    assert.deepEqual(
      [evidence.state?.[0]?.by?.exchange, evidence.state?.[0]?.before],
      [sent, '16 minutes before'],
    );
    await make(emulator, evidence.change);
    const [message] = await outboxOf(emulator);
    assert.equal(outcome(await verify(emulator, message?.code ?? '')), 'OK');
  });

  it('9244 tells all attempts, and moves the clock until one counts no more', async () => {
    const code = await prepare(emulator);
    const wrong = otherThan(code);
    for (let attempt = 0; attempt < 5; attempt += 1) await verify(emulator, wrong);
    const fifth = lastOf(emulator);
    const { cause, evidence } = await causeOf(emulator, (await verify(emulator, code)).journal);
    assert.equal(cause, '9244');
    assert.match(
      evidence.state?.[0]?.what ?? '',
      /^wrong codes for e-mail: 5 of 5 within 900 s, at( \S+Z){5}$/,
    );
    assert.equal(evidence.state?.[0]?.by?.exchange, fifth);
    await make(emulator, evidence.change);
    // The code has died meanwhile: what counts is that it is heard.
    const { cause: then } = await causeOf(emulator, (await verify(emulator, code)).journal);
    assert.equal(then, '9243');
  });

  it('9244 of codes that were sent', async () => {
    await prepare(emulator);
    const send = () => jobnetCall(emulator, 'GetVerificationCode', { PersonContactDataTypeIdentifier: '3' });
    for (let sent = 1; sent < 5; sent += 1) await send();
    const { cause, evidence } = await causeOf(emulator, (await send()).journal);
    assert.equal(cause, '9244');
    assert.match(evidence.change ?? '', /^PUT \/_emulator\/clock \{"advance":"PT3[56]\d\dS"\}$/);
    await make(emulator, evidence.change);
    assert.equal(outcome(await send()), 'OK');
  });

  it('say what has become of it since, hide the number, and keep the exchange over a restart', async () => {
    await emulator.close();
    const data = await newDataDirectory();
    const options = { port: 0, tlsPort: 0, log: 'silent', data } as const;
    emulator = await openEmulator(options);
    const code = await prepare(emulator);
    const sent = lastOf(emulator);
    await emulator.close();
    emulator = await openEmulator(options);
    const { journal } = await verify(emulator, otherThan(code));
    const [waiting] = (await causeOf(emulator, journal)).evidence.state ?? [];
    assert.deepEqual([waiting?.by?.exchange, waiting?.by?.kept], [sent, true]);
    await jobnetCall(emulator, 'SavePersonContactData', { ...MAIL, PersonContactData: '' });
    const removed = lastOf(emulator);
    const [moved] = (await causeOf(emulator, journal)).evidence.state ?? [];
    assert.equal(
      moved?.now,
      `no code for e-mail is waiting, since exchange ${removed} (SavePersonContactData by 90000105)`,
    );
    const dead = await call(emulator, 'reminder', 'SavePersonContactData', {
      values: { ...MAIL, PersonCivilRegistrationIdentifier: '1005415515' },
    });
    assert.match(JSON.stringify(await explanationOf(emulator, dead.journal)), /1005415515/);
    assert.doesNotMatch(JSON.stringify(await explanationOf(emulator, dead.journal, false)), /1005415515/);
  });
});
