// What the operations share on the mailboxes of a person: which one is meant, what may be done to it, and what comes of it [A].

import { stripIcd } from '../../identifiers/organisasjonsnummer.ts';
import type { Mailbox, Person } from '../register/person.ts';
import { afterChecks, type Exceptions } from './checks.ts';
import type { RefusalCode } from './codes.ts';
import {
  type Circumstances,
  type ContentCommand,
  type MailboxCommand,
  type Rule,
  refusal,
  type Verdict,
} from './rule.ts';

/**
 * After the shared checks, an operation's own rule on the mailbox with the provider that the request names, where the
 * person has one. The number in its command is bare, without the scheme before it.
 */
export const onMailbox = <Command extends MailboxCommand>(
  own: (
    person: Person,
    mailbox: Mailbox | undefined,
    command: Command,
    circumstances: Circumstances,
  ) => Verdict,
  exceptions?: Exceptions,
): Rule<Command> =>
  afterChecks((person, command, circumstances) => {
    const provider = stripIcd(command.postkasseleverandoerOrgNummer);
    return own(
      person,
      person.mailboxes.find((mailbox) => mailbox.provider === provider),
      { ...command, postkasseleverandoerOrgNummer: provider },
      circumstances,
    );
  }, exceptions);

const stateRefusal = (code: RefusalCode, expected: string, found: string, remedy: string): Verdict => ({
  result: refusal(code, 'mailboxes of the person', expected, found, remedy, 'rule 6, state'),
});

export const noMailbox = (): Verdict =>
  stateRefusal(
    'INGEN_POSTBOKS_FUNNET',
    'mailbox information of this provider',
    'none',
    'create the mailbox first: OpprettPostkasse or OpprettOgVelgSikkerDigitalPostkasse',
  );

export const alreadyActive = ({ provider }: Mailbox, remedy: string): Verdict =>
  stateRefusal('ALLEREDE_AKTIV', 'no active mailbox', `the mailbox with ${provider} is active`, remedy);

export const alreadyThere = ({ active }: Mailbox, remedy: string): Verdict =>
  stateRefusal(
    'POSTKASSE_EKSISTERER_ALLEREDE',
    'no mailbox information of this provider',
    `${active ? 'an active' : 'an inactive'} mailbox of this provider`,
    remedy,
  );

export const activeOf = (person: Person): Mailbox | undefined =>
  person.mailboxes.find(({ active }) => active);

/** Why a mailbox that is not active cannot be chosen: another one is, and stays so unless it is displaced. */
export const chosenElsewhere = (person: Person, { displace }: Circumstances): Verdict | undefined => {
  const active = activeOf(person);
  if (!active || displace) return undefined;
  return alreadyActive(
    active,
    'another provider’s mailbox stays chosen; the citizen leaves it there first (or run with --displace)',
  );
};

/** The mailbox that a request describes. */
export const mailboxOf = (
  { postkasseleverandoerOrgNummer, postkasseadresse, x509Sertifikat }: ContentCommand,
  active: boolean,
): Mailbox => ({
  provider: postkasseleverandoerOrgNummer,
  address: postkasseadresse,
  ...(x509Sertifikat ? { certificate: x509Sertifikat } : {}),
  active,
});

/** Accepts: the mailbox takes the place of its provider's earlier one, and an active one is the only active one. */
export const withMailbox = (person: Person, mailbox: Mailbox): Verdict => ({
  result: undefined,
  next: {
    ...person,
    mailboxes: [
      ...person.mailboxes
        .filter(({ provider }) => provider !== mailbox.provider)
        .map((other) => (mailbox.active ? { ...other, active: false } : other)),
      mailbox,
    ],
  },
});
