// For each code the call after which the same request is accepted, or a request like it that is.

import { callCommand, clientOf, controlCall } from '../../../explain/command.ts';
import { checkOrganisasjonsnummer } from '../../../identifiers/organisasjonsnummer.ts';
import type { Grounds } from '../../../kernel/grounds.ts';
import { personToJson } from '../../register/json.ts';
import type { Organisations } from '../../register/organisations.ts';
import type { Mailbox, Person } from '../../register/person.ts';
import type { RefusalCode } from '../codes.ts';

/** A refusal that somebody wants to get past. */
export interface Refused {
  readonly grounds: Grounds;
  /** The operation that was refused. */
  readonly operation: string;
  /** The person as he or she is now. */
  readonly person: Person | undefined;
  readonly organisations: Organisations;
}

const SERVICE = 'postkasseleverandoer';

const saidOf = ({ grounds: { parts } }: Refused, part: string): string | undefined =>
  parts.find((one) => one.part === part)?.is;

/** The provider that a request is about. */
const ownOf = (refused: Refused): string | undefined => saidOf(refused, 'asked') ?? saidOf(refused, 'signer');

/** A call about the same person, by the client of a provider and about its mailbox. */
const called = ({ grounds: { person } }: Refused, operation: string, provider: string | undefined): string =>
  callCommand(`${SERVICE}.${operation}`, clientOf(provider) ?? `<client of ${provider}>`, {
    personidentifikator: person,
    ...(operation.startsWith('KanVelge') ? {} : { postkasseleverandoerOrgNummer: provider }),
  });

const put = (person: Person, short: string): string => {
  const { slettetAarsak, ...json } = personToJson(person);
  return controlCall(
    'PUT',
    `/persons/no/${person.id}`,
    { ...json, ...(slettetAarsak === undefined ? {} : { slettetAarsak }) },
    short,
  );
};

/** The person with other mailboxes. */
const withMailboxes = (person: Person, mailboxes: readonly Mailbox[]): string =>
  put({ ...person, mailboxes }, 'with other postkasser');

/** The mailbox is taken away by its provider; by the control interface where that provider has no client here. */
const remove = (refused: Refused, provider: string): string | undefined => {
  const { person } = refused;
  if (clientOf(provider) !== undefined || !person) return called(refused, 'SlettPostkasse', provider);
  return withMailboxes(
    person,
    person.mailboxes.filter((one) => one.provider !== provider),
  );
};

const leaveActive = (refused: Refused): string | undefined => {
  const { person, operation, grounds } = refused;
  const active = grounds.parts.find(({ part, is }) => part === 'mailbox' && is === 'active')?.of;
  if (active === undefined) return undefined;
  // A mailbox that is gone cannot be chosen: it is made inactive.
  return person && active === ownOf(refused) && operation.startsWith('Velg')
    ? withMailboxes(
        person,
        person.mailboxes.map((one) => (one.provider === active ? { ...one, active: false } : one)),
      )
    : remove(refused, active);
};

const approve = (refused: Refused): string | undefined => {
  const { organisations, operation } = refused;
  const [asked, signer] = [saidOf(refused, 'asked'), saidOf(refused, 'signer')];
  const number = ownOf(refused);
  const isNumber = number !== undefined && checkOrganisasjonsnummer(number) === undefined;
  const approved = organisations.providers.some(({ orgnr }) => orgnr === number);
  if (isNumber && !approved)
    return controlCall(
      'PUT',
      '/organisations?country=no',
      { ...organisations, providers: [...organisations.providers, { orgnr: number, navn: '' }] },
      `with ${number} among the providers`,
    );
  // A number that is approved was sent by somebody else: who has it signs.
  const provider = isNumber && clientOf(asked) !== undefined ? asked : signer;
  return called(refused, operation, provider);
};

const revive = (refused: Refused): string | undefined => {
  const { person, grounds } = refused;
  if (!person) return `kontakt person add ${grounds.person ?? '<number>'}`;
  const { deletionCause: _, ...rest } = person;
  return put({ ...rest, status: 'AKTIV' }, 'with "status": "AKTIV" and without slettetAarsak');
};

/** A code without an entry here does not compile. */
export const changes: Readonly<Record<RefusalCode, (refused: Refused) => string | undefined>> = {
  RESERVERT: ({ person }) => person && put({ ...person, reserved: false }, 'with "reservert": false'),
  ALLEREDE_AKTIV: leaveActive,
  INGEN_POSTBOKS_FUNNET: (refused) => called(refused, 'OpprettPostkasse', ownOf(refused)),
  BRUKER_IKKE_FUNNET: revive,
  POSTKASSE_EKSISTERER_ALLEREDE: (refused) => {
    const own = ownOf(refused);
    return own === undefined ? undefined : remove(refused, own);
  },
  // The command line leaves the certificate out.
  UGYLDIG_SERTIFIKAT: (refused) => called(refused, refused.operation, ownOf(refused)),
  // The command line takes a person of the register.
  UGYLDIG_PERSONNUMMER: ({ operation }) => callCommand(`${SERVICE}.${operation}`, undefined),
  UGYLDIG_ORGNR: approve,
};
