// The place where attacks are tried: one emulator for all of them, and what every refused message has to satisfy.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { type Options, openEmulator } from '../starting.ts';
import { type Credentials, compose, type Recipe, usual } from './message.ts';
import { NS } from './names.ts';

export const PATH = '/ws-postkasseleverandoer-v1';

export interface HttpRequest {
  readonly body?: string | Buffer;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}
export interface Entry {
  readonly problem?: string;
  readonly explanation?: Readonly<Record<'check' | 'expected' | 'found' | 'rule' | 'remedy', string>>;
}

export interface Arena {
  readonly emulator: Emulator;
  /** Milliseconds since 1970 by the clock that Timestamps are held against. */
  readonly now: () => number;
  readonly client: (name: string) => Credentials;
  /** The OpprettPostkasse request of an honest provider for a plain person: it would change the register. */
  readonly payload: string;
  /** The usual signed request, with knobs turned. */
  readonly recipe: (knobs?: Partial<Recipe>) => Recipe;
  readonly message: (knobs?: Partial<Recipe>) => string;
  readonly post: (request: HttpRequest | string | Buffer) => Promise<HttpAnswer>;
  readonly journal: (answer: HttpAnswer) => Promise<Entry>;
  readonly persons: () => Promise<string>;
}

export const PERSON = '12838410985';
export const openingOf = (address: string, person = PERSON): string =>
  `<m:OpprettPostkasseForespoersel xmlns:m="${NS.m}"><m:personidentifikator>${person}</m:personidentifikator><m:postkasseleverandoerOrgNummer>984661185</m:postkasseleverandoerOrgNummer><m:postkasseadresse>${address}</m:postkasseadresse></m:OpprettPostkasseForespoersel>`;
/** A question that changes nothing. */
export const question = `<m:KanVelgeSikkerDigitalPostkasseForespoersel xmlns:m="${NS.m}"><m:personidentifikator>${PERSON}</m:personidentifikator></m:KanVelgeSikkerDigitalPostkasseForespoersel>`;

export const openArena = async (options: Options = {}): Promise<Arena> => {
  const emulator = await openEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent', ...options });
  const now = (): number => emulator.clock.now('security');
  const client = (name: string): Credentials => {
    const found = emulator.pki.clients.get(name);
    assert.ok(found, name);
    return found;
  };
  const payload = openingOf('kari.testesen#1234');
  const recipe = (knobs: Partial<Recipe> = {}): Recipe => ({
    ...usual(knobs.signer ?? client('digipost'), payload, now()),
    ...knobs,
  });
  const post = async (request: HttpRequest | string | Buffer): Promise<HttpAnswer> => {
    const plain = typeof request === 'string' || Buffer.isBuffer(request);
    const { body, method = 'POST', headers = {} }: HttpRequest = plain ? { body: request } : request;
    const answer = await fetch(`${emulator.url}${PATH}`, {
      method,
      headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const control = async (path: string): Promise<string> => {
    const answer = await fetch(`${emulator.url}/_emulator${path}`);
    assert.equal(answer.status, 200, path);
    return answer.text();
  };
  return {
    emulator,
    now,
    client,
    payload,
    recipe,
    message: (knobs) => compose(recipe(knobs)),
    post,
    journal: async ({ headers }) =>
      JSON.parse(await control(`/journal/${headers.get('kontakt-journal')}`)) as Entry,
    persons: () => control('/persons'),
  };
};

/** What the caller is told: the local name of the fault code, or the bare HTTP status. */
export const toldBy = ({ status, text }: HttpAnswer): string | number =>
  /<faultcode[^>]*>(?:[^<:]+:)?([^<]+)<\/faultcode>/.exec(text)?.[1] ?? status;

const LEAK = /node_modules|\bat .*:\d+:\d+|\.(?:ts|js|mjs):\d+|file:\/\/|libxml|fastify|ERR_[A-Z]/i;

/** Nothing of the machine, the program or the reason is on the wire. */
export const assertTerse = ({ status, text, headers }: HttpAnswer): void => {
  assert.doesNotMatch(text, LEAK);
  assert.ok(!text.includes(process.cwd()));
  assert.ok(text.length < 1000, `a fault of ${text.length} characters`);
  assert.equal(headers.get('content-type')?.split(';')[0], text.startsWith('<') ? 'text/xml' : 'text/plain');
  assert.ok(status >= 400, String(status));
};

/** The journal tells what the wire does not. */
export const assertExplained = (entry: Entry, problem: string): void => {
  assert.equal(entry.problem, problem, JSON.stringify(entry.explanation));
  for (const part of ['check', 'expected', 'found', 'rule', 'remedy'] as const) {
    assert.ok(entry.explanation?.[part], `explanation.${part} of ${problem}`);
  }
  assert.ok(JSON.stringify(entry).length < 10_000, 'the explanation is as long as the attack');
};
