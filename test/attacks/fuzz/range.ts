// Where mutants are tried: the built program in a process of its own, honest messages, and what it makes of each mutant.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDirectory } from '../../directories.ts';
import { type Serving, serve } from '../../program.ts';
import { openingOf, PATH } from '../arena.ts';
import { type Credentials, compose, type Recipe, signed, timestampOf, usual } from '../message.ts';
import { URI } from '../names.ts';
import type { Encoded } from './encodings.ts';

/** What a message did: the command as the register shows it, who gave it, and the answer. */
export type Effect = string;

/** An honest message, and what it does. */
export interface Honest {
  readonly text: string;
  readonly effect: Effect;
}

/** What became of a message: the effect where it was accepted, where to read of the problem where it was not. */
export type Fate =
  | { readonly accepted: true; readonly effect: Effect }
  | { readonly accepted: false; readonly journal: string; readonly status: number };

/** What the journal holds of an exchange. */
export interface Told {
  readonly id: string;
  readonly problem?: string;
  readonly operation?: string;
  readonly organisation?: string;
  readonly result?: string;
  readonly duration: number;
}

export interface Range {
  readonly serving: Serving;
  /** Honest messages of two providers in different forms, signed now: good for as long as `observed` takes them. */
  readonly honest: () => Promise<Honest[]>;
  readonly send: (message: Encoded) => Promise<Fate>;
  /** The newest entries of the journal, by id. */
  readonly told: (limit: number) => Promise<ReadonlyMap<string, Told>>;
  /** The register, without its times. */
  readonly register: () => Promise<string>;
  readonly reset: () => Promise<void>;
}

/** What takes longer hangs. */
const LONGEST = 20_000;
const LIFETIME = 1_700_000;

const inclusive = { transforms: [{ algorithm: URI.c14n }] };
const listed = { transforms: [{ algorithm: URI.exc, prefixes: '#default soap nowhere' }] };
const of = (more: Parameters<typeof signed>[1]): Partial<Recipe> => ({
  references: [signed('TS', more), signed('Body', more)],
});

const FORMS: readonly Partial<Recipe>[] = [
  {},
  { ...of(inclusive), canonicalization: { algorithm: URI.c14n }, envelopeAttributes: ' xml:lang="nb"' },
  {
    ...of(listed),
    canonicalization: listed.transforms[0] ?? { algorithm: URI.exc },
    envelopeAttributes: ' xmlns="urn:d"',
  },
  { ...of({ transforms: [], digest: URI.sha1 }), bodyAttributes: ' Id="Body"' },
  {
    ...of({ transforms: [{ algorithm: URI.excComments }] }),
    canonicalization: { algorithm: URI.c14nComments },
  },
];

const PROVIDERS = [
  {
    name: 'digipost',
    orgnr: '984661185',
    person: '12838410985',
    address: 'k\u00e5ri.testesen#1234 &amp; co',
  },
  { name: 'eboks', orgnr: '996460320', person: '05919124263', address: '0123456789' },
] as const;

export const openRange = async (): Promise<Range> => {
  const data = await newDataDirectory();
  const serving = await serve(['--data', data]);
  const control = async (path: string, method = 'GET'): Promise<unknown> => {
    const answer = await fetch(`${serving.url}/_emulator${path}`, {
      method,
      signal: AbortSignal.timeout(LONGEST),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    const text = await answer.text();
    return text === '' ? undefined : JSON.parse(text);
  };
  const register = async (): Promise<string> => {
    const { persons } = (await control('/persons')) as { persons: Record<string, unknown>[] };
    return JSON.stringify(
      persons.map(({ id, status, reservert, postkasser }) => [id, status, reservert, postkasser]),
    );
  };
  const told = async (limit: number): Promise<ReadonlyMap<string, Told>> => {
    const { entries } = (await control(`/journal?limit=${limit}`)) as { entries: Told[] };
    return new Map(entries.map((entry) => [entry.id, entry]));
  };
  const reset = async (): Promise<void> => void (await control('/reset', 'POST'));
  const send = async ({ body, contentType }: Encoded): Promise<Fate> => {
    const answer = await fetch(`${serving.url}${PATH}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
      signal: AbortSignal.timeout(LONGEST),
    });
    await answer.arrayBuffer();
    const journal = answer.headers.get('kontakt-journal') ?? '';
    if (answer.status >= 400) return { accepted: false, journal, status: answer.status };
    const entry = (await control(`/journal/${journal}`)) as Told;
    const effect = JSON.stringify([entry.operation, entry.organisation, entry.result, await register()]);
    await reset();
    return { accepted: true, effect };
  };
  const credentials = (name: string): Credentials => ({
    certificatePem: readFileSync(join(data, 'pki/clients', `${name}.pem`), 'utf8'),
    keyPem: readFileSync(join(data, 'pki/clients', `${name}.key`), 'utf8'),
  });
  const clients = PROVIDERS.map((provider) => ({ ...provider, client: credentials(provider.name) }));
  const honest = async (): Promise<Honest[]> => {
    const now = Date.now();
    const messages: Honest[] = [];
    for (const form of FORMS)
      for (const { client, orgnr, person, address } of clients) {
        const payload = openingOf(address, person).replace('984661185', orgnr);
        const timestamp = timestampOf(now, now + LIFETIME);
        const text = compose({ ...usual(client, payload, now), timestamp, ...form });
        const fate = await send({ body: Buffer.from(text), contentType: 'text/xml; charset=utf-8' });
        assert.ok(fate.accepted, `an honest message was refused: ${text}`);
        messages.push({ text, effect: fate.effect });
      }
    return messages;
  };
  return { serving, honest, send, told, register, reset };
};
