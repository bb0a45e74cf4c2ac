// The Danish register over the control interface: citizens, organisations, messages to citizens and access log.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { OutgoingMessage } from '../dfdg/citizen.ts';
import { citizenFromJson, citizenJson, citizenToJson } from '../dfdg/json.ts';
import type { DanishLogs } from '../dfdg/logs.ts';
import { remind } from '../dfdg/reminder.ts';
import type { DanishRights } from '../dfdg/rights.ts';
import { danishOrganisationsJson } from '../dfdg/seed.ts';
import type { DanishStore } from '../dfdg/store.ts';
import { isProblem } from '../kernel/problem.ts';
import { isTaken } from '../store/sqlite.ts';
import { ControlError, notTaken } from './problem.ts';
import { type Query, readPart } from './query.ts';
import { administer, type PersonAdministration, readBody } from './register.ts';

export const administerCitizens = (store: DanishStore): PersonAdministration =>
  administer({
    word: 'citizen',
    schema: citizenJson,
    pages: store.pages,
    find: (id) => store.load({ cpr: id }),
    keep: (json) => {
      const next = citizenFromJson(json);
      try {
        const done = store.change({ cpr: next.id }, () => ({ result: next, next }));
        if (isProblem(done)) throw notTaken(done);
        return done;
      } catch (error) {
        if (!isTaken(error)) throw error;
        throw new ControlError(
          409,
          `citizen ${next.id}: the CV number or the former number belongs to another citizen`,
        );
      }
    },
    remove: store.remove,
    view: citizenToJson,
  });

export const replaceDanishOrganisations = (rights: DanishRights, body: unknown): void =>
  rights.replace(readBody(danishOrganisationsJson, body, 'organisations'));

/** What the Danish part of the control interface is connected to. */
export interface DanishControls {
  readonly rights: DanishRights;
  readonly store: DanishStore;
  readonly logs: DanishLogs;
}

const reminderJson = z.strictObject({
  citizen: z.string(),
  text: z.string().min(1).max(1000),
  subscription: z.string().min(1).optional(),
});

const sendReminder = (store: DanishStore, body: unknown): readonly OutgoingMessage[] => {
  const { citizen: cpr, ...reminder } = readBody(reminderJson, body, 'reminder');
  const reminded = store.change({ cpr }, (citizen) => {
    if (!citizen) throw new ControlError(404, `there is no citizen ${cpr} in the register`);
    return remind(citizen, reminder);
  });
  if (isProblem(reminded)) throw notTaken(reminded);
  if ('refused' in reminded) throw new ControlError(409, `no reminder is sent: ${reminded.refused}`);
  return reminded.sent;
};

/** Mounts what only Denmark has: messages to citizens, and who called. */
export const mountDanish = (scope: FastifyInstance, { store, logs }: DanishControls): void => {
  scope.get('/outbox', async ({ query }) => ({ messages: logs.outbox(readPart(query as Query)) }));
  scope.post('/reminders', async ({ body }) => ({ messages: sendReminder(store, body) }));
  scope.get('/access-log', async ({ query }) => ({ accesses: logs.accesses(readPart(query as Query)) }));
};
