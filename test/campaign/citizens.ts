// The Danish part of a campaign: contact data is saved over SOAP and REST, codes are sent and used; each citizen’s one after
// the other.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { exchangeOf } from '../durability/lives.ts';
import type { Answer } from '../durability/load.ts';
import {
  type Agents,
  call,
  codeIn,
  isOnce,
  type Logged,
  loggedAs,
  loggedAsRepeated,
  makeStory,
  resultIn,
  type Step,
  type Story,
} from '../durability/stories.ts';
import { type Heard, offerAround, type Surroundings, whereOf } from './offers.ts';

/** What the services say of a register that is not available. */
const UNAVAILABLE = /^(?:1011|HTTP 503)$/;

/** A call that was answered, as the access log must tell of it. */
export interface Told {
  readonly exchange: number;
  readonly logged: Logged;
}

export interface Citizens {
  /** Tells the whole story of a citizen. */
  write(citizen: string): Promise<void>;
  readonly done: readonly Story[];
  readonly told: readonly Told[];
  close(): void;
}

const agentsIn = (data: string): Agents => {
  const agentOf = (client: Story['client']): Agent =>
    new Agent({
      keepAlive: true,
      ca: readFileSync(join(data, 'pki/trust.pem')),
      cert: readFileSync(join(data, `pki/clients/${client}.pem`)),
      key: readFileSync(join(data, `pki/clients/${client}.key`)),
    });
  return { kommune: agentOf('kommune'), jobcenter: agentOf('jobcenter') };
};

/** The code that was sent to a citizen, where the answer that told it never came. */
const codeSent = async (surroundings: Surroundings, citizen: string): Promise<string> => {
  for (;;) {
    const { url } = await whereOf(surroundings);
    const answer = await fetch(`${url}/_emulator/outbox?limit=1000`).catch(() => undefined);
    const text = answer?.status === 200 ? await answer.text().catch(() => undefined) : undefined;
    if (text !== undefined) {
      const { messages } = JSON.parse(text) as { messages: { citizen: string; code: string }[] };
      return messages.find((message) => message.citizen === citizen)?.code ?? assert.fail('no code was sent');
    }
    await setTimeout(20);
  }
};

/** @param data where the certificates of the clients are */
export const createCitizens = (surroundings: Surroundings, data: string): Citizens => {
  const agents = agentsIn(data);
  const done: Story[] = [];
  const told: Told[] = [];

  const hear = (story: Story, step: Step, answer: Answer | undefined): Heard => {
    if (!answer) return 'nothing';
    const result = resultIn(answer);
    if (UNAVAILABLE.test(result)) return 'unavailable';
    const first = loggedAs(story, step);
    const repeated = loggedAsRepeated(story, step).result;
    const counted = isOnce(story, step) && result === repeated;
    assert.equal(result, counted ? repeated : first.result, `${story.citizen} ${step}: ${answer.text}`);
    if (counted) return 'counted';
    // Who may not call at all is told so also where the row could not be stored; what an operation answers is stored with it.
    if (step !== 'stranger') told.push({ exchange: exchangeOf(answer), logged: first });
    return 'counts';
  };
  const take = async (story: Story, step: Step, code: string): Promise<string | undefined> => {
    let sent: string | undefined;
    const offer = async ({ tlsUrl }: { readonly tlsUrl: string }): Promise<Heard> => {
      const answer = await call(tlsUrl, agents, story, step, code);
      sent ??= answer && codeIn(answer);
      return hear(story, step, answer);
    };
    await offerAround(surroundings, offer, isOnce(story, step));
    return sent;
  };
  return {
    done,
    told,
    write: async (citizen) => {
      const story = makeStory(citizen, surroundings.dice);
      let code = '';
      for (const step of story.steps) {
        const sent = await take(story, step, code);
        if (step === 'code') code = sent ?? (await codeSent(surroundings, citizen));
      }
      done.push(story);
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
};
