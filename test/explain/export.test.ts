// An exchange in a file: masked, with public certificates only; and files that are damaged, foreign or hostile.

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Explained } from '../../src/explain/explained.ts';
import { isPortable, readPortable } from '../../src/explain/portable.ts';
import { type Arena, openArena, PERSON } from '../attacks/arena.ts';
import { newDirectory } from '../directories.ts';
import { kontakt } from '../program.ts';
import { control } from '../running.ts';

interface File {
  readonly masked: boolean;
  readonly note?: string;
  readonly judgedBy: { readonly profile: { readonly name: string }; readonly authorities: readonly string[] };
  readonly request: { readonly headers: Record<string, string>; readonly body: string };
  readonly explanation: Explained;
}

describe('an exported exchange', () => {
  let arena: Arena;
  let url: string;
  let message: string;
  let file: string;
  const directory = newDirectory();
  const exported = async (query = ''): Promise<File> =>
    (await control(url, 'GET', `/journal/1/export${query}`)).json as File;
  const bodyOf = ({ request }: File): string => Buffer.from(request.body, 'base64').toString();

  before(async () => {
    arena = await openArena({ profile: 'observed' });
    url = arena.emulator.url;
    message = arena.message().replace('><m:', '>\n<m:');
    await arena.post({ body: message, headers: { authorization: 'Bearer secret-of-somebody' } });
    file = join(directory, 'exchange.json');
  });
  after(() => arena.emulator.close());

  it('hides the numbers of persons, and explains the true octets', async () => {
    const masked = await exported();
    assert.equal(masked.masked, true);
    assert.match(masked.note ?? '', /hidden/);
    assert.ok(!bodyOf(masked).includes(PERSON) && bodyOf(masked).includes('128384*****'));
    assert.ok(!JSON.stringify(masked).includes(PERSON));
    assert.deepEqual(
      masked.explanation.causes.map(({ cause, certain }) => [cause, certain]),
      [['whitespace-added', true]],
    );
    const open = await exported('?unmasked=true');
    assert.deepEqual([open.masked, open.note, bodyOf(open)], [false, undefined, message]);
  });

  it('has what it was judged by, and nothing that lets anybody in', async () => {
    for (const query of ['', '?unmasked=true']) {
      const { judgedBy, request, ...rest } = await exported(query);
      assert.equal(judgedBy.profile.name, 'observed');
      assert.ok(judgedBy.authorities.length >= 2);
      for (const pem of judgedBy.authorities) assert.ok(new X509Certificate(pem).ca, pem);
      assert.equal(request.headers.authorization, '(left out)');
      assert.doesNotMatch(JSON.stringify([judgedBy, request, rest]), /PRIVATE KEY|secret-of-somebody/);
    }
  });

  it('is written by kontakt journal and opened by kontakt explain, without the emulator', async () => {
    const written = await kontakt(['journal', '1', '--export', file, '--url', url]);
    assert.equal(written.code, 0, written.stderr);
    assert.match(written.stdout, /numbers of persons hidden; open it with kontakt explain/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const shown = await kontakt(['explain', file], { cwd: directory });
    assert.deepEqual([shown.code, shown.stderr], [1, '']);
    assert.match(shown.stdout, /^exchange 1, as it was explained where it was exported\n/);
    assert.match(shown.stdout, /^whitespace-added \(proved\)$/m);
    const { stdout } = await kontakt(['explain', file, '--json'], { cwd: directory });
    assert.deepEqual(JSON.parse(stdout), (await exported()).explanation);
    for (const [args, told] of [
      [['journal', '1', '--unmasked'], /--unmasked is of an export/],
      [['journal', '--export', file], /kontakt journal last --export/],
      [
        ['journal', '1', '--export', join(directory, 'none', 'f')],
        /--export .*there is no such file or folder/,
      ],
      [['journal', '77', '--export', file], /no exchange 77/],
    ] as const) {
      const refused = await kontakt([...args, '--url', url]);
      assert.ok(refused.code !== 0);
      assert.match(refused.stderr, told);
      assert.doesNotMatch(refused.stderr, /defect/);
    }
  });

  it('tells what a revocation list said, and that the list is not in it', async () => {
    await arena.post(arena.message({ signer: arena.client('tilbakekalt') }));
    const { json } = await control(url, 'GET', '/journal?limit=1');
    const [{ number } = { number: 0 }] = (json as { entries: { number: number }[] }).entries;
    const revoked = join(directory, 'revoked.json');
    await kontakt(['journal', String(number), '--export', revoked, '--url', url]);
    const { code, stdout } = await kontakt(['explain', revoked], { cwd: directory });
    assert.equal(code, 1);
    assert.match(stdout, /^revocation lists are not in it: .*--crl <file>/m);
    assert.match(stdout, /^certificate-revoked \(proved\)$/m);
    assert.match(stdout.replace(/\s+/g, ' '), /serial number \w+ is on the list of \d{4}-/);
  });

  it('that is damaged, foreign or hostile is refused in a sentence', async () => {
    const good = JSON.parse(readFileSync(file, 'utf8'));
    const changed = (edit: (copy: typeof good) => void): string => {
      const copy = structuredClone(good);
      edit(copy);
      return JSON.stringify(copy);
    };
    const whole = JSON.stringify(good);
    const hostile: readonly (readonly [string, RegExp])[] = [
      [whole.slice(0, -50), /no whole JSON/],
      [whole.slice(0, 200), /no whole JSON/],
      [changed((copy) => Object.assign(copy, { version: 2 })), /newer version \(form 2/],
      [changed((copy) => Object.assign(copy, { version: '1' })), /version: expected 1/],
      [changed((copy) => Object.assign(copy, { format: ['kontakt-exchange'] })), /format: expected/],
      [changed((copy) => delete copy.explanation), /explanation: expected an object, found nothing/],
      [changed((copy) => Object.assign(copy.explanation, { causes: 7 })), /causes: expected a list/],
      [changed((copy) => Object.assign(copy.explanation.causes[0], { sentence: {} })), /sentence: expected/],
      [
        changed((copy) => Object.assign(copy.explanation.causes[0], { evidence: null })),
        /evidence: expected/,
      ],
      [
        changed((copy) => Object.assign(copy.explanation.causes[0], { stacks: { CXF: 1 } })),
        /stacks\.CXF: expected/,
      ],
      [
        changed((copy) =>
          Object.assign(copy.explanation, { causes: Array(1001).fill(copy.explanation.causes[0]) }),
        ),
        /causes: there are more than 1000/,
      ],
      [changed((copy) => delete copy.explanation.references), /references: expected a list, found nothing/],
      [changed((copy) => Object.assign(copy.exchange, { number: 'one' })), /exchange\.number: expected/],
      [`{"format":"kontakt-exchange","version":1,"a":${'['.repeat(100_000)}`, /nested/],
      [`{"format":"kontakt-exchange","x":"${'"'.repeat(3)}`, /no whole JSON/],
      ['{"a":"kontakt-exchange"}', /format: expected/],
    ];
    for (const [text, told] of hostile) {
      assert.ok(isPortable(Buffer.from(text)), text.slice(0, 80));
      const read = readPortable(Buffer.from(text));
      assert.match('fault' in read ? read.fault : 'accepted', told);
    }
    const cut = join(directory, 'cut.json');
    writeFileSync(cut, whole.slice(0, 500));
    const { code, stdout, stderr } = await kontakt(['explain', cut], { cwd: directory });
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^kontakt: .*cut\.json: an exported exchange that cannot be read: [^\n]*\n$/);
  });

  it('shows hostile text as text', async () => {
    const copy = JSON.parse(readFileSync(file, 'utf8'));
    copy.explanation.causes[0].sentence = 'a\u001b[31m\u202eb\nc';
    copy.explanation.problem = '\u001b]0;title\u0007';
    const hostile = join(directory, 'hostile.json');
    writeFileSync(hostile, JSON.stringify(copy));
    for (const args of [[], ['--json']]) {
      const { stdout, stderr } = await kontakt(['explain', hostile, ...args], { cwd: directory });
      assert.equal(stderr, '');
      assert.ok(!/(?!\n)[\p{Cc}\p{Cf}]/u.test(stdout));
    }
  });

  it('is told from other files by what it is', () => {
    for (const text of ['<a>"kontakt-exchange"</a>', '{"log": {}}', '', 'HTTP/1.1 200 OK'])
      assert.equal(isPortable(Buffer.from(text)), false, text);
    assert.equal(isPortable(Buffer.from('\ufeff\n { "format": "kontakt-exchange"')), true);
  });
});
