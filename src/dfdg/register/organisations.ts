// Who may do what: which CVR number may act for which organisation, and which citizens are an organisation's own.

import type { Sqlite } from '../../store/sqlite.ts';
import type { Citizen } from './citizen.ts';

const STAR = 1;
const A_KASSE = 2;
const ANOTHER_ACTOR = 4;
const MUNICIPALITY = 7;
const JOB_CENTRE = 8;
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

export interface DanishRights {
  /** The organisation with this type and code; its CVR number is taken for its code too. */
  organisation(type: number, code: string): Organisation | undefined;
  /** The organisation that has this CVR number itself. */
  ofCvr(cvr: string): Organisation | undefined;
  mayActFor(cvr: string, organisation: Organisation): boolean;
  list(): DanishOrganisations;
  /** Replaces the whole list, or nothing. */
  replace(organisations: DanishOrganisations): void;
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

export const createDanishRights = (database: Sqlite): DanishRights => {
  const select = 'SELECT type, kode AS code, navn AS name, cvr FROM organisation';
  const all = database.prepare<[], Organisation>(`${select} ORDER BY type, kode`);
  const relations = database.prepare<[], Processing>(
    'SELECT cvr, type, kode AS code FROM databehandler ORDER BY cvr, type, kode',
  );
  const addOrganisation = database.prepare('INSERT INTO organisation VALUES (?, ?, ?, ?)');
  const addRelation = database.prepare('INSERT OR IGNORE INTO databehandler VALUES (?, ?, ?)');
  const read = (): DanishOrganisations => ({ organisations: all.all(), relations: relations.all() });
  // Every call asks four times, and hardly ever has anything changed. Nobody asks between a replacement and its commit.
  let kept: DanishOrganisations | undefined;
  const lists = (): DanishOrganisations => {
    kept ??= read();
    return kept;
  };
  return {
    organisation: (type, code) =>
      lists().organisations.find((one) => one.type === type && (one.code === code || one.cvr === code)),
    ofCvr: (cvr) => lists().organisations.find((one) => one.cvr === cvr),
    mayActFor: (cvr, { type, code }) =>
      lists().relations.some((one) => one.cvr === cvr && one.type === type && one.code === code),
    list: read,
    replace: database.transaction((wanted: DanishOrganisations) => {
      kept = undefined;
      database.exec('DELETE FROM organisation; DELETE FROM databehandler');
      for (const { type, code, name, cvr } of wanted.organisations)
        addOrganisation.run(type, code, name, cvr);
      for (const { cvr, type, code } of wanted.relations) addRelation.run(cvr, type, code);
    }),
  };
};
