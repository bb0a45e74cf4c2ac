// docs/causes.md, and the lists of causes on docs/troubleshooting.md, are made from the hypotheses and rules:
// DOCS=write npx mocha test/docs/causes.test.ts renews them.

import assert from 'node:assert/strict';
import { linesOfCause } from '../../src/commands/message/explained-lines.ts';
import { causes } from '../../src/explain/causes.ts';
import type { ExplainedCause } from '../../src/explain/explained.ts';
import type { Cause } from '../../src/explain/hypothesis.ts';
import type { Broken } from '../explain/broken/ways.ts';
import { broken } from '../explain/broken.ts';
import { type Judge, openJudge } from '../explain/judging.ts';
import { causeTried, notTried, tried } from '../interop/remedies/tried.ts';
import { steadyInstants } from './instants.ts';
import { assertMade, table } from './pages.ts';

const PAGE = 'docs/causes.md';
const FROM = 'causes.test.ts';
const all: readonly Cause[] = Object.values(causes).flat();

const ways = ({ cause, besides = [], how }: Broken): readonly (string | undefined)[] => [
  cause,
  ...besides,
  how,
];

/** The message that shows a cause best: one that it is named first of. */
const messageOf = (cause: string): Broken =>
  broken.find((one) => one.cause === cause) ??
  broken.find((one) => ways(one).includes(cause)) ??
  assert.fail(`no message shows ${cause}`);

/** A text without what differs from run to run. */
const steady = (text: string): string =>
  steadyInstants(text)
    .replaceAll(/\d{4}-\d\d-\d\d(?!T)/g, '2026-11-26')
    .replaceAll(/[A-Za-z0-9+/]{43}=/g, 'nuk0EtJk4plAwxlXr0xUcZ4XUcmn/4JCbRrYfBfL0pA=')
    .replaceAll(/\b(?:[0-9a-f]{2}){16,}\b/gi, '9ee93412d264e29940c31957af4c5471')
    .replaceAll(/\d+ (?=(?:trials|ways)\b)/g, '900 ')
    .replaceAll(/MII[A-Za-z0-9+/]{20,}/g, 'MIIF…')
    // A place is made of the same letters.
    .replaceAll(/[A-Za-z0-9+/]{60,}={0,2}/g, (text) => (text.startsWith('/Envelope/') ? text : 'MIIF…'));

/** How it looks on a terminal: what is of this message, not what is of the cause. */
const looksLike = (shown: ExplainedCause): string[] => {
  const { difference, ...evidence } = shown.evidence;
  // Fractions of a second have other lengths in every run.
  const lasting = difference && !/:\d\d\./.test(difference.signed + difference.arrived) ? { difference } : {};
  const told = { ...shown, evidence: { ...evidence, ...lasting } };
  const lines = linesOfCause({ ...told, sentence: '', rule: '', remedy: '', stacks: {} });
  return steady(lines.filter((line) => !/^ {2}(?:what|rule|fix) *$/.test(line)).join('\n')).split('\n');
};

const isTried = (cause: string, stack: string): boolean =>
  tried.some(([name, of]) => name === stack && of.some((one) => causeTried(one) === cause));

const setting = (cause: string, stack: string, text: string): string =>
  `- ${stack} (${isTried(cause, stack) ? 'tried' : 'not tried'}): ${text}`;

/** Every setting that a remedy names: its cause and its stack. */
const settings = all.flatMap(({ cause, stacks = {} }) =>
  Object.keys(stacks).map((stack) => ({ cause, stack })),
);

const linked = (causes: readonly string[]): string =>
  causes.map((cause) => `[${cause}](#${cause})`).join(', ') || '–';

/** A row of each stack: how many of its settings are tried, which are not, and why. */
const triedRows = (): string[][] =>
  [...new Set(settings.map(({ stack }) => stack))].map((stack) => {
    const named = settings.filter((one) => one.stack === stack).map(({ cause }) => cause);
    const left = named.filter((cause) => !isTried(cause, stack));
    const why =
      left.length === 0 ? '–' : (notTried[stack] ?? assert.fail(`why is ${left} of ${stack} not tried?`));
    const listed = left.length === named.length ? `all ${left.length}` : linked(left);
    return [stack, String(named.length - left.length), listed, why];
  });

const section = (
  { cause, sentence, why, rule, remedy, stacks = {} }: Cause,
  name: string,
  looks: readonly string[],
) => [
  `### ${cause}`,
  '',
  `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. *${rule}.*`,
  '',
  `${why}`,
  '',
  `Shown by a message “${name}”:`,
  '',
  '```text',
  ...looks,
  '```',
  '',
  `Cure: ${remedy}.`,
  ...(Object.keys(stacks).length > 0 ? [''] : []),
  ...Object.entries(stacks).map(([stack, text]) => setting(cause, stack, text ?? '')),
  '',
];

describe('the causes', () => {
  let judge: Judge;
  before(async () => {
    judge = await openJudge();
  });
  after(() => judge.close());

  for (const [group, list] of Object.entries(causes)) {
    it(`${group} are in the list, each with what was done`, () =>
      assertMade(
        'docs/troubleshooting.md',
        `causes ${group}`,
        table(
          ['cause', 'what was done'],
          list.map(({ cause, sentence }) => [`[\`${cause}\`](causes.md#${cause})`, sentence]),
        ),
        FROM,
      ));

    it(`${group} have a section each: how it comes about, a message that shows it, the cure`, async () => {
      const lines: string[] = [];
      for (const cause of list) {
        const message = messageOf(cause.cause);
        const { causes: found } = await judge.explained(message);
        const shown = found.find((one) => one.cause === cause.cause) ?? found[0] ?? assert.fail(cause.cause);
        lines.push(...section(cause, message.name, looksLike(shown)));
      }
      assertMade(PAGE, group, lines.slice(0, -1), FROM);
    }).timeout(60_000);
  }

  it('tell which of their settings are tried, and why the others are not', () =>
    assertMade(PAGE, 'tried', table(['stack', 'tried', 'not tried', 'why not'], triedRows()), FROM));

  it('have a setting for every stack that it is tried with', () => {
    const named = settings.map(({ cause, stack }) => `${stack}: ${cause}`);
    const all = tried.flatMap(([stack, causes]) => causes.map((one) => `${stack}: ${causeTried(one)}`));
    assert.deepEqual(
      all.filter((one) => !named.includes(one)),
      [],
    );
  });

  it('have one name each', () => {
    const names = all.map(({ cause }) => cause);
    assert.deepEqual([...new Set(names)], names);
  });

  it('are each shown by a message that is broken in that way', () => {
    const shown = new Set(broken.flatMap(ways));
    assert.deepEqual(
      all.map(({ cause }) => cause).filter((cause) => !shown.has(cause)),
      [],
    );
  });
});
