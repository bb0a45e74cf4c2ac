// The death of the process in a stream of signed messages: what was acknowledged is there, nothing is there by halves, and no message
// that counted counts again.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import type { ClientIdentity } from '../../src/client/sign.ts';
import { createDice } from '../dice.ts';
import { newDataDirectory } from '../directories.ts';
import { control, DIGIPOST, signed } from '../running.ts';
import { createLives, killSeed, type Lives, type Register, rowsOf } from './lives.ts';
import { type Answer, post, severalAtOnce, syntheticPersons } from './load.ts';

const ROUNDS = 4;
const PER_ROUND = 100;
const CONNECTIONS = 6;
const PATH = '/ws-postkasseleverandoer-v1';
const HEADERS = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };

/** What a message is told that counts, by what it asks for. */
const FIRST = {
  saves: /<pk:status>OK</,
  'is refused by a rule': /<pk:status>FEILET</,
  'is refused by the schema': /<faultstring[^>]*>Validation error</,
} as const;
const REPLAY = /<faultcode[^>]*>\w+:FailedCheck</;

interface Message {
  readonly does: keyof typeof FIRST;
  readonly person: string;
  readonly envelope: string;
}

const addressOf = (person: string): string => `mailbox.of#${person}`;

/** What the register holds. */
interface Held {
  /** By person, of those who have any. */
  readonly mailboxes: ReadonlyMap<string, readonly unknown[]>;
  /** Who was changed, by each change. */
  readonly changed: readonly string[];
  /** How many messages count. */
  readonly counted: number;
}

const look = (register: Register): Held => {
  const persons = register.prepare<[], string>('SELECT body FROM no_person').pluck().all();
  const mailboxes = persons
    .map((body): { id: string; mailboxes: unknown[] } => JSON.parse(body))
    .filter((person) => person.mailboxes.length > 0);
  const changes = rowsOf<{ person: string; cause: string }>(register, 'no_change');
  return {
    mailboxes: new Map(mailboxes.map((person) => [person.id, person.mailboxes])),
    changed: changes.filter(({ cause }) => cause !== 'emulator').map(({ person }) => person),
    counted: register.prepare<[], number>('SELECT count(*) FROM signature').pluck().get() ?? 0,
  };
};

describe(`an emulator that is killed in a stream of signed messages (KILL_SEED=${killSeed})`, function () {
  this.timeout(60_000);
  const persons = syntheticPersons(ROUNDS * PER_ROUND);
  const strangers = syntheticPersons(2 * ROUNDS * PER_ROUND).slice(ROUNDS * PER_ROUND);
  const dice = createDice(killSeed);
  const acknowledged = new Set<string>();
  let client: ClientIdentity;
  let certificate: string;
  let lives: Lives;
  let url: string;
  let held: Held;
  /** How many messages the rounds before this one had. */
  let sent = 0;

  const messageOn = (does: Message['does'], person: string): Message => {
    const values = {
      ...(does === 'is refused by the schema' ? {} : { personidentifikator: person }),
      postkasseleverandoerOrgNummer: DIGIPOST,
      postkasseadresse: addressOf(person),
      x509Sertifikat: certificate,
    };
    return { does, person, envelope: signed('OpprettOgVelgSikkerDigitalPostkasse', values, client) };
  };

  /** Sends messages over several connections, until all are answered or nobody answers any more. */
  const stream = async (
    messages: readonly Message[],
    heard: (message: Message, answer: Answer) => void,
  ): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    await severalAtOnce(messages, CONNECTIONS, async (message) => {
      const answer = await post(`${url}${PATH}`, { agent, headers: HEADERS }, message.envelope);
      if (!answer) return false;
      if (message.does === 'saves' && FIRST.saves.test(answer.text)) acknowledged.add(message.person);
      heard(message, answer);
      lives.heard(answer);
      return true;
    });
    agent.destroy();
  };

  const die = async (): Promise<void> => {
    held = await lives.end(look);
    const { mailboxes, changed } = held;
    assert.deepEqual(
      [...acknowledged].filter((person) => !mailboxes.has(person)),
      [],
      'acknowledged and lost',
    );
    for (const [person, found] of mailboxes)
      assert.deepEqual(found, [
        { provider: DIGIPOST, address: addressOf(person), certificate, active: true },
      ]);
    // A mailbox and its change are one transaction: never the one without the other.
    assert.deepEqual([...changed].sort(), [...mailboxes.keys()].sort());
  };

  before(async () => {
    const data = await newDataDirectory();
    const seed = join(data, 'seed.json');
    const content = {
      persons: persons.map((id) => ({ id })),
      providers: [{ orgnr: DIGIPOST, navn: 'Digipost (test)' }],
    };
    writeFileSync(seed, JSON.stringify(content));
    lives = createLives(data, ['--seed', seed], dice);
    ({ url } = await lives.begin());
    client = {
      certificatePem: readFileSync(join(data, 'pki/clients/digipost.pem'), 'utf8'),
      keyPem: readFileSync(join(data, 'pki/clients/digipost.key'), 'utf8'),
    };
    certificate = (/CERTIFICATE-----([^-]+)/.exec(client.certificatePem)?.[1] ?? '').replace(/\s/g, '');
  });
  after(() => lives.kill());

  for (let round = 0; round < ROUNDS; round += 1) {
    const part = [round * PER_ROUND, (round + 1) * PER_ROUND] as const;
    const answered = new Set<Message>();
    let messages: readonly Message[];

    it(`loses nothing that it acknowledged (${round + 1})`, async () => {
      messages = persons
        .slice(...part)
        .flatMap((person, index) => [
          messageOn('saves', person),
          ...(dice.once(5) ? [messageOn('is refused by a rule', strangers[part[0] + index] ?? '')] : []),
          ...(dice.once(5) ? [messageOn('is refused by the schema', person)] : []),
        ]);
      lives.killWithin(PER_ROUND - CONNECTIONS);
      await stream(messages, (message, { text }) => {
        assert.match(text, FIRST[message.does]);
        answered.add(message);
      });
      assert.ok(answered.size > 0);
      await die();
    });

    it(`refuses then as replays what it holds, and takes what it does not (${round + 1})`, async () => {
      const { mailboxes, counted } = held;
      const replays: string[] = [];
      let life = '';
      ({ url } = await lives.begin());
      await stream(messages, (message, { text, journal }) => {
        const { does, person } = message;
        const replayed = REPLAY.test(text);
        // An id begins with the life that its exchange was in; the journal has those of the lives before.
        [life = ''] = journal.split('-');
        if (!replayed) assert.match(text, FIRST[does]);
        else replays.push(journal);
        // Of one that changed nothing and whose answer never came only the key itself could say it.
        if (does === 'saves') assert.equal(replayed, mailboxes.has(person), `${does} ${person}`);
        else if (answered.has(message)) assert.ok(replayed, `${does}: ${text}`);
      });
      const { json } = await control(url, 'GET', '/journal?problem=security.replay&limit=1000');
      const { entries } = json as { entries: { id: string }[] };
      const ofLife = entries.map(({ id }) => id).filter((id) => id.startsWith(`${life}-`));
      assert.deepEqual(ofLife.sort(), replays.sort());
      assert.equal(replays.length, counted - sent, 'each key that is held refuses one message');
      sent += messages.length;
    });
  }

  it('has every message once in the end', async () => {
    lives.kill();
    await die();
    assert.deepEqual(new Set(held.mailboxes.keys()), new Set(persons));
    assert.equal(held.counted, sent);
    const after = await lives.begin();
    const { json } = await control(after.url, 'GET', '/persons?country=no');
    const shown = (json as { persons: { postkasser: unknown[] }[] }).persons;
    assert.ok(shown.every(({ postkasser }) => postkasser.length === 1));
  });
});
