// A running emulator inside the test's process, and the two ways to speak to it: signed messages and the control interface.

import assert from 'node:assert/strict';
import { writeRequest, writeSignedRequest } from '../src/client/request.ts';
import { usualSigning } from '../src/client/security-header.ts';
import type { ClientIdentity } from '../src/client/sign.ts';
import type { Emulator } from '../src/emulator/emulator.ts';
import { postkasseleverandoer } from '../src/kontaktregister/postkasseleverandoer/service.ts';
import type { OperationDescription } from '../src/soap/service.ts';
import { newDataDirectory } from './directories.ts';
import { type Options, openEmulator } from './starting.ts';

export type Values = Readonly<Record<string, string>>;

/** An answer of the service; `status` is the word on the wire with its code, or the text of a fault. */
export interface Reply {
  readonly http: number;
  readonly status: string;
  readonly body: Buffer;
  readonly journal: string;
}

/** An answer of the control interface. */
export interface ControlReply {
  readonly http: number;
  readonly type: string;
  readonly json: unknown;
}

export const DIGIPOST = '984661185';
export const EBOKS = '996460320';

export const operationOf = (name: string): OperationDescription => {
  const found = postkasseleverandoer.operations.find((operation) => operation.name === name);
  assert.ok(found, name);
  return found;
};

export const clientOf = ({ pki }: Pick<Emulator, 'pki'>, name: string): ClientIdentity => {
  const client = pki.clients.get(name);
  assert.ok(client, name);
  return client;
};

const textIn = (body: string, name: string): string | undefined =>
  new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)<`).exec(body)?.[1];

/** Sends an envelope to the mailbox providers' service. */
export const post = async (url: string, envelope: string): Promise<Reply> => {
  const response = await fetch(`${url}${postkasseleverandoer.paths[0]}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body: envelope,
  });
  const body = Buffer.from(await response.arrayBuffer());
  const text = body.toString('utf8');
  const parts = [textIn(text, 'status'), textIn(text, 'beskrivelse')].filter((part) => part !== undefined);
  return {
    http: response.status,
    status: parts.join(' ') || (textIn(text, 'faultstring') ?? text),
    body,
    journal: response.headers.get('kontakt-journal') ?? '',
  };
};

let latest = 0;

/** A signed message, and another one each time: two of one millisecond that ask the same would be one, and a replay. */
export const signed = (name: string, values: Values, client: ClientIdentity): string => {
  latest = Math.max(Date.now(), latest + 1);
  return writeSignedRequest(postkasseleverandoer, operationOf(name), values, client, usualSigning, latest);
};

export const unsigned = (name: string, values: Values): string =>
  writeRequest(postkasseleverandoer, operationOf(name), values);

/** Asks the control interface. */
export const control = async (
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<ControlReply> => {
  const response = await fetch(`${url}/_emulator${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { http: response.status, type, json: type.includes('json') ? JSON.parse(text) : text };
};

/** Starts an emulator on free ports over a new data directory. */
export const startRunning = async (options: Options = {}): Promise<Emulator> =>
  openEmulator({ port: 0, tlsPort: 0, log: 'silent', data: await newDataDirectory(), ...options });
