// The engine names what somebody did to a message, proves it, and asserts nothing that it did not prove.

import assert from 'node:assert/strict';
import type { Broken } from './broken/ways.ts';
import { broken } from './broken.ts';
import { type Judge, openJudge } from './judging.ts';
import { assertDocument } from './shape.ts';

let judging: Judge;
before(async () => {
  judging = await openJudge();
});
after(() => judging.close());

const judge = async (one: Broken): Promise<void> => {
  const { cause, likely, besides = [], how } = one;
  const document = await judging.explained(one);
  assertDocument(document);
  const { verdict, causes } = document;
  assert.notEqual(verdict, 'accepted');
  const told = causes.map((one) => `${one.cause}${one.certain ? '' : ' (likely)'}`);
  if (cause === undefined) {
    assert.deepEqual(
      causes.filter(({ certain }) => certain),
      [],
      told.join(', '),
    );
    if (likely !== undefined) assert.equal(causes[0]?.cause, likely, told.join(', '));
    return;
  }
  assert.equal(causes[0]?.cause, cause, told.join(', '));
  if (how !== undefined)
    assert.ok(
      causes.some(({ evidence }) => evidence.how?.includes(how)),
      `${how} did it`,
    );
  for (const one of besides)
    assert.ok(
      causes.some((other) => other.cause === one),
      `${one} in ${told.join(', ')}`,
    );
};

describe('a broken message is explained:', () => {
  for (const one of broken) it(`${one.name} → ${one.cause ?? 'nothing proved'}`, () => judge(one));
});
