// What the rules are given besides the person, in the usual form and changed where a test needs it.

import {
  kanVelge,
  oppdater,
  opprett,
  opprettOgVelg,
  slett,
  velg,
} from '../../src/kontaktregister/postkasseleverandoer/mailboxes.ts';
import type {
  Circumstances,
  MailboxCommand,
  Verdict,
} from '../../src/kontaktregister/postkasseleverandoer/rule.ts';
import type { Mailbox, Person } from '../../src/kontaktregister/register/person.ts';
import { DIGIPOST, EBOKS } from '../running.ts';
import { PERSON } from './persons.ts';

export const rules = { kanVelge, opprettOgVelg, velg, opprett, oppdater, slett } as const;
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

export const usualCommand: MailboxCommand = {
  personidentifikator: PERSON,
  postkasseleverandoerOrgNummer: DIGIPOST,
  postkasseadresse: 'new.address#0001',
  x509Sertifikat: Buffer.from('new certificate'),
};

/** The usual request of an operation: KanVelge names no provider, and only three carry content. */
export const commandFor = (name: RuleName, change: Partial<MailboxCommand> = {}): MailboxCommand => {
  const { personidentifikator, postkasseleverandoerOrgNummer } = usualCommand;
  if (name === 'kanVelge') return { personidentifikator, ...change };
  if (name === 'velg' || name === 'slett')
    return {
      personidentifikator,
      ...(postkasseleverandoerOrgNummer ? { postkasseleverandoerOrgNummer } : {}),
      ...change,
    };
  return { ...usualCommand, ...change };
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
  command: Partial<MailboxCommand> = {},
  circumstances: Partial<Circumstances> = {},
): Verdict => rules[name](person, commandFor(name, command), { ...usual, ...circumstances });
