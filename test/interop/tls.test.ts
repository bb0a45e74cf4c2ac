// The https listener and the server's certificate, judged by openssl and by node:tls.

import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { get } from './served.ts';
import { describeWith, stacks } from './stacks.ts';
import { openStage, staged } from './stage.ts';
import { run } from './tool.ts';

const hasIPv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
);

describeWith([stacks.openssl], 'the https listener', () => {
  const open = staged();
  const connect = (...check: string[]) => {
    const { emulator, files } = open();
    const { host } = new URL(emulator.tlsUrl);
    const trust = ['-CAfile', files.trust, '-no-CApath', '-no-CAstore', '-verify_return_error'];
    return run('openssl', ['s_client', '-connect', host, ...trust, ...check]);
  };

  it('shows a certificate that openssl traces to trust.pem, as a server’s', async () => {
    const { files, emulator, write } = open();
    const chain = write('server-chain.pem', emulator.pki.server.certificatePem);
    const anchors = ['-no-CApath', '-no-CAstore', '-CAfile', files.trust];
    const args = [
      'verify',
      '-x509_strict',
      '-purpose',
      'sslserver',
      ...anchors,
      '-untrusted',
      chain,
      files.server,
    ];
    const verdict = await run('openssl', args);
    assert.ok(verdict.ok, verdict.said);
  });

  it('shakes hands with s_client for localhost, 127.0.0.1 and ::1, and for no other name', async () => {
    const names = [
      ['-verify_hostname', 'localhost', '-servername', 'localhost'],
      ['-verify_ip', '127.0.0.1'],
      ['-verify_ip', '::1'],
    ];
    for (const check of names) {
      const { ok, said } = await connect(...check);
      assert.ok(ok, said);
      assert.match(said, /Verify return code: 0 \(ok\)/);
    }
    const stranger = await connect('-verify_hostname', 'kontakt.example.no');
    assert.equal(stranger.ok, false);
    assert.match(stranger.said, /hostname mismatch/i);
  });

  it('speaks TLS 1.2 and 1.3, and nothing older', async () => {
    // Without the security level this openssl would not even offer TLS 1.1.
    const offer = (version: string) => connect(version, '-cipher', 'ALL:@SECLEVEL=0');
    for (const version of ['-tls1_3', '-tls1_2']) {
      const { ok, said } = await offer(version);
      assert.ok(ok, said);
    }
    const old = await offer('-tls1_1');
    assert.equal(old.ok, false);
    assert.match(old.said, /alert protocol version/);
  });

  it('serves the WSDL that http serves, but for its own address', async () => {
    const { emulator, service } = open();
    const port = new URL(emulator.tlsUrl).port;
    const plain = (await get(`${service}?wsdl`)).text;
    for (const host of ['localhost', '127.0.0.1']) {
      const base = `https://${host}:${port}`;
      const secure = await get(`${base}/ws-postkasseleverandoer-v1?wsdl`, {
        ca: emulator.pki.trustPem,
        lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      });
      assert.equal(secure.status, 200);
      assert.ok(secure.text.includes(`${base}/ws-postkasseleverandoer-v1?xsd=`));
      assert.equal(secure.text.replaceAll(base, emulator.url), plain);
    }
  });

  it(`serves it on ::1 as well${hasIPv6 ? '' : ' [no IPv6 here]'}`, async function () {
    if (!hasIPv6) this.skip();
    const other = await openStage({ host: '::1' });
    try {
      assert.match(other.emulator.tlsUrl, /^https:\/\/\[::1\]:\d+$/);
      const address = `${other.emulator.tlsUrl}/ws-postkasseleverandoer-v1`;
      const { status, text } = await get(`${address}?wsdl`, { ca: other.emulator.pki.trustPem });
      assert.equal(status, 200);
      assert.ok(text.includes(`location="${address}"`));
    } finally {
      await other.close();
    }
  });

  it('is refused by node:tls where the authorities are not trusted', async () => {
    const address = open().emulator.tlsUrl;
    await assert.rejects(get(`${address}/ws-postkasseleverandoer-v1?wsdl`), {
      code: /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE/,
    });
  });
});
