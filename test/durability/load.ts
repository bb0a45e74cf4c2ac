// Many synthetic persons, and requests about them over several connections at once.

import { type Agent, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { syntheticPersonidentifikator } from '../../src/identifiers/personidentifikator.ts';

/** Different synthetic numbers, all valid. */
export const syntheticPersons = (count: number): string[] => {
  const numbers: string[] = [];
  for (let year = 1940; numbers.length < count; year += 1)
    for (let individual = 0; individual < 500 && numbers.length < count; individual += 1) {
      const number = syntheticPersonidentifikator({ year, month: 6, day: 15 }, individual);
      if (number !== undefined) numbers.push(number);
    }
  return numbers;
};

/** Different CPR numbers of nobody living: of people who are born in June 2040; at most 30,000. */
export const syntheticCitizens = (count: number): string[] =>
  Array.from({ length: count }, (_, serial) => {
    const day = String(1 + Math.floor(serial / 1000)).padStart(2, '0');
    return `${day}06405${String(serial % 1000).padStart(3, '0')}`;
  });

/** An answer that came whole. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The id of its exchange in the journal. */
  readonly journal: string;
}

/** Over which connections a request goes, and with which headers. */
export interface Sending {
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
}

/** Posts a body; the answer, or undefined when the connection died before it was whole. */
export const post = (url: string, { agent, headers }: Sending, body: string): Promise<Answer | undefined> =>
  new Promise((resolve) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const sent = send(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('end', () => {
        const journal = String(response.headers['kontakt-journal'] ?? '');
        resolve(response.complete ? { status: response.statusCode ?? 0, text, journal } : undefined);
      });
      response.once('error', () => resolve(undefined));
    });
    sent.once('error', () => resolve(undefined));
    sent.end(body);
  });

/**
 * Goes through items, several at once, until all are done or the server is gone.
 *
 * @param each says whether the server was still there
 */
export const severalAtOnce = async <Item>(
  items: Iterable<Item>,
  several: number,
  each: (item: Item) => Promise<boolean>,
): Promise<void> => {
  const waiting = items[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) if (!(await each(next.value))) return;
  };
  await Promise.all(Array.from({ length: several }, work));
};
