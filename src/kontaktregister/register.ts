// The rules of the mailbox providers' service as pure functions. No order of checks was ever published: all of it is assumed.

import { checkOrganisasjonsnummer, stripIcd } from '../identifiers/organisasjonsnummer.ts';
import { checkPersonidentifikator } from '../identifiers/personidentifikator.ts';
import type { Explanation } from '../kernel/problem.ts';
import type { Caller } from '../soap/service.ts';
import type { Decision } from '../store/change.ts';
import { descriptions, type RefusalCode } from './codes.ts';
import type { Mailbox, Person } from './person.ts';

/** What a request says; an operation uses the members its message has. */
export interface MailboxCommand {
  readonly personidentifikator: string;
  readonly postkasseleverandoerOrgNummer?: string;
  readonly postkasseadresse?: string;
  /** DER, as it came. */
  readonly x509Sertifikat?: Buffer;
}

/** Everything besides the person that a decision may depend on. */
export interface Circumstances {
  readonly caller: Caller;
  /** Whether an organisation is on the list of approved mailbox providers. */
  readonly approved: (organisation: string) => boolean;
  /** Whether choosing a mailbox displaces another provider's active one. */
  readonly displace: boolean;
  /** Why a mailbox certificate cannot be taken; undefined when it can. */
  readonly faultOfCertificate: (der: Buffer) => string | undefined;
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly explanation: Explanation;
}

/** Undefined: accepted. */
export type Verdict = Decision<Person, Refusal | undefined>;
export type Rule = (
  person: Person | undefined,
  command: MailboxCommand,
  circumstances: Circumstances,
) => Verdict;

const refusal = (
  code: RefusalCode,
  check: string,
  expected: string,
  found: string,
  remedy: string,
  rule: string,
): Refusal => ({
  code,
  explanation: {
    check,
    expected,
    found,
    remedy,
    rule: `contract: ${rule}; ${code}: ${descriptions[code]}`,
    basis: 'assumed',
  },
});

const checkPerson = ({ personidentifikator }: MailboxCommand): Refusal | undefined => {
  const fault = checkPersonidentifikator(personidentifikator);
  if (!fault) return undefined;
  return refusal(
    'UGYLDIG_PERSONNUMMER',
    'personidentifikator',
    'a fødselsnummer or D-number of 11 digits with a date and right control digits; synthetic numbers too',
    `${personidentifikator}: ${fault}`,
    'send a number of a test person (kontakt person list)',
    'rule 1',
  );
};

const UNAPPROVED_REMEDY =
  'use an approved provider (digipost, eboks), or add one with PUT /_emulator/organisations';

const checkProvider = (
  { postkasseleverandoerOrgNummer }: MailboxCommand,
  { caller, approved }: Circumstances,
): Refusal | undefined => {
  const wrong = (expected: string, found: string, remedy: string): Refusal =>
    refusal(
      'UGYLDIG_ORGNR',
      'organisation number of the mailbox provider',
      expected,
      found,
      remedy,
      'rule 2',
    );
  const sender = caller.organisation;
  if (postkasseleverandoerOrgNummer === undefined) {
    return sender === undefined || approved(sender)
      ? undefined
      : wrong(
          'a signer that is an approved provider',
          `signed by ${sender}, which is not`,
          UNAPPROVED_REMEDY,
        );
  }
  const number = stripIcd(postkasseleverandoerOrgNummer);
  const fault = checkOrganisasjonsnummer(number);
  if (fault)
    return wrong(
      'nine digits with a right control digit',
      `${number}: ${fault}`,
      'send the provider’s organisation number',
    );
  if (!approved(number)) return wrong('a provider on the list of approved ones', number, UNAPPROVED_REMEDY);
  if (sender === undefined || sender === number) return undefined;
  return wrong(
    `the organisation of the signing certificate, ${sender}`,
    number,
    'a provider may only act for itself: send your own number, or sign with the other organisation’s certificate',
  );
};

const checkCertificate = (
  { x509Sertifikat }: MailboxCommand,
  { faultOfCertificate }: Circumstances,
): Refusal | undefined => {
  const fault = x509Sertifikat && faultOfCertificate(x509Sertifikat);
  if (!fault) return undefined;
  return refusal(
    'UGYLDIG_SERTIFIKAT',
    'x509Sertifikat',
    'the base64 of a DER certificate within its validity',
    fault,
    'send the mailbox’s certificate as DER in base64, without PEM lines, or leave the element out',
    'rule 3',
  );
};

const checkKnown = (person: Person | undefined): Refusal | undefined => {
  if (person && person.status !== 'SLETTET') return undefined;
  return refusal(
    'BRUKER_IKKE_FUNNET',
    'the person in the register',
    'a person with status AKTIV',
    person ? `status SLETTET (${person.deletionCause ?? 'no cause given'})` : 'no such person',
    'use a seeded person (kontakt person list) or add this one (kontakt person add)',
    'rule 4',
  );
};

const checkReserved = (person: Person): Refusal | undefined =>
  person.reserved
    ? refusal(
        'RESERVERT',
        'reservation against digital communication',
        'reservasjon NEI',
        'reservasjon JA',
        'nothing in the client: a reserved person gets no digital mailbox',
        'rule 5',
      )
    : undefined;

/** Which of the common checks an operation leaves out. */
interface Exceptions {
  readonly reservation?: boolean;
}

/** The checks that all operations share, in order; then the operation's own rule on a person that is there. */
const afterChecks =
  (
    own: (
      person: Person,
      mailbox: Mailbox | undefined,
      command: MailboxCommand,
      circumstances: Circumstances,
    ) => Verdict,
    { reservation = true }: Exceptions = {},
  ): Rule =>
  (person, command, circumstances) => {
    const refused =
      checkPerson(command) ??
      checkProvider(command, circumstances) ??
      checkCertificate(command, circumstances) ??
      checkKnown(person) ??
      (person && reservation ? checkReserved(person) : undefined);
    if (refused || !person) return { result: refused };
    const provider = stripIcd(command.postkasseleverandoerOrgNummer ?? '');
    return own(
      person,
      person.mailboxes.find((mailbox) => mailbox.provider === provider),
      { ...command, postkasseleverandoerOrgNummer: provider },
      circumstances,
    );
  };

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
