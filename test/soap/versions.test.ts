// What the two SOAP versions say differently: who is addressed, what a fault looks like, and under which status it goes out.

import assert from 'node:assert/strict';
import type { FaultCode } from '../../src/kernel/face.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { composeFault, faultStatus } from '../../src/soap/compose.ts';
import { readEnvelope } from '../../src/soap/envelope.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from '../../src/soap/version.ts';
import { wsse } from '../../src/xml/names.ts';
import { parse } from '../../src/xml/parse.ts';

/** Which of the header blocks with these attributes is addressed to the service. */
const addressed = (version: SoapVersion, attributes: readonly string[]): boolean[] => {
  const blocks = attributes.map((text) => `<a xmlns="urn:a" ${text}/>`).join('');
  const message = `<s:Envelope xmlns:s="${version.namespace.uri}"><s:Header>${blocks}</s:Header><s:Body><b/></s:Body></s:Envelope>`;
  const document = parse(Buffer.from(message));
  assert.ok(!isProblem(document));
  using tree = document;
  const envelope = readEnvelope(tree, version);
  assert.ok(!isProblem(envelope), JSON.stringify(envelope));
  return envelope.blocks.map(({ ours }) => ours);
};

const NEXT_1_1 = 'http://schemas.xmlsoap.org/soap/actor/next';
const NEXT_1_2 = 'http://www.w3.org/2003/05/soap-envelope/role/next';
const RECEIVER = 'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver';
const NONE = 'http://www.w3.org/2003/05/soap-envelope/role/none';

describe('a header block', () => {
  it('of SOAP 1.1 is addressed by actor: to nobody named, or to the next', () =>
    assert.deepEqual(
      addressed(SOAP_1_1, ['', 's:actor=""', `s:actor="${NEXT_1_1}"`, 's:actor="urn:b"', 's:role="urn:b"']),
      [true, true, true, false, true],
    ));

  it('of SOAP 1.2 is addressed by role: to nobody named, to the next or to the last', () =>
    assert.deepEqual(
      addressed(SOAP_1_2, [
        ...['', `s:role="${NEXT_1_2}"`, `s:role="${RECEIVER}"`],
        ...[`s:role="${NONE}"`, 's:role="urn:b"', `s:role="${NEXT_1_1}"`, 's:actor="urn:b"'],
      ]),
      [true, true, true, false, false, false, true],
    ));
});

describe('a fault', () => {
  const security = { namespace: wsse.uri, name: 'FailedCheck' };
  const codes: readonly (readonly [FaultCode, of11: number, of12: number])[] = [
    ['Sender', 500, 400],
    [security, 500, 400],
    [{ bare: '1010' }, 500, 400],
    ['Receiver', 500, 500],
    ['MustUnderstand', 500, 500],
    ['VersionMismatch', 500, 500],
  ];
  for (const [code, of11, of12] of codes)
    it(`${JSON.stringify(code)} goes out under ${of11} by SOAP 1.1 and ${of12} by SOAP 1.2`, () =>
      assert.deepEqual([faultStatus(code, SOAP_1_1), faultStatus(code, SOAP_1_2)], [of11, of12]));

  it('of WS-Security is a faultcode in SOAP 1.1, and the subcode of Sender in SOAP 1.2', () => {
    const fault = { kind: 'fault', code: security, text: 'no' } as const;
    assert.match(composeFault(fault, SOAP_1_1), /<faultcode[^>]*>wsse:FailedCheck<\/faultcode>/);
    assert.match(
      composeFault(fault, SOAP_1_2),
      /<env:Code><env:Value>env:Sender<\/env:Value><env:Subcode><env:Value[^>]*>wsse:FailedCheck<\/env:Value><\/env:Subcode><\/env:Code>/,
    );
  });
});
