// The Danish register over the control interface: citizens, organisations, outbox and access log.

import { citizenFromJson, citizenJson, citizenToJson } from '../dfdg/json.ts';
import type { DanishLogs } from '../dfdg/logs.ts';
import type { DanishRights } from '../dfdg/rights.ts';
import { danishOrganisationsJson } from '../dfdg/seed.ts';
import type { DanishStore } from '../dfdg/store.ts';
import { isProblem } from '../kernel/problem.ts';
import { isTaken } from '../store/open.ts';
import { ControlError } from './problem.ts';
import { administer, type PersonAdministration, readBody } from './register.ts';

export const administerCitizens = (store: DanishStore): PersonAdministration =>
  administer({
    word: 'citizen',
    schema: citizenJson,
    list: store.list,
    find: (id) => store.load({ cpr: id }),
    keep: (json) => {
      const next = citizenFromJson(json);
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
    },
    remove: store.remove,
    view: citizenToJson,
  });

export const replaceDanishOrganisations = (rights: DanishRights, body: unknown): void =>
  rights.replace(readBody(danishOrganisationsJson, body, 'organisations'));

/** What the Danish part of the control interface is connected to. */
export interface DanishControls {
  readonly rights: DanishRights;
  readonly logs: DanishLogs;
}
