// A running emulator, asked over its control interface.

import { UserError } from '../kernel/user-error.ts';

interface Details {
  readonly detail?: string;
}

/** The answer's JSON; undefined where there is none. */
export const askEmulator = async (
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> => {
  const token = process.env.KONTAKT_CONTROL_TOKEN;
  let response: Response;
  try {
    response = await fetch(`${url.replace(/\/+$/, '')}/_emulator${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new UserError(
      `no emulator answers at ${url}; start one with kontakt serve, or name another with --url`,
    );
  }
  const text = await response.text();
  let json: unknown;
  try {
    json = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new UserError(`what answers at ${url} is no emulator (HTTP ${response.status}, no JSON)`);
  }
  if (response.ok) return json;
  throw new UserError(
    (json as Details | undefined)?.detail ?? `the emulator answered HTTP ${response.status}`,
  );
};
