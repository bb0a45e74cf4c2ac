// Fuzzing: mutants of honest messages. None ends or stops the program, none is believed to say anything else.
//
// By hand: FUZZ_MESSAGES=100000 FUZZ_SEED=1 npm run fuzz

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createDice } from '../dice.ts';
import { record } from './family.ts';
import { choose } from './fuzz/change.ts';
import { usual } from './fuzz/encodings.ts';
import { kinds, type Mutant, mutate } from './fuzz/mutant.ts';
import { type Honest, openRange, type Range } from './fuzz/range.ts';

const MESSAGES = Number(process.env.FUZZ_MESSAGES ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_103);
/** Honest messages are signed anew before they expire; the journal holds no more entries than this. */
const ROUND = 900;
/** How often the memory is looked at, where there are so many. */
const REPORT = 10_000;

/** The resident memory of a process in MiB, where the system tells. */
const memoryOf = (pid: number | undefined): string => {
  try {
    const [, kilobytes = ''] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return `${Math.round(Number(kilobytes) / 1024)} MiB`;
  } catch {
    return 'unknown';
  }
};

/** All that is needed to send a mutant again. */
const describeMutant = ({ changes, contentType, body }: Mutant, place: number): string =>
  `message ${place} of seed ${SEED}: ${changes.join(', ')}\n${contentType}\n${body.toString('base64')}`;

describe('attacks: fuzzing', function () {
  this.timeout(0);
  const counts = new Map(kinds.map((kind) => [kind, { cases: 0, refused: 0, harmless: 0, accepted: 0 }]));
  const codes = new Map<string, number>();
  let range: Range;
  let baseline: string;
  let slowest = 0;

  before(async () => {
    for (const [kind, count] of counts) record(`fuzz: ${kind}`, count);
    range = await openRange();
    await range.reset();
    baseline = await range.register();
  });
  after(async () => {
    range.serving.child.kill('SIGTERM');
    await range.serving.ended;
    const byNumber = [...codes].sort(([, left], [, right]) => right - left);
    console.log(`refused by code: ${byNumber.map(([code, number]) => `${code} ${number}`).join(', ')}`);
    console.log(`seed ${SEED}, slowest ${slowest.toFixed(1)} ms`);
  });

  /** One round of mutants, beginning with the given number; what the journal tells of them comes last. */
  const round = async (honest: readonly Honest[], first: number, end: number): Promise<void> => {
    const refused = new Map<string, Mutant>();
    for (let place = first; place < end; place += 1) {
      const dice = createDice(Math.imul(SEED, 0x9e3779b1) ^ place);
      const kind = kinds[place % kinds.length] ?? 'mixed';
      const [one, other] = [choose(dice, honest), choose(dice, honest)];
      const count = counts.get(kind);
      assert.ok(one && other && count);
      const mutant = mutate(one.text, other.text, kind, dice);
      const fate = await range.send(mutant).catch((error: unknown) => {
        throw new Error(`no answer to ${describeMutant(mutant, place)}`, { cause: error });
      });
      count.cases += 1;
      if (!fate.accepted) {
        count.refused += 1;
        refused.set(fate.journal, mutant);
        if (fate.journal === '') codes.set(`${fate.status}`, (codes.get(`${fate.status}`) ?? 0) + 1);
        continue;
      }
      // Of two messages put together, either may remain; nothing else may.
      const meant = [one.effect, other.effect].includes(fate.effect);
      if (meant) count.harmless += 1;
      else count.accepted += 1;
      assert.ok(meant, `accepted ${fate.effect.slice(0, 80)} from ${describeMutant(mutant, place)}`);
    }
    assert.equal(await range.register(), baseline, 'refused messages have changed the register');
    for (const [id, { problem = 'none', duration }] of await range.told(1000)) {
      const mutant = refused.get(id);
      if (!mutant) continue;
      refused.delete(id);
      slowest = Math.max(slowest, duration);
      codes.set(problem, (codes.get(problem) ?? 0) + 1);
      assert.notEqual(problem, 'internal', describeMutant(mutant, first));
      assert.notEqual(problem, 'none', describeMutant(mutant, first));
    }
    refused.delete('');
    assert.equal(refused.size, 0, 'refusals that the journal does not know');
  };

  it(`believes none of ${MESSAGES} mutants to say anything else, and answers them all`, async () => {
    for (let first = 0; first < MESSAGES; first += ROUND) {
      await round(await range.honest(), first, Math.min(first + ROUND, MESSAGES));
      if (MESSAGES >= REPORT && first % REPORT < ROUND)
        console.log(`${first} messages: ${memoryOf(range.serving.child.pid)}`);
    }
    assert.equal(range.serving.child.exitCode, null);
    const sum = (key: 'cases' | 'harmless'): number =>
      [...counts.values()].reduce((total, count) => total + count[key], 0);
    assert.equal(sum('cases'), MESSAGES);
    // What a few messages cannot show, two thousand can: that mutants come close enough for some to be believed.
    if (MESSAGES < 2000) return;
    assert.ok(sum('harmless') > MESSAGES / 50, `${sum('harmless')} of ${MESSAGES}`);
    for (const [kind, { refused }] of counts) assert.ok(refused > 0, `${kind}: none was refused`);
  });

  it('leaves the server answering honest messages', async () => {
    const [message] = await range.honest();
    assert.ok(message);
    const fate = await range.send(usual(message.text));
    assert.ok(fate.accepted);
    assert.equal(fate.effect, message.effect);
  });
});
