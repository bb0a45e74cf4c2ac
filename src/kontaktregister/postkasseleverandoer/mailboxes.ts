// The rules of the mailbox providers' service as pure functions: what each operation asks of the mailboxes, and does to them [A].

import type { Mailbox, Person } from '../register/person.ts';
import { afterChecks } from './checks.ts';
import type { RefusalCode } from './codes.ts';
import { type MailboxCommand, type Rule, refusal, type Verdict } from './rule.ts';

const stateRefusal = (code: RefusalCode, expected: string, found: string, remedy: string): Verdict => ({
  result: refusal(code, 'mailboxes of the person', expected, found, remedy, 'rule 6, state'),
});

const noMailbox = (): Verdict =>
  stateRefusal(
    'INGEN_POSTBOKS_FUNNET',
    'mailbox information of this provider',
    'none',
    'create the mailbox first: OpprettPostkasse or OpprettOgVelgSikkerDigitalPostkasse',
  );

const alreadyActive = ({ provider }: Mailbox, remedy: string): Verdict =>
  stateRefusal('ALLEREDE_AKTIV', 'no active mailbox', `the mailbox with ${provider} is active`, remedy);

const alreadyThere = ({ active }: Mailbox, remedy: string): Verdict =>
  stateRefusal(
    'POSTKASSE_EKSISTERER_ALLEREDE',
    'no mailbox information of this provider',
    `${active ? 'an active' : 'an inactive'} mailbox of this provider`,
    remedy,
  );

const DISPLACE_HINT =
  'another provider’s mailbox stays chosen; the citizen leaves it there first (or run with --displace)';

const mailboxOf = (command: MailboxCommand, active: boolean): Mailbox => ({
  provider: command.postkasseleverandoerOrgNummer ?? '',
  address: command.postkasseadresse ?? '',
  ...(command.x509Sertifikat ? { certificate: command.x509Sertifikat } : {}),
  active,
});

const withMailbox = (person: Person, mailbox: Mailbox): Verdict => ({
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

const activeOf = (person: Person): Mailbox | undefined => person.mailboxes.find(({ active }) => active);

/** JA when the person has no active mailbox. */
export const kanVelge: Rule = afterChecks((person) => {
  const active = activeOf(person);
  return active
    ? alreadyActive(active, 'nothing: the person has chosen a mailbox already')
    : { result: undefined };
});

/** Stores mailbox information without choosing it. */
export const opprett: Rule = afterChecks((person, mailbox, command) =>
  mailbox
    ? alreadyThere(mailbox, 'change it with OppdaterPostkasse, or choose it with VelgSikkerDigitalPostkasse')
    : withMailbox(person, mailboxOf(command, false)),
);

/** Chooses mailbox information that is there. */
export const velg: Rule = afterChecks((person, mailbox, _command, { displace }) => {
  if (!mailbox) return noMailbox();
  if (mailbox.active) return alreadyActive(mailbox, 'nothing: the mailbox is chosen already');
  const active = activeOf(person);
  if (active && !displace) return alreadyActive(active, DISPLACE_HINT);
  return withMailbox(person, { ...mailbox, active: true });
});

/** Stores and chooses in one step. */
export const opprettOgVelg: Rule = afterChecks((person, mailbox, command, { displace }) => {
  if (mailbox?.active) return alreadyActive(mailbox, 'nothing: the mailbox is there and chosen');
  const active = activeOf(person);
  if (active && !displace) return alreadyActive(active, DISPLACE_HINT);
  if (mailbox) return alreadyThere(mailbox, 'choose it with VelgSikkerDigitalPostkasse');
  return withMailbox(person, mailboxOf(command, true));
});

/** Replaces the address, and the certificate where one is sent; whether the mailbox is chosen stays as it was. */
export const oppdater: Rule = afterChecks((person, mailbox, command) =>
  mailbox ? withMailbox(person, { ...mailbox, ...mailboxOf(command, mailbox.active) }) : noMailbox(),
);

/** Removes mailbox information; the one operation that a reservation does not stop. */
export const slett: Rule = afterChecks(
  (person, mailbox) =>
    mailbox
      ? {
          result: undefined,
          next: { ...person, mailboxes: person.mailboxes.filter((other) => other !== mailbox) },
        }
      : noMailbox(),
  { reservation: false },
);
