// The REST face of the Danish contract as data: each method with its path, its JSON and the operation behind it.

import type { z } from 'zod';
import type { Basis } from '../../kernel/problem.ts';
import { getPersonByEmailAddress } from '../operations/find-by-email.ts';
import { getPersonByMobilePhoneNumber } from '../operations/find-by-mobile.ts';
import { getPersonContactData } from '../operations/get.ts';
import { getVerificationCode } from '../operations/get-code.ts';
import { savePersonContactData } from '../operations/save.ts';
import { updatePersonContactDataStatus } from '../operations/set-status.ts';
import { verifyPersonContactData } from '../operations/verify.ts';
import { mayUse } from '../register/organisations.ts';
import type { CitizenCommand } from '../rule.ts';
import type { CitizenAnswer, CitizenOperation } from '../soap/message.ts';
import {
  codeBody,
  found,
  nothing,
  registered,
  type SaveBody,
  saveBody,
  sent,
  statusBody,
  toRows,
  verified,
  verifyBody,
} from './json.ts';

/** The parts of a request that an operation is decoded from; `body` has passed the route's schema. */
export interface RestInput<Body = unknown> {
  /** x-civilregistrationIdentifier; undefined for a search. */
  readonly cpr: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** One method of the REST service. */
export interface RestRoute {
  /** The owner's name of the method. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly summary: string;
  readonly basis: Basis;
  readonly scope: string;
  /** Organisation types that may call it: those of the SOAP services it comes from, and for verification the authorities too [A]. */
  readonly allowed: readonly number[];
  readonly operation: CitizenOperation;
  /** Whether the header x-civilregistrationIdentifier names a citizen. */
  readonly citizen: boolean;
  /** Undefined: the method takes no body. */
  readonly body: z.ZodType | undefined;
  readonly response: z.ZodType;
  decodeJson(input: RestInput): CitizenCommand;
  encodeJson(answer: CitizenAnswer): unknown;
}

const SERVICE = 'Borgerkommunikation.BorgersKontaktinformationService';
const WRITE = `${SERVICE}.informationer.write`;
const READ = `${SERVICE}.informationer.read`;
const VERIFY = `${SERVICE}.verificering.write`;
const BASE = '/v1/kontaktinformation';

const withReference = ({ reference: id }: CitizenAnswer): Record<string, unknown> => ({
  serviceRequestLogReferenceIdentifier: id,
});
const cprOf = ({ cpr }: RestInput): { cpr?: string } => (cpr === undefined ? {} : { cpr });

const citizensOf = (answer: CitizenAnswer) => ({
  ...withReference(answer),
  borgerer: (answer.citizens ?? []).map((id) => ({ civilregistrationIdentifier: id })),
});

/** The seven methods, in the order of the owner's table. */
export const restRoutes: readonly RestRoute[] = [
  {
    name: 'CreateKontaktinformation',
    method: 'POST',
    path: BASE,
    summary: savePersonContactData.summary,
    basis: 'documented',
    scope: WRITE,
    allowed: mayUse.both,
    operation: savePersonContactData,
    citizen: true,
    body: saveBody,
    response: nothing,
    decodeJson: (input) => ({ ...cprOf(input), rows: toRows(input.body as SaveBody) }),
    encodeJson: withReference,
  },
  {
    name: 'UpdateVerificerKontaktinformation',
    method: 'POST',
    path: `${BASE}/verificering`,
    summary: verifyPersonContactData.summary,
    basis: 'documented',
    scope: VERIFY,
    allowed: mayUse.both,
    operation: verifyPersonContactData,
    citizen: true,
    body: verifyBody,
    response: verified,
    decodeJson: (input) => {
      const { verifikationskode, kontaktdataType } = input.body as z.output<typeof verifyBody>;
      return { ...cprOf(input), code: verifikationskode, type: kontaktdataType };
    },
    encodeJson: (answer) => ({ ...withReference(answer), kontaktdatastatus: answer.status }),
  },
  {
    name: 'GetVerifikationskode',
    method: 'POST',
    path: `${BASE}/verifikationskode`,
    summary: getVerificationCode.summary,
    basis: 'assumed',
    scope: VERIFY,
    allowed: mayUse.both,
    operation: getVerificationCode,
    citizen: true,
    body: codeBody,
    response: sent,
    decodeJson: (input) => ({
      ...cprOf(input),
      type: (input.body as z.output<typeof codeBody>).kontaktdataType,
    }),
    encodeJson: (answer) => ({
      ...withReference(answer),
      ...(answer.code === undefined ? {} : { verifikationskode: answer.code }),
    }),
  },
  {
    name: 'UpdateKontaktinformation',
    method: 'POST',
    path: `${BASE}/status`,
    summary: updatePersonContactDataStatus.summary,
    basis: 'documented',
    scope: WRITE,
    allowed: mayUse.reminder,
    operation: updatePersonContactDataStatus,
    citizen: true,
    body: statusBody,
    response: nothing,
    decodeJson: (input) => {
      const { kontaktdataType, kontaktdatastatus } = input.body as z.output<typeof statusBody>;
      return { ...cprOf(input), type: kontaktdataType, status: kontaktdatastatus };
    },
    encodeJson: withReference,
  },
  {
    name: 'GetKontaktinformation',
    method: 'GET',
    path: BASE,
    summary: getPersonContactData.summary,
    basis: 'documented',
    scope: READ,
    allowed: mayUse.both,
    operation: getPersonContactData,
    citizen: true,
    body: undefined,
    response: registered,
    decodeJson: cprOf,
    encodeJson: (answer) => ({
      ...withReference(answer),
      kontaktinformationer: {
        kontaktinformation: (answer.contactData ?? []).map((data) => ({
          kontaktdata: data.value,
          kontaktdataType: data.type,
          kontaktdatastatus: data.status,
        })),
      },
    }),
  },
  {
    name: 'GetKontaktinformationMobilNr',
    method: 'GET',
    path: `${BASE}/mobiltelefon/{mobiltelefon}`,
    summary: getPersonByMobilePhoneNumber.summary,
    basis: 'documented',
    scope: READ,
    allowed: mayUse.reminder,
    operation: getPersonByMobilePhoneNumber,
    citizen: false,
    body: undefined,
    response: found,
    decodeJson: ({ parameters }) => ({ telephone: parameters.mobiltelefon ?? '' }),
    encodeJson: citizensOf,
  },
  {
    name: 'GetKontaktinformationEmail',
    method: 'GET',
    path: `${BASE}/emailaddresse/{email}`,
    summary: getPersonByEmailAddress.summary,
    basis: 'documented',
    scope: READ,
    allowed: mayUse.reminder,
    operation: getPersonByEmailAddress,
    citizen: false,
    body: undefined,
    response: found,
    decodeJson: ({ parameters }) => ({ email: parameters.email ?? '' }),
    encodeJson: citizensOf,
  },
];
