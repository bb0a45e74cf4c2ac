// kontakt cert new and inspect, as a user meets them: beside a running emulator, with every mistake told in one line.

import assert from 'node:assert/strict';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../src/kernel/user-error.ts';
import { issueClient } from '../../src/pki/issue.ts';
import { type OrderOptions, readOrder } from '../../src/pki/order.ts';
import { asOption } from '../../src/settings/resolve.ts';
import { PATH, question } from '../attacks/arena.ts';
import { compose, usual } from '../attacks/message.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { assertOneLine, type Ended, kontakt, type Serving, serve } from '../program.ts';
import { certificateOf, listOf, pemOf } from '../security/issuing.ts';

const mistakes: readonly (readonly [string, OrderOptions, RegExp])[] = [
  ['../x', {}, /letters, digits/],
  ['.x', {}, /letters, digits/],
  ['Digipost', {}, /emulator’s own/],
  ['server', {}, /emulator’s own/],
  ['x', { shape: 'seid3' }, /none of seid1, seid2, oces2, oces3/],
  ['x', { organisation: '123' }, /has not 9 digits/],
  ['x', { shape: 'oces3', organisation: '984661185' }, /has not 8 digits/],
  ['x', { usage: 'signing' }, /none of digitalSignature/],
  ['x', { usage: '' }, /none of digitalSignature/],
  ['x', { policy: ['buypass'] }, /is no OID/],
  ['x', { policy: ['3.1'] }, /is no OID/],
  ['x', { policy: ['1.2.3', 'none'] }, /is no OID/],
  ['x', { bits: '512' }, /none of 1024, 2048, 3072, 4096/],
  ['x', { key: 'dsa' }, /none of rsa, ec/],
  ['x', { key: 'ec', bits: '2048' }, /always on P-256/],
  ['x', { from: 'yesterday' }, /no date such as/],
  ['x', { until: '2026-02-30' }, /no date such as/],
  ['x', { from: '2026-01-02', until: '2026-01-01' }, /later than --from/],
  ['x', { expired: true, notYetValid: true }, /not together/],
  ['x', { expired: true, until: '2026-01-01' }, /not together/],
  ['x', { selfSigned: true, revoked: true }, /nobody can revoke/],
  ['x', { name: 'x'.repeat(41) }, /one to 40 characters/],
  ['x', { name: '' }, /one to 40 characters/],
];

describe('an order that cannot be', () => {
  for (const [name, options, reason] of mistakes)
    it(`is told in one line: ${name} ${JSON.stringify(options)}`, () => {
      assert.throws(
        () => readOrder(name, options, new Date()),
        (error: Error) => {
          assert.ok(error instanceof ConfigurationError, String(error));
          assert.match(error.message, /^[^\n]+$/);
          assert.match(error.worded(asOption), reason);
          return true;
        },
      );
    });
});

const CREATE = 'postkasseleverandoer.OpprettOgVelgSikkerDigitalPostkasse';
const READ = 'reminder.GetPersonContactData';

interface Judgement {
  readonly accepted: boolean;
  readonly problem?: string;
  readonly explanation?: { readonly found: string };
}

describe('kontakt cert', () => {
  let serving: Serving;
  let data: string;
  before(async () => {
    data = await newDataDirectory();
    serving = await serve(['--data', data]);
  });
  after(() => serving.child.kill('SIGKILL'));

  const cert = (...args: string[]): Promise<Ended> => kontakt(['cert', ...args, '--data', data]);
  const make = async (name: string, ...args: string[]) => {
    const ended = await cert('new', name, ...args, '--json');
    assert.equal(ended.code, 0, ended.stderr);
    return JSON.parse(ended.stdout) as {
      paths: { pem: string; key: string; p12?: string };
      facts: Record<string, string>;
    };
  };
  const call = async (target: string, name: string, ...args: string[]) => {
    const options = ['--as', name, '--data', data, '--url', serving.url, '--json', ...args];
    const { stdout } = await kontakt(['call', target, ...options]);
    return JSON.parse(stdout) as {
      answer: { kind: string; fields: { value: string }[] };
      explanation?: { found: string };
    };
  };
  /** As `new`, without another process. */
  const issue = (name: string, options: OrderOptions) => {
    const now = new Date();
    return issueClient(join(data, 'pki'), readOrder(name, options, now), false, now);
  };
  const inspect = async (file: string, ...args: string[]) => {
    const ended = await cert('inspect', file, ...args, '--json');
    assert.equal(ended.code, 0, ended.stderr);
    return JSON.parse(ended.stdout) as Record<string, string> & {
      judgements: Judgement[];
    };
  };

  it('new makes a client that the running emulator takes at once', async () => {
    const { paths, facts } = await make('mitt', '--shape', 'seid2', '--name', 'Mitt Prøveselskap');
    assert.match(facts.subject ?? '', /O=Kontakt-emulator TEST Mitt Prøveselskap/);
    assert.equal(facts.organisation, '984661185, found in organizationIdentifier');
    assert.ok(existsSync(paths.p12 ?? ''));
    const { answer } = await call(CREATE, 'mitt');
    assert.deepEqual([answer.kind, answer.fields[0]?.value], ['answer', 'OK']);
    const shown = await cert('list');
    assert.match(shown.stdout, /^mitt +984661185 +SEID v2 +good/m);
  });

  it('new shows where everything lies and how to call with it', async () => {
    const { stdout, code } = await cert('new', 'tekst');
    assert.equal(code, 0);
    assert.match(stdout, /^certificate +\/.*clients\/tekst\.pem$/m);
    assert.match(stdout, /^private key +\/.*clients\/tekst\.key$/m);
    assert.match(stdout, /kontakt call \S+ --as tekst --data /);
  });

  for (const [name, options, problem] of [
    ['utgaatt', { expired: true }, 'expired'],
    ['uferdig', { notYetValid: true }, 'not-yet-valid'],
    ['kort', { from: '2001-01-01', until: '2002-01-01' }, 'expired'],
    ['svak', { bits: '1024' }, 'key'],
    ['kurve', { key: 'ec' }, 'algorithm'],
    ['kryptering', { usage: 'keyEncipherment,dataEncipherment' }, 'usage'],
    ['utsteder', { ca: true }, 'usage'],
    ['egen', { selfSigned: true }, 'untrusted'],
    ['nummerloes', { organisation: false }, 'organisation'],
    ['sperret', { revoked: true }, 'revoked'],
  ] as const)
    it(`new makes one to be refused (${problem}: ${name}), and inspect foretells what the emulator says`, async () => {
      const issued = await issue(name, options);
      const signer = {
        certificatePem: issued.certificatePem,
        keyPem: readFileSync(issued.keyPath, 'utf8'),
      };
      const answer = await fetch(`${serving.url}${PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8' },
        body: compose(usual(signer, question, Date.now())),
      });
      const id = answer.headers.get('kontakt-journal');
      const entry = await fetch(`${serving.url}/_emulator/journal/${id}`);
      const { problem: told, explanation } = (await entry.json()) as Judgement;
      assert.equal(told, `security.certificate-${problem}`);
      const { judgements } = await inspect(issued.certificatePath);
      for (const judgement of judgements.slice(0, 2)) {
        assert.equal(judgement.problem, told);
        assert.equal(judgement.explanation?.found, explanation?.found);
      }
    });

  it('new makes what only strict refuses', async () => {
    const { paths } = await make('andre', '--policy', '1.2.3.4', '--policy', '1.2.3.5');
    const { judgements, policies } = await inspect(paths.pem);
    assert.equal(policies, '1.2.3.4, 1.2.3.5');
    const [observed, strict] = judgements;
    assert.equal(observed?.accepted, true);
    assert.equal(strict?.problem, 'security.certificate-policy');
    assert.equal((await inspect((await make('ingen', '--policy', 'none')).paths.pem)).policies, 'none');
  });

  for (const [name, options] of [
    ['dansk', { shape: 'oces3', organisation: '90000016' }],
    ['gammel', { shape: 'oces2', organisation: '90000040' }],
  ] as const)
    it(`new makes Danish clients (${options.shape}) that the emulator takes`, async () => {
      await issue(name, options);
      const { answer, explanation } = await call(READ, name);
      assert.equal(answer.kind, 'answer', explanation?.found);
    });

  it('new makes Danish clients that the emulator refuses', async () => {
    const { certificatePath } = await issue('sperret-dansk', { shape: 'oces3', revoked: true });
    const { answer, explanation } = await call(READ, 'sperret-dansk');
    assert.ok(answer.fields.some(({ value }) => value.includes('1012')));
    const danish = (await inspect(certificatePath)).judgements.at(-1);
    assert.deepEqual([danish?.problem, danish?.explanation?.found], ['1012', explanation?.found]);
  });

  it('new tells in one line and with exit code 2 what cannot be ordered, and writes nothing', async () => {
    const before = readdirSync(join(data, 'pki/clients'));
    const ended = await cert('new', 'x', '--usage', 'signing', '--key', 'ec');
    assert.equal(ended.code, 2);
    assertOneLine(ended, /--usage: "signing" is none of digitalSignature/);
    assert.deepEqual(readdirSync(join(data, 'pki/clients')), before);
  });

  it('new replaces a client only with --force', async () => {
    const { paths } = await make('dobbel');
    const first = readFileSync(paths.pem);
    const refused = await cert('new', 'dobbel');
    assert.equal(refused.code, 1);
    assertOneLine(refused, /dobbel\.pem exists; choose another name, or replace it with --force/);
    assert.deepEqual(readFileSync(paths.pem), first);
    await make('dobbel', '--force');
    const { publicKey } = new X509Certificate(readFileSync(paths.pem));
    assert.ok(publicKey.equals(createPublicKey(readFileSync(paths.key))));
    assert.notDeepEqual(readFileSync(paths.pem), first);
  });

  it('new by several processes at once loses none of them', async () => {
    const names = ['a1', 'a2', 'a3', 'a4'];
    const ended = await Promise.all(names.map((name) => cert('new', name, '--revoked')));
    for (const { code, stderr } of ended) assert.equal(code, 0, stderr);
    const { stdout } = await cert('list');
    for (const name of names) assert.match(stdout, new RegExp(`^${name} .* revoked`, 'm'));
  });

  it('new needs certificates, and makes nothing in a folder that has none', async () => {
    const empty = newDirectory();
    const ended = await kontakt(['cert', 'new', 'x', '--data', empty]);
    assert.equal(ended.code, 1);
    assertOneLine(ended, /has no certificates yet/);
    assert.deepEqual(readdirSync(empty), []);
  });

  it('inspect reads PKCS#12, and tells when the password is another', async () => {
    const p12 = join(data, 'pki/clients/digipost.p12');
    const shown = await inspect(p12);
    assert.equal(shown.file, 'PKCS#12, 2 certificates, private key: of the certificate');
    assert.equal(shown.organisation, '984661185, found in serialNumber');
    const wrong = await cert('inspect', p12, '--password', 'changed');
    assert.equal(wrong.code, 1);
    assertOneLine(wrong, /password does not open/);
  });

  it('inspect reads PEM, DER and base64, with the key beside the certificate or not', async () => {
    const folder = newDirectory();
    const pem = readFileSync(join(data, 'pki/clients/star.pem'), 'utf8');
    const key = readFileSync(join(data, 'pki/clients/star.key'), 'utf8');
    const other = readFileSync(join(data, 'pki/clients/jobnet.key'), 'utf8');
    const der = new X509Certificate(pem).raw;
    for (const [name, content, file] of [
      ['both.pem', key + pem, 'PEM, 2 certificates, private key: of the certificate'],
      ['mixed.pem', other + pem, 'PEM, 2 certificates, private key: of another certificate'],
      ['leaf.der', der, 'DER, 1 certificate, private key: none'],
      ['leaf.txt', der.toString('base64'), 'base64, 1 certificate, private key: none'],
    ] as const) {
      writeFileSync(join(folder, name), content);
      const shown = await inspect(join(folder, name));
      assert.equal(shown.file, file);
      assert.equal(shown.generation, 'OCES 3');
      assert.equal(shown.organisation, '90000016, found in organizationIdentifier');
      assert.match(shown.UserIdentifier ?? '', /^CVR:90000016-UUID:[0-9a-f-]{36} /);
    }
  });

  it('inspect judges by the anchors and lists that it is given, as serve would', async () => {
    const folder = newDirectory();
    mkdirSync(join(folder, 'lists'));
    const span = { from: Date.UTC(2020, 0, 1), until: Date.UTC(2049, 0, 1) };
    const [trust, list, leaf] = ['ca.pem', 'lists/ca.crl', 'leaf.pem'].map((name) => join(folder, name));
    assert.ok(trust && list && leaf);
    writeFileSync(trust, pemOf(certificateOf({ subject: 'Root', ca: true, ...span })));
    writeFileSync(list, listOf({ issuer: 'Root', revoked: [8], ...span }));
    writeFileSync(leaf, pemOf(certificateOf({ subject: 'leaf', issuer: 'Root', serial: 8, ...span })));

    assert.match((await inspect(leaf)).chain ?? '', /certificate-untrusted.*CN=Root is not known/);
    const trusted = await inspect(leaf, '--trust', trust);
    assert.match(trusted.chain ?? '', /^trusted: CN=leaf, serialNumber=984661185 ← CN=Root$/);
    assert.equal(trusted.revocation, 'no list that is known speaks of it');
    const revoked = await inspect(leaf, '--trust', trust, '--crl', join(folder, 'lists'));
    assert.match(revoked.chain ?? '', /certificate-revoked/);
    assert.match(revoked.revocation ?? '', /^revoked by the list 1 of CN=Root, from 2020-01-01/);

    for (const verb of [
      ['cert', 'inspect', leaf, '--data', data],
      ['serve', '--port', '0', '--tls-port', '0', '--data', await newDataDirectory()],
    ]) {
      const ended = await kontakt([...verb, '--crl', list]);
      assert.notEqual(ended.code, 0);
      assertOneLine(ended, /^kontakt: --crl .*ca\.crl: issued by CN=Root, which is none of the trusted/);
    }
  });
});
