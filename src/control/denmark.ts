// What the switches reach of the Danish register: its citizens and organisations, in the forms of its seeds, what citizens were
// sent, and who called.

import { citizenFromJson, citizenJson, citizenToJson } from '../dfdg/register/json.ts';
import type { DanishLogs } from '../dfdg/register/logs.ts';
import type { DanishOrganisations, DanishRights } from '../dfdg/register/organisations.ts';
import { danishOrganisationsJson } from '../dfdg/register/seed.ts';
import type { DanishStore } from '../dfdg/register/store.ts';
import { isProblem } from '../kernel/problem.ts';
import { isTaken } from '../store/sqlite.ts';
import type { Alone } from './alone.ts';
import { type RowsAsked, readPart } from './asked.ts';
import { administerOrganisations, type OrganisationAdministration } from './organisations.ts';
import { administerPersons, type PersonAdministration } from './persons.ts';
import { ControlError, notTaken } from './problem.ts';
import { sendReminder } from './reminder.ts';

/** The Danish register and its logs. */
export interface DanishParts {
  readonly store: DanishStore;
  readonly rights: DanishRights;
  readonly logs: DanishLogs;
}

export interface DanishControl {
  readonly persons: PersonAdministration<ReturnType<typeof citizenToJson>>;
  readonly organisations: OrganisationAdministration<DanishOrganisations>;
  /** Messages as citizens would have received them, newest first. */
  outbox(asked: RowsAsked): ReturnType<DanishLogs['outbox']>;
  remind(body: unknown): ReturnType<typeof sendReminder>;
  /** Who called, newest first. */
  accesses(asked: RowsAsked): ReturnType<DanishLogs['accesses']>;
}

export const controlDenmark = ({ store, rights, logs }: DanishParts, alone: Alone): DanishControl => ({
  persons: administerPersons(
    {
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
    },
    alone,
  ),
  organisations: administerOrganisations({ schema: danishOrganisationsJson, rights }, alone),
  outbox: (asked) => alone.reading(() => logs.outbox(readPart(asked))),
  remind: (body) => alone.changing(() => sendReminder(store, body)),
  accesses: (asked) => alone.reading(() => logs.accesses(readPart(asked))),
});
