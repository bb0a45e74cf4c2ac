// A call of a Norwegian service: signed, and the answer decrypted and its signature verified.

import { createClock } from '../../kernel/clock.ts';
import { commonNameIn } from '../../kernel/common-name.ts';
import { isProblem } from '../../kernel/problem.ts';
import { UserError } from '../../kernel/user-error.ts';
import { readPem } from '../../security/trust/certificate.ts';
import { createTrustStore } from '../../security/trust/trust.ts';
import type { OperationDescription, ServiceDescription } from '../../soap/service.ts';
import { type ReadAnswer, readAnswer } from '../answer.ts';
import type { CallMaterial } from '../material.ts';
import { signatureValueOf, writeRequest, writeSignedRequest } from '../request.ts';
import type { Addressee } from './addressee.ts';
import { mistakenBy } from './mistaken.ts';
import type { PreparedCall, Received } from './prepared.ts';
import { signingOf } from './signing.ts';
import { type CallOptions, operationNamed, readFields, type Values } from './target.ts';

const PROVIDER = 'postkasseleverandoerOrgNummer';
const PERSON = 'personidentifikator';

const firstPerson = async (addressee: Addressee): Promise<Values> => {
  const person = await addressee.firstPerson();
  return person ? { [PERSON]: person.id } : {};
};

/** The fields of the first example, with the caller's own number and a person that is there, then what was set. */
const fillFields = async (
  { headerFields = [] }: ServiceDescription,
  operation: OperationDescription,
  client: CallMaterial['client'],
  { set, addressee, dryRun }: CallOptions,
): Promise<Values> => {
  const names = operation.fields.map(({ name }) => name);
  const given = readFields(set, operation.name, [...names, ...headerFields]);
  const organisation = readPem(client.certificatePem)[0]?.organisation?.number;
  const asked = names.includes(PERSON) && given[PERSON] === undefined && !dryRun;
  const person = asked ? await firstPerson(addressee) : {};
  return {
    ...operation.examples[0],
    ...(organisation && names.includes(PROVIDER) ? { [PROVIDER]: organisation } : {}),
    ...person,
    ...given,
  };
};

const protectionOf = ({ kind, signer, encrypted, confirmed }: ReadAnswer): string => {
  if (kind === 'fault') return 'a fault, never signed';
  if (!signer) return 'NOT SIGNED: nobody vouches for it';
  return `${encrypted ? 'decrypted, ' : ''}signature verified${confirmed ? ', request confirmed' : ''}: ${commonNameIn(signer.subject) ?? signer.subject} ${signer.organisation}`;
};

const post = async ({ version }: ServiceDescription, address: string, body: string): Promise<Response> => {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': `${version.mediaType}; charset=utf-8`,
        ...(version.name === '1.1' ? { soapaction: '""' } : {}),
      },
      body,
    });
  } catch {
    throw new UserError(
      `nothing answers at ${address}; start an emulator with kontakt serve, or name another with --url`,
    );
  }
};

/** A clock that is further back than this was set back, in milliseconds. */
const SET_BACK = 1000;
let latest = 0;

/** The time of a message: no two have the same, for two that ask the same at one time would be one message, and a replay. */
const momentAt = (real: number): number => {
  const follows = real <= latest && latest - real < SET_BACK;
  latest = follows ? latest + 1 : real;
  return latest;
};

export const callNorwegian = async (
  service: ServiceDescription,
  name: string,
  options: CallOptions,
): Promise<PreparedCall> => {
  const { addressee } = options;
  const operation = operationNamed(service.name, service.operations, name);
  const mistaken = mistakenBy(options.mistakes, 'signed');
  const { client, trustPem, crls, serverPem } = await addressee.material(
    mistaken.as ?? options.as ?? 'digipost',
  );
  const clock = createClock();
  const values = mistaken.values(await fillFields(service, operation, client, options));
  const { keyPem } = mistaken.key === undefined ? client : (await addressee.material(mistaken.key)).client;
  const signing = mistaken.signing(signingOf(options));
  const now = momentAt(clock.real()) + mistaken.clock;
  const request = mistaken.message(
    options.unsigned || mistaken.unsigned
      ? writeRequest(service, operation, values)
      : writeSignedRequest(service, operation, values, { ...client, keyPem }, signing, now),
  );
  const address = `${addressee.url}${service.paths[0] ?? ''}`;
  const send = async (): Promise<Received> => {
    if (mistaken.twice) await post(service, address, request);
    const response = await post(service, address, request);
    const bytes = Buffer.from(await response.arrayBuffer());
    const answer = readAnswer(
      bytes,
      service.version,
      {
        trust: createTrustStore([trustPem], crls),
        keyPem: client.keyPem,
        knownPem: [serverPem],
        signatureValue: signatureValueOf(request),
        response: operation.response,
      },
      clock.real(),
    );
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: bytes.toString('utf8'),
      answer,
      protection: isProblem(answer) ? 'not believed' : protectionOf(answer),
    };
  };
  return { title: `${operation.name} to ${address} as ${client.name}`, values, request, send };
};
