// What a refusal of an operation went by: the citizen, the contact data, the codes and what was tried with them.

import { originOf } from '../../contract/history.ts';
import { checkCpr } from '../../identifiers/cpr.ts';
import type { Ground, Grounds } from '../../kernel/grounds.ts';
import type { ErrorCode } from '../codes.ts';
import { type Citizen, EMAIL, isContactType, LANDLINE } from '../register/citizen.ts';
import { type CitizenPart, citizenPart } from '../register/history.ts';
import type { DanishRights, Organisation } from '../register/organisations.ts';
import type { Limit, Target } from '../rule.ts';
import { recent } from '../verification.ts';
import { ground, type Part } from './grounds.ts';

/** What a call says that a refusal may go by, as far as its operation has it. */
export interface Concern {
  readonly type?: number | undefined;
  readonly code?: string | undefined;
}

/** What is known where an operation refuses. */
export interface Refused {
  readonly target: Target;
  readonly concern: Concern;
  readonly citizen: Citizen | undefined;
  readonly rights: DanishRights;
  /** The organisation that the call is made for. */
  readonly acting: Organisation;
  readonly limits: { readonly wrong: Limit; readonly sent: Limit };
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly at: number;
}

type Sought = (refused: Refused) => readonly Ground[];

const read =
  (part: Part, of: (refused: Refused) => number | string = () => ''): Sought =>
  (refused) => [ground(part, String(of(refused)), refused)];

const typeOf = ({ concern: { type = 0 } }: Refused): number => type;

/** What was tried of late with codes of a type, each with its time; the last by the exchange that did it. */
const tried =
  (part: Extract<CitizenPart, 'wrong' | 'sent'>): Sought =>
  ({ citizen, concern: { type = 0 }, limits, at }) => {
    if (!citizen || !isContactType(type)) return [];
    const times = recent(citizen, type, part, limits[part], at);
    const { most, within } = limits[part];
    return [
      {
        part,
        of: String(type),
        is: [
          `${times.length} of ${most} within ${within / 1000} s`,
          ...times.map((one) => new Date(one).toISOString()),
        ].join(' '),
        by: times.length === 0 ? undefined : originOf(citizen, citizenPart(part, type)),
      },
    ];
  };

/** The code that a call gave, where it is one; it says which of the sent ones it was. */
const given: Sought = ({ concern: { code = '' } }) =>
  /^\s*\d{4,9}\s*$/.test(code) ? [{ part: 'given', is: code.trim() }] : [];

const several =
  (...all: readonly Sought[]): Sought =>
  (refused) =>
    all.flatMap((one) => one(refused));

const DATA = read('data', typeOf);
const CODE = read('code', typeOf);

/** What each refusal of an operation goes by; the others go by the request alone. */
const SOUGHT: Readonly<Partial<Record<ErrorCode, Sought>>> = {
  1010: read('citizen'),
  4400: read('citizen'),
  4405: read('citizen'),
  4575: read('home', ({ acting }) => acting.type),
  9155: several(
    read('subscriptions'),
    read('data', () => EMAIL),
  ),
  9159: DATA,
  9240: read('data', () => LANDLINE),
  9241: several(CODE, given, tried('wrong')),
  9242: DATA,
  9243: several(CODE, given),
  9244: several(tried('wrong'), tried('sent')),
  9247: read('status', typeOf),
  9460: read('number', ({ target: { cpr = '' } }) => cpr),
};

/** The number of the citizen, or the one that was asked for where it could be one. */
const personOf = ({ citizen, target: { cpr } }: Refused): string | undefined =>
  citizen?.id ?? (cpr !== undefined && checkCpr(cpr) === undefined ? cpr : undefined);

export const groundsOfCitizen = (code: ErrorCode, refused: Refused): Grounds => {
  const { acting, at, concern } = refused;
  return {
    code: String(code),
    at,
    person: personOf(refused),
    parts: [
      ...(SOUGHT[code]?.(refused) ?? []),
      ...(concern.type === undefined ? [] : [{ part: 'asked', is: String(concern.type) }]),
      { part: 'acting', of: String(acting.type), is: acting.code },
    ],
  };
};
