// Which state of the register led to a refusal, part by part: read when it is decided, and again when it is explained.

import { originOf } from '../../../contract/history.ts';
import { stripIcd } from '../../../identifiers/organisasjonsnummer.ts';
import type { Ground, Grounds } from '../../../kernel/grounds.ts';
import { activePart, mailboxPart } from '../../register/history.ts';
import type { Rights } from '../../register/organisations.ts';
import type { Person } from '../../register/person.ts';
import type { RefusalCode } from '../codes.ts';
import type { PersonCommand } from '../rule.ts';

/** What states are read of. */
export interface Present {
  readonly person: Person | undefined;
  readonly rights: Pick<Rights, 'approved' | 'origin'>;
}

/** What a request says that a decision goes by. */
export interface Asked extends PersonCommand {
  readonly postkasseleverandoerOrgNummer?: string;
}

const personState = ({ status, deletionCause }: Person): string =>
  status === 'AKTIV' ? status : `${status} (${deletionCause ?? 'no cause given'})`;

const mailbox = (person: Person | undefined, provider: string): Ground => {
  const found = person?.mailboxes.find((one) => one.provider === provider);
  const is = found ? (found.active ? 'active' : 'inactive') : 'none';
  const by = person && originOf(person, found?.active ? activePart(provider) : mailboxPart(provider));
  return { part: 'mailbox', of: provider, is, by };
};

/** Each part of the register, as it is. */
const readers = {
  person: (_of, { person }) => ({
    part: 'person',
    is: person ? personState(person) : 'none',
    by: person && originOf(person, 'person'),
  }),
  reservation: (_of, { person }) => ({
    part: 'reservation',
    is: person?.reserved ? 'JA' : 'NEI',
    by: person && originOf(person, 'reservation'),
  }),
  mailbox: (of, { person }) => mailbox(person, of),
  approval: (of, { rights }) => ({
    part: 'approval',
    of,
    is: rights.approved(of) ? 'approved' : 'not approved',
    by: rights.origin(),
  }),
} as const satisfies Record<string, (of: string, present: Present) => Ground>;
type Part = keyof typeof readers;

const isPart = (part: string): part is Part => Object.hasOwn(readers, part);

/** A part as it is now; undefined: it is nothing of the register. */
export const readGround = ({ part, of = '' }: Ground, present: Present): Ground | undefined =>
  isPart(part) ? readers[part](of, present) : undefined;

type Sought = readonly [part: Part, of: string];

/** The chosen mailbox first, then the one that the request names. */
const mailboxesOf = ({ own }: Caring, { person }: Present): Sought[] => {
  const active = person?.mailboxes.find((one) => one.active)?.provider;
  return [...new Set([active, own])].flatMap((of) => (of === undefined ? [] : [['mailbox', of] as const]));
};

interface Caring {
  /** The organisation that a request is about. */
  readonly own: string | undefined;
  readonly signer: string | undefined;
}

/** What each refusal goes by; nothing where it goes by the request alone. */
const SOUGHT: Readonly<Record<RefusalCode, (asked: Caring, present: Present) => readonly Sought[]>> = {
  UGYLDIG_PERSONNUMMER: () => [],
  UGYLDIG_SERTIFIKAT: () => [],
  UGYLDIG_ORGNR: ({ own, signer }) =>
    [...new Set([own, signer])].flatMap((of) => (of === undefined ? [] : [['approval', of] as const])),
  BRUKER_IKKE_FUNNET: () => [['person', '']],
  RESERVERT: () => [['reservation', '']],
  ALLEREDE_AKTIV: mailboxesOf,
  INGEN_POSTBOKS_FUNNET: ({ own }) => (own === undefined ? [] : [['mailbox', own]]),
  POSTKASSE_EKSISTERER_ALLEREDE: ({ own }) => (own === undefined ? [] : [['mailbox', own]]),
};

/**
 * What a refusal went by.
 *
 * @param signer the organisation of the signing certificate
 * @param at the register hand of the clock, in milliseconds since 1970
 */
export const groundsOf = (
  code: RefusalCode,
  { personidentifikator, postkasseleverandoerOrgNummer }: Asked,
  signer: string | undefined,
  present: Present,
  at: number,
): Grounds => {
  const asked = postkasseleverandoerOrgNummer && stripIcd(postkasseleverandoerOrgNummer);
  const own = asked ?? signer;
  return {
    code,
    at,
    person: personidentifikator,
    parts: [
      ...SOUGHT[code]({ own, signer }, present).map(([part, of]) => readers[part](of, present)),
      ...(asked === undefined ? [] : [{ part: 'asked', is: asked }]),
      ...(signer === undefined ? [] : [{ part: 'signer', is: signer }]),
    ],
  };
};
