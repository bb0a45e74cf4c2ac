// The Norwegian contract: its services, the operations of each in the WSDL's order, and the register behind them.

import { type Service, type ServiceDescription, usualFaces } from '../soap/service.ts';
import { SOAP_1_1 } from '../soap/version.ts';
import { decideMailbox, type NorwegianRegister } from './decide.ts';
import type { MailboxOperation } from './message.ts';
import { kanVelgeSikkerDigitalPostkasse } from './operations/kan-velge.ts';
import { oppdaterPostkasse } from './operations/oppdater.ts';
import { opprettPostkasse } from './operations/opprett.ts';
import { opprettOgVelgSikkerDigitalPostkasse } from './operations/opprett-og-velg.ts';
import { slettPostkasse } from './operations/slett.ts';
import { velgSikkerDigitalPostkasse } from './operations/velg.ts';

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

/** The services of the contract with a register behind them. */
export const createNorwegianServices = (register: NorwegianRegister): readonly Service[] => [
  {
    ...postkasseleverandoer,
    faces: usualFaces,
    operations: mailboxOperations.map((operation) => ({
      ...operation,
      decide: decideMailbox(operation, register),
    })),
  },
];
