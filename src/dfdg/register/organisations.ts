// Who may do what: which CVR number may act for which organisation, and which citizens are an organisation's own.

import { keptLists } from '../../contract/lists.ts';
import type { Origin } from '../../kernel/grounds.ts';
import type { Engine } from '../../store/engine.ts';
import type { Citizen } from './citizen.ts';

const STAR = 1;
export const A_KASSE = 2;
const ANOTHER_ACTOR = 4;
export const MUNICIPALITY = 7;
export const JOB_CENTRE = 8;
const COMPANY = 24;
const JOBNET = 30;

/** The code list OrganisationTypeIdentifier: 4, 7, 8, 24 are documented, 1, 2, 30 assumed. */
export const organisationTypes: Readonly<Record<number, string>> = {
  [STAR]: 'STAR',
  [A_KASSE]: 'a-kasse',
  [ANOTHER_ACTOR]: 'anden aktør',
  [MUNICIPALITY]: 'kommune',
  [JOB_CENTRE]: 'jobcenter',
  [COMPANY]: 'virksomhed',
  [JOBNET]: 'Jobnet',
};

/** The user type of a citizen, who calls for nobody else. */
export const CITIZEN = 1;
/** The user type of a program, which is the certificate’s own. */
export const SYSTEM = 3;

/** The code list RequestUserTypeIdentifier. */
export const userTypes: Readonly<Record<number, string>> = {
  [CITIZEN]: 'citizen',
  2: 'sagsbehandler',
  [SYSTEM]: 'system',
  4: 'medarbejder',
};

/** Organisation types that may use a service, or a REST method that comes from both services. */
export const mayUse = {
  reminder: [STAR, A_KASSE, MUNICIPALITY, JOB_CENTRE],
  jobnet: [STAR, JOBNET],
  both: [STAR, A_KASSE, MUNICIPALITY, JOB_CENTRE, JOBNET],
} as const;

export interface Organisation {
  readonly type: number;
  readonly code: string;
  readonly name: string;
  readonly cvr: string;
}

/** A CVR number may act for an organisation: its own, or one whose data it processes. */
export interface Processing {
  readonly cvr: string;
  readonly type: number;
  readonly code: string;
}

export interface DanishOrganisations {
  readonly organisations: readonly Organisation[];
  readonly relations: readonly Processing[];
}

/** What is asked of the organisations; it is told at once, as it was stored last. */
export interface DanishRights {
  /** The organisation with this type and code; its CVR number is taken for its code too. */
  organisation(type: number, code: string): Organisation | undefined;
  /** The organisation that has this CVR number itself. */
  ofCvr(cvr: string): Organisation | undefined;
  mayActFor(cvr: string, organisation: Organisation): boolean;
  /** What brought the lists about; undefined where a version put them that kept no history. */
  origin(): Origin | undefined;
}

/** Whether a citizen is an organisation's own. STAR sees all, and so does Jobnet, in its service. */
export const isOwn = (citizen: Citizen, { type, code }: Organisation): boolean => {
  if (type === STAR || type === JOBNET) return true;
  if (type === A_KASSE) return citizen.unemploymentFund === code;
  if (type === MUNICIPALITY) return citizen.municipality === code;
  return type === JOB_CENTRE && citizen.jobCentre === code;
};

/** Whether a user may see a citizen: one who is a citizen only the one that UserIdentifier names, by current or former number [A]. */
export const isSelf = (
  { id, formerId }: Citizen,
  { userType, userIdentifier }: { readonly userType: number; readonly userIdentifier: string },
): boolean => userType !== CITIZEN || userIdentifier === id || userIdentifier === formerId;

/** One of each, the last where there are several, in order. */
const sorted = <Row extends { readonly type: number; readonly code: string; readonly cvr: string }>(
  rows: readonly Row[],
  before: (left: Row, right: Row) => number,
): Row[] =>
  rows
    .filter((row, index) => !rows.some((other, later) => later > index && before(row, other) === 0))
    .sort(before);

const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const byKind = (left: Organisation | Processing, right: Organisation | Processing): number =>
  left.type - right.type || order(left.code, right.code);

const kept = keptLists<DanishOrganisations>('dk_organisations', { organisations: [], relations: [] });

export const organisations = {
  table: kept.table,
  /** As they were stored last. */
  current: kept.current,
  /** As they are where a change is decided. */
  find: kept.find,
  /** Replaces all of them. */
  put: (wanted: DanishOrganisations, by?: Origin) =>
    kept.put(
      {
        organisations: sorted(wanted.organisations, byKind),
        relations: sorted(
          wanted.relations,
          (left, right) => order(left.cvr, right.cvr) || byKind(left, right),
        ),
      },
      by,
    ),
};

export const rightsIn = (engine: Pick<Engine, 'value'>): DanishRights => {
  const lists = (): DanishOrganisations => kept.current(engine);
  return {
    organisation: (type, code) =>
      lists().organisations.find((one) => one.type === type && (one.code === code || one.cvr === code)),
    ofCvr: (cvr) => lists().organisations.find((one) => one.cvr === cvr),
    mayActFor: (cvr, { type, code }) =>
      lists().relations.some((one) => one.cvr === cvr && one.type === type && one.code === code),
    origin: () => kept.origin(engine),
  };
};
