// The engine names what somebody did to a message, proves it, and asserts nothing that it did not prove.

import assert from 'node:assert/strict';
import { ruleGroups } from '../../src/explain/rules/rules.ts';
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
  const { cause, likely, besides = [], how, sentence, remedy } = one;
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
  if (sentence !== undefined) assert.match(causes[0]?.sentence ?? '', sentence);
  if (remedy !== undefined) assert.match(causes[0]?.remedy ?? '', remedy);
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
  assert.deepEqual(
    causes
      .filter(
        ({ certain, cause: found }) => certain && ![cause, 'signed-info-changed', ...besides].includes(found),
      )
      .map(({ cause: found }) => found),
    [],
    told.join(', '),
  );
};

describe('a broken message is explained:', () => {
  for (const one of broken) it(`${one.name} → ${one.cause ?? 'nothing proved'}`, () => judge(one));
});

it('of a version of SOAP the settings for both are told: either may be the one that the service speaks', () => {
  const { stacks = {} } = ruleGroups.message.find(({ cause }) => cause === 'soap-version') ?? {};
  assert.notDeepEqual(stacks, {});
  for (const [stack, setting] of Object.entries(stacks))
    assert.match(setting, /SOAP 1\.1.* 1\.2|binding/, stack);
});

describe('of two changes each shows what it did itself:', () => {
  const differences = async (name: string): Promise<Readonly<Record<string, string>>> => {
    const one = broken.find((other) => other.name === name);
    assert.ok(one, name);
    const { causes } = await judging.explained(one);
    return Object.fromEntries(
      causes.map(({ cause, evidence: { difference } }) => [
        cause,
        difference ? `${difference.signed} | ${difference.arrived}` : '',
      ]),
    );
  };

  it('white space, and letters', async () => {
    const told = await differences('laid out and read as Latin-1');
    assert.match(told['whitespace-added'] ?? '', / \| [^|]*⏎/);
    assert.match(told['encoding-changed'] ?? '', /bjø[^|]* \| [^|]*bjÃ/);
  });

  it('white space, and a declaration', async () => {
    const told = await differences('laid out and a declaration around it added, inclusive');
    assert.match(told['namespace-declaration-moved'] ?? '', /^[^|]* \| [^|]*xmlns:new/);
    assert.doesNotMatch(told['namespace-declaration-moved']?.split(' | ')[0] ?? '', /xmlns:new/);
    assert.match(told['whitespace-added'] ?? '', / \| [^|]*⏎/);
  });

  it('nothing of the octets, where a cause is of the digest alone', async () => {
    const told = await differences('by SHA-1 over inclusive C14N');
    assert.notEqual(told['inclusive-labelled-exclusive'], '');
    assert.equal(told['digest-of-other-algorithm'], '');
  });
});
