// Whatever bytes come, with whatever headers: there is an answer, its causes are of the list, and nothing is thrown.

import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { explainBytes } from '../../src/commands/message/explain.ts';
import { readSent } from '../../src/commands/message/sent/sent.ts';
import { causes } from '../../src/explain/causes.ts';
import type { Explained } from '../../src/explain/explained.ts';
import { UserError } from '../../src/kernel/user-error.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache } from '../../src/security/signer.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { type Arena, openArena } from '../attacks/arena.ts';
import { trusted } from '../attacks/authority.ts';
import { broken } from './broken.ts';

const listed = new Set([
  ...Object.values(causes)
    .flat()
    .map(({ cause }) => cause),
  'digest-unexplained',
  'signature-unexplained',
]);
const RUNS = 150;

describe('any bytes', () => {
  let arena: Arena;
  let explain: (bytes: Buffer, headers?: Record<string, string>) => Explained;
  before(async () => {
    arena = await openArena({ profile: 'observed' });
    trusted();
    const { pki } = arena.emulator;
    const signers = createSignerCache(createTrustStore([pki.trustPem], pki.crls));
    const known = [...pki.clients].map(([owner, { certificatePem }]) => ({
      owner,
      key: createPublicKey(certificatePem),
    }));
    explain = (bytes, headers) =>
      explainBytes(
        bytes,
        { profile: profiles.observed, signers, now: arena.now(), key: undefined },
        known,
        undefined,
        undefined,
        { headers: headers ?? {}, whole: headers !== undefined },
      );
  });
  after(() => arena.emulator.close());

  const told = (bytes: Buffer, headers?: Record<string, string>): void => {
    const { verdict, causes: found } = explain(bytes, headers);
    assert.equal(found.length > 0, verdict !== 'accepted');
    for (const { cause, sentence, rule, remedy } of found) {
      assert.ok(listed.has(cause), cause);
      for (const text of [sentence, rule, remedy]) assert.notEqual(text, '');
    }
  };

  it('at random are explained', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => told(Buffer.from(bytes))),
      { numRuns: RUNS },
    );
  });

  it('of XML at random are explained', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<a/>',
      '<?xml version="1.0"?>',
      '&x;',
      ']]>',
      '<!--',
      '-->',
      ' ',
      'x',
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">',
      '<s:Header>',
      '</s:Header>',
      '<s:Body>',
      '</s:Body>',
      '</s:Envelope>',
      '<Security/>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => told(Buffer.from(pieces.join('')))),
      { numRuns: RUNS },
    );
  });

  it('of messages that were cut, doubled and mixed are explained', () => {
    const messages = broken
      .filter(({ sent }) => !sent)
      .slice(0, 400)
      .map(({ make }) => Buffer.from(make(arena)));
    const one = fc.nat({ max: messages.length - 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(one, share, share, fc.uint8Array({ maxLength: 3 }), (index, from, length, filling) => {
        const message = messages[index] ?? Buffer.alloc(0);
        const start = Math.floor(from * message.length);
        const end = start + Math.floor(length * 40);
        told(Buffer.concat([message.subarray(0, start), Buffer.from(filling), message.subarray(end)]));
      }),
      { numRuns: RUNS },
    );
  });

  it('under headers at random are explained', () => {
    const headers = fc.dictionary(
      fc.constantFrom('content-type', 'soapaction', 'date', 'content-encoding', '__proto__'),
      fc.oneof(
        fc.constantFrom(
          'text/xml',
          'text/xml; charset=utf-16',
          'application/soap+xml; action="x"',
          'multipart/related',
        ),
        fc.string(),
      ),
    );
    const message = Buffer.from(arena.message());
    fc.assert(
      fc.property(headers, (given) => told(message, given)),
      { numRuns: RUNS },
    );
  });

  it('as what a tool saved are read, or refused in a sentence', async () => {
    const start = fc.constantFrom(
      'POST / HTTP/1.1\n',
      'HTTP/1.1 200 OK\r\n',
      '< HTTP/1.1 200 OK\n<\n',
      '{"log":',
      '* x\n',
      'Content-Length: 3\n',
      'Transfer-Encoding: chunked\n\n',
      'Content-Encoding: gzip\n',
      '5\r\n',
      '\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(start, { maxLength: 6 }), fc.string(), async (lines, rest) => {
        try {
          await readSent(Buffer.from(lines.join('') + rest), { header: [], entry: undefined });
        } catch (error) {
          assert.ok(error instanceof UserError, String(error));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
