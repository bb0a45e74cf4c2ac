// What brought each part of a citizen about: contact data and its status, the code on its way, what was tried with codes.

import { begun, historyAfter, type Parts } from '../../contract/history.ts';
import type { Origin } from '../../kernel/grounds.ts';
import type { Citizen } from './citizen.ts';

/** The parts that calls change, each of one type of contact data. */
export type CitizenPart = 'data' | 'status' | 'code' | 'wrong' | 'sent';

export const citizenPart = (part: CitizenPart, type: number | string): string => `${part} ${type}`;

const partsOf = ({ contactData, attempts }: Citizen): Parts =>
  Object.fromEntries([
    ...contactData.flatMap(({ type, value, status, pending }) => [
      [citizenPart('data', type), value],
      [citizenPart('status', type), String(status)],
      ...(pending ? [[citizenPart('code', type), `${pending.code} ${pending.expires}`]] : []),
    ]),
    ...attempts.flatMap(({ type, wrong, sent }) => [
      [citizenPart('wrong', type), wrong.join()],
      [citizenPart('sent', type), sent.join()],
    ]),
  ]);

/** A citizen as a seed or the control interface brings one. */
export const brought = (citizen: Citizen, by: Origin): Citizen => ({ ...citizen, history: begun(by) });

/** A citizen after a change. */
export const changed = (before: Citizen | undefined, after: Citizen, by: Origin): Citizen =>
  before ? { ...after, history: historyAfter(before, after, partsOf, by) } : brought(after, by);
