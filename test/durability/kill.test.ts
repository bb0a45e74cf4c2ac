// The death of the process at any moment: what was acknowledged is there, and nothing is there by halves.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { newDataDirectory } from '../directories.ts';
import { type Serving, serve } from '../program.ts';
import { DIGIPOST, signed } from '../running.ts';
import { stream, syntheticPersons, writeSeed } from './load.ts';

const ROUNDS = 4;
const PER_ROUND = 150;
const CONNECTIONS = 6;
const PATH = '/ws-postkasseleverandoer-v1';

/** A small generator of numbers from 0 to 1, so that a failing run can be had again from its seed. */
const generator = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

interface Row {
  readonly person: string;
  readonly address: string;
  readonly active: number;
  readonly certificate: string | null;
}

const addressOf = (person: string): string => `mailbox.of#${person}`;

/** Reads the register as it lies there, log and all, while nobody has it. */
const inspect = (data: string) => {
  const database = new Database(join(data, 'register.db'));
  const rows = database
    .prepare<[], Row>(
      `SELECT no_person.id AS person, mailbox.value ->> 'address' AS address, mailbox.value ->> 'active' AS active,
         mailbox.value ->> 'certificate' AS certificate
       FROM no_person, json_each(body, '$.mailboxes') AS mailbox`,
    )
    .all();
  const changes = database
    .prepare<[], string>(
      "SELECT body ->> 'person' FROM no_change WHERE body ->> 'cause' <> 'emulator' ORDER BY number",
    )
    .pluck()
    .all();
  const numbers = database
    .prepare<[], [count: number, last: number]>('SELECT count(*), max(number) FROM no_change')
    .raw()
    .get();
  assert.equal(database.pragma('integrity_check', { simple: true }), 'ok');
  database.close();
  return { rows, changes, numbers };
};

describe('an emulator that is killed', () => {
  let data: string;
  const seed = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 2 ** 32));
  const random = generator(seed);
  const acknowledged = new Set<string>();

  const start = (): Promise<Serving> => serve(['--data', data, '--seed', join(data, 'seed.json')]);

  before(async () => {
    data = await newDataDirectory();
    writeSeed(join(data, 'seed.json'), syntheticPersons(ROUNDS * PER_ROUND));
  });

  it(`in the middle of its work loses nothing that it acknowledged (KILL_SEED=${seed})`, async () => {
    const client = {
      certificatePem: readFileSync(join(data, 'pki/clients/digipost.pem'), 'utf8'),
      keyPem: readFileSync(join(data, 'pki/clients/digipost.key'), 'utf8'),
    };
    const certificate = Buffer.from(
      /CERTIFICATE-----([^-]+)/.exec(client.certificatePem)?.[1] ?? '',
      'base64',
    );
    const persons = syntheticPersons(ROUNDS * PER_ROUND);
    for (let round = 0; round < ROUNDS; round += 1) {
      const envelopes = new Map(
        persons.slice(round * PER_ROUND, (round + 1) * PER_ROUND).map((person) => {
          const values = {
            personidentifikator: person,
            postkasseleverandoerOrgNummer: DIGIPOST,
            postkasseadresse: addressOf(person),
            x509Sertifikat: certificate.toString('base64'),
          };
          return [person, signed('OpprettOgVelgSikkerDigitalPostkasse', values, client)] as const;
        }),
      );
      const serving = await start();
      const before = acknowledged.size;
      const killAt = 1 + Math.floor(random() * (PER_ROUND - CONNECTIONS - 1));
      const delay = random() * 4;
      await stream(`${serving.url}${PATH}`, envelopes, CONNECTIONS, (person) => {
        acknowledged.add(person);
        if (acknowledged.size - before === killAt)
          void setTimeout(delay).then(() => serving.child.kill('SIGKILL'));
      });
      assert.equal((await serving.ended).signal, 'SIGKILL');
      assert.ok(acknowledged.size > before, 'nothing was acknowledged before the end');

      const { rows, changes, numbers } = inspect(data);
      const stored = new Set(rows.map(({ person }) => person));
      assert.deepEqual(
        [...acknowledged].filter((person) => !stored.has(person)),
        [],
      );
      for (const row of rows) {
        assert.equal(row.address, addressOf(row.person));
        assert.equal(row.active, 1);
        assert.equal(row.certificate, certificate.toString('base64'));
      }
      // A mailbox and its change are one transaction: never the one without the other.
      assert.deepEqual(new Set(changes), stored);
      assert.equal(changes.length, stored.size);
      assert.equal(numbers?.[0], numbers?.[1]);
    }
  }).timeout(60_000);

  it('serves what it had to the next process', async () => {
    const serving = await start();
    const response = await fetch(`${serving.url}/_emulator/persons`);
    const { persons } = (await response.json()) as { persons: { id: string; postkasser: unknown[] }[] };
    const withMailbox = new Set(
      persons.filter(({ postkasser }) => postkasser.length === 1).map(({ id }) => id),
    );
    assert.ok([...acknowledged].every((person) => withMailbox.has(person)));
    serving.child.kill('SIGKILL');
    await serving.ended;
  });
});
