// Attacks by repetition: a message that was accepted once, sent again as it was or in disguise; before that, the clock may turn.

import assert from 'node:assert/strict';
import { type Arena, type HttpRequest, openingOf, PERSON } from './arena.ts';
import { attack } from './family.ts';
import { derOf, timestampOf } from './message.ts';

/** An accepted message, then the same in disguise. */
const again = (name: string, disguise: (message: string) => string | HttpRequest) =>
  attack(name, 'security.replay', 'FailedCheck', async (arena) => {
    await arena.emulator.reset();
    const message = arena.message();
    const first = await arena.post(message);
    assert.match(first.text, /status>OK</);
    return disguise(message);
  });

const advance = ({ emulator }: Arena, duration: string): Promise<unknown> =>
  emulator.control.clock.set({ of: 'security', advance: duration });

const inside = (element: string, change: (text: string) => string) => (message: string) =>
  message.replace(new RegExp(`(<${element}[^>]*>)([^<]+)(</${element}>)`), (_, start, text, end) =>
    [start, change(text), end].join(''),
  );
const fold = (text: string): string => text.replace(/(.{64})/g, '$1\r\n');

export const replays = [
  again('the same bytes', (message) => message),
  again('a SignatureValue folded anew', inside('ds:SignatureValue', fold)),
  again(
    'a SignatureValue of character references',
    inside('ds:SignatureValue', (text) => text.replaceAll('A', '&#65;')),
  ),
  again(
    'a SignatureValue in CDATA',
    inside('ds:SignatureValue', (text) => `<![CDATA[${text}]]>`),
  ),
  again(
    'a SignatureValue with comments',
    inside('ds:SignatureValue', (text) => text.replace(/^(.{9})/, '$1<!-- -->')),
  ),
  again('a folded token', inside('wsse:BinarySecurityToken', fold)),
  again('another Id of the token', (message) =>
    message.replace('wsu:Id="X509"', 'wsu:Id="Other"').replace('"#X509"', '"#Other"'),
  ),
  again('other prefixes outside the signed parts', (message) =>
    message.replaceAll('wsse:', 'sec:').replaceAll('xmlns:wsse', 'xmlns:sec'),
  ),
  again('white space between the headers', (message) => message.replaceAll('<wsse:', '\n  <wsse:')),
  again('UTF-16', (message) => ({
    body: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(message, 'utf16le')]),
    headers: { 'content-type': 'text/xml; charset=utf-16' },
  })),
  // The token is not signed: whoever may rewrite it must not make another certificate of it.
  attack(
    'a token in BER of the same length',
    'security.token-unreadable',
    'InvalidSecurityToken',
    async (arena) => {
      await arena.emulator.reset();
      const message = arena.message();
      assert.match((await arena.post(message)).text, /status>OK</);
      const token = derOf(arena.client('digipost').certificatePem);
      const indefinite = Buffer.concat([Buffer.from([0x30, 0x80]), token.subarray(4), Buffer.from([0, 0])]);
      return message.replace(token.toString('base64'), indefinite.toString('base64'));
    },
  ),
  attack(
    'a replay at the last moment of a Timestamp without Expires',
    'security.replay',
    'FailedCheck',
    async (arena) => {
      await arena.emulator.reset();
      // The clock stands still: what the machine takes meanwhile is not beyond that moment.
      await arena.emulator.control.clock.set({ of: 'security', now: new Date(arena.now()).toISOString() });
      const message = arena.message({
        timestamp: timestampOf(arena.now()),
        payload: openingOf('kari.testesen#9999', PERSON),
      });
      assert.match((await arena.post(message)).text, /status>OK</);
      await advance(arena, 'PT2099S');
      return message;
    },
  ),
  attack(
    'a replay after the clock was moved on and back',
    'security.replay',
    'FailedCheck',
    async (arena) => {
      await arena.emulator.reset();
      const message = arena.message();
      assert.match((await arena.post(message)).text, /status>OK</);
      await advance(arena, 'PT200S');
      await advance(arena, '-PT200S');
      return message;
    },
  ),
];
