// The line of an exchange in the log: who called, how it ended, and what gives way where the line is too long.

import assert from 'node:assert/strict';
import { exchangeEvent, type Told } from '../../src/journal/line.ts';
import { WIDTH } from '../../src/kernel/terminal.ts';

const told = (more: Partial<Told> = {}): Told => ({
  id: 'a-7',
  number: 7,
  method: 'POST',
  path: '/a',
  remote: '192.0.2.1',
  service: 'colours',
  warnings: [],
  httpStatus: 200,
  duration: 3.06,
  stages: {},
  ...more,
});
const message = (more: Partial<Told> = {}): string => exchangeEvent(told(more)).message;

describe('the line of an exchange', () => {
  it('names the caller by the client, else by the certificate, then the organisation', () => {
    const subject = 'C=NO, CN=Kari AS, serialNumber=1';
    assert.match(message({ name: 'kari', subject, organisation: '984661185' }), / {2}kari 984661185 {2}/);
    assert.match(message({ subject, organisation: '984661185' }), / {2}Kari AS 984661185 {2}/);
    assert.match(message({ organisation: '984661185', claimed: true }), / {2}984661185 \(claimed\) {2}/);
    assert.match(message({ subject: 'C=NO' }), / {2}nobody named {2}/);
    assert.match(message({ service: undefined }), /^POST \/a {2}192\.0\.2\.1 {2}/);
  });

  it('ends with the code that went out, the time and the number', () => {
    assert.match(message({ result: 'FEILET ALLEREDE_AKTIV' }), / {2}FEILET ALLEREDE_AKTIV {2}3\.1 ms {2}#7$/);
    assert.match(message(), / {2}200 {2}3\.1 ms {2}#7$/);
    assert.match(
      message({ problem: 'a.b', fault: 'FailedCheck', httpStatus: 500 }),
      / {2}500 FailedCheck {2}/,
    );
    assert.match(message({ problem: 'a.b', httpStatus: 400 }), / {2}400 a\.b {2}/);
    assert.match(message({ problem: 'tls.version', httpStatus: 0 }), / {2}- tls\.version {2}/);
    assert.match(message({ duration: 12.7 }), / {2}13 ms {2}/);
  });

  it('is as long as a screen is wide, and loses what was called first', () => {
    const long = message({ operation: 'O'.repeat(200), name: 'n'.repeat(200), result: 'OK' });
    // The time and the mark stand before it.
    assert.equal(long.length, WIDTH - 11);
    assert.match(long, /^O+… {2}n{35}… {2}OK {2}3\.1 ms {2}#7$/);
  });

  it('has the link of a refusal where there is a console, for people and for machines', () => {
    const explanation = {
      ...{ check: 'the colour', expected: 'green', found: 'blue', rule: 'colours' },
      ...{ remedy: 'paint it', basis: 'assumed' as const },
    };
    const url = 'http://127.0.0.1:8080';
    for (const more of [{ explanation }, { explanation, problem: 'a.b' }]) {
      const { details, data } = exchangeEvent(told(more), url);
      assert.deepEqual(details?.at(-1), ['console', `${url}/#/exchange/7`]);
      assert.equal(data?.console, `${url}/#/exchange/7`);
      assert.ok(!('console' in (exchangeEvent(told(more)).data ?? {})));
    }
    const { details, data } = exchangeEvent(told({ result: 'OK' }), url);
    assert.deepEqual([details, data?.console], [[], undefined]);
  });

  it('hides the numbers of persons', () => {
    assert.match(
      message({ path: '/p/12838410985', name: '12838410985' }),
      /POST \/p\/128384\*{5} {2}128384\*{5} /,
    );
  });
});
