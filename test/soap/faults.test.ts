// Faults of both SOAP versions: the status that HTTP gets, the element that clients read, and whom a header block is for.

import assert from 'node:assert/strict';
import type { Service } from '../../src/contract/operation.ts';
import { type SharedProblem, tell } from '../../src/exchange/faces.ts';
import { refusalReply } from '../../src/exchange/soap-reply.ts';
import type { Fault } from '../../src/kernel/face.ts';
import { internalProblem, isProblem } from '../../src/kernel/problem.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { schemaProblem } from '../../src/schema/problems.ts';
import { securityProblem } from '../../src/security/problems.ts';
import { codeText, composeFault, faultStatus } from '../../src/soap/compose.ts';
import { checkUnderstood, readEnvelope } from '../../src/soap/envelope.ts';
import { type Caller, usualFaces } from '../../src/soap/service.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from '../../src/soap/version.ts';
import { parse } from '../../src/xml/parse.ts';

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const NEXT_1_1 = 'http://schemas.xmlsoap.org/soap/actor/next';
const ROLES = 'http://www.w3.org/2003/05/soap-envelope/role';

/** What a made-up service of a version answers to a refusal. */
const answer = (version: SoapVersion, problem: SharedProblem) => {
  const service: Service<Caller> = { ...postkasseleverandoer, version, faces: usualFaces, operations: [] };
  const { reply, fault } = refusalReply(tell(problem, service), version, 'KanVelge');
  return { ...reply, fault, text: reply.body.toString() };
};

const invalid = schemaProblem({ found: 'found', expected: 'expected', remedy: 'remedy' }, 'rule');
const reason = { check: 'a', expected: 'b', found: 'c', rule: 'd', remedy: 'e' };

describe('a fault', () => {
  it('of SOAP 1.2 is 400 where the sender can mend it, and 500 where not (Part 2 table 20)', () => {
    for (const [problem, status, value] of [
      [invalid, 400, 'Sender'],
      [securityProblem('security.replay', reason), 400, 'Sender'],
      [internalProblem(), 500, 'Receiver'],
    ] as const) {
      const { status: sent, headers, text } = answer(SOAP_1_2, problem);
      assert.equal(sent, status, problem.problem);
      assert.equal(headers['content-type'], 'application/soap+xml; charset=utf-8');
      assert.match(text, new RegExp(`<env:Code><env:Value>env:${value}</env:Value>`));
    }
    assert.deepEqual(
      (['VersionMismatch', 'MustUnderstand', 'Receiver', 'Sender', { bare: '1014' }] as const).map((code) =>
        faultStatus(code, SOAP_1_2),
      ),
      [500, 500, 500, 400, 400],
    );
  });

  it('of SOAP 1.1 is 500 whoever can mend it (§6.2), in the words of that version', () => {
    for (const [problem, code] of [
      [invalid, 'Client'],
      [internalProblem(), 'Server'],
    ] as const) {
      const { status, headers, fault, text } = answer(SOAP_1_1, problem);
      assert.deepEqual([status, fault], [500, code]);
      assert.equal(headers['content-type'], 'text/xml; charset=utf-8');
      assert.match(text, new RegExp(`<faultcode>[\\w-]+:${code}</faultcode>`));
    }
    for (const code of ['VersionMismatch', 'MustUnderstand', { bare: '1014' }] as const)
      assert.equal(faultStatus(code, SOAP_1_1), 500);
  });

  it('of WS-Security is a code in SOAP 1.1 and a subcode of Sender in SOAP 1.2', () => {
    const replayed = securityProblem('security.replay', reason);
    assert.match(
      answer(SOAP_1_1, replayed).text,
      new RegExp(`<faultcode xmlns:wsse="${WSSE}">wsse:FailedCheck</faultcode>`),
    );
    const { fault, text } = answer(SOAP_1_2, replayed);
    assert.equal(fault, 'FailedCheck');
    assert.match(
      text,
      new RegExp(
        `<env:Value>env:Sender</env:Value><env:Subcode><env:Value xmlns:wsse="${WSSE}">wsse:FailedCheck</env:Value></env:Subcode>`,
      ),
    );
  });

  it('of SOAP 1.2 names the block that was not understood, in a header of its own (§5.4.8)', () => {
    const fault: Fault = {
      kind: 'fault',
      code: 'MustUnderstand',
      text: 'no',
      notUnderstood: [{ namespace: 'urn:x', name: 'Trace' }],
    };
    assert.match(
      composeFault(fault, SOAP_1_2),
      /<env:Header><env:NotUnderstood xmlns:h0="urn:x" qname="h0:Trace"><\/env:NotUnderstood><\/env:Header>/,
    );
    assert.doesNotMatch(composeFault(fault, SOAP_1_1), /Header/);
    assert.equal(codeText('MustUnderstand', SOAP_1_2), 'MustUnderstand');
  });
});

/** Whether a block that nobody understands is refused, with these attributes besides mustUnderstand. */
const refused = (version: SoapVersion, attributes: string): boolean => {
  const { prefix, uri } = version.namespace;
  const document = parse(
    Buffer.from(
      `<${prefix}:Envelope xmlns:${prefix}="${uri}"><${prefix}:Header><x:Trace xmlns:x="urn:x" ${prefix}:mustUnderstand="1" ${attributes}/></${prefix}:Header><${prefix}:Body><a/></${prefix}:Body></${prefix}:Envelope>`,
    ),
  );
  assert.ok(!isProblem(document));
  using tree = document;
  const envelope = readEnvelope(tree, version);
  assert.ok(!isProblem(envelope));
  const problem = checkUnderstood(envelope, []);
  if (problem) assert.deepEqual(problem.block, { namespace: 'urn:x', name: 'Trace' });
  return problem !== undefined;
};

describe('a header block that demands to be understood', () => {
  it('is for this service in SOAP 1.2 as its role says, and its actor says nothing', () => {
    const { prefix } = SOAP_1_2.namespace;
    for (const role of ['', `${ROLES}/next`, `${ROLES}/ultimateReceiver`])
      assert.ok(refused(SOAP_1_2, `${prefix}:role="${role}"`), role);
    for (const role of [`${ROLES}/none`, 'urn:somebody-else', NEXT_1_1])
      assert.ok(!refused(SOAP_1_2, `${prefix}:role="${role}"`), role);
    assert.ok(refused(SOAP_1_2, ''));
    assert.ok(refused(SOAP_1_2, `${prefix}:actor="urn:somebody-else"`));
  });

  it('is for this service in SOAP 1.1 as its actor says, and its role says nothing', () => {
    const { prefix } = SOAP_1_1.namespace;
    for (const actor of ['', NEXT_1_1]) assert.ok(refused(SOAP_1_1, `${prefix}:actor="${actor}"`), actor);
    for (const actor of ['urn:somebody-else', `${ROLES}/next`])
      assert.ok(!refused(SOAP_1_1, `${prefix}:actor="${actor}"`), actor);
    assert.ok(refused(SOAP_1_1, `${prefix}:role="urn:somebody-else"`));
  });
});
