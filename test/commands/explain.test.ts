// kontakt explain on files and on exchanges, as a person at a terminal uses it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Explained } from '../../src/explain/explained.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { type Ended, kontakt, type Serving, serve } from '../program.ts';

const ASK = 'postkasseleverandoer.KanVelgeSikkerDigitalPostkasse';

describe('kontakt explain', () => {
  let data: string;
  let message: string;
  let serving: Serving;
  const folder = newDirectory();
  const fileOf = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const on = (...args: string[]): Promise<Ended> => kontakt([...args, '--data', data]);

  before(async () => {
    data = await newDataDirectory();
    serving = await serve(['--data', data]);
    message = (await on('call', ASK, '--dry-run')).stdout;
  });
  after(async () => {
    serving.child.kill('SIGTERM');
    await serving.ended;
  });

  it('says of a good message that it is accepted', async () => {
    const { code, stdout } = await on('explain', fileOf('good.xml', message));
    assert.equal(code, 0);
    assert.match(stdout, /^accepted under the profile observed\n/);
  });

  it('names what was done, where, and how to undo it, with the difference', async () => {
    const { code, stdout } = await on('explain', fileOf('laid-out.xml', message.replaceAll('><', '>\n  <')));
    assert.equal(code, 1);
    const lines = stdout.split('\n');
    assert.match(lines[0] ?? '', /^refused \(security\.signature-value\) under the profile observed$/);
    assert.ok(lines.includes('whitespace-added (proved)'), stdout);
    assert.match(stdout, /^ {2}arrived {3}.*⏎··</m);
    assert.match(stdout, /^ {2}fix {7}send the octets that were signed/m);
    assert.match(stdout, /^signed-info-changed \(proved\)\n/m);
    assert.match(stdout, /^ {2}by {8}whitespace-added$/m);
  });

  it('works where no emulator ever ran, and says that nobody is trusted there', async () => {
    const cwd = newDirectory();
    const file = fileOf('laid-out.xml', message.replaceAll('><', '>\n  <'));
    const bare = (...args: string[]): Promise<Ended> => kontakt(args, { cwd });
    const { code, stdout, stderr } = await bare('explain', file);
    assert.equal(code, 1);
    assert.match(stderr, /^nobody is trusted here: \.kontakt\/pki has no certificates; --trust, --pki/);
    assert.match(stdout, /^whitespace-added \(proved\)$/m);
    assert.match((await bare('verify', file)).stdout, /^refused \(security\.certificate-untrusted\)$/m);

    const trust = join(data, 'pki/trust.pem');
    const good = fileOf('good.xml', message);
    assert.deepEqual(
      [await bare('verify', good, '--trust', trust), await bare('explain', good, '--trust', trust)].map(
        (ended) => [ended.code, ended.stderr],
      ),
      [
        [0, ''],
        [0, ''],
      ],
    );
  });

  it('refuses a folder that somebody names and that has no certificates', async () => {
    for (const verb of ['explain', 'verify']) {
      const ended = await kontakt([verb, fileOf('good.xml', message), '--pki', join(folder, 'none')]);
      assert.notEqual(ended.code, 0);
      assert.match(ended.stderr, /none has no certificates yet/);
    }
  });

  it('asserts nothing that it does not prove', async () => {
    const { code, stdout } = await on(
      'explain',
      fileOf('other.xml', message.replace('12838410985', '14897410895')),
    );
    assert.equal(code, 1);
    assert.match(stdout, /^digest-unexplained \(likely\)\n/m);
    assert.match(stdout, /^ {2}tried {5}\d+ ways$/m);
    assert.doesNotMatch(stdout, /proved\)/);
  });

  it('prints one document with --json', async () => {
    const { stdout } = await on('explain', '--json', fileOf('json.xml', message.replaceAll('><', '>\n<')));
    const { verdict, causes } = JSON.parse(stdout) as Explained;
    assert.equal(verdict, 'refused');
    assert.equal(causes[0]?.cause, 'whitespace-added');
  });

  it('answers any bytes', async () => {
    for (const text of ['', 'hello', '<a/>', '<html>', '{"a":1}', message.slice(0, 900), '\0\0']) {
      const { code, stdout, stderr } = await on('explain', fileOf('any', text));
      assert.equal(code, 1, stderr);
      assert.match(
        stdout,
        /^no message \([a-z]+\.[a-z-]+\) under the profile observed\n\n[a-z-]+ \(proved\)\n/,
        text,
      );
    }
  });

  it('explains an exchange by its number, and the last; the journal ends in it', async () => {
    const answer = await fetch(`${serving.url}/ws-postkasseleverandoer-v1`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
      body: message.replaceAll('><', '>\n  <'),
    });
    assert.equal(answer.status, 500);
    for (const which of ['last', '1']) {
      const { code, stdout } = await kontakt(['explain', which, '--url', serving.url]);
      assert.equal(code, 1);
      assert.match(stdout, /^whitespace-added \(proved\)$/m);
    }
    const { stdout } = await kontakt(['journal', 'last', '--url', serving.url]);
    assert.match(stdout, /^whitespace-added \(proved\)$/m);
    assert.match((await kontakt(['explain', '4711', '--url', serving.url])).stderr, /no exchange 4711/);
  });

  it('writes the octets of an exchange as those of a file, and heeds nothing that only a file has', async () => {
    const broken = message.replaceAll('><', '>\n  <');
    const url = ['--url', serving.url];
    const [ofFile, ofExchange] = [join(folder, 'of-file'), join(folder, 'of-exchange')];
    await on('explain', fileOf('octets.xml', broken), '--octets', ofFile);
    await kontakt(['explain', '1', ...url, '--octets', ofExchange]);
    const names = readdirSync(ofFile);
    assert.deepEqual(readdirSync(ofExchange), names);
    assert.ok(names.some((name) => name.endsWith('-SignedInfo.xml')));
    for (const name of names)
      assert.deepEqual(readFileSync(join(ofExchange, name)), readFileSync(join(ofFile, name)), name);
    for (const given of [
      ['--profile', 'strict'],
      ['--at', '2026-01-01T12:00:00Z'],
      ['--entry', '1'],
    ]) {
      const { code, stderr } = await kontakt(['explain', '1', ...url, ...given]);
      assert.equal(code, 2, stderr);
      assert.match(stderr, new RegExp(`${given[0]} is of a message in a file; .*--request`));
    }
  });

  it('shows the state that a rule went by, since which exchange, and the call that changes it', async () => {
    const url = ['--url', serving.url];
    const create = [
      'call',
      'postkasseleverandoer.OpprettPostkasse',
      '--set',
      'personidentifikator=09819514515',
    ];
    assert.equal((await kontakt([...create, ...url])).code, 0);
    await kontakt([...create, ...url]);
    for (const command of [
      ['explain', 'last'],
      ['journal', 'last'],
    ]) {
      const [above = ''] = (await kontakt([...command, ...url])).stdout.split('request, laid out');
      const text = above.replace(/\s+/g, ' ');
      assert.match(text, / rule contract: rule 6, state; POSTKASSE_EKSISTERER_ALLEREDE: [^[]*\[assumed\] /);
      assert.match(
        text,
        / state an inactive mailbox with 984661185 \(Digipost \(test\)\); since exchange \d+ \(OpprettPostkasse by 984661185\), /,
      );
      assert.match(text, / change kontakt call postkasseleverandoer\.SlettPostkasse --as digipost --set /);
      assert.doesNotMatch(text, /09819514515/);
    }
    const { stdout } = await kontakt(['explain', 'last', '--unmasked', ...url]);
    assert.match(stdout, /personidentifikator=09819514515/);
  });
});
