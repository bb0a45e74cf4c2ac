// A client certificate that its issuer did not sign, and a handshake that is never finished.

import assert from 'node:assert/strict';
import { createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, Extensions, SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { jobnet } from '../../src/dfdg/soap/services.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { createTlsServer } from '../../src/http/tls.ts';
import { newDirectory } from '../directories.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { run } from '../interop/tool.ts';
import { clientOf, startRunning } from '../running.ts';
import { keyOf, pemOf } from '../security/issuing.ts';
import { dial } from './wire.ts';

const AUTHORITY_KEY = '2.5.29.35';

/** The certificate of a client with another key, signed by that key: what it says of its issuer is untrue. */
const forge = (certificatePem: string, key: KeyObject): string => {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const certificate = AsnConvert.parse(new X509Certificate(certificatePem).raw, Certificate);
  const { tbsCertificate } = certificate;
  tbsCertificate.subjectPublicKeyInfo = AsnConvert.parse(publicKey, SubjectPublicKeyInfo);
  tbsCertificate.extensions = new Extensions(
    [...(tbsCertificate.extensions ?? [])].filter(({ extnID }) => extnID !== AUTHORITY_KEY),
  );
  const octets = Buffer.from(AsnConvert.serialize(tbsCertificate));
  const forged = new Certificate({
    tbsCertificate,
    signatureAlgorithm: certificate.signatureAlgorithm,
    signatureValue: Uint8Array.from(sign('sha256', octets, key)).buffer,
  });
  return pemOf(Buffer.from(AsnConvert.serialize(forged)));
};

const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
const PATH = jobnet.paths[0] ?? '';

describe('a client certificate that the issuer it names did not sign', () => {
  let emulator: Emulator;
  let cert: string;
  const key = keyOf('forger').export({ type: 'pkcs8', format: 'pem' }).toString();
  before(async () => {
    emulator = await startRunning();
    cert = forge(clientOf(emulator, 'jobnet').certificatePem, keyOf('forger'));
  });
  after(() => emulator.close());

  /** The answer to a call; `ca` makes the client send the true issuer along. */
  const call = (maxVersion: SecureVersion): Promise<string> =>
    new Promise((resolve, reject) => {
      const options = { cert, key, maxVersion, ca: emulator.pki.trustPem, agent: false } as const;
      const sent = request(`${emulator.tlsUrl}${PATH}`, {
        ...options,
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
      });
      sent.on('error', reject).on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve(text));
      });
      sent.end('<a/>');
    });

  for (const version of VERSIONS)
    it(`is 1012 to Node.js over ${version}, each time`, async () => {
      for (let round = 0; round < 10; round += 1)
        assert.match(await call(version), /<faultcode>1012<\/faultcode>/);
    });

  describeWith([stacks.openssl, stacks.curl], 'and to other clients', () => {
    const files = (): Record<'cert' | 'key' | 'trust', string> => {
      const folder = newDirectory();
      const write = (name: string, content: string): string => {
        writeFileSync(join(folder, name), content);
        return join(folder, name);
      };
      return {
        cert: write('cert.pem', cert),
        key: write('key.pem', key),
        trust: write('trust.pem', emulator.pki.trustPem),
      };
    };

    for (const version of ['1.2', '1.3'])
      it(`is 1012 to curl over TLS ${version}`, async () => {
        const { cert, key, trust } = files();
        const identity = ['--cacert', trust, '--cert', cert, '--key', key];
        const message = ['-H', 'content-type: text/xml', '--data', '<a/>'];
        const tls = ['--tls-max', version];
        const { said } = await run('curl', [
          '-sS',
          ...tls,
          ...identity,
          ...message,
          `${emulator.tlsUrl}${PATH}`,
        ]);
        assert.match(said, /<faultcode>1012<\/faultcode>/);
      });

    for (const version of ['-tls1_2', '-tls1_3'])
      it(`finishes the handshake of openssl with ${version}`, async () => {
        const { cert, key, trust } = files();
        const { host } = new URL(emulator.tlsUrl);
        const identity = ['-CAfile', trust, '-cert', cert, '-key', key];
        const { said } = await run('openssl', ['s_client', '-connect', host, version, ...identity]);
        assert.match(said, /Verify return code: 0 \(ok\)/);
        // Neither can stand in the base64 of the certificate.
        assert.doesNotMatch(said, /errno=| alert /);
      });
  });
});

describe('a handshake that is never finished', () => {
  it('is ended after a while and told, whether it was begun or not', async () => {
    const emulator = await startRunning();
    const { certificatePem: cert, keyPem } = emulator.pki.server;
    await emulator.close();
    for (const beginning of [Buffer.alloc(0), Buffer.from('16030100ff01', 'hex')]) {
      const told: string[] = [];
      const reports = {
        problem: ({ problem }: { problem: string }) => {
          told.push(problem);
          return {};
        },
        defect: () => ({}),
      };
      const url = (): string => 'https://localhost';
      const server = createTlsServer({ cert, key: keyPem, handshakeTimeout: 50 }, () => {}, reports, url);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const { socket, said } = dial(`https://127.0.0.1:${port}`);
      socket.write(beginning);
      assert.equal(await said, '');
      assert.deepEqual(told, ['tls.timeout']);
      server.close();
    }
  });
});
