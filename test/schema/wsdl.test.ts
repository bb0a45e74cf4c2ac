// Code and WSDL must say the same, or the program does not start; the difference is named in one line.

import assert from 'node:assert/strict';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { ContractMismatch, compareWithWsdl } from '../../src/schema/wsdl.ts';
import type { OperationDescription, ServiceDescription } from '../../src/soap/service.ts';

const { operations } = postkasseleverandoer;
const [first, ...others] = operations;
assert.ok(first);

const withOperations = (list: readonly OperationDescription[]): ServiceDescription => ({
  ...postkasseleverandoer,
  operations: list,
});
const withFirst = (change: Partial<OperationDescription>): ServiceDescription =>
  withOperations([{ ...first, ...change }, ...others]);

const mismatch = (service: ServiceDescription, expected: RegExp): Promise<void> =>
  assert.rejects(compareWithWsdl(service), (error: Error) => {
    assert.ok(error instanceof ContractMismatch, String(error));
    assert.match(
      error.message,
      /^postkasseleverandoer differs from wsdl\/postkasseleverandoer-v1\.wsdl: [^\n]+$/,
    );
    assert.match(error.message, expected);
    return true;
  });

describe('the contract in code', () => {
  it('agrees with the WSDL, in the WSDL’s order', async () => {
    await compareWithWsdl(postkasseleverandoer);
    assert.deepEqual(
      operations.map(({ name }) => name),
      [
        'KanVelgeSikkerDigitalPostkasse',
        'OpprettOgVelgSikkerDigitalPostkasse',
        'VelgSikkerDigitalPostkasse',
        'OpprettPostkasse',
        'OppdaterPostkasse',
        'SlettPostkasse',
      ],
    );
  });

  it('that lacks an operation of the WSDL is refused', () =>
    mismatch(withOperations(others), /the operation KanVelgeSikkerDigitalPostkasse is not in the code/));

  it('that has one more than the WSDL is refused', () =>
    mismatch(
      withOperations([...operations, { ...first, name: 'FinnPostkasse' }]),
      /the operation FinnPostkasse is not in the WSDL/,
    ));

  it('that calls an operation otherwise is refused', () =>
    mismatch(withFirst({ name: 'KanVelgePostkasse' }), /the operation KanVelgePostkasse is not in the WSDL/));

  it('that has an operation twice is refused', () =>
    mismatch(withOperations([...operations, first]), /the operation KanVelgeSikkerDigitalPostkasse/));

  it('that gives a message another name or namespace is refused with both', async () => {
    const { request, response } = first;
    await mismatch(
      withFirst({ request: { ...request, name: 'Other' } }),
      /its request is \{[^}]*\}Other in code, \{[^}]*\}KanVelge\w+Forespoersel in the WSDL/,
    );
    await mismatch(
      withFirst({ response: { ...response, namespace: 'urn:other' } }),
      /its response is \{urn:other\}KanVelge\w+Respons in code/,
    );
  });
});
