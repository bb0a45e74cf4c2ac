// kontakt explain on what tools save of HTTP: dumps, what curl prints, HAR files, and headers that are named beside.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readSent, type SentOptions } from '../../src/commands/message/sent/sent.ts';
import type { Sent } from '../../src/explain/unread.ts';
import { newDirectory } from '../directories.ts';
import { type Ended, kontakt } from '../program.ts';

const ENVELOPE = '<a:Envelope xmlns:a="http://schemas.xmlsoap.org/soap/envelope/"/>';
const HEAD =
  'POST /ws HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: ""\r\n';

const read = (file: string | Buffer, more: Partial<SentOptions> = {}): Promise<Sent> =>
  readSent(Buffer.from(file), { header: [], entry: undefined, ...more });

const harOf = (...bodies: readonly (string | undefined)[]): string =>
  JSON.stringify({
    log: {
      entries: bodies.map((text) => ({
        request: {
          method: text === undefined ? 'GET' : 'POST',
          headers: [{ name: 'Content-Type', value: 'text/xml' }],
          ...(text === undefined ? {} : { postData: { mimeType: 'text/xml', text } }),
        },
      })),
    },
  });

describe('a message of a file', () => {
  it('is its bytes where nothing says otherwise', async () => {
    assert.deepEqual(await read(ENVELOPE), { message: Buffer.from(ENVELOPE), headers: {}, whole: false });
  });

  it('is the body of a request that was dumped, with its headers', async () => {
    for (const text of [`${HEAD}\r\n${ENVELOPE}`, `${HEAD}\r\n${ENVELOPE}`.replaceAll('\r\n', '\n')]) {
      const { message, method, headers, whole } = await read(text);
      assert.equal(message.toString(), ENVELOPE);
      assert.deepEqual([method, whole, headers.soapaction], ['POST', true, '""']);
      assert.equal(headers['content-type'], 'text/xml; charset=utf-8');
    }
  });

  it('loses the line end that an editor has put behind it, and nothing that was sent', async () => {
    const dumped = `${HEAD}Content-Length: ${ENVELOPE.length}\r\n\r\n${ENVELOPE}\n`;
    assert.equal((await read(dumped)).message.toString(), ENVELOPE);
    assert.equal((await read(`${HEAD}\r\n${ENVELOPE}\n`)).message.toString(), `${ENVELOPE}\n`);
  });

  it('is put together from its chunks', async () => {
    const half = Math.floor(ENVELOPE.length / 2);
    const chunks = [ENVELOPE.slice(0, half), ENVELOPE.slice(half)].map(
      (part) => `${part.length.toString(16)}\r\n${part}\r\n`,
    );
    const dumped = `${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n`;
    assert.equal((await read(dumped)).message.toString(), ENVELOPE);
  });

  it('is unpacked by its Content-Encoding, within bounds', async () => {
    const packed = (body: Buffer): Buffer =>
      Buffer.concat([Buffer.from(`${HEAD}Content-Encoding: gzip\r\n\r\n`), body]);
    assert.equal((await read(packed(gzipSync(ENVELOPE)))).message.toString(), ENVELOPE);
    assert.equal((await read(packed(Buffer.from('x')))).encoding?.problem, 'http.content-encoding');
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    assert.equal((await read(packed(bomb))).encoding?.problem, 'http.too-large');
  });

  it('is the body of an answer, also of one that comes after others', async () => {
    const answer = `HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/xml\r\n\r\n${ENVELOPE}`;
    for (const text of [answer, `HTTP/1.1 100 Continue\r\n\r\n${answer}`, answer.replace('1.1', '2')])
      assert.equal((await read(text)).message.toString(), ENVELOPE);
  });

  it('is the body that curl -v shows', async () => {
    const shown = [
      '* Connected to localhost',
      '> POST /ws HTTP/1.1',
      '> Content-Type: text/xml',
      '> ',
      '} [66 bytes data]',
      '< HTTP/1.1 500 Internal Server Error',
      '< Content-Type: text/xml',
      '< ',
      '{ [66 bytes data]',
      ENVELOPE,
      '* Connection #0 to host localhost left intact',
    ].join('\n');
    assert.equal((await read(shown)).message.toString(), ENVELOPE);
  });

  it('is the request of a HAR file that was named, else the last that sent XML', async () => {
    const har = harOf('<a/>', ENVELOPE, undefined);
    const { message, method, headers, whole } = await read(har);
    assert.equal(message.toString(), ENVELOPE);
    assert.deepEqual([method, whole, headers['content-type']], ['POST', true, 'text/xml']);
    assert.equal((await read(har, { entry: '1' })).message.toString(), '<a/>');
  });

  it('has the headers that are named beside it; they count before its own', async () => {
    const { headers, whole } = await read(ENVELOPE, { header: ['Content-Type: text/xml', 'SOAPAction:x'] });
    assert.deepEqual({ ...headers, whole }, { 'content-type': 'text/xml', soapaction: 'x', whole: false });
    const dumped = await read(`${HEAD}\r\n${ENVELOPE}`, { header: ['content-type: text/plain'] });
    assert.equal(dumped.headers['content-type'], 'text/plain');
  });

  const refused: Readonly<Record<string, [file: string, more: Partial<SentOptions>, told: RegExp]>> = {
    'a header without a name': [ENVELOPE, { header: ['x'] }, /^--header x: no header, such as /],
    'an entry that is no number': [harOf(ENVELOPE), { entry: 'x' }, /^--entry x: no number/],
    'an entry that there is not': [
      harOf(ENVELOPE),
      { entry: '2' },
      /^--entry 2: the HAR file has 1 request$/,
    ],
    'an entry of a file that is no HAR': [ENVELOPE, { entry: '1' }, /^--entry 1: the file is no HAR file$/],
    'a HAR file without XML': [harOf(undefined), {}, /no request that sent XML/],
    'half a HAR file': [harOf(ENVELOPE).slice(0, 60), {}, /^the HAR file cannot be read: /],
    'a HAR file of something else': [
      '{"log":{"entries":[{}]}}',
      {},
      /^the HAR file cannot be read: .*request/,
    ],
    'a head with a line that is no header': [
      `POST / HTTP/1.1\nno header\n\n${ENVELOPE}`,
      {},
      /the line "no header"/,
    ],
  };
  for (const [name, [file, more, told]] of Object.entries(refused))
    it(`is refused in a sentence: ${name}`, async () => {
      await assert.rejects(read(file, more), (error: Error) => told.test(error.message));
    });

  describe('on the command line', () => {
    const folder = newDirectory();
    const explain = (content: string, ...args: string[]): Promise<Ended> => {
      const file = join(folder, 'message');
      writeFileSync(file, content);
      return kontakt(['explain', file, '--profile', 'none', ...args]);
    };

    it('is judged by its HTTP too', async () => {
      const { code, stdout } = await explain(`${HEAD.replace('text/xml', 'text/plain')}\r\n${ENVELOPE}`);
      assert.equal(code, 1);
      assert.match(stdout, /^content-type \(proved\)$/m);
    });

    it('is judged by headers that are named, and for a service that is', async () => {
      const envelope = ENVELOPE.replace('/>', '><a:Body><x xmlns="urn:x"/></a:Body></a:Envelope>');
      const named = await explain(envelope, '--header', 'content-type: text/xml; charset=latin1');
      assert.match(named.stdout, /^charset \(proved\)$/m);
      const unknown = await explain(envelope, '--service', 'nobody');
      assert.equal(unknown.code, 1);
      assert.match(unknown.stderr, /--service nobody: there is no such service; there are /);
    });

    it('does nothing to the terminal', async () => {
      const acting = 'x\u001b[2J\u009b1m\u202ey';
      const dumped = `POST / HTTP/1.1\r\nContent-Type: ${acting}\r\n\r\n${ENVELOPE}`;
      for (const content of [dumped, `<${acting}/>`, `${acting}<a/>`]) {
        const { stdout, stderr } = await explain(content);
        assert.match(stdout, /^no message /);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
        assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      }
    });
  });
});
