// The Norwegian contract: its services, the operations of each in the WSDL's order, and the register behind them.

import { isProblem } from '../kernel/problem.ts';
import type { Caller, Operation, Outcome, Service, ServiceDescription } from '../soap/service.ts';
import { SOAP_1_1 } from '../soap/version.ts';
import type { MailboxAnswer, MailboxOperation } from './message.ts';
import { kanVelgeSikkerDigitalPostkasse } from './operations/kan-velge.ts';
import { oppdaterPostkasse } from './operations/oppdater.ts';
import { opprettPostkasse } from './operations/opprett.ts';
import { opprettOgVelgSikkerDigitalPostkasse } from './operations/opprett-og-velg.ts';
import { slettPostkasse } from './operations/slett.ts';
import { velgSikkerDigitalPostkasse } from './operations/velg.ts';
import type { Circumstances, MailboxCommand } from './register.ts';
import type { Rights } from './rights.ts';
import type { NorwegianStore } from './store.ts';

const mailboxOperations: readonly MailboxOperation[] = [
  kanVelgeSikkerDigitalPostkasse,
  opprettOgVelgSikkerDigitalPostkasse,
  velgSikkerDigitalPostkasse,
  opprettPostkasse,
  oppdaterPostkasse,
  slettPostkasse,
];

/** postkasseleverandoer v1, the mailbox providers' service. */
export const postkasseleverandoer: ServiceDescription = {
  name: 'postkasseleverandoer',
  title: 'postkasseleverandoer v1',
  version: SOAP_1_1,
  paths: ['/ws-postkasseleverandoer-v1'],
  wsdl: 'postkasseleverandoer-v1.wsdl',
  schemas: {
    'postkasseleverandoer-messages.xsd': 'kontaktregister/postkasseleverandoer-messages.xsd',
    'oppslagstjeneste-metadata-14-05.xsd': 'kontaktregister/oppslagstjeneste-metadata-14-05.xsd',
  },
  synonyms: {
    virksomhetsidentifikator: 'postkasseleverandoerOrgNummer',
    X509Sertifikat: 'x509Sertifikat',
  },
  headers: [],
  operations: mailboxOperations,
};

/** What the contract needs from the composition root. */
export interface NorwegianRegister {
  readonly store: NorwegianStore;
  readonly rights: Rights;
  readonly displace: boolean;
  readonly faultOfCertificate: Circumstances['faultOfCertificate'];
}

const decideMailbox = (
  operation: MailboxOperation,
  { store, rights, displace, faultOfCertificate }: NorwegianRegister,
) => {
  const { rule, statuses, name } = operation;
  return (
    command: MailboxCommand,
    caller: Caller,
  ): ReturnType<Operation<MailboxCommand, MailboxAnswer>['decide']> => {
    const circumstances: Circumstances = { caller, approved: rights.approved, displace, faultOfCertificate };
    const key = { id: command.personidentifikator, cause: name, organisation: caller.organisation };
    const refusal = store.change(key, (person) => rule(person, command, circumstances));
    if (isProblem(refusal)) return refusal;
    if (!refusal) return { answer: { status: statuses.accepted }, result: statuses.accepted };
    const outcome: Outcome<MailboxAnswer> = {
      answer: { status: statuses.refused, beskrivelse: refusal.code },
      result: `${statuses.refused} ${refusal.code}`,
      refusal: refusal.explanation,
    };
    return outcome;
  };
};

/** The services of the contract with a register behind them. */
export const createNorwegianServices = (register: NorwegianRegister): readonly Service[] => [
  {
    ...postkasseleverandoer,
    operations: mailboxOperations.map((operation) => ({
      ...operation,
      decide: decideMailbox(operation, register),
    })),
  },
];
