// Calls of the lookup service as a client makes them: signed, and the answer decrypted and read as a tree.

import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import type { XmlElement } from 'libxml2-wasm';
import { writeRequest, writeSignedRequest } from '../../../src/client/request.ts';
import { usualSigning } from '../../../src/client/security-header.ts';
import { signEnvelope } from '../../../src/client/sign.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { answerLimits } from '../../../src/kernel/limits.ts';
import { isProblem } from '../../../src/kernel/problem.ts';
import {
  oppslagstjeneste1405,
  oppslagstjeneste1602,
} from '../../../src/kontaktregister/oppslagstjeneste/service.ts';
import { schemasOf } from '../../../src/schema/validate.ts';
import { readDecrypted } from '../../../src/security/answers/decrypt.ts';
import { readMessage } from '../../../src/soap/read.ts';
import type { ServiceDescription } from '../../../src/soap/service.ts';
import { children, textOf } from '../../../src/xml/tree.ts';
import { clientOf, control, type Values } from '../../running.ts';

export const services = {
  '16-02': oppslagstjeneste1602.description,
  '14-05': oppslagstjeneste1405.description,
} as const;
export type VersionName = keyof typeof services;
export const versions = Object.keys(services) as VersionName[];

/** An element as values: its attributes without the declarations, and its children, or its text. */
export interface Tree {
  readonly name: string;
  readonly attributes: Values;
  readonly children: readonly Tree[];
  readonly text: string;
}

export const treeOf = (element: XmlElement): Tree => ({
  name: element.name,
  attributes: Object.fromEntries(element.attrs.map(({ name, value }) => [name, value])),
  children: children(element).map(treeOf),
  text: children(element).length > 0 ? '' : textOf(element),
});

export interface Answer {
  readonly http: number;
  readonly encrypted: boolean;
  readonly payload: Tree;
  /** The text of a fault. */
  readonly fault: string | undefined;
  readonly warnings: number;
  readonly journal: string;
  readonly wire: Buffer;
}

export interface Asked {
  readonly client?: string;
  readonly version?: VersionName;
  readonly headers?: Readonly<Record<string, string>>;
}

const schemas = { '16-02': schemasOf(services['16-02']), '14-05': schemasOf(services['14-05']) };

/** Reads an answer with the key of the one who asked; what is no fault must be valid. */
const readAnswer = (wire: Buffer, version: VersionName, keyPem: string): [Tree, boolean] => {
  const message = readMessage(wire, { version: services[version].version, limits: answerLimits });
  assert.ok(!isProblem(message), JSON.stringify(message));
  using envelope = message;
  const decrypted = readDecrypted(envelope, createPrivateKey(keyPem));
  assert.ok(!isProblem(decrypted), JSON.stringify(decrypted));
  using plain = decrypted;
  const { payload } = plain ?? envelope;
  if (payload.name !== 'Fault') assert.deepEqual(schemas[version].validate(payload), undefined);
  return [treeOf(payload), plain !== undefined];
};

const faultIn = ({ name, children: parts }: Tree): string | undefined => {
  if (name !== 'Fault') return undefined;
  const find = (wanted: string, all: readonly Tree[]): Tree | undefined =>
    all.find((one) => one.name === wanted) ??
    all.map(({ children: inner }) => find(wanted, inner)).find((one) => one !== undefined);
  return (find('faultstring', parts) ?? find('Text', parts))?.text;
};

export const operationOf = (service: ServiceDescription, name: string) =>
  service.operations.find((one) => one.name === name) ?? assert.fail(name);

/** Sends an envelope. */
export const send = async (
  emulator: Emulator,
  envelope: string,
  { client = 'digipost', version = '16-02', headers = {} }: Asked = {},
): Promise<Answer> => {
  const service = services[version];
  const response = await fetch(`${emulator.url}${service.paths[0]}`, {
    method: 'POST',
    headers: { 'content-type': `${service.version.mediaType}; charset=utf-8`, ...headers },
    body: envelope,
  });
  const wire = Buffer.from(await response.arrayBuffer());
  const [payload, encrypted] = readAnswer(wire, version, clientOf(emulator, client).keyPem);
  return {
    http: response.status,
    encrypted,
    payload,
    fault: faultIn(payload),
    warnings: Number(response.headers.get('kontakt-warnings') ?? 0),
    journal: response.headers.get('kontakt-journal') ?? '',
    wire,
  };
};

/** A request without security, for changes before it is signed. */
export const unsigned = (operation: string, values: Values, version: VersionName = '16-02'): string =>
  writeRequest(services[version], operationOf(services[version], operation), values);

/** Signs Timestamp and Body only. */
export const signedBody = (emulator: Emulator, envelope: string, client = 'digipost'): string =>
  signEnvelope(envelope, clientOf(emulator, client), usualSigning, Date.now());

/** Signs the header of PaaVegneAv too. */
export const signedWhole = (emulator: Emulator, values: Values, client = 'digipost'): string =>
  writeSignedRequest(
    services['16-02'],
    operationOf(services['16-02'], 'HentPersoner'),
    values,
    clientOf(emulator, client),
    usualSigning,
    Date.now(),
  );

export const ask = (
  emulator: Emulator,
  operation: string,
  values: Values,
  asked: Asked = {},
): Promise<Answer> => {
  const service = services[asked.version ?? '16-02'];
  const client = clientOf(emulator, asked.client ?? 'digipost');
  const request = writeSignedRequest(
    service,
    operationOf(service, operation),
    values,
    client,
    usualSigning,
    Date.now(),
  );
  return send(emulator, request, asked);
};

/** A person of an answer in short: the names of what is there with the texts of the simple parts. */
export const told = ({ children: parts }: Tree): Record<string, string> =>
  Object.fromEntries(
    parts.flatMap((part) =>
      part.children.length > 0
        ? part.children.map((inner): [string, string] => [inner.name, inner.text])
        : [[part.name, part.text]],
    ),
  );

export const personsIn = ({ payload }: Answer): Record<string, string>[] => payload.children.map(told);

export interface Explained {
  readonly problem?: string;
  readonly operation?: string;
  readonly result?: string;
  readonly warnings?: readonly {
    readonly problem: string;
    readonly explanation: Readonly<Record<string, string>>;
  }[];
  readonly explanation?: Readonly<Record<string, string>>;
}

export const journalOf = async (emulator: Emulator, { journal }: Answer): Promise<Explained> =>
  (await control(emulator.url, 'GET', `/journal/${journal}`)).json as Explained;
