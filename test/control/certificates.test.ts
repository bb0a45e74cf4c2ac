// The certificates that the control interface hands out: those of clients, with what is public, and never another key.

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { control, startRunning } from '../running.ts';
import { openEmulator } from '../starting.ts';

interface Listed {
  readonly name: string;
  readonly organisation: string | null;
  readonly subject: string;
  readonly notAfter: string;
  readonly files: readonly string[];
}

const listOf = async ({ url }: Emulator): Promise<readonly Listed[]> =>
  ((await control(url, 'GET', '/certificates')).json as { certificates: Listed[] }).certificates;

const get = ({ url }: Emulator, file: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/_emulator/certificates/${file}`, { headers });

/** A path as it stands, which fetch would mend. */
const statusOf = ({ url }: Emulator, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path: `/_emulator/certificates/${path}` }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once('error', reject)
      .end();
  });

for (const where of ['a folder', 'memory'] as const)
  describe(`certificates handed out, of an emulator with its PKI in ${where}`, () => {
    let emulator: Emulator;
    before(async function () {
      this.timeout(60_000);
      emulator =
        where === 'memory'
          ? await openEmulator({ port: 0, tlsPort: 0, log: 'silent', inMemory: true, pki: 'new' })
          : await startRunning();
    });
    after(() => emulator.close());

    it('are listed with organisation, subject, end and files', async () => {
      const list = await listOf(emulator);
      assert.deepEqual(new Set(list.map(({ name }) => name)), new Set(emulator.pki.clients.keys()));
      const digipost = list.find(({ name }) => name === 'digipost');
      assert.equal(digipost?.organisation, '984661185');
      assert.match(digipost.subject, /Digipost AS/);
      assert.ok(Date.parse(digipost.notAfter) > Date.parse('2030-01-01'));
      assert.deepEqual(digipost.files, [
        'digipost.pem',
        'digipost.key',
        'digipost.p12',
        'digipost-legacy.p12',
      ]);
      assert.equal(list.find(({ name }) => name === 'jobnet')?.organisation, '90000105');
    });

    it('are the files of the PKI, and nothing on the way keeps them', async () => {
      const { pki } = emulator;
      const digipost = pki.clients.get('digipost');
      for (const [file, content] of [
        ['digipost.pem', digipost?.certificatePem],
        ['digipost.key', digipost?.keyPem],
        ['digipost.p12', digipost?.p12],
        ['digipost-legacy.p12', digipost?.legacyP12],
        ['trust.pem', pki.trustPem],
        ['trust.p12', await pki.trustStore()],
        ['server.pem', pki.server.certificatePem],
        ['root.crl', pki.crls[0]],
        ['issuing.crl', pki.crls[1]],
      ] as const) {
        const response = await get(emulator, file);
        assert.equal(response.status, 200, file);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.equal(response.headers.get('access-control-allow-origin'), null);
        const bytes = Buffer.from(await response.arrayBuffer());
        if (file !== 'trust.p12' || where === 'a folder')
          assert.deepEqual(bytes, Buffer.from(content ?? ''), file);
      }
    });

    it('are never keys of the server or an authority, nor anything outside the clients', async () => {
      if (emulator.pki.directory !== undefined) {
        const { directory } = emulator.pki;
        symlinkSync(join(directory, 'ca', 'issuing.key'), join(directory, 'clients', 'linked.key'));
      }
      for (const path of [
        'server.key',
        'server.p12',
        'server-legacy.p12',
        'root.key',
        'issuing.key',
        'ca/issuing.key',
        'ca%2Fissuing.key',
        '..%2Fserver.key',
        '..%2F..%2Fregister.db',
        '%2e%2e%2fserver.key',
        '..%5Cserver.key',
        'linked.key',
        'digipost',
        'constructor',
        '__proto__',
        'digipost.key%00.pem',
      ])
        assert.equal(await statusOf(emulator, path), 404, path);
    });

    it('are not for pages of other sites, nor for those who come by another name', async () => {
      assert.equal((await get(emulator, 'digipost.key', { origin: 'http://evil.example' })).status, 403);
      const { status } = await new Promise<{ status: number }>((resolve) => {
        const { hostname, port } = new URL(emulator.url);
        const headers = { host: 'evil.example' };
        request(
          { hostname, port, path: '/_emulator/certificates/digipost.key', headers },
          ({ statusCode = 0 }) => resolve({ status: statusCode }),
        ).end();
      });
      assert.equal(status, 403);
    });
  });

describe('the server’s certificate', () => {
  it('that the user brought is handed out without its key', async () => {
    const first = await startRunning();
    const folder = first.pki.directory ?? '';
    await first.close();
    const emulator = await startRunning({
      serverCert: join(folder, 'clients', 'star.pem'),
      serverKey: join(folder, 'clients', 'star.key'),
    });
    const served = await (await get(emulator, 'server.pem')).text();
    assert.equal(served, readFileSync(join(folder, 'clients', 'star.pem'), 'utf8'));
    assert.equal((await get(emulator, 'server.key')).status, 404);
    await emulator.close();
  });

  it('has the names of --tls-name over TLS, for the same key, and what is stored stays', async () => {
    const emulator = await startRunning({ tlsName: ['kontakt', '10.1.2.3'] });
    const { connect } = await import('node:tls');
    const { port } = new URL(emulator.tlsUrl);
    const shown = await new Promise<X509Certificate>((resolve, reject) => {
      const socket = connect(
        { port: Number(port), host: '127.0.0.1', servername: 'kontakt', ca: emulator.pki.trustPem },
        () => {
          const certificate = socket.getPeerX509Certificate();
          socket.end();
          if (certificate) resolve(certificate);
          else reject(new Error('no certificate'));
        },
      );
      socket.once('error', reject);
    });
    const stored = new X509Certificate(emulator.pki.server.certificatePem);
    assert.ok(shown.checkHost('kontakt') && shown.checkHost('localhost') && shown.checkIP('10.1.2.3'));
    assert.ok(shown.publicKey.equals(stored.publicKey));
    assert.equal(stored.checkHost('kontakt'), undefined);
    assert.equal(
      readFileSync(join(emulator.pki.directory ?? '', 'server.pem'), 'utf8'),
      emulator.pki.server.certificatePem,
    );
    const reply = await new Promise<number>((resolve) => {
      const { hostname, port: http } = new URL(emulator.url);
      request(
        { hostname, port: http, path: '/_emulator/health', headers: { host: 'kontakt:8080' } },
        ({ statusCode = 0 }) => resolve(statusCode),
      ).end();
    });
    assert.equal(reply, 200);
    await emulator.close();
  });
});
