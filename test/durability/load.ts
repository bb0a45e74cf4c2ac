// Many synthetic persons, and a stream of signed requests about them over several connections.

import { writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
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

export const writeSeed = (file: string, persons: readonly string[]): void => {
  const content = {
    persons: persons.map((id) => ({ id })),
    providers: [{ orgnr: '984661185', navn: 'Digipost (test)' }],
  };
  writeFileSync(file, JSON.stringify(content));
};

/** Posts one envelope; the answer's body, or undefined when the connection died before it was whole. */
const send = (url: string, agent: Agent, envelope: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.once('end', () => resolve(response.complete ? body : undefined));
      response.once('error', () => resolve(undefined));
    });
    sent.once('error', () => resolve(undefined));
    sent.end(envelope);
  });

/**
 * Sends the envelopes, by person, over some connections, until all are sent or the server is gone.
 *
 * @param acknowledged told of each person whose request was answered with OK, as soon as it was
 */
export const stream = async (
  url: string,
  envelopes: ReadonlyMap<string, string>,
  connections: number,
  acknowledged: (person: string) => void,
): Promise<void> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const waiting = envelopes.entries();
  const work = async (): Promise<void> => {
    for (const [person, envelope] of waiting) {
      const body = await send(url, agent, envelope);
      if (body === undefined) return;
      if (/<pk:status>OK</.test(body)) acknowledged(person);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  agent.destroy();
};
