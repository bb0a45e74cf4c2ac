// postkasseleverandoer v1, the mailbox providers' service: its operations in the WSDL's order, and how they are served.

import { type Operation, type Service, serve } from '../../contract/operation.ts';
import {
  type Caller,
  type OperationDescription,
  type ServiceDescription,
  usualFaces,
} from '../../soap/service.ts';
import { SOAP_1_1 } from '../../soap/version.ts';
import { decideMailbox, type Surroundings } from './decide.ts';
import type { MailboxOperation } from './message.ts';
import { kanVelgeSikkerDigitalPostkasse } from './operations/kan-velge.ts';
import { oppdaterPostkasse } from './operations/oppdater.ts';
import { opprettPostkasse } from './operations/opprett.ts';
import { opprettOgVelgSikkerDigitalPostkasse } from './operations/opprett-og-velg.ts';
import { slettPostkasse } from './operations/slett.ts';
import { velgSikkerDigitalPostkasse } from './operations/velg.ts';
import type { PersonCommand } from './rule.ts';

/** An operation in the list of the service, whatever its command. */
interface Listed {
  readonly description: OperationDescription;
  /** The operation over a register. */
  readonly over: (surroundings: Surroundings) => Operation<Caller, never>;
}

const listed = <Command extends PersonCommand>(operation: MailboxOperation<Command>): Listed => ({
  description: operation,
  over: (surroundings) =>
    serve({
      description: operation,
      decode: operation.decode,
      deed: decideMailbox(operation, surroundings),
      encode: operation.encode,
    }),
});

const operations: readonly Listed[] = [
  listed(kanVelgeSikkerDigitalPostkasse),
  listed(opprettOgVelgSikkerDigitalPostkasse),
  listed(velgSikkerDigitalPostkasse),
  listed(opprettPostkasse),
  listed(oppdaterPostkasse),
  listed(slettPostkasse),
];

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
  callerField: 'postkasseleverandoerOrgNummer',
  headers: [],
  operations: operations.map(({ description }) => description),
};

/** The service with a register behind it. */
export const servePostkasseleverandoer = (surroundings: Surroundings): Service<Caller> => ({
  ...postkasseleverandoer,
  faces: usualFaces,
  operations: operations.map(({ over }) => over(surroundings)),
});
