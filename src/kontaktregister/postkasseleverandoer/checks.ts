// The checks that the operations share, in order. No order was ever published: all of it is assumed.

import { checkOrganisasjonsnummer, stripIcd } from '../../identifiers/organisasjonsnummer.ts';
import { checkPersonidentifikator } from '../../identifiers/personidentifikator.ts';
import type { Provider } from '../register/organisations.ts';
import type { Person } from '../register/person.ts';
import {
  type Circumstances,
  type PersonCommand,
  type Refusal,
  type Rule,
  refusal,
  type Verdict,
} from './rule.ts';

/** What the checks read of a command, as far as its message has it. */
interface Checked extends PersonCommand {
  readonly postkasseleverandoerOrgNummer?: string;
  readonly x509Sertifikat?: Buffer;
}

const checkPerson = ({ personidentifikator }: Checked): Refusal | undefined => {
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

/** More providers than these are counted, not named. */
const NAMED = 5;

/** What can be done about a number that is not approved, by the providers that are. */
const unapprovedRemedy = (providers: readonly Provider[]): string => {
  const add = 'add one with PUT /_emulator/organisations';
  if (providers.length === 0) return `no provider is approved: ${add}`;
  const named = providers.slice(0, NAMED).map(({ orgnr, navn }) => `${orgnr} ${navn}`.trim());
  const more = providers.length > NAMED ? ` and ${providers.length - NAMED} more` : '';
  return `use an approved provider (${named.join(', ')}${more}), or ${add}`;
};

const checkProvider = (
  { postkasseleverandoerOrgNummer }: Checked,
  { caller, approved, providers }: Circumstances,
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
          unapprovedRemedy(providers()),
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
  if (!approved(number))
    return wrong('a provider on the list of approved ones', number, unapprovedRemedy(providers()));
  if (sender === undefined || sender === number) return undefined;
  return wrong(
    `the organisation of the signing certificate, ${sender}`,
    number,
    'a provider may only act for itself: send your own number, or sign with the other organisation’s certificate',
  );
};

const checkCertificate = (
  { x509Sertifikat }: Checked,
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
    'use a person of the register (kontakt person list) or add this one (kontakt person add)',
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

/** Which of the shared checks an operation leaves out. */
export interface Exceptions {
  readonly reservation?: boolean;
}

/** The checks that all operations share, in order; then the operation's own rule on a person that is there. */
export const afterChecks =
  <Command extends PersonCommand>(
    own: (person: Person, command: Command, circumstances: Circumstances) => Verdict,
    { reservation = true }: Exceptions = {},
  ): Rule<Command> =>
  (person, command, circumstances) => {
    const refused =
      checkPerson(command) ??
      checkProvider(command, circumstances) ??
      checkCertificate(command, circumstances) ??
      checkKnown(person) ??
      (person && reservation ? checkReserved(person) : undefined);
    return refused || !person ? { result: refused } : own(person, command, circumstances);
  };
