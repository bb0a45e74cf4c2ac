// Which state of the register led to a refusal, part by part: read when it is decided, and again when it is explained.

import { originOf } from '../../contract/history.ts';
import type { Ground } from '../../kernel/grounds.ts';
import { type Citizen, dataOf } from '../register/citizen.ts';
import { type CitizenPart, citizenPart } from '../register/history.ts';
import { A_KASSE, type DanishRights, JOB_CENTRE, MUNICIPALITY } from '../register/organisations.ts';

/** What states are read of. */
export interface Present {
  readonly citizen: Citizen | undefined;
  readonly rights: DanishRights;
}

/** Whose a citizen is, by the type of the organisation that asks. */
const homeOf = (citizen: Citizen | undefined, type: number): string | undefined => {
  if (type === A_KASSE) return citizen?.unemploymentFund;
  if (type === MUNICIPALITY) return citizen?.municipality;
  return type === JOB_CENTRE ? citizen?.jobCentre : undefined;
};

const brought = (citizen: Citizen | undefined, part: CitizenPart, of: string) =>
  citizen && originOf(citizen, citizenPart(part, of));

/** What came with the citizen as a whole: no call changes it. */
const whole = (citizen: Citizen | undefined) => citizen && originOf(citizen, 'whole');

const numbersIn = (of: string): [first: string, second: string, third: string] => {
  const [first = '', second = '', third = ''] = of.split(' ');
  return [first, second, third];
};

const READERS = {
  citizen: (_of, { citizen }) => ({
    is: citizen ? (citizen.dead ? 'dead' : 'alive') : 'none',
    by: whole(citizen),
  }),
  number: (of, { citizen }) => ({
    is: citizen?.id === of ? 'current' : citizen?.formerId === of ? 'former' : 'none',
    by: whole(citizen),
  }),
  home: (of, { citizen }) => ({ is: homeOf(citizen, Number(of)) ?? 'none', by: whole(citizen) }),
  subscriptions: (_of, { citizen }) => ({
    is: citizen?.subscriptions.join(', ') || 'none',
    by: whole(citizen),
  }),
  data: (of, { citizen }) => ({
    is: citizen && dataOf(citizen, Number(of)) ? 'registered' : 'none',
    by: brought(citizen, 'data', of),
  }),
  status: (of, { citizen }) => ({
    is: String((citizen && dataOf(citizen, Number(of))?.status) ?? 'none'),
    by: brought(citizen, 'status', of),
  }),
  code: (of, { citizen }) => {
    const pending = citizen && dataOf(citizen, Number(of))?.pending;
    return {
      is: pending ? new Date(pending.expires).toISOString() : 'none',
      by: brought(citizen, 'code', of),
    };
  },
  organisation: (of, { rights }) => {
    const [type, code] = numbersIn(of);
    return { is: rights.organisation(Number(type), code) ? 'known' : 'none', by: rights.origin() };
  },
  'organisation of': (of, { rights }) => ({
    is: rights.ofCvr(of) ? 'known' : 'none',
    by: rights.origin(),
  }),
  relation: (of, { rights }) => {
    const [cvr, type, code] = numbersIn(of);
    const acting = rights.organisation(Number(type), code);
    return { is: acting && rights.mayActFor(cvr, acting) ? 'there' : 'none', by: rights.origin() };
  },
} as const satisfies Record<string, (of: string, present: Present) => Pick<Ground, 'is' | 'by'>>;
export type Part = keyof typeof READERS;

const isPart = (part: string): part is Part => Object.hasOwn(READERS, part);

/** A part of the register, as it is. */
export const ground = (part: Part, of: string, present: Present): Ground => ({
  part,
  ...(of === '' ? {} : { of }),
  ...READERS[part](of, present),
});

/** A part as it is now; undefined: it is nothing of the register, or an event that stays as it was. */
export const readGround = ({ part, of = '' }: Ground, present: Present): Ground | undefined =>
  isPart(part) ? ground(part, of, present) : undefined;
