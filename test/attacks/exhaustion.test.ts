// Attacks on the machine: small messages that cost much time, memory or traffic. Each stays within the limits on purpose.

import assert from 'node:assert/strict';
import { type Arena, PATH, question } from './arena.ts';
import { arenaOfAll } from './family.ts';
import type { Recipe } from './message.ts';
import { NS, URI } from './names.ts';
import { postCheaply } from './work.ts';

const times = (count: number, make: (place: number) => string): string =>
  Array.from({ length: count }, (_, n) => make(n)).join('');

describe('attacks: exhaustion', () => {
  let arena: Arena;
  before(async () => {
    arena = await arenaOfAll();
    await arena.emulator.reset();
    // What is counted is the message, not the first use of the code.
    await arena.post(ask());
  });
  const ask = (knobs: Partial<Recipe> = {}): string => arena.message({ payload: question, ...knobs });
  const inHeader = (filling: string, message = ask()): string =>
    message.replace('</soap:Header>', `${filling}</soap:Header>`);
  const beforeDigest = (filling: string, message = ask()): string =>
    message.replace('<ds:DigestValue>', `<ds:DigestValue>${filling}`);

  /** Accepted or not: the answer costs what its length allows, is short, and leaves little behind. */
  const cheap = (name: string, make: () => string, calls = 1): void => {
    it(`answers cheaply: ${name}`, async () => {
      const message = make();
      const answer = await postCheaply(arena, message, calls);
      const entry = await arena.journal(answer);
      assert.ok(answer.text.length < 10_000, `an answer of ${answer.text.length} characters`);
      assert.ok(
        JSON.stringify(entry).length < 10_000,
        `a journal entry of ${JSON.stringify(entry).length} characters`,
      );
    });
  };

  cheap('1,000 Ids in two attributes', () =>
    inHeader(`<w>${times(490, (n) => `<a Id="a${n}" ID="b${n}"/>`)}</w>`),
  );
  cheap('a PrefixList of 2,000 over 2,000 elements in DigestValue', () => {
    const list = `<ec:InclusiveNamespaces xmlns:ec="${NS.ec}" PrefixList="${times(2000, (n) => `p${n} `)}"/>`;
    return beforeDigest('<e/>'.repeat(2000)).replace(
      /<ds:CanonicalizationMethod[^>]*>/,
      (found) => found + list,
    );
  });
  cheap('a PrefixList of 20,000', () => {
    const list = `<ec:InclusiveNamespaces xmlns:ec="${NS.ec}" PrefixList="${times(20_000, (n) => `p${n} `)}"/>`;
    return ask().replace(/<ds:CanonicalizationMethod[^>]*>/, (found) => found + list);
  });
  cheap('5,000 namespaces in scope of inclusive C14N', () => {
    const levels = times(20, (level) => `<d${times(250, (n) => ` xmlns:n${level}-${n}="urn:u"`)}>`);
    return inHeader(levels + '</d>'.repeat(20), ask({ canonicalization: { algorithm: URI.c14n } }));
  });
  cheap('200 strange elements in a namespace of 100 KB', () =>
    ask().replace('<ds:Signature>', `<ds:Signature xmlns="urn:${'u'.repeat(100_000)}">${'<e/>'.repeat(200)}`),
  );
  cheap('31 headers to be understood in a namespace of 100 KB', () =>
    ask({ before: '<e soap:mustUnderstand="1"/>'.repeat(31) }).replace(
      '<soap:Header>',
      `<soap:Header xmlns="urn:${'u'.repeat(100_000)}">`,
    ),
  );
  cheap('9,000 children of the Envelope', () =>
    ask().replace('</soap:Header>', `</soap:Header>${'<e/>'.repeat(9_000)}`),
  );
  cheap('an algorithm of 120 KB', () => ask().replace(URI.rsaSha256, 'a'.repeat(120_000)));
  cheap('an Id of 120 KB, twice', () => inHeader(`<a Id="${'i'.repeat(120_000)}"/>`.repeat(2)));
  cheap('an operation in a namespace of 120 KB', () =>
    ask({ payload: `<x xmlns="urn:${'u'.repeat(120_000)}"/>` }),
  );
  cheap('a schema error about 60,000 braces', () =>
    ask({
      payload: question.replace(
        '<m:personidentifikator',
        `<m:personidentifikator xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="${'{'.repeat(60_000)}"`,
      ),
    }),
  );
  // Whoever signs with a trusted key has three canonicalizations walk past every node.
  cheap('1,900 comments', () => inHeader(`<w>${'<!---->'.repeat(1900)}</w>`));
  cheap('1,900 CDATA sections in the operation', () =>
    ask({ payload: question.replace('</m:personidentifikator>', `${'<![CDATA[]]>'.repeat(1900)}$&`) }),
  );
  cheap(
    '9,900 elements 55 deep',
    () => inHeader(`<w>${'<d>'.repeat(50)}${'<e/>'.repeat(9_800)}${'</d>'.repeat(50)}</w>`),
    // From every node the walk goes up to the root.
    8,
  );
  cheap('9,900 attributes, 200 on each element', () =>
    inHeader(`<w>${`<e${times(200, (n) => ` a${n}=""`)}/>`.repeat(49)}</w>`),
  );
  cheap('9,000 empty elements in a header', () => inHeader(`<w>${'<e/>'.repeat(9_000)}</w>`));
  cheap('a token of 200 KB of white space', () =>
    ask().replace(
      '</wsse:BinarySecurityToken>',
      `${`${' '.repeat(100_000)}<!-- -->`.repeat(2)}</wsse:BinarySecurityToken>`,
    ),
  );
  cheap('a digest of 120 KB', () => beforeDigest('A'.repeat(120_000)));

  it('serves others while slow peers keep it waiting, and cuts the slow ones off', async function () {
    this.timeout(45_000);
    const { hostname, port } = new URL(arena.emulator.url);
    const { connect } = await import('node:net');
    /** Sends a byte each second, until it is cut off. */
    const drip = (head: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write(head));
        const dripping = setInterval(() => socket.write('x'), 1000);
        socket.on('close', () => {
          clearInterval(dripping);
          resolve();
        });
        socket.on('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error),
        );
        socket.resume();
      });
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n`;
    const peers = [drip(`${head}X-Slow: `), drip(`${head}Content-Length: 5000\r\n\r\n`)];
    const answer = await arena.post(ask());
    assert.equal(answer.status, 200);
    await Promise.all(peers);
  });
});
