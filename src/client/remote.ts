// A running emulator, asked over its control interface.

import { UserError } from '../kernel/user-error.ts';

interface Details {
  readonly detail?: string;
}

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
  } catch {
    throw new UserError(
      `no emulator answers at ${url}; start one with kontakt serve, or name another with --url`,
    );
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

/** An answer as bytes; a refusal is told in the emulator's words. */
export const askBytes = async (url: string, path: string): Promise<Buffer> => {
  const response = await ask(url, path);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.ok) return bytes;
  let details: unknown;
  try {
    details = JSON.parse(bytes.toString('utf8'));
  } catch {
    // What answers in no JSON is no emulator, and its status is all there is to tell.
  }
  throw refusalIn(details, response.status);
};
