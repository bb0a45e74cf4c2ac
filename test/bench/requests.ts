// The requests of the benchmarks: OppdaterPostkasse, each accepted, and each a change of the register.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnswerSigner } from '../../src/security/answers/sign.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { composePlain } from '../../src/soap/compose.ts';
import { SOAP_1_1 } from '../../src/soap/version.ts';
import { type ElementNode, element } from '../../src/xml/writer.ts';

const PATH = '/ws-postkasseleverandoer-v1';
const messages = { prefix: 'm', uri: 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1' };

/** Requests are written as answers are: signed in the same way, for half an hour. */
const REQUESTS = { ...profiles.observed.answer, lifetime: 1800 };
const UNANSWERED = { signatureValue: undefined, certificate: undefined };

interface Person {
  readonly id: string;
  readonly status: string;
  readonly reservert: boolean;
  readonly postkasser: readonly { readonly leverandoer: string }[];
}

type Write = (payload: ElementNode, now: number) => Promise<string>;

/** Signs as the client digipost of a data directory. */
const signing = (data: string): Write => {
  const client = join(data, 'pki/clients/digipost');
  const signer = createAnswerSigner(
    readFileSync(`${client}.pem`, 'utf8'),
    readFileSync(`${client}.key`, 'utf8'),
  );
  return async (payload, now) => (await signer.sign(payload, SOAP_1_1, now, REQUESTS, UNANSWERED)).toString();
};

/** @param data the data directory whose client signs; undefined: nothing is signed */
export const prepare = async (data: string | undefined, port: number, count: number): Promise<string[]> => {
  const write: Write =
    data === undefined ? async (payload) => composePlain(payload, SOAP_1_1) : signing(data);
  // A load between two questions may outlast a connection that is kept.
  const headers = { connection: 'close' };
  const answer = await fetch(`http://127.0.0.1:${port}/_emulator/persons`, { headers });
  const { persons } = (await answer.json()) as { persons: Person[] };
  const owners = persons.filter(
    ({ status, reservert, postkasser }) =>
      status === 'AKTIV' && !reservert && postkasser.some(({ leverandoer }) => leverandoer === '984661185'),
  );
  const now = Date.now();
  const one = async (index: number): Promise<string> => {
    const field = (name: string, value: string) => element(messages, name, [], value);
    const payload = element(
      messages,
      'OppdaterPostkasseForespoersel',
      [],
      field('personidentifikator', owners[index % owners.length]?.id ?? ''),
      field('postkasseleverandoerOrgNummer', '984661185'),
      field('postkasseadresse', `bench.${index}#${(now % 10_000_000) + index}`),
    );
    const body = await write(payload, now);
    return `POST ${PATH} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: text/xml; charset=utf-8\r\nsoapaction: ""\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
  const prepared: string[] = [];
  for (let index = 0; index < count; index += 64) {
    const batch = Array.from({ length: Math.min(64, count - index) }, (_, offset) => one(index + offset));
    prepared.push(...(await Promise.all(batch)));
  }
  return prepared;
};
