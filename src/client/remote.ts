// A running emulator, asked over its control interface.

import { codeOf } from '../kernel/error-code.ts';
import { UserError } from '../kernel/user-error.ts';

interface Details {
  readonly detail?: string;
}

/** Codes that node's TLS and OpenSSL give where another certificate was expected. */
const UNTRUSTED = /CERT|ISSUER|SELF_SIGNED/;

/** Why nothing answered. */
const unreachable = (url: string, error: unknown): UserError => {
  if (!/^https?:\/\//i.test(url))
    return new UserError(
      `${url} is no address of an emulator; write it with its scheme, as http://127.0.0.1:8080`,
    );
  if (UNTRUSTED.test(codeOf((error as Error).cause)))
    return new UserError(
      `the certificate of ${url} is not trusted here; take the address of the http listener, or set NODE_EXTRA_CA_CERTS to trust.pem of the emulator’s certificates`,
    );
  return new UserError(
    `no emulator answers at ${url}; start one with kontakt serve, or name another with --url`,
  );
};

const ask = async (url: string, path: string, init: RequestInit = {}): Promise<Response> => {
  const token = process.env.KONTAKT_CONTROL_TOKEN;
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    return await fetch(`${url.replace(/\/+$/, '')}/_emulator${path}`, {
      ...init,
      headers: {
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...authorization,
      },
    });
  } catch (error) {
    throw unreachable(url, error);
  }
};

/** What the emulator says of a request that it did not carry out. */
const refusalIn = (json: unknown, status: number): UserError =>
  new UserError((json as Details | undefined)?.detail ?? `the emulator answered HTTP ${status}`);

/** The answer's JSON; undefined where there is none. */
export const askEmulator = async (
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> => {
  const response = await ask(url, path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new UserError(`what answers at ${url} is no emulator (HTTP ${response.status}, no JSON)`);
  }
  if (response.ok) return json;
  throw refusalIn(json, response.status);
};

/** @throws (rejects) UserError in the emulator’s words where the answer is a refusal */
const unlessRefused = async (response: Response): Promise<void> => {
  if (response.ok) return;
  let details: unknown;
  try {
    details = await response.json();
  } catch {
    // What answers in no JSON is no emulator, and its status is all there is to tell.
  }
  throw refusalIn(details, response.status);
};

/** An answer as bytes; a refusal is told in the emulator’s words. */
export const askBytes = async (url: string, path: string): Promise<Buffer> => {
  const response = await ask(url, path);
  await unlessRefused(response);
  return Buffer.from(await response.arrayBuffer());
};

/** A long answer in a stream. */
export interface Streamed {
  readonly headers: Headers;
  /** @throws (rejects) UserError where the answer ends before its end */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export const askStream = async (url: string, path: string): Promise<Streamed> => {
  const response = await ask(url, path);
  await unlessRefused(response);
  const { headers, body } = response;
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body ?? []) yield chunk;
    } catch (error) {
      const { message } = ((error as Error).cause ?? error) as Error;
      throw new UserError(`the answer of the emulator broke off: ${message}`);
    }
  };
  return { headers, bytes: bytes() };
};
