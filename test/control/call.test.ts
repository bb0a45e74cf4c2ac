// Calls over the control interface: what can be called, calls as any client, and every mistake on purpose.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { clientOf, control, startRunning } from '../running.ts';

interface Exchange {
  readonly number: number;
  readonly problem?: string;
  readonly name?: string;
}

interface Called {
  readonly accepted: boolean;
  readonly exchange?: Exchange;
  readonly request: string;
  readonly detail?: string;
}

interface Callable {
  readonly services: readonly {
    readonly name: string;
    readonly operations: readonly { readonly name: string }[];
    readonly mistakes: readonly { readonly name: string; readonly does: string }[];
  }[];
}

/** Names the organisation of who calls. */
const NAMING = 'postkasseleverandoer.OppdaterPostkasse';
const SIGNED = 'postkasseleverandoer.KanVelgeSikkerDigitalPostkasse';

describe('a call over the control interface', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning({ inMemory: true });
  });
  after(() => emulator.close());

  const call = async (body: object): Promise<Called & { readonly http: number }> => {
    const { http, json } = await control(emulator.url, 'POST', '/call', body);
    return { http, ...(json as Called) };
  };
  const services = async () => ((await control(emulator.url, 'GET', '/call')).json as Callable).services;

  it('can be made of every operation with nothing but its name', async () => {
    for (const { name, operations } of await services())
      for (const { name: operation } of operations) {
        const { http, exchange } = await call({ operation: `${name}.${operation}` });
        assert.equal(http, 200, operation);
        // What the register says to it is another matter.
        assert.doesNotMatch(exchange?.problem ?? '', /^(?:security|xml|soap|schema|http)\./, operation);
      }
  });

  it('names its exchange, which the journal has, person numbers masked', async () => {
    const { accepted, exchange } = await call({ operation: SIGNED, as: 'eboks' });
    assert.ok(accepted && exchange);
    assert.equal(exchange.name, 'eboks');
    const { json } = await control(emulator.url, 'GET', `/journal/${exchange.number}`);
    assert.deepEqual(exchange, json);
  });

  it('is signed with a certificate and key that are sent along', async () => {
    const { certificatePem, keyPem } = clientOf(emulator, 'eboks');
    const { exchange } = await call({ operation: SIGNED, certificate: certificatePem, key: keyPem });
    assert.equal(exchange?.name, 'eboks');
  });

  it('made ready only, tells its fields and sends nothing', async () => {
    const before = emulator.journal.list().length;
    const { json } = await control(emulator.url, 'POST', '/call', { operation: SIGNED, dryRun: true });
    const { values, request } = json as { values: Record<string, string>; request: string };
    assert.match(values.personidentifikator ?? '', /^\d{11}$/);
    assert.match(request, /<wsse:Security /);
    assert.equal(emulator.journal.list().length, before);
  });

  it('made ready again in the same millisecond, is another message: the second is no replay', async () => {
    const { now } = Date;
    const at = now();
    Date.now = () => at;
    try {
      const made = [1, 2, 3].map(() =>
        control(emulator.url, 'POST', '/call', { operation: SIGNED, dryRun: true }),
      );
      const requests = (await Promise.all(made)).map(({ json }) => (json as Called).request);
      assert.equal(new Set(requests).size, 3);
    } finally {
      Date.now = now;
    }
  });

  it('goes wrong by each mistake as it should', async () => {
    const expected: Readonly<Record<string, string | undefined>> = {
      'not-signed': 'security.header-missing',
      'body-altered': 'security.digest',
      'laid-out': 'security.signature-value',
      'timestamp-unsigned': 'security.coverage',
      'body-unsigned': 'security.coverage',
      'other-key': 'security.signature-value',
      'clock-behind': 'security.timestamp-expired',
      'clock-ahead': 'security.timestamp-future',
      'sent-twice': 'security.replay',
      'certificate-expired': 'security.certificate-expired',
      'certificate-revoked': 'security.certificate-revoked',
      'self-signed': 'security.certificate-untrusted',
      // Refused by an answer.
      'caller-unknown': undefined,
      'other-organisation': undefined,
      'field-missing': 'schema.invalid',
      'cut-off': 'xml.malformed',
    };
    const [{ mistakes = [] } = {}] = await services();
    const found: Record<string, string | undefined> = {};
    for (const { name } of mistakes) {
      const { http, accepted, exchange } = await call({ operation: NAMING, mistakes: [name] });
      assert.equal(http, 200, name);
      assert.equal(accepted, false, name);
      found[name] = exchange?.problem;
    }
    assert.deepEqual(found, expected);
  });

  it('goes wrong by each mistake that every other service lists', async () => {
    for (const { name: service, operations, mistakes } of (await services()).slice(1)) {
      // Of a token only the form is looked at: nothing is there to be made wrong.
      assert.equal(mistakes.length > 0, service !== 'krr', service);
      for (const { name } of mistakes) {
        const [operation] = operations;
        const { http, accepted } = await call({
          operation: `${service}.${operation?.name}`,
          mistakes: [name],
        });
        assert.equal(http, 200, name);
        assert.equal(accepted, false, `${service} ${name}`);
      }
    }
  });

  it('that cannot be made is refused in one line', async () => {
    const refusals: [object, RegExp][] = [
      [{}, /operation/],
      [{ operation: 'nothing' }, /there is no service "nothing"/],
      [{ operation: `${SIGNED}x` }, /did you mean KanVelgeSikkerDigitalPostkasse/],
      [{ operation: SIGNED, mistakes: ['other-organisation'] }, /needs an operation that names one/],
      [{ operation: SIGNED, set: { nothing: '1' } }, /has no field "nothing"/],
      [{ operation: SIGNED, mistakes: ['laidout'] }, /did you mean laid-out/],
      [{ operation: SIGNED, certificate: 'x' }, /certificate and key together/],
      [{ operation: SIGNED, certificate: 'x', key: 'y' }, /certificate: expected a certificate in PEM/],
      [
        { operation: SIGNED, certificate: clientOf(emulator, 'eboks').certificatePem, key: 'y' },
        /key: expected a private key in PEM/,
      ],
      [{ operation: SIGNED, digest: 'md5' }, /digest/],
      [{ operation: SIGNED, more: true }, /more/],
    ];
    for (const [body, told] of refusals) {
      const { http, detail } = await call(body);
      assert.equal(http, 400, JSON.stringify(body));
      assert.match(detail ?? '', told);
    }
  });

  it('as nobody that is known is refused with those that are', async () => {
    const { http, detail } = await call({ operation: SIGNED, as: 'nobody' });
    assert.equal(http, 404);
    assert.match(detail ?? '', /there is no client "nobody"; there are .*digipost/);
  });

  it('and the contract is told as the command line tells it', async () => {
    const { json } = await control(emulator.url, 'GET', '/contract');
    const { norway, denmark } = json as Record<
      string,
      { services: unknown[]; codes: unknown[]; rules: unknown[] }
    >;
    for (const one of [norway, denmark])
      assert.ok(one?.services.length && one.codes.length && one.rules.length);
  });
});
