// Certificates made over the control interface: as `kontakt cert new` makes them, and taken by the emulator at once.

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { newDirectory } from '../directories.ts';
import { control, operationOf, post, signed, startRunning } from '../running.ts';
import { openEmulator } from '../starting.ts';
import { assertProblem } from './replies.ts';

const READ = 'KanVelgeSikkerDigitalPostkasse';

interface Made {
  readonly name: string;
  readonly organisation: string | null;
  readonly files: readonly string[];
}

const options = { port: 0, tlsPort: 0, log: 'silent', inMemory: true } as const;

for (const [where, open] of [
  ['a folder', () => startRunning()],
  ['memory', () => openEmulator({ ...options, pki: 'new' })],
  ['the user’s cache', () => openEmulator(options)],
] as const)
  describe(`a certificate made over the control interface, of an emulator with its PKI in ${where}`, () => {
    let emulator: Emulator;
    let cache: string | undefined;
    const make = (order: unknown) => control(emulator.url, 'POST', '/certificates', order);
    const made = async (order: object): Promise<Made> => {
      const { http, json } = await make(order);
      assert.equal(http, 201, JSON.stringify(json));
      return json as Made;
    };
    const file = async (name: string): Promise<Response> =>
      fetch(`${emulator.url}/_emulator/certificates/${name}`);
    const textOf = async (name: string): Promise<string> => (await file(name)).text();
    /** What the service says to a message that is signed with it. */
    const call = async (name: string): Promise<string> => {
      const client = {
        name,
        certificatePem: await textOf(`${name}.pem`),
        keyPem: await textOf(`${name}.key`),
      };
      const { journal, http, status } = await post(
        emulator.url,
        signed(READ, operationOf(READ).examples[0] ?? {}, client),
      );
      if (http === 200) return status;
      const { json } = await control(emulator.url, 'GET', `/journal/${journal}`);
      return (json as { problem: string }).problem;
    };

    before(async function () {
      this.timeout(60_000);
      cache = process.env.XDG_CACHE_HOME;
      process.env.XDG_CACHE_HOME = newDirectory();
      emulator = await open();
    });
    after(async () => {
      if (cache === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = cache;
      await emulator.close();
    });

    it('is listed, handed out with its key, and taken at once', async () => {
      const { organisation, files } = await made({
        client: 'mitt',
        shape: 'seid2',
        name: 'Blåbærsyltetøy Ærlig & Sønn',
      });
      assert.equal(organisation, '984661185');
      assert.deepEqual(files, ['mitt.pem', 'mitt.key', 'mitt.p12', 'mitt-legacy.p12']);
      for (const name of files) assert.equal((await file(name)).status, 200, name);
      assert.match(new X509Certificate(await textOf('mitt.pem')).subject, /Blåbærsyltetøy Ærlig & Sønn/);
      assert.equal(await call('mitt'), 'JA');
      const { json } = await control(emulator.url, 'GET', '/certificates');
      assert.ok((json as { certificates: Made[] }).certificates.some(({ name }) => name === 'mitt'));
      const called = await control(emulator.url, 'POST', '/call', {
        operation: `postkasseleverandoer.${READ}`,
        as: 'mitt',
      });
      assert.equal((called.json as { accepted: boolean }).accepted, true);
    });

    it('is refused for what is wrong with it: expired, revoked, another’s, signed by itself', async () => {
      for (const [client, wrong, problem] of [
        ['gammelt', { expired: true }, 'security.certificate-expired'],
        ['dratt', { revoked: true }, 'security.certificate-revoked'],
        ['dratt-to', { revoked: true }, 'security.certificate-revoked'],
        ['eget', { selfSigned: true }, 'security.certificate-untrusted'],
      ] as const) {
        await made({ client, ...wrong });
        assert.equal(await call(client), problem, client);
      }
      assert.equal(await call('dratt'), 'security.certificate-revoked');
      assert.equal(await call('digipost'), 'JA');
    });

    it('has no PKCS#12 where its key is on a curve, also where it replaces one that had', async () => {
      await made({ client: 'kurve' });
      assertProblem(
        await make({ client: 'kurve', key: 'ec' }),
        409,
        /kurve.* exists; .*replace it with force$/,
      );
      assert.equal(
        (await made({ client: 'kurve', key: 'ec', force: true })).files.join(),
        'kurve.pem,kurve.key',
      );
      assert.equal((await file('kurve.p12')).status, 404);
    });

    it('that cannot be is told in the words of the command, and makes nothing', async () => {
      for (const [order, detail] of [
        [{ client: '../x' }, /letters, digits/],
        [{ client: 'Digipost' }, /emulator’s own/],
        [{ client: 'x', shape: 'seid3' }, /^shape: "seid3" is none of seid1, seid2, oces2, oces3$/],
        [{ client: 'x', organisation: '123' }, /^organisation: "123" has not 9 digits/],
        [{ client: 'x', bits: 512 }, /^bits: "512" is none of 1024/],
        [{ client: 'x', usage: ['signing'] }, /^usage: "signing" is none of/],
        [{ client: 'x', policy: ['buypass'] }, /^policy: "buypass" is no OID/],
        [{ client: 'x', expired: true, notYetValid: true }, /^expired: not together with notYetValid$/],
        [{ client: 'x', until: '2026-02-30' }, /^until: "2026-02-30" is no date/],
        [{ client: 'x', colour: 'red' }, /^certificate: .*colour/],
        [{ shape: 'seid1' }, /^certificate: client/],
      ] as const)
        assertProblem(await make(order), 400, detail);
      assertProblem(await make(undefined), 400, /the body is missing/);
      assert.equal((await file('x.pem')).status, 404);
    });

    it('lies where the certificates lie, and nowhere on disk where they are not the user’s own', () => {
      const { directory } = emulator.pki;
      const lies = directory !== undefined && existsSync(join(directory, 'clients', 'mitt.pem'));
      assert.equal(lies, where === 'a folder');
      if (directory !== undefined && !lies)
        assert.ok(!readdirSync(join(directory, 'clients')).some((name) => name.startsWith('dratt')));
    });

    it('is made one at a time: two of one name at once are one', async () => {
      const both = await Promise.all([make({ client: 'samtidig' }), make({ client: 'samtidig' })]);
      assert.deepEqual(both.map(({ http }) => http).sort(), [201, 409]);
    });
  });
