// The death of the process in a stream of Danish calls, over SOAP and REST: what was acknowledged is there with its row in the access log,
// nothing is there by halves, and no x-requestId and no code that was used can be used again.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { createDice } from '../dice.ts';
import { newDataDirectory } from '../directories.ts';
import { assertWhole, isLogged, look, NOTHING } from './danish-register.ts';
import { createLives, exchangeOf, killSeed, type Lives } from './lives.ts';
import { type Answer, severalAtOnce, syntheticCitizens } from './load.ts';
import {
  type Agents,
  call,
  codeIn,
  isOnce,
  type Logged,
  loggedAs,
  loggedAsRepeated,
  makeStory,
  referenceIn,
  resultIn,
  type Step,
  type Story,
} from './stories.ts';

const ROUNDS = 5;
const PER_ROUND = 40;
const CONNECTIONS = 6;

/** What an answer told, to be found again in the access log by the number of its exchange. */
interface Told {
  readonly exchange: number;
  readonly reference: string | undefined;
  readonly logged: Logged;
}

describe(`an emulator that is killed in a stream of Danish calls (KILL_SEED=${killSeed})`, function () {
  this.timeout(60_000);
  const dice = createDice(killSeed);
  const stories = syntheticCitizens(ROUNDS * PER_ROUND).map((citizen) => makeStory(citizen, dice));
  const told: Told[] = [];
  const codes = new Map<string, string>();
  let data: string;
  let lives: Lives;
  let url: string;
  let held = NOTHING;

  const clientAgent = (client: Story['client']): Agent =>
    new Agent({
      keepAlive: true,
      ca: readFileSync(join(data, 'pki/trust.pem')),
      cert: readFileSync(join(data, `pki/clients/${client}.pem`)),
      key: readFileSync(join(data, `pki/clients/${client}.key`)),
    });

  /** Tells stories, several at once, until all are told or nobody answers any more. */
  const tell = async (
    part: readonly Story[],
    steps: (story: Story) => readonly Step[],
    expected: (story: Story, step: Step) => Logged,
  ): Promise<void> => {
    const agents: Agents = { kommune: clientAgent('kommune'), jobcenter: clientAgent('jobcenter') };
    const hear = (story: Story, step: Step, answer: Answer): void => {
      const logged = expected(story, step);
      assert.equal(resultIn(answer), logged.result, `${story.citizen} ${step}: ${answer.text}`);
      const reference = referenceIn(answer);
      // Refusals over REST have no place for it.
      assert.ok(reference ?? (isOnce(story, step) && logged.result !== 'OK'), answer.text);
      told.push({ exchange: exchangeOf(answer), reference, logged });
      const code = codeIn(answer);
      if (code !== undefined) codes.set(story.citizen, code);
      lives.heard(answer);
    };
    await severalAtOnce(part, CONNECTIONS, async (story) => {
      for (const step of steps(story)) {
        const answer = await call(url, agents, story, step, codes.get(story.citizen) ?? '');
        if (!answer) return false;
        hear(story, step, answer);
      }
      return true;
    });
    for (const agent of Object.values(agents)) agent.destroy();
  };

  const die = async (): Promise<void> => {
    held = await lives.end(look);
    const byExchange = new Map(held.accesses.map((row) => [row.exchange, row]));
    const found = told.map(({ exchange, reference }): Told | undefined => {
      const row = byExchange.get(exchange);
      if (!row) return undefined;
      const { service, operation, citizen, result } = row;
      return {
        exchange,
        reference: reference === undefined ? undefined : row.reference,
        logged: { service, operation: operation ?? '', citizen, result },
      };
    });
    assert.deepEqual(found, told, 'each call that was answered is in the access log');
    for (const [citizen, code] of codes) assert.deepEqual(held.codes.get(citizen), [code]);
    for (const story of stories) assertWhole(held, story);
  };

  before(async () => {
    data = await newDataDirectory();
    const [seed, config] = [join(data, 'seed.json'), join(data, 'config.json')];
    const citizens = stories.map(({ citizen }) => ({ id: citizen, kommune: '101', jobcenter: '101' }));
    writeFileSync(seed, JSON.stringify({ citizens }));
    // Refusals over SOAP tell their reference only in the form of an answer.
    writeFileSync(config, JSON.stringify({ refusals: 'envelope', dfdg: { returnCode: true } }));
    lives = createLives(data, ['--seed', seed, '--config', config], dice);
    ({ tlsUrl: url } = await lives.begin());
  });
  after(() => lives.kill());

  for (let round = 0; round < ROUNDS; round += 1) {
    const part = stories.slice(round * PER_ROUND, (round + 1) * PER_ROUND);

    it(`loses nothing that it acknowledged (${round + 1})`, async () => {
      const before = told.length;
      lives.killWithin(3 * PER_ROUND - CONNECTIONS);
      await tell(part, ({ steps }) => steps, loggedAs);
      assert.ok(told.length > before);
      await die();
    });

    it(`takes then each x-requestId that it does not hold, and no code twice (${round + 1})`, async () => {
      // The answer that told the code may never have come: the citizen has it all the same.
      for (const { citizen } of part)
        for (const code of held.codes.get(citizen) ?? []) codes.set(citizen, code);
      ({ tlsUrl: url } = await lives.begin());
      await tell(
        part,
        ({ steps }) => [...steps, 'verify again'],
        (story, step) =>
          isOnce(story, step) && isLogged(held, story, step)
            ? loggedAsRepeated(story, step)
            : loggedAs(story, step),
      );
    });
  }

  it('has every story told once in the end', async () => {
    lives.kill();
    await die();
    for (const story of stories) for (const step of story.steps) assert.ok(isLogged(held, story, step));
  });
});
