// Calls to the Danish services as a client makes them: https with a client certificate, two headers, an answer to take apart.

import assert from 'node:assert/strict';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type ActorFields, writeDanishRequest } from '../../src/client/danish.ts';
import { jobnet, reminder } from '../../src/dfdg/soap/services.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { schemasOf } from '../../src/schema/validate.ts';
import { readEnvelope } from '../../src/soap/envelope.ts';
import type { OperationDescription } from '../../src/soap/service.ts';
import { SOAP_1_1 } from '../../src/soap/version.ts';
import { parse } from '../../src/xml/parse.ts';
import { clientOf, control, type Values } from '../running.ts';

export const services = { jobnet, reminder } as const;
export type ServiceName = keyof typeof services;

export const operationOf = (service: ServiceName, name: string): OperationDescription => {
  const found = services[service].operations.find((operation) => operation.name === name);
  assert.ok(found, name);
  return found;
};

const actor = (organisationType: string, cvr: string, id: string): ActorFields => ({
  organisationType,
  organisationCode: cvr,
  userType: '3',
  userIdentifier: `CVR:${cvr}-${id}`,
});
const uuid = (number: number): string => `UUID:7e570000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** What each client's own headers say. */
export const actors = {
  star: actor('1', '90000016', uuid(16)),
  akasse: actor('2', '90000024', uuid(24)),
  kommune: actor('7', '90000040', 'FID:40404040'),
  jobcenter: actor('8', '90000075', uuid(75)),
  jobnet: actor('30', '90000105', uuid(105)),
} as const;

export interface Call {
  readonly values?: Values;
  /** A client of the test PKI, whose certificate is shown; null: none. */
  readonly client?: string | null;
  readonly actor?: ActorFields;
  /** Spoils the envelope before it is sent. */
  readonly edit?: (envelope: string) => string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly over?: 'http' | 'https';
}

export interface DanishReply {
  readonly http: number;
  readonly type: string;
  readonly body: string;
  readonly journal: string;
}

/** Where an emulator is, and who may call it. */
type Called = Pick<Emulator, 'url' | 'tlsUrl' | 'pki'>;

export const ask = async (
  emulator: Called,
  method: 'GET' | 'POST',
  path: string,
  { client = null, headers = {}, over = 'https' }: Call,
  body = '',
): Promise<DanishReply> => {
  const identity = client === null ? undefined : clientOf(emulator, client);
  const options = { method, headers, agent: false } as const;
  return new Promise((resolve, reject) => {
    const sent =
      over === 'http'
        ? requestHttp(`${emulator.url}${path}`, options)
        : requestHttps(`${emulator.tlsUrl}${path}`, {
            ...options,
            ca: emulator.pki.trustPem,
            ...(identity ? { cert: identity.certificatePem, key: identity.keyPem } : {}),
          });
    sent.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject).on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          http: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
          journal: String(response.headers['kontakt-journal'] ?? ''),
        }),
      );
    });
    sent.end(body);
  });
};

const usualClient = { jobnet: 'jobnet', reminder: 'star' } as const;

/** Calls an operation, by default with its first example and as the client that may do everything in its service. */
export const call = async (
  emulator: Called,
  service: ServiceName,
  name: string,
  given: Call = {},
): Promise<DanishReply> => {
  const operation = operationOf(service, name);
  const client = given.client === undefined ? usualClient[service] : given.client;
  const own = client !== null && client in actors ? (client as keyof typeof actors) : usualClient[service];
  const values = { ...operation.examples[0], ...given.values };
  const { edit = (text) => text } = given;
  const envelope = writeDanishRequest(
    services[service],
    operation,
    values,
    given.actor ?? actors[own],
    Date.now(),
  );
  const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""', ...given.headers };
  return ask(
    emulator,
    'POST',
    services[service].paths[0] ?? '',
    { ...given, client, headers },
    edit(envelope),
  );
};

const valid = { jobnet: schemasOf(jobnet), reminder: schemasOf(reminder) };

/** Checks the answer's one element against the message schema of its service; returns its name. */
export const validAnswer = (service: ServiceName, { body }: DanishReply): string => {
  const document = parse(Buffer.from(body));
  assert.ok(!isProblem(document), body);
  using _tree = document;
  const envelope = readEnvelope(document, SOAP_1_1);
  assert.ok(!isProblem(envelope));
  assert.deepEqual(valid[service].validate(envelope.payload), undefined);
  assert.equal(
    envelope.payload.namespaceUri,
    operationOf(service, 'SavePersonContactData').request.namespace,
  );
  return envelope.payload.name;
};

/** The text of every element with this local name. */
export const textsOf = ({ body }: Pick<DanishReply, 'body'>, name: string): string[] =>
  [...body.matchAll(new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)(?=<)`, 'g'))].map(
    ([, text = '']) => text,
  );

/** `OK`, or the faultcode; whatever else it is, so that a test shows it. */
export const outcome = (reply: DanishReply): string => {
  if (reply.http === 200) return textsOf(reply, 'status')[0] ?? reply.body;
  return textsOf(reply, 'faultcode')[0] ?? `${reply.http} ${reply.body}`;
};

export interface Journalled {
  readonly problem?: string;
  readonly result?: string;
  readonly explanation?: Readonly<
    Record<'check' | 'expected' | 'found' | 'remedy' | 'rule' | 'basis', string>
  >;
}

export const journalOf = async ({ url }: Emulator, { journal }: DanishReply): Promise<Journalled> =>
  (await control(url, 'GET', `/journal/${journal}`)).json as Journalled;

/** The Danish citizens, as the control interface shows them. */
export const citizensOf = async ({ url }: Emulator): Promise<unknown> =>
  (await control(url, 'GET', '/persons?country=dk')).json;
