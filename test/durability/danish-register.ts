// The Danish register as it lies there while nobody has it: what it holds of a story, and that none of it is there by halves.

import assert from 'node:assert/strict';
import type { Citizen } from '../../src/dfdg/register/citizen.ts';
import type { Access, Sent } from '../../src/dfdg/register/logs.ts';
import { EMAIL } from '../rest/client.ts';
import { type Register, rowsOf } from './lives.ts';
import { loggedAs, type Step, type Story } from './stories.ts';

/** What the register holds. */
export interface Held {
  readonly citizens: ReadonlyMap<string, Pick<Citizen, 'contactData' | 'attempts'>>;
  readonly accesses: readonly Access[];
  readonly codes: ReadonlyMap<string, readonly string[]>;
}

export const NOTHING: Held = { citizens: new Map(), accesses: [], codes: new Map() };

export const look = (register: Register): Held => {
  const bodies = register.prepare<[], string>('SELECT body FROM dk_citizen').pluck().all();
  const citizens = bodies.map((body): Citizen => JSON.parse(body));
  const sent = rowsOf<Sent>(register, 'dk_outbox');
  const codesOf = (id: string) => sent.filter(({ citizen }) => citizen === id).map(({ code }) => code ?? '');
  return {
    citizens: new Map(citizens.map((citizen) => [citizen.id, citizen])),
    accesses: rowsOf<Access>(register, 'dk_access'),
    codes: new Map(citizens.map(({ id }) => [id, codesOf(id)])),
  };
};

export const isLogged = ({ accesses }: Held, story: Story, step: Step): boolean => {
  const { service, operation, citizen, result } = loggedAs(story, step);
  return accesses.some(
    (row) =>
      row.service === service &&
      row.operation === operation &&
      row.citizen === citizen &&
      row.result === result,
  );
};

/** A step is one transaction: its row in the access log, and what it did to the citizen and to the outbox. */
export const assertWhole = (held: Held, story: Story): void => {
  const [saved, sent, verified] = (['save', 'code', 'verify'] as const).map((step) =>
    isLogged(held, story, step),
  );
  const citizen = held.citizens.get(story.citizen);
  const codes = held.codes.get(story.citizen) ?? [];
  const data = citizen?.contactData.find(({ type }) => type === EMAIL);
  const tried = citizen?.attempts.find(({ type }) => type === EMAIL);
  assert.deepEqual(
    {
      value: data?.value,
      status: data?.status,
      pending: data?.pending?.code,
      sent: tried?.sent.length ?? 0,
      codes: codes.length,
    },
    {
      value: saved ? story.address : undefined,
      status: saved ? (verified ? 2 : 1) : undefined,
      pending: sent && !verified ? codes[0] : undefined,
      sent: sent ? 1 : 0,
      codes: sent ? 1 : 0,
    },
    story.citizen,
  );
};
