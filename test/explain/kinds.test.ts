// What was done is told by the code of a refusal and its kind, never by the words of its explanation: those may be put better.

import assert from 'node:assert/strict';
import { causeOfRefusal } from '../../src/explain/refusal.ts';

const surroundings = {
  message: Buffer.alloc(0),
  headers: {},
  document: undefined,
  anatomy: undefined,
  now: 0,
  arrived: true,
  operations: [],
  authorities: [],
};

const causeOf = (problem: string, kind?: string): string => {
  const words = { check: 'a', expected: 'b', found: 'c', rule: 'd', remedy: 'e', basis: 'assumed' } as const;
  const explanation = kind === undefined ? words : { ...words, kind };
  return causeOfRefusal({ problem, explanation }, surroundings).cause;
};

describe('a refusal whose explanation has other words', () => {
  for (const [problem, kind, cause] of [
    ['xml.malformed', 'entity-undeclared', 'entity-undeclared'],
    ['soap.must-understand', 'misnamed', 'wrong-namespace'],
    ['security.header-missing', 'misnamed', 'wrong-namespace'],
    ['security.timestamp-form', 'misnamed', 'wrong-namespace'],
    ['security.timestamp-form', 'expires-before-created', 'created-after-expires'],
    ['security.reference-unresolved', 'stray-id', 'id-in-wrong-attribute'],
    ['security.reference-unresolved', 'no-id-reference', 'signature-form'],
    ['security.token-unavailable', 'stray-id', 'id-in-wrong-attribute'],
    ['security.token-unavailable', 'only-named', 'token-missing'],
    ['security.certificate-untrusted', 'self-signed', 'self-signed'],
    ['security.certificate-untrusted', 'issuer-of-other-key', 'wrong-environment'],
    ['security.certificate-untrusted', 'not-permitted', 'wrong-usage'],
    ['security.certificate-untrusted', 'certificate-scheme', 'algorithm-not-allowed'],
  ] as const)
    it(`${problem}, ${kind}: ${cause}`, () => assert.equal(causeOf(problem, kind), cause));

  for (const [problem, cause] of [
    ['xml.malformed', 'not-well-formed'],
    ['soap.must-understand', 'must-understand'],
    ['security.timestamp-form', 'timestamp-unreadable'],
    ['security.reference-unresolved', 'id-missing'],
    ['security.token-unavailable', 'id-missing'],
    ['security.certificate-untrusted', 'issuer-unknown'],
  ] as const)
    it(`${problem} of no kind that is known: ${cause}`, () => assert.equal(causeOf(problem), cause));
});
