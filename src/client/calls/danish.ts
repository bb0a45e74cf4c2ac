// A call of the Danish SOAP services: two headers, over mutual TLS.

import { jobnet, reminder } from '../../dfdg/soap/services.ts';
import { createClock } from '../../kernel/clock.ts';
import { createTrustStore } from '../../security/trust/trust.ts';
import { readAnswer } from '../answer.ts';
import { writeDanishRequest } from '../danish.ts';
import { mistakenBy } from './mistaken.ts';
import type { PreparedCall, Received } from './prepared.ts';
import { type CallOptions, operationNamed, readFields } from './target.ts';
import { firstCitizen, loadDanishClient, sendOverTls } from './tls.ts';

const SERVICES = { jobnet, reminder };
const USUAL_CLIENT = { jobnet: 'jobnet', reminder: 'kommune' } as const;
const SYSTEM = '3';

export const callDanish = async (
  serviceName: keyof typeof SERVICES,
  name: string,
  options: CallOptions,
): Promise<PreparedCall> => {
  const service = SERVICES[serviceName];
  const operation = operationNamed(service.name, service.operations, name);
  const names = operation.fields.map((field) => field.name);
  const given = readFields(options.set, name, names);
  const mistaken = mistakenBy(options.mistakes, 'tls');
  const danish = await loadDanishClient(
    options.addressee,
    mistaken.as ?? options.as ?? USUAL_CLIENT[serviceName],
  );
  const citizen = await firstCitizen(options.addressee);
  const values = mistaken.values({
    ...operation.examples[0],
    ...(names.includes('PersonCivilRegistrationIdentifier')
      ? { PersonCivilRegistrationIdentifier: citizen.id }
      : {}),
    ...(names.includes('CvCustomerIdentifier')
      ? { CvCustomerIdentifier: citizen.cvCustomerIdentifier ?? '1' }
      : {}),
    ...given,
  });
  const clock = createClock();
  const actor = {
    organisationType: String(danish.organisation.type),
    organisationCode: danish.organisation.code,
    userType: SYSTEM,
    userIdentifier: danish.holder.userIdentifier,
  };
  const request = mistaken.message(writeDanishRequest(service, operation, values, actor, clock.real()));
  const address = `${await options.addressee.tlsUrl()}${service.paths[0] ?? ''}`;
  const send = async (): Promise<Received> => {
    const headers = {
      'content-type': `${service.version.mediaType}; charset=utf-8`,
      soapaction: `"${operation.action ?? ''}"`,
    };
    const received = await sendOverTls(address, danish, 'POST', headers, request);
    const receiver = {
      trust: createTrustStore([danish.trustPem], []),
      keyPem: danish.client.keyPem,
      knownPem: [],
      signatureValue: undefined,
      response: operation.response,
    };
    const answer = readAnswer(Buffer.from(received.body), service.version, receiver, clock.real());
    return { ...received, answer, protection: 'over mutual TLS' };
  };
  return { title: `${name} to ${address} as ${danish.client.name}`, values, request, send };
};
