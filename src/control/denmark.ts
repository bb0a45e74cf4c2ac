// The Danish register over the control interface: citizens, outbox and access log.

import type { Citizen } from '../dfdg/citizen.ts';
import { citizenFromJson, citizenJson, citizenToJson } from '../dfdg/json.ts';
import type { DanishLogs } from '../dfdg/logs.ts';
import type { DanishRights } from '../dfdg/rights.ts';
import { danishOrganisationsJson } from '../dfdg/seed.ts';
import type { DanishStore } from '../dfdg/store.ts';
import { firstIssue } from '../kernel/issue.ts';
import { isProblem } from '../kernel/problem.ts';
import { isTaken } from '../store/open.ts';
import type { PersonAdministration } from './norway.ts';
import { ControlError } from './problem.ts';

const write = (store: DanishStore, next: Citizen): Citizen => {
  try {
    const done = store.change({ cpr: next.id }, () => ({ result: next, next }));
    if (isProblem(done)) throw new ControlError(500, done.explanation.found);
    return done;
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new ControlError(
      409,
      `citizen ${next.id}: the CV number or the former number belongs to another citizen`,
    );
  }
};

export const administerCitizens = (store: DanishStore): PersonAdministration => {
  const missing = (id: string): ControlError =>
    new ControlError(404, `there is no citizen ${id} in the register`);
  return {
    list: (limit, cursor) => {
      if (cursor !== undefined && store.load({ cpr: cursor })?.id !== cursor)
        throw new ControlError(400, `cursor: there is no citizen ${cursor}`);
      return store.list(limit, cursor).map(citizenToJson);
    },
    get: (id) => {
      const citizen = store.load({ cpr: id });
      if (!citizen) throw missing(id);
      return citizenToJson(citizen);
    },
    put: (id, body) => {
      const parsed = citizenJson.safeParse(
        typeof body === 'object' && !Array.isArray(body) ? { id, ...body } : body,
      );
      if (!parsed.success) throw new ControlError(400, `citizen ${id}: ${firstIssue(parsed.error)}`);
      if (parsed.data.id !== id)
        throw new ControlError(400, `the body is about ${parsed.data.id}, the address about ${id}`);
      const next = citizenFromJson(parsed.data);
      return citizenToJson(write(store, next));
    },
    remove: (id) => {
      if (!store.remove(id)) throw missing(id);
    },
  };
};

export const replaceDanishOrganisations = (rights: DanishRights, body: unknown): void => {
  const parsed = danishOrganisationsJson.safeParse(body);
  if (!parsed.success) throw new ControlError(400, `organisations: ${firstIssue(parsed.error)}`);
  rights.replace(parsed.data);
};

/** What the Danish part of the control interface is connected to. */
export interface DanishControls {
  readonly rights: DanishRights;
  readonly logs: DanishLogs;
}
