// The Norwegian part of a campaign: signed messages that make mailboxes and change them, each person’s one after the other.

import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { ClientIdentity } from '../../src/client/sign.ts';
import { post } from '../durability/load.ts';
import { DIGIPOST, signed } from '../running.ts';
import { type Heard, offerAround, type Surroundings, whereOf } from './offers.ts';

const PATH = '/ws-postkasseleverandoer-v1';
const HEADERS = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };

const OK = /<pk:status>OK</;
const REPLAY = /<faultcode[^>]*>\w+:FailedCheck</;
const SAID = /<pk:beskrivelse>[^<]+|<faultstring[^>]*>[^<]+/;
const UNAVAILABLE = /The register is not available/;

/** How often a mailbox is changed after it was made. */
const CHANGES = 2;
export const MESSAGES = 1 + CHANGES;
export const addressOf = (person: string, turn: number): string => `mailbox.of#${person}.${turn}`;

const createClient = (client: ClientIdentity) => {
  const agent = new Agent({ keepAlive: true });
  const certificate = (/CERTIFICATE-----([^-]+)/.exec(client.certificatePem)?.[1] ?? '').replace(/\s/g, '');
  return {
    agent,
    messageOf: (person: string, turn: number): string =>
      signed(
        turn === 0 ? 'OpprettOgVelgSikkerDigitalPostkasse' : 'OppdaterPostkasse',
        {
          personidentifikator: person,
          postkasseleverandoerOrgNummer: DIGIPOST,
          postkasseadresse: addressOf(person, turn),
          x509Sertifikat: certificate,
        },
        client,
      ),
    send: async (url: string, message: string): Promise<Heard> => {
      const answer = await post(`${url}${PATH}`, { agent, headers: HEADERS }, message);
      if (!answer) return 'nothing';
      if (OK.test(answer.text)) return 'counts';
      if (REPLAY.test(answer.text)) return 'counted';
      assert.match(SAID.exec(answer.text)?.[0] ?? answer.text, UNAVAILABLE, 'a message was heard again');
      return 'unavailable';
    },
  };
};

/** What another emulator knows of a person just after a change was acknowledged. */
const assertKnown = async (surroundings: Surroundings, person: string, turn: number): Promise<void> => {
  const { url } = await whereOf(surroundings);
  const answer = await fetch(`${url}/_emulator/persons/no/${person}`).catch(() => undefined);
  const text = await answer?.text().catch(() => undefined);
  if (answer?.status !== 200 || text === undefined) return;
  const { postkasser } = JSON.parse(text) as { postkasser: { adresse: string }[] };
  assert.deepEqual(
    postkasser.map(({ adresse }) => adresse),
    [addressOf(person, turn)],
  );
};

export interface Mailboxes {
  /** Sends all messages of a person. */
  write(person: string): Promise<void>;
  /** Sends each message once more. */
  repeat(): Promise<void>;
  /** Whose messages all count. */
  readonly done: readonly string[];
  close(): void;
}

export const createMailboxes = (surroundings: Surroundings, identity: ClientIdentity): Mailboxes => {
  const { agent, messageOf, send } = createClient(identity);
  const { dice } = surroundings;
  const done: string[] = [];
  const sent: string[] = [];
  return {
    done,
    write: async (person) => {
      for (let turn = 0; turn < MESSAGES; turn += 1) {
        const message = messageOf(person, turn);
        await offerAround(surroundings, ({ url }) => send(url, message), true);
        if (dice.once(3)) await assertKnown(surroundings, person, turn);
        sent.push(message);
      }
      done.push(person);
    },
    repeat: async () => {
      for (const message of sent) {
        let heard: Heard;
        do {
          const { url } = await whereOf(surroundings);
          heard = await send(url, message);
          assert.notEqual(heard, 'counts', 'it was accepted twice');
          // What befell it last may not be over for it yet.
          if (heard !== 'counted') await setTimeout(20);
        } while (heard !== 'counted');
      }
    },
    close: () => agent.destroy(),
  };
};
