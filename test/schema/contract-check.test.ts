// Code and WSDL must say the same, or the program does not start; the difference is named in one line.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { jobnet } from '../../src/dfdg/soap/services.ts';
import { contractServices } from '../../src/emulator/contracts.ts';
import { packagePath } from '../../src/kernel/root.ts';
import { oppslagstjeneste1602 } from '../../src/kontaktregister/oppslagstjeneste/service.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { ContractMismatch, checkContract } from '../../src/schema/contract-check.ts';
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

type Read = Parameters<typeof checkContract>[1];

const mismatch = (service: ServiceDescription, expected: RegExp, read?: Read): void =>
  assert.throws(
    () => checkContract(service, read),
    (error: Error) => {
      assert.ok(error instanceof ContractMismatch, String(error));
      assert.match(error.message, /^\w+ differs from wsdl\/[\w-]+\.wsdl: [^\n]+$/);
      assert.match(error.message, expected);
      return true;
    },
  );

/** Reads the package's files with one place changed in those whose path ends so; the place must be there. */
const changed =
  (ending: string, from: string | RegExp, to: string): Read =>
  (path) => {
    const text = readFileSync(packagePath(path), 'utf8');
    if (!path.endsWith(ending)) return Buffer.from(text);
    const other = text.replace(from, to);
    assert.notEqual(other, text, `${path} does not hold ${from}`);
    return Buffer.from(other);
  };

describe('the contract in code', () => {
  for (const service of contractServices)
    it(`of ${service.name} agrees with its WSDL`, () => checkContract(service));

  it('has its operations in the WSDL’s order', () =>
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
    ));

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

  it('that gives a message another name or namespace is refused with both', () => {
    const { request, response } = first;
    mismatch(
      withFirst({ request: { ...request, name: 'Other' } }),
      /its request is \{[^}]*\}Other in code, \{[^}]*\}KanVelge\w+Forespoersel in the WSDL/,
    );
    mismatch(
      withFirst({ response: { ...response, namespace: 'urn:other' } }),
      /its response is \{urn:other\}KanVelge\w+Respons in code/,
    );
  });

  it('that has another soapAction is refused with both', () =>
    mismatch(
      withFirst({ action: 'urn:choose' }),
      /operation KanVelge\w+: its soapAction is "urn:choose" in code, "" in the WSDL/,
    ));
});

describe('the header blocks of a service', () => {
  const { description: lookup } = oppslagstjeneste1602;
  const header = /its header blocks are /;

  it('that its WSDL does not have are refused with both', () => {
    mismatch(
      { ...lookup, headers: [] },
      /its header blocks are none in code, \{[^}]*\}Oppslagstjenesten in the WSDL/,
    );
    mismatch(
      { ...postkasseleverandoer, headers: lookup.headers },
      /Oppslagstjenesten in code, none in the WSDL/,
    );
  });

  it('are those of every operation, each by its element', () => {
    const block = /<soap12:header [^>]*>/;
    mismatch(lookup, header, changed('.wsdl', block, ''));
    mismatch(lookup, header, changed('.wsdl', 'part="Oppslagstjenesten"', 'part="Other"'));
    mismatch(lookup, header, changed('.wsdl', 'element="ot:Oppslagstjenesten"', 'element="ot:Other"'));
  });
});

describe('a WSDL', () => {
  const cases: readonly (readonly [string, string, string | RegExp, string, RegExp])[] = [
    [
      'that binds to SOAP 1.2 in place of 1.1',
      '.wsdl',
      'xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"',
      'xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap12/"',
      /it speaks SOAP 1\.1 in code, SOAP 1\.2 in the WSDL/,
    ],
    [
      'that binds to no SOAP',
      '.wsdl',
      'xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"',
      'xmlns:soap="http://schemas.xmlsoap.org/wsdl/http/"',
      /it speaks SOAP 1\.1 in code, no SOAP in the WSDL/,
    ],
    [
      'whose operation is of style rpc',
      '.wsdl',
      'soapAction="" style="document"',
      'soapAction="" style="rpc"',
      /operation KanVelge\w+: it is document\/literal in code, rpc\/literal in the WSDL/,
    ],
    [
      'whose answer is encoded',
      '.wsdl',
      /(<wsdl:output>\s*<soap:body use=)"literal"/,
      '$1"encoded"',
      /operation KanVelge\w+: it is document\/literal in code, document\/literal and encoded in the WSDL/,
    ],
    [
      'whose portType names a message that is not there',
      '.wsdl',
      /<wsdl:message name="KanVelge\w+"/,
      '<wsdl:message name="Other"',
      /operation KanVelge\w+: its request is \{[^}]*\}\w+ in code, nothing in the WSDL/,
    ],
    [
      'whose message has two parts',
      '.wsdl',
      /(<wsdl:part [^>]*\/>)/,
      '$1$1',
      /operation KanVelge\w+: its request is \{[^}]*\}\w+ in code, nothing in the WSDL/,
    ],
    [
      'whose binding is of a portType that is not there',
      '.wsdl',
      /<wsdl:portType name="[^"]*"/,
      '<wsdl:portType name="Other"',
      /operation KanVelge\w+: its request is \{[^}]*\}\w+ in code, nothing in the WSDL/,
    ],
    [
      'that imports a schema that the service does not have',
      '.wsdl',
      'schemaLocation="postkasseleverandoer-messages.xsd"',
      'schemaLocation="other.xsd"',
      /it imports other\.xsd, which the service does not have/,
    ],
    [
      'whose message is an element that the schema does not declare',
      'messages.xsd',
      /<xs:element name="KanVelge\w+Respons"/,
      '<xs:element name="Other"',
      /no schema that it imports declares \{[^}]*\}KanVelge\w+Respons/,
    ],
  ];
  for (const [title, ending, from, to, expected] of cases)
    it(`${title} is refused`, () => mismatch(postkasseleverandoer, expected, changed(ending, from, to)));

  it('whose operation has another soapAction is refused', () =>
    mismatch(
      jobnet,
      /its soapAction is "\S+" in code, "urn:other" in the WSDL/,
      changed('.wsdl', /soapAction="[^"]*"/, 'soapAction="urn:other"'),
    ));

  it('that calls its prefixes and definitions otherwise says the same', () => {
    const read: Read = (path) => {
      const text = readFileSync(packagePath(path), 'utf8');
      if (!path.endsWith('.wsdl')) return Buffer.from(text);
      return Buffer.from(
        text
          .replaceAll('wsdl:', 'w:')
          .replaceAll('xmlns:wsdl=', 'xmlns:w=')
          .replaceAll('tns:', 'own:')
          .replaceAll('xmlns:tns=', 'xmlns:own='),
      );
    };
    checkContract(postkasseleverandoer, read);
  });
});
