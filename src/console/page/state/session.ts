// What the page asks of the emulator: over its control interface only, with the token where one is needed.

import { signal } from '@preact/signals';

const KEY = 'kontakt-control-token';
const PREFIX = '/_emulator';

/** Why something was not done, in the emulator's words. */
export class Refusal extends Error {
  /** Of HTTP; 0 where nobody answers. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Whether the page waits for the token, and whether one was given that is not it. */
export const tokenWanted = signal<'no' | 'yes' | 'again'>('no');
let waiting: (() => void)[] = [];

/** Keeps the token for this tab, and goes on with what waits for it. */
export const giveToken = (token: string): void => {
  sessionStorage.setItem(KEY, token);
  tokenWanted.value = 'no';
  const all = waiting;
  waiting = [];
  for (const go of all) go();
};

const untilGiven = (): Promise<void> => {
  tokenWanted.value = sessionStorage.getItem(KEY) === null ? 'yes' : 'again';
  return new Promise((go) => {
    waiting.push(go);
  });
};

const detailOf = async (response: Response): Promise<string> => {
  try {
    const { detail } = (await response.json()) as { detail?: string };
    return detail ?? `HTTP ${response.status}`;
  } catch {
    return `HTTP ${response.status}`;
  }
};

/** @throws (rejects) Refusal, or what `signal` was aborted with */
export const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
  for (;;) {
    const token = sessionStorage.getItem(KEY);
    const headers = { ...init.headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
    let response: Response;
    try {
      response = await fetch(`${PREFIX}${path}`, { ...init, headers });
    } catch (error) {
      init.signal?.throwIfAborted();
      throw new Refusal(0, `The emulator does not answer (${(error as Error).message}).`);
    }
    if (response.ok) return response;
    if (response.status !== 401) throw new Refusal(response.status, await detailOf(response));
    await untilGiven();
  }
};

/** What the emulator answers is JSON of its own. */
export const askJson = async <Json>(path: string): Promise<Json> => (await (await ask(path)).json()) as Json;

/** Sends JSON; resolves to the JSON of the answer, where there is any. */
export const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const response = await ask(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
};

/** Hands a file to the browser's downloads, without an address that would hold a token. */
export const saveAs = (name: string, content: Blob): void => {
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
