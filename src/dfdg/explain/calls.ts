// Calls of the Danish services as the command line makes them, each in the names of the service that has the operation.

import { callCommand, clientOf } from '../../explain/command.ts';
import type { Grounds } from '../../kernel/grounds.ts';
import type { Citizen } from '../register/citizen.ts';
import type { DanishOrganisations } from '../register/organisations.ts';
import { restRoutes } from '../rest/routes.ts';
import type { Limit } from '../rule.ts';
import { jobnet, reminder } from '../soap/services.ts';

/** A refusal that somebody wants to get past. */
export interface Refused {
  readonly grounds: Grounds;
  /** `reminder`, `jobnet` or `rest`. */
  readonly service: string;
  /** The name in the WSDL; empty where none was recognised. */
  readonly operation: string;
  /** The CVR number of the caller's certificate. */
  readonly cvr: string | undefined;
  /** The citizen as he or she is now. */
  readonly citizen: Citizen | undefined;
  readonly organisations: DanishOrganisations;
  readonly limits: { readonly wrong: Limit; readonly sent: Limit };
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly now: number;
}

/** What a call says of contact data; what is left out is filled in by the command line. */
export interface Said {
  readonly type?: number;
  readonly value?: string;
  readonly status?: number;
}

const SERVICES = { reminder, jobnet } as const;
/** Each may use every operation of its service, on every citizen. */
const USUAL = { reminder: 'star', jobnet: 'jobnet', rest: 'star' } as const;
type Service = keyof typeof USUAL;

const has = (service: Service, operation: string): boolean =>
  service === 'rest'
    ? restRoutes.some((route) => route.operation === operation)
    : SERVICES[service].operations.some(({ name }) => name === operation);

/** The service that was called where it has the operation; else another that has it. */
const serviceWith = ({ service, citizen }: Refused, operation: string): Service => {
  const own = service in USUAL ? (service as Service) : 'reminder';
  if (has(own, operation)) return own;
  if (has('reminder', operation)) return 'reminder';
  return citizen && citizen.cvCustomerIdentifier === undefined ? 'rest' : 'jobnet';
};

const soapFields = (service: Service, citizen: Citizen | undefined, { type, value, status }: Said) => ({
  ...(service === 'jobnet'
    ? { CvCustomerIdentifier: citizen?.cvCustomerIdentifier }
    : { PersonCivilRegistrationIdentifier: citizen?.id }),
  PersonContactData: value,
  PersonContactDataTypeIdentifier: type === undefined ? undefined : String(type),
  PersonContactDataStatusTypeIdentifier: status === undefined ? undefined : String(status),
});

const restFields = (citizen: Citizen | undefined, { type, value, status }: Said) => ({
  'x-civilregistrationIdentifier': citizen?.id,
  kontaktdata: value,
  kontaktdataType: type === undefined ? undefined : String(type),
  kontaktdatastatus: status === undefined ? undefined : String(status),
});

/** The same client where the call was one of its own; else the one that may do everything there. */
const clientFor = ({ cvr, service: called }: Refused, service: Service): string =>
  (service === called ? clientOf(cvr) : undefined) ?? USUAL[service];

/** A call of an operation about the citizen of the refused call; without one about the first that there is. */
export const callOf = (refused: Refused, operation: string, said: Said = {}, client?: string): string => {
  const service = serviceWith(refused, operation);
  const { citizen } = refused;
  const name =
    service === 'rest' ? restRoutes.find((route) => route.operation === operation)?.name : operation;
  const fields = service === 'rest' ? restFields(citizen, said) : soapFields(service, citizen, said);
  const searches = operation.startsWith('GetPersonBy');
  return callCommand(
    `${service}.${name ?? operation}`,
    client ?? clientFor(refused, service),
    searches ? {} : fields,
  );
};

const ANY = 'GetPersonContactData';

/** The refused call as it should be, about somebody of the register. */
export const again = (refused: Refused): string =>
  callOf({ ...refused, citizen: undefined }, refused.operation || ANY);

/** The same by a client that may use the service. */
export const againAsAnother = (refused: Refused): string => again({ ...refused, cvr: undefined });
