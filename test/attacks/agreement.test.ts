// The server and `kontakt verify` never disagree about a message, since both judge by the same anatomy.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import type { Judged, Outcome } from './judged.ts';

const kindOf = (outcome: Outcome): string =>
  'problem' in outcome ? outcome.problem : 'unreadable' in outcome ? 'unreadable' : 'accepted';

describe('every message of the attack suite, and what must be accepted', () => {
  let judged: readonly Judged[];
  const numberOf = (kind: RegExp): number => judged.filter(({ server }) => kind.test(kindOf(server))).length;

  before(async function () {
    this.timeout(180_000);
    const script = join(import.meta.dirname, 'judged-twice.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
      maxBuffer: 64 * 1024 * 1024,
    });
    judged = JSON.parse(stdout) as Judged[];
  });

  it('are hundreds, and of all kinds', () => {
    assert.ok(judged.length > 400, `${judged.length} messages`);
    assert.ok(numberOf(/^security\./) > 250, `${numberOf(/^security\./)} refused by security`);
    assert.ok(numberOf(/^accepted$/) > 40, `${numberOf(/^accepted$/)} accepted`);
    assert.ok(numberOf(/^unreadable$/) > 50, `${numberOf(/^unreadable$/)} that cannot be read`);
    const codes = new Set(judged.map(({ server }) => kindOf(server)));
    assert.ok(codes.size > 25, [...codes].join(', '));
  });

  it('are judged alike by the server and by kontakt verify: the same problem in the same words, or the same organisation', () => {
    assert.deepEqual(
      judged.filter(({ server, file }) => !isDeepStrictEqual(server, file)),
      [],
    );
  });

  it('are no better judged by a library that checks the signature alone: what it takes and the server refuses, the reason says', () => {
    const taken = judged.filter(
      ({ server, opinion }) => kindOf(server) === 'security.coverage' && opinion?.['xml-crypto'] === 'valid',
    );
    assert.ok(taken.length > 10, `${taken.length} wrapped or unsigned`);
    for (const { name, opinion } of taken)
      assert.match(opinion?.why ?? '', /; what is signed is \/|: not signed, and it does not ask/, name);
    assert.ok(
      taken.some(({ opinion }) => /not \/Envelope\/Body, which is processed/.test(opinion?.why ?? '')),
    );
    const accepted = judged.filter(({ server }) => kindOf(server) === 'accepted');
    for (const { name, opinion } of accepted.filter((one) => one.opinion?.['xml-crypto'] === 'invalid'))
      assert.match(opinion?.why ?? '', /PrefixList|canonical octets/, name);
  });

  it('are not all judged alike an hour later: the comparison sees a difference where there is one', () => {
    const accepted = judged.filter(({ server }) => kindOf(server) === 'accepted');
    for (const { name, later } of accepted) assert.equal(kindOf(later), 'security.timestamp-expired', name);
  });
});
