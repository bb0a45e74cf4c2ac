// What the rules are given besides the person, in the usual form and changed where a test needs it.

import { kanVelgeSikkerDigitalPostkasse as kanVelge } from '../../src/kontaktregister/postkasseleverandoer/operations/kan-velge.ts';
import { oppdaterPostkasse as oppdater } from '../../src/kontaktregister/postkasseleverandoer/operations/oppdater.ts';
import { opprettPostkasse as opprett } from '../../src/kontaktregister/postkasseleverandoer/operations/opprett.ts';
import { opprettOgVelgSikkerDigitalPostkasse as opprettOgVelg } from '../../src/kontaktregister/postkasseleverandoer/operations/opprett-og-velg.ts';
import { slettPostkasse as slett } from '../../src/kontaktregister/postkasseleverandoer/operations/slett.ts';
import { velgSikkerDigitalPostkasse as velg } from '../../src/kontaktregister/postkasseleverandoer/operations/velg.ts';
import type {
  Circumstances,
  ContentCommand,
  MailboxCommand,
  PersonCommand,
  Rule,
  Verdict,
} from '../../src/kontaktregister/postkasseleverandoer/rule.ts';
import type { Mailbox, Person } from '../../src/kontaktregister/register/person.ts';
import { DIGIPOST, EBOKS } from '../running.ts';
import { PERSON } from './persons.ts';

const personOnly = ({ personidentifikator }: ContentCommand): PersonCommand => ({ personidentifikator });
const mailboxOnly = (command: ContentCommand): MailboxCommand => ({
  ...personOnly(command),
  postkasseleverandoerOrgNummer: command.postkasseleverandoerOrgNummer,
});
const whole = (command: ContentCommand): ContentCommand => command;

/** A rule that is told of a whole command what the message of its operation holds. */
const told =
  <Command>(
    { rule }: { readonly rule: Rule<Command> },
    part: (command: ContentCommand) => Command,
  ): Rule<ContentCommand> =>
  (person, command, circumstances) =>
    rule(person, Object.freeze(part(command)), circumstances);

export const rules = {
  kanVelge: told(kanVelge, personOnly),
  opprettOgVelg: told(opprettOgVelg, whole),
  velg: told(velg, mailboxOnly),
  opprett: told(opprett, whole),
  oppdater: told(oppdater, whole),
  slett: told(slett, mailboxOnly),
} as const;
export type RuleName = keyof typeof rules;
export const ruleNames = Object.keys(rules) as RuleName[];

export const BAD_DER = Buffer.from('bad');

export const usual: Circumstances = {
  caller: { organisation: DIGIPOST },
  approved: (organisation) => [DIGIPOST, EBOKS].includes(organisation),
  providers: () => [DIGIPOST, EBOKS].map((orgnr) => ({ orgnr, navn: '' })),
  displace: false,
  faultOfCertificate: (der) => (der.equals(BAD_DER) ? 'no certificate' : undefined),
};

export const usualCommand: ContentCommand = {
  personidentifikator: PERSON,
  postkasseleverandoerOrgNummer: DIGIPOST,
  postkasseadresse: 'new.address#0001',
  x509Sertifikat: Buffer.from('new certificate'),
};

export const aPerson = (change: Partial<Person> = {}): Person => ({
  id: PERSON,
  status: 'AKTIV',
  reserved: false,
  mailboxes: [],
  ...change,
});

export const aMailbox = (provider: string, active: boolean): Mailbox => ({
  provider,
  address: `old.address#${provider}`,
  certificate: Buffer.from('old certificate'),
  active,
});

/** The code of a refusal; `OK` when there was none. */
export const codeOf = ({ result }: Verdict): string => result?.code ?? 'OK';

/** Asks a rule with its usual request and circumstances, but for what is given. */
export const decide = (
  name: RuleName,
  person: Person | undefined,
  command: Partial<ContentCommand> = {},
  circumstances: Partial<Circumstances> = {},
): Verdict => rules[name](person, { ...usualCommand, ...command }, { ...usual, ...circumstances });
