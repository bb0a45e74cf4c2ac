// Refusals of the Danish REST service, explained: bodies, code lists, rights, request ids, and the call that changes each.

import assert from 'node:assert/strict';
import { BASE, type Call, EMAIL, MOBILE, openStation, rowsOf, type Station } from '../../rest/client.ts';
import { causeOf, explanationOf, make } from './changing.ts';

const PLAIN = '1403455896';
const SUBSCRIBED = '2004447541';
const OTHERS = '1608495963';

describe('refusals of the REST service, explained', () => {
  let station: Station;
  let jobcenter: Call;
  const causeIn = async (reply: { readonly journal: string }) => causeOf(station.emulator, reply.journal);
  /** Explains a refusal, makes the call that it proposes, and asks again. */
  const through = async (ask: () => ReturnType<Call>) => {
    const cause = await causeIn(await ask());
    await make(station.emulator, cause.evidence.change);
    return { cause, later: await ask() };
  };
  /** The call that is proposed is what is accepted. */
  const accepted = async (reply: { readonly journal: string }) => {
    const cause = await causeIn(reply);
    await make(station.emulator, cause.evidence.change);
    const [last] = station.emulator.journal.list();
    assert.equal(last?.result, 'OK', cause.evidence.change);
    return cause;
  };

  before(async () => {
    station = await openStation();
    jobcenter = station.as('jobcenter');
  });
  beforeEach(() => station.emulator.reset());
  after(() => station.close());

  it('say which member of a body is wrong and what it may be, and show a good call', async () => {
    const { cause, evidence, basis } = await accepted(
      await jobcenter('POST', BASE, { cpr: PLAIN, body: rowsOf(['mobil' as never, '20123456']) }),
    );
    assert.deepEqual([cause, basis], ['1014', 'documented']);
    assert.match(evidence.expected ?? '', /at kontaktinformationer\.kontaktinformation\.0\.kontaktdataType$/);
  });

  it('name what was subscribed to, and end it', async () => {
    const { cause, later } = await through(() =>
      jobcenter('POST', BASE, { cpr: SUBSCRIBED, body: rowsOf([EMAIL, null]) }),
    );
    assert.equal(cause.cause, '9155');
    assert.equal(cause.evidence.state?.[0]?.what, 'subscriptions to the huskeservice: interview, booking');
    assert.equal(later.status, 200, later.text);
  });

  it('tell whose a citizen is, and make it the caller’s', async () => {
    const { cause, later } = await through(() => jobcenter('GET', BASE, { cpr: OTHERS }));
    assert.equal(cause.cause, '4575');
    assert.equal(cause.evidence.state?.[0]?.what, 'the citizen’s jobcenter is 461');
    assert.equal(later.status, 200, later.text);
  });

  it('raise the dead, and make a citizen of a number that is nobody’s', async () => {
    for (const [code, cpr] of [
      ['4405', '1005415515'],
      ['1010', '1305475366'],
    ] as const) {
      const { cause, later } = await through(() =>
        jobcenter('POST', BASE, { cpr, body: rowsOf([MOBILE, '20123456']) }),
      );
      assert.equal(cause.cause, code);
      assert.equal(later.status, 200, later.text);
    }
  });

  it('use the current number of a citizen, and verify again what was verified', async () => {
    const former = await accepted(
      await jobcenter('POST', BASE, { cpr: '2406505319', body: rowsOf([MOBILE, '20123456']) }),
    );
    assert.match(
      former.evidence.change ?? '',
      /^kontakt call rest\.CreateKontaktinformation --as jobcenter .*=2406506552/,
    );
    const { cause, later } = await through(() =>
      jobcenter('POST', `${BASE}/verifikationskode`, {
        cpr: '1206445390',
        body: { kontaktdataType: MOBILE },
      }),
    );
    assert.equal(cause.cause, '9247');
    assert.equal(later.status, 200, later.text);
  });

  it('name the certificate’s organisation and the relation that it lacks', async () => {
    const headers = { 'x-active-organisation-type-identifier': '8', 'x-active-organisation-code': '461' };
    const { cause, later } = await through(() => jobcenter('GET', BASE, { cpr: OTHERS, headers }));
    assert.deepEqual(
      cause.evidence.state?.slice(0, 1).map(({ what, by }) => [what, by]),
      [['CVR 90000075 may not act for jobcenter 461 (Jobcenter Prøvelev (test))', { means: 'seed' }]],
    );
    assert.equal(later.status, 200, later.text);
  });

  it('name the exchange that used a request id', async () => {
    const headers = { 'x-requestId': 'once' };
    const first = await jobcenter('GET', BASE, { cpr: PLAIN, headers });
    const { cause, evidence } = await accepted(await jobcenter('GET', BASE, { cpr: PLAIN, headers }));
    assert.equal(cause, '412');
    const [used] = evidence.state ?? [];
    assert.deepEqual(
      [used?.what, used?.by?.exchange, used?.by?.kept],
      ['the request id once was used', station.emulator.journal.find(first.journal)?.number, true],
    );
  });

  it('keep a cause for what HTTP refuses, and for no certificate', async () => {
    for (const [path, request, code] of [
      ['/v1/kontaktinformationer', {}, '404'],
      [`${BASE}/status`, {}, '405'],
      [BASE, { body: 'x', headers: { 'content-type': 'text/plain' } }, '415'],
    ] as const) {
      const method = code === '415' ? 'POST' : 'GET';
      const { problem, causes } = await explanationOf(
        station.emulator,
        (await jobcenter(method, path, { cpr: PLAIN, ...request })).journal,
      );
      assert.deepEqual([problem, causes.map(({ cause }) => cause)], [`rest.${code}`, [code]]);
    }
    const { cause, evidence } = await accepted(await station.as(undefined)('GET', BASE, { cpr: PLAIN }));
    assert.equal(cause, '1101');
    assert.equal(evidence.change, 'kontakt call rest.GetKontaktinformation --as star');
  });

  it('show a call of the address that was meant: one that writes to whoever wanted to write', async () => {
    for (const [method, path, proposed] of [
      ['PUT', BASE, 'CreateKontaktinformation'],
      ['POST', '/v1/Kontaktinformation', 'CreateKontaktinformation'],
      ['POST', `${BASE}/Status`, 'UpdateKontaktinformation'],
      ['PUT', `${BASE}/status`, 'UpdateKontaktinformation'],
      ['GET', `${BASE}/status`, 'UpdateKontaktinformation'],
      ['GET', '/v1/Kontaktinformation', 'GetKontaktinformation'],
      ['POST', `${BASE}/mobiltelefon/20123456`, 'GetKontaktinformationMobilNr'],
    ] as const) {
      const { evidence } = await causeIn(await jobcenter(method, path, { cpr: PLAIN }));
      assert.match(
        evidence.change ?? '',
        new RegExp(`^kontakt call rest\\.${proposed} `),
        `${method} ${path}`,
      );
    }
    await accepted(await jobcenter('PUT', BASE, { cpr: PLAIN }));
    const { evidence } = await causeIn(await jobcenter('POST', '/v1/noget/andet', { cpr: PLAIN }));
    assert.equal(evidence.change, undefined);
  });
});
