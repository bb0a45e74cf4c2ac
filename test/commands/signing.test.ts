// kontakt sign, verify and call: the security layer on files, and the same over the wire under 14-05 and with encryption.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { assertOneLine, type Ended, kontakt, PROGRAM, type Serving, serve } from '../program.ts';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const PERSON = '12838410985';
const ENVELOPE = `<s:Envelope xmlns:s="${SOAP}"><s:Body><m:KanVelgeSikkerDigitalPostkasseForespoersel xmlns:m="http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1"><m:personidentifikator>${PERSON}</m:personidentifikator></m:KanVelgeSikkerDigitalPostkasseForespoersel></s:Body></s:Envelope>`;
const ASK = 'postkasseleverandoer.KanVelgeSikkerDigitalPostkasse';

const folder = newDirectory();
const fileOf = (name: string, content: string | Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const envelope = fileOf('envelope.xml', ENVELOPE);

describe('the security layer on files', () => {
  let data: string;
  const on = (...args: string[]): Promise<Ended> => kontakt([...args, '--data', data]);
  const signed = async (name: string, ...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await on('sign', envelope, ...args);
    assert.equal(code, 0, stderr);
    return fileOf(name, stdout);
  };
  before(async () => {
    data = await newDataDirectory();
  });

  it('verify accepts what sign has signed, and tells every reference', async () => {
    const { code, stdout } = await on('verify', await signed('plain.xml'));
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^ {2}reference #Timestamp: \/Envelope\/Header\/Security\/Timestamp, digest right \(sha256, exclusive\)$/m,
    );
    assert.match(stdout, /^ {2}reference #Body: \/Envelope\/Body, digest right \(sha256, exclusive\)$/m);
    assert.match(stdout, /^ {2}signature value: right \(rsa-sha256\)$/m);
    assert.match(stdout, /^ {2}certificate: .*984661185; issued by .*$/m);
    assert.match(stdout, /^accepted: organisation 984661185$/m);
  });

  it('verify --octets writes what each digest and the signature count over, a file each, for the user only', async () => {
    const whole = readFileSync(await signed('whole.xml'), 'utf8');
    const changed = fileOf('changed.xml', whole.replace(PERSON, `${PERSON} `));
    const octets = join(folder, 'deep', 'octets');
    const { code, stdout } = await on('verify', changed, '--octets', octets);
    assert.equal(code, 1);
    assert.match(stdout, /#Body: \/Envelope\/Body, digest wrong/);
    assert.deepEqual(readdirSync(octets), ['1-Timestamp.xml', '2-Body.xml', '3-SignedInfo.xml']);
    const content = (name: string): string => readFileSync(join(octets, name), 'utf8');
    assert.match(content('2-Body.xml'), new RegExp(`^<s:Body xmlns:s=.*>${PERSON} <.*</s:Body>$`, 's'));
    assert.match(content('3-SignedInfo.xml'), /^<ds:SignedInfo .*<\/ds:SignedInfo>$/s);
    assert.equal(statSync(join(octets, '2-Body.xml')).mode & 0o777, 0o600);
    const digest = hash('sha256', content('1-Timestamp.xml'), 'base64');
    assert.ok(content('3-SignedInfo.xml').includes(`<ds:DigestValue>${digest}</ds:DigestValue>`));
  });

  it('verify --octets says in one line where it cannot write', async () => {
    assertOneLine(
      await on('verify', await signed('whole.xml'), '--octets', envelope),
      /--octets .*envelope\.xml/,
    );
  });

  it('sign signs in every way that can be asked for', async () => {
    for (const [reference, c14n, shown] of [
      ['direct', 'exclusive-with-comments', 'exclusive with comments'],
      ['issuer-serial', 'inclusive', 'inclusive'],
      ['ski', 'inclusive-with-comments', 'inclusive with comments'],
      ['thumbprint', 'exclusive', 'exclusive'],
    ] as const) {
      const how = [
        '--key-reference',
        reference,
        '--c14n',
        c14n,
        '--signature',
        'rsa-sha1',
        '--digest',
        'sha1',
      ];
      const file = await signed('ways.xml', '--as', 'eboks', ...how);
      assert.equal(readFileSync(file, 'utf8').includes('BinarySecurityToken'), reference === 'direct');
      const { code, stdout } = await on('verify', file, '--profile', '14-05');
      assert.equal(code, 0, stdout);
      assert.ok(stdout.includes(`digest right (sha1, ${shown})`) && stdout.includes('996460320'), stdout);
      assert.match(stdout, /strict would refuse \(security\.algorithm\): signature method/);
    }
  }).timeout(60_000);

  it('sign and verify read standard input', () => {
    const piped = (input: string, ...args: string[]): string => {
      const run = spawnSync(process.execPath, [PROGRAM, ...args, '--data', data], {
        input,
        encoding: 'utf8',
      });
      assert.equal(run.status, 0, run.stderr);
      return run.stdout;
    };
    assert.match(piped(piped(ENVELOPE, 'sign', '-'), 'verify', '-'), /^accepted: organisation 984661185$/m);
  });

  // What is wrong with the message, and what is told of it: the code, and lines that say which part was right.
  const refusals: readonly [
    string,
    readonly string[],
    (message: string) => string,
    string,
    readonly RegExp[],
  ][] = [
    [
      'a Body that was changed',
      [],
      (text) => text.replace(PERSON, '19900398754'),
      'security.digest',
      [/#Timestamp: .* digest right/, /#Body: .* digest wrong/, /signature value: right/],
    ],
    [
      'a SignedInfo that was changed',
      [],
      (text) => text.replace(/(?<=<ds:DigestValue>)./, (first) => (first === '/' ? '+' : '/')),
      'security.signature-value',
      [/#Timestamp: .* digest wrong/, /#Body: .* digest right/, /signature value: wrong/],
    ],
    ['no signature', [], () => ENVELOPE, 'security.header-missing', [/^why$/m]],
    [
      'an expired certificate',
      ['--as', 'utloept'],
      (text) => text,
      'security.certificate-expired',
      [/signature value: right/],
    ],
    [
      'a revoked certificate',
      ['--as', 'tilbakekalt'],
      (text) => text,
      'security.certificate-revoked',
      [/signature value: right/],
    ],
    [
      'a stranger’s certificate',
      ['--as', 'selvsignert'],
      (text) => text,
      'security.certificate-untrusted',
      [/signature value: right/],
    ],
    [
      'a method that the profile does not take',
      ['--signature', 'rsa-sha1'],
      (text) => text,
      'security.algorithm',
      [/signature value: right \(rsa-sha1\)/],
    ],
    [
      'a certificate that is only named',
      ['--key-reference', 'ski'],
      (text) => text,
      'security.token-reference',
      [/signature value: right/, /certificate: /],
    ],
    [
      'a Body that was moved',
      [],
      (text) =>
        text
          .replace(/(<s:Body.*<\/s:Body>)/s, `<s:Body>${'<x/>'}</s:Body>`)
          .replace('</s:Header>', `${/<s:Body.*<\/s:Body>/s.exec(text)?.[0]}</s:Header>`),
      'security.coverage',
      [/#Body: \/Envelope\/Header\/Body, digest right/],
    ],
  ];
  for (const [what, how, change, problem, lines] of refusals)
    it(`verify refuses ${what}, with exit code 1, and says why`, async () => {
      const file = await signed('refused.xml', ...how);
      writeFileSync(file, change(readFileSync(file, 'utf8')));
      const { code, stdout, stderr } = await on('verify', file);
      assert.deepEqual([code, stderr], [1, ''], stdout);
      assert.ok(stdout.includes(`refused (${problem})`), stdout);
      for (const line of [...lines, /check +\S/, /remedy +\S/]) assert.match(stdout, line);
      const told = JSON.parse((await on('verify', file, '--json')).stdout);
      assert.deepEqual([told.accepted, told.problem], [false, problem]);
      assert.ok(told.explanation.found && Array.isArray(told.references));
      const { cause, certain } = told.cause;
      const line = `cause: ${cause} (${certain ? 'proved' : 'likely'}); kontakt explain ${file} shows more`;
      assert.ok(stdout.includes(line), stdout);
      const explained = JSON.parse((await on('explain', file, '--json')).stdout);
      assert.deepEqual([explained.problem, explained.causes[0].cause], [problem, cause]);
    });

  it('verify judges as at another instant, and by another profile', async () => {
    const file = await signed('times.xml');
    const text = readFileSync(file, 'utf8');
    const created = Date.parse(/Created>([^<]+)</.exec(text)?.[1] ?? '');
    const at = (seconds: number): string => new Date(created + seconds * 1000).toISOString();
    const verdict = async (...args: string[]): Promise<string> => {
      const { code, stdout } = await on('verify', file, '--json', ...args);
      const { accepted, problem } = JSON.parse(stdout);
      assert.equal(code, accepted ? 0 : 1);
      return accepted ? 'accepted' : problem;
    };
    assert.equal(await verdict('--at', at(30)), 'accepted');
    assert.equal(await verdict('--at', at(200), '--profile', 'observed'), 'accepted');
    assert.equal(await verdict('--at', at(200), '--profile', 'strict'), 'security.timestamp-expired');
    assert.equal(await verdict('--at', at(-200), '--profile', 'strict'), 'security.timestamp-future');
    assert.equal(await verdict('--at', at(5000)), 'security.timestamp-expired');
    assert.match((await on('verify', file, '--profile', 'none')).stdout, /^accepted, unsigned$/m);
  });

  it('verify prints JSON for scripts', async () => {
    const told = JSON.parse((await on('verify', await signed('json.xml'), '--json')).stdout);
    assert.deepEqual(
      [told.accepted, told.organisation, told.warnings, told.signature?.right, told.cause],
      [true, '984661185', [], true, null],
    );
    assert.deepEqual(
      told.references.map(
        ({ uri, digest }: { uri: string; digest: { right: boolean } }) => `${uri} ${digest.right}`,
      ),
      ['#Timestamp true', '#Body true'],
    );
  });

  it('what is no message, or cannot be read, ends with one line', async () => {
    for (const [content, reason] of [
      ['', /no bytes/],
      ['no XML', /text that is no XML: "no XML"/],
      ['<a', /line 1/],
      ['<a/>', /a$/m],
      ['<!DOCTYPE a><a/>', /no message|cannot be signed/],
      [`<s:Envelope xmlns:s="${SOAP}"><s:Body/></s:Envelope>`, /an empty Body/],
    ] as const) {
      const file = fileOf('junk.xml', content);
      for (const verb of ['verify', 'sign']) {
        const ended = await on(verb, file);
        assert.equal(ended.code, 1);
        assert.equal(ended.stdout, '');
        assertOneLine(ended, reason);
      }
    }
    for (const verb of ['verify', 'sign']) {
      const ended = await on(verb, join(folder, 'nothing.xml'));
      assert.equal(ended.code, 1);
      assertOneLine(ended, /nothing\.xml/);
    }
    assertOneLine(await on('sign', await signed('again.xml')), /has a wsse:Security header already/);
    assertOneLine(await on('sign', envelope, '--as', 'nobody'), /there is no client "nobody"/);
  }).timeout(60_000);

  it('what was mistyped ends with one line and exit code 2', async () => {
    const file = await signed('typed.xml');
    for (const args of [
      ['verify', file, '--at', 'soon'],
      ['verify', file, '--profile', 'stict'],
      ['sign', envelope, '--key-reference', 'embedded'],
      ['sign', envelope, '--signature', 'hmac'],
    ]) {
      const ended = await on(...args);
      assert.equal(ended.code, 2, args.join(' '));
      assert.match(ended.stderr, /^kontakt: /);
    }
  });
});

describe('calls', () => {
  let data: string;
  before(async () => {
    data = await newDataDirectory();
  });
  const during = async (args: readonly string[], act: (serving: Serving) => Promise<void>): Promise<void> => {
    const serving = await serve(['--data', data, ...args]);
    try {
      await act(serving);
    } finally {
      serving.child.kill('SIGKILL');
      await serving.ended;
    }
  };
  const call = ({ url }: Serving, ...args: string[]): Promise<Ended> =>
    kontakt(['call', ASK, '--url', url, '--data', data, ...args]);
  /** The answer as it came. */
  const answerOf = ({ stdout }: Ended): string =>
    stdout.split('\n').findLast((line) => line.startsWith('<SOAP-ENV:Envelope')) ?? assert.fail(stdout);

  it('under 14-05 work with every key reference, SHA-1, and every canonicalization', async () => {
    await during(['--profile', '14-05', '--answer-encryption', 'profile'], async (serving) => {
      for (const [reference, c14n] of [
        ['direct', 'exclusive'],
        ['issuer-serial', 'inclusive'],
        ['ski', 'inclusive-with-comments'],
        ['thumbprint', 'exclusive-with-comments'],
      ] as const) {
        const old = ['--signature', 'rsa-sha1', '--digest', 'sha1'];
        const ended = await call(serving, '--key-reference', reference, '--c14n', c14n, ...old);
        assert.equal(ended.code, 0, ended.stdout);
        assert.match(ended.stdout, /← HTTP 200 .*, decrypted, signature verified: .*991825827/);
        assert.match(ended.stdout, /status +JA/);
        assert.match(ended.stderr, /warnings: \d\n[\s\S]* strict would refuse \(security\.algorithm\): /);
      }
    });
  }).timeout(60_000);

  it('with encrypted answers are decrypted, verified and confirmed; verify needs the key for that', async () => {
    await during(['--answer-encryption', 'aes256-gcm'], async (serving) => {
      const ended = await call(serving, '--print');
      assert.equal(ended.code, 0, ended.stdout);
      assert.match(ended.stdout, /decrypted, signature verified, request confirmed: .*991825827/);
      const answer = answerOf(ended);
      assert.match(answer, /EncryptedData/);
      const file = fileOf('answer.xml', answer);
      const verify = (...args: string[]): Promise<Ended> =>
        kontakt(['verify', file, '--data', data, ...args]);
      const without = await verify();
      assert.equal(without.code, 1);
      assertOneLine(without, /is encrypted for .*serialNumber=984661185.*: decrypt it with --as digipost$/m);
      const own = await verify('--as', 'digipost');
      assert.equal(own.code, 0, own.stdout + own.stderr);
      assert.match(own.stdout, /reference #SignatureConfirmation: .* digest right/);
      assert.match(own.stdout, /^accepted: organisation 991825827$/m);
      const other = await verify('--as', 'eboks');
      assert.equal(other.code, 1);
      assertOneLine(
        other,
        /cannot be decrypted with the key of eboks: .*; it is encrypted for .*984661185.*: decrypt it with --as digipost$/m,
      );
      writeFileSync(file, answer.replace(/(.*<(?:\w+:)?CipherValue>).{40}/s, '$1'));
      const cut = await verify('--as', 'digipost');
      assert.equal(cut.code, 1);
      assertOneLine(cut, /the key is the right one: what is encrypted was changed on the way, or cut/);
      writeFileSync(file, answer.replace('Value="', 'Value="AAAA'));
      const changed = await verify('--as', 'digipost');
      assert.equal(changed.code, 1);
      assert.match(changed.stdout, /refused \(security\.digest\)/);
    });
  }).timeout(60_000);

  it('tell scripts that an answer was encrypted, signed and confirmed', async () => {
    await during(['--answer-encryption', 'aes256-cbc'], async (serving) => {
      const { answer } = JSON.parse((await call(serving, '--json')).stdout);
      assert.deepEqual(
        [answer.encrypted, answer.confirmed, answer.signer.organisation],
        [true, true, '991825827'],
      );
    });
  }).timeout(60_000);
});
