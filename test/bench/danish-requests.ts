// Requests of the Danish benchmarks, each by a client of the test PKI; those that save change the register.

import { writeDanishRequest } from '../../src/client/danish.ts';
import { jobnet, reminder } from '../../src/dfdg/soap/services.ts';

const http = (path: string, type: string, headers: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: ${type}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const soap = (service: typeof reminder, type: string, cvr: string, name: string, values: object): string => {
  const operation = service.operations.find((one) => one.name === name);
  if (!operation) throw new Error(name);
  const userIdentifier = `CVR:${cvr}-UUID:7e570000-0000-4000-8000-${cvr.slice(-3).padStart(12, '0')}`;
  const actor = { organisationType: type, organisationCode: cvr, userType: '3', userIdentifier };
  const body = writeDanishRequest(service, operation, values as Record<string, string>, actor, Date.now());
  return http(
    service.paths[0] ?? '',
    'text/xml; charset=utf-8',
    `soapaction: "${operation.action}"\r\n`,
    body,
  );
};
const rest = (path: string, cpr: string, body: object): string =>
  http(path, 'application/json', `x-civilregistrationIdentifier: ${cpr}\r\n`, JSON.stringify(body));

const PLAIN = [
  '1403455896',
  '0211416726',
  '2707527954',
  '0901408645',
  '3006575268',
  '1809486091',
  '0505437934',
];
const citizen = (index: number): string => PLAIN[index % PLAIN.length] ?? '';
// Each saves another number, so that each changes the register.
let numbers = 0;
const telephone = (): string => {
  numbers += 1;
  return String(20_100_000 + (numbers % 200_000));
};
const restRow = () => [{ kontaktdata: telephone(), kontaktdataType: 1 }];
const TYPE = { PersonContactDataTypeIdentifier: '1' };

/** Of each kind: who sends, what a right answer holds, the request. Verify is refused: a code that was never sent. */
export const kinds: Readonly<Record<string, readonly [string, string, (index: number) => string]>> = {
  'bare fastify route, JSON': ['jobcenter', 'serviceRequest', (at) => rest('/bare', citizen(at), restRow())],
  'SOAP SavePersonContactData': [
    'jobcenter',
    '>OK<',
    (at) =>
      soap(reminder, '8', '90000075', 'SavePersonContactData', {
        PersonCivilRegistrationIdentifier: citizen(at),
        PersonContactData: telephone(),
        ...TYPE,
      }),
  ],
  'REST CreateKontaktinformation': [
    'jobcenter',
    'serviceRequest',
    (at) => rest('/v1/kontaktinformation', citizen(at), restRow()),
  ],
  // After five wrong codes.
  'SOAP VerifyPersonContactData (9244)': [
    'jobnet',
    '924',
    () =>
      soap(jobnet, '30', '90000105', 'VerifyPersonContactData', {
        CvCustomerIdentifier: '10000014',
        VerificationCode: '000000',
        ...TYPE,
      }),
  ],
  'REST UpdateVerificer… (9244)': [
    'jobcenter',
    '924',
    () =>
      rest('/v1/kontaktinformation/verificering', '2510516152', {
        verifikationskode: '000000',
        kontaktdataType: 1,
      }),
  ],
};
