// A client of the REST service: https with a client certificate, one kept-alive agent for each of them.

import assert from 'node:assert/strict';
import { STATUS_CODES } from 'node:http';
import { Agent, request as send } from 'node:https';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { clientOf, control, startRunning } from '../running.ts';

export const BASE = '/v1/kontaktinformation';
export const MOBILE = 1;
export const LANDLINE = 2;
export const EMAIL = 3;

/** An answer; `json` has no members when the body is no JSON. */
export interface RestReply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly journal: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface RestRequest {
  readonly cpr?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Text and bytes are sent as they are, everything else as JSON. */
  readonly body?: unknown;
}

export type Call = (method: string, path: string, request?: RestRequest) => Promise<RestReply>;

const bytesOf = (body: unknown): Buffer | string | undefined =>
  body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);

const parse = (text: string): RestReply['json'] => {
  try {
    return JSON.parse(text) as RestReply['json'];
  } catch {
    return {};
  }
};

/** Calls with the certificate of a client of the test PKI; undefined: with none. */
const callWith =
  (url: string, agent: Agent): Call =>
  (method, path, { cpr, headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const bytes = bytesOf(body);
      const all = {
        ...(bytes === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) }),
        ...(cpr === undefined ? {} : { 'x-civilregistrationIdentifier': cpr }),
        ...headers,
      };
      const outgoing = send(`${url}${path}`, { method, agent, headers: all }, (response) => {
        const chunks: Buffer[] = [];
        response.on('error', reject);
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            type: (response.headers['content-type'] ?? '').split(';')[0] ?? '',
            text,
            json: parse(text),
            headers: response.headers,
            journal: String(response.headers['kontakt-journal'] ?? ''),
          });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(bytes);
    });

export interface Station {
  readonly emulator: Emulator;
  /** Undefined: without a certificate. */
  readonly as: (client: string | undefined) => Call;
  /** All citizens of the register. */
  readonly citizens: () => Promise<unknown>;
  readonly outbox: () => Promise<{ citizen: string; code: string; address: string }[]>;
  /** What the journal says of an exchange. */
  readonly entry: (id: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => Promise<void>;
}

type Options = Parameters<typeof startRunning>[0];

/** An emulator with clients in front of it. */
export const openStation = async (options: Options = {}): Promise<Station> => {
  const emulator = await startRunning(options);
  const agents = new Map<string | undefined, Agent>();
  const agentOf = (name: string | undefined): Agent => {
    const before = agents.get(name);
    if (before) return before;
    const client = name === undefined ? undefined : clientOf(emulator, name);
    const made = new Agent({
      keepAlive: true,
      ca: emulator.pki.trustPem,
      ...(client ? { cert: client.certificatePem, key: client.keyPem } : {}),
    });
    agents.set(name, made);
    return made;
  };
  const ask = async (path: string) =>
    (await control(emulator.url, 'GET', path)).json as Record<string, unknown>;
  return {
    emulator,
    as: (name) => callWith(emulator.tlsUrl, agentOf(name)),
    citizens: async () => (await ask('/persons?country=dk')).persons,
    outbox: async () =>
      (await ask('/outbox')).messages as { citizen: string; code: string; address: string }[],
    entry: (id) => ask(`/journal/${id}`),
    close: async () => {
      for (const agent of agents.values()) agent.destroy();
      await emulator.close();
    },
  };
};

/** The body of Create in its full form. */
export const rowsOf = (...rows: readonly (readonly [type: number, value?: string | null | undefined])[]) => ({
  kontaktinformationer: {
    kontaktinformation: rows.map(([kontaktdataType, kontaktdata]) => ({
      kontaktdataType,
      ...(kontaktdata === undefined ? {} : { kontaktdata }),
    })),
  },
});

/** The rows that GetKontaktinformation answers, as [type, value, status]. */
export const registered = async (call: Call, cpr: string): Promise<unknown[]> => {
  const { status, json, text } = await call('GET', BASE, { cpr });
  assert.equal(status, 200, text);
  const { kontaktinformation } = json.kontaktinformationer as {
    kontaktinformation: Record<string, unknown>[];
  };
  return kontaktinformation.map((row) => [row.kontaktdataType, row.kontaktdata, row.kontaktdatastatus]);
};

/** Asserts a refusal with a code of the contract, and that the journal explains it. */
export const assertRefused = async (
  station: Station,
  reply: RestReply,
  code: number | undefined,
  status: number,
): Promise<void> => {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.type, 'application/problem+json');
  assert.equal(reply.json.fejlkode, code, reply.text);
  assert.equal(reply.json.status, status);
  assert.ok(reply.json.fejltekst, reply.text);
  const { type, title, detail } = reply.json;
  assert.deepEqual([type, title, detail], ['about:blank', STATUS_CODES[status], reply.json.fejltekst]);
  assert.equal(
    'www-authenticate' in reply.headers,
    status === 401,
    'a 401 says what to bring, and nothing else does',
  );
  const { explanation, problem, httpStatus } = await station.entry(reply.journal);
  assert.equal(problem, code === undefined ? `rest.${status}` : `dfdg.${code}`);
  assert.equal(httpStatus, status);
  const { check, expected, found, remedy } = explanation as Record<string, string>;
  for (const part of [check, expected, found, remedy]) assert.ok(part, JSON.stringify(explanation));
};
