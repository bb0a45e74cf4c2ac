// The test PKI seen from outside: OpenSSL and node:crypto judge what was made.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOrganisasjonsnummer } from '../../src/identifiers/organisasjonsnummer.ts';
import { type Identity, openPki, type Pki } from '../../src/pki/pki.ts';

const openssl = (...args: string[]): { ok: boolean; text: string } => {
  const { status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  return { ok: status === 0, text: stdout + stderr };
};

describe('the test PKI', () => {
  const now = new Date();
  let home: string;
  let directory: string;
  let pki: Pki;
  let everyone: Identity[];

  const client = (name: string): Identity => {
    const found = pki.clients.get(name);
    assert.ok(found, name);
    return found;
  };
  const certificate = ({ certificatePem }: Identity): X509Certificate => new X509Certificate(certificatePem);
  const text = (identity: Identity): string =>
    openssl('x509', '-in', pemOf(identity), '-noout', '-text').text;
  const pemOf = ({ name }: Identity): string =>
    name === 'server' ? join(directory, 'server.pem') : join(directory, 'clients', `${name}.pem`);
  const verify = (name: string, ...more: string[]) => {
    const pem = pemOf(client(name));
    return openssl('verify', '-CAfile', join(directory, 'trust.pem'), '-untrusted', pem, ...more, pem);
  };

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'kontakt-pki-'));
    directory = join(home, 'pki');
    pki = await openPki(directory, now);
    everyone = [pki.server, ...pki.clients.values()];
  });
  after(() => rmSync(home, { recursive: true }));

  it('has a client for each kind of caller', () => {
    const numbers = Object.fromEntries(
      [...pki.clients].map(([name, { organisation }]) => [name, organisation]),
    );
    assert.deepEqual(numbers, {
      digipost: '984661185',
      eboks: '996460320',
      fremmed: '988015814',
      utloept: '984661185',
      tilbakekalt: '984661185',
      selvsignert: '984661185',
      'digipost-seid2': '984661185',
      star: '90000016',
      akasse: '90000024',
      kommune: '90000040',
      jobcenter: '90000075',
      jobnet: '90000105',
      fremmedcvr: '90009999',
    });
    assert.equal(pki.server.organisation, '991825827');
    for (const { organisation } of everyone.filter((one) => one.organisation.length === 9)) {
      assert.equal(checkOrganisasjonsnummer(organisation), undefined);
    }
  });

  it('is trusted by OpenSSL, but for the expired and the self-signed client', () => {
    for (const name of ['digipost', 'eboks', 'fremmed', 'tilbakekalt', 'digipost-seid2']) {
      const verdict = verify(name, '-x509_strict', '-check_ss_sig');
      assert.ok(verdict.ok, verdict.text);
    }
    assert.match(verify('utloept').text, /certificate has expired/);
    assert.match(verify('selvsignert').text, /self-signed certificate/);
  });

  it('had an expired client that was good in its time', () => {
    const twoYearsAgo = Math.floor(now.getTime() / 1000) - 2 * 365 * 86_400;
    const verdict = verify('utloept', '-attime', String(twoYearsAgo));
    assert.ok(verdict.ok, verdict.text);
  });

  it('revokes one client, by a CRL that its issuing CA signed', () => {
    const lists = ['root', 'issuing'].map((kind, place) => {
      const der = join(directory, 'ca', `${kind}.crl`);
      const pem = join(home, `${kind}.crl.pem`);
      const args = ['-inform', 'DER', '-in', der, '-CAfile', join(directory, 'ca', `${kind}.pem`)];
      const read = openssl('crl', ...args, '-text', '-out', pem);
      assert.match(read.text, /verify OK/);
      assert.ok(pki.crls[place], kind);
      return pem;
    });
    const check = ['-crl_check_all', ...lists.flatMap((pem) => ['-CRLfile', pem])];
    assert.match(verify('tilbakekalt', ...check).text, /certificate revoked/);
    for (const name of ['digipost', 'eboks', 'fremmed', 'digipost-seid2']) {
      const verdict = verify(name, ...check);
      assert.ok(verdict.ok, verdict.text);
    }
    const shown = openssl('crl', '-in', lists[1] ?? '', '-noout', '-text').text;
    assert.match(shown, /CRL Number/);
    assert.equal(shown.match(/Serial Number/g)?.length, 1);
    assert.ok(shown.includes(certificate(client('tilbakekalt')).serialNumber));
  });

  it('gives each identity the key of its certificate', () => {
    for (const identity of everyone) {
      assert.ok(certificate(identity).checkPrivateKey(createPrivateKey(identity.keyPem)), identity.name);
      assert.match(identity.keyPem, /^-----BEGIN PRIVATE KEY-----/);
    }
  });

  it('puts the issuing CA behind the leaf, and the leaf alone where it signed itself', () => {
    const issuing = pki.trustPem.slice(pki.trustPem.lastIndexOf('-----BEGIN'));
    for (const { name, certificatePem } of everyone) {
      const count = certificatePem.match(/BEGIN CERTIFICATE/g)?.length;
      assert.equal(count, name === 'selvsignert' ? 1 : 2, name);
      assert.equal(certificatePem.endsWith(issuing), name !== 'selvsignert', name);
    }
  });

  it('writes subjects as Norwegian authorities did in the SOAP era', () => {
    assert.equal(
      certificate(client('digipost')).subject,
      'C=NO\nO=Kontakt-emulator TEST Digipost AS\nCN=Kontakt-emulator TEST Digipost AS\nserialNumber=984661185',
    );
    assert.match(certificate(client('utloept')).subject, /CN=Kontakt-emulator TEST Utløpt AS\n/);
    const dump = openssl('asn1parse', '-in', pemOf(client('digipost'))).text;
    assert.match(dump, /PRINTABLESTRING +:984661185/);
    assert.match(dump, /UTF8STRING +:Kontakt-emulator TEST Digipost AS/);
    for (const name of ['digipost', 'server', 'selvsignert']) {
      const shown = text(name === 'server' ? pki.server : client(name));
      assert.match(shown, /Key Usage: critical\s+Digital Signature, Key Encipherment, Data Encipherment\n/);
      assert.match(shown, /Policy: 2\.16\.578\.1\.26\.1\.0\.3\.2\n/);
      assert.match(shown, /URI:http:\/\/pki\.kontakt-emulator\.invalid\/issuing\.crl/);
      assert.match(shown, /OCSP - URI:http:\/\/pki\.kontakt-emulator\.invalid\/ocsp/);
      assert.match(shown, /CA:FALSE/);
      assert.match(shown, /Public-Key: \(2048 bit\)/);
      assert.match(shown, /Signature Algorithm: sha256WithRSAEncryption/);
      assert.match(shown, /Subject Key Identifier/);
      assert.match(shown, /Authority Key Identifier/);
    }
  });

  it('writes the second generation with organizationIdentifier and a longer key', () => {
    const shown = text(client('digipost-seid2'));
    assert.match(shown, /organizationIdentifier = NTRNO-984661185/);
    assert.doesNotMatch(shown, /Subject:.*serialNumber/);
    assert.match(shown, /Policy: 2\.16\.578\.1\.26\.1\.3\.2\n/);
    assert.match(shown, /Public-Key: \(3072 bit\)/);
  });

  it('names the server by host and address, for TLS at either end', () => {
    const server = certificate(pki.server);
    assert.equal(server.checkHost('localhost'), 'localhost');
    assert.equal(server.checkIP('127.0.0.1'), '127.0.0.1');
    assert.equal(server.checkIP('::1'), '::1');
    assert.match(text(pki.server), /TLS Web Server Authentication, TLS Web Client Authentication/);
    const verdict = openssl(
      ...['verify', '-purpose', 'sslserver', '-CAfile', join(directory, 'trust.pem'), pemOf(pki.server)],
    );
    assert.ok(verdict.ok, verdict.text);
  });

  it('lives ten years from an hour ago', () => {
    const { validFrom, validTo } = certificate(client('digipost'));
    assert.ok(Math.abs(now.getTime() - Date.parse(validFrom) - 3_600_000) < 1000);
    assert.equal(new Date(validTo).getUTCFullYear(), now.getUTCFullYear() + 10);
  });

  it('says in every name that it is a test', () => {
    const names = [pki.trustPem, ...everyone.map(({ certificatePem }) => certificatePem)]
      .flatMap((pem) => pem.split(/(?=-----BEGIN)/))
      .map((pem) => new X509Certificate(pem).subject);
    for (const name of names)
      assert.match(name, /O=Kontakt-emulator TEST.*\nCN=Kontakt-emulator TEST|\nO=.* TEST /s);
  });

  it('packs PKCS#12 that OpenSSL opens with the documented password, without legacy algorithms', () => {
    for (const { name, p12, keyPem } of everyone) {
      const file = join(home, `${name}.p12`);
      writeFileSync(file, p12);
      const info = openssl('pkcs12', '-in', file, '-passin', 'pass:changeit', '-info', '-noout');
      assert.ok(info.ok, info.text);
      assert.match(info.text, /PBES2, PBKDF2, AES-256-CBC/);
      const key = openssl('pkcs12', '-in', file, '-passin', 'pass:changeit', '-nocerts', '-nodes');
      assert.ok(key.text.includes(keyPem.trim()), name);
    }
  });

  it('packs the same for older stacks, in triple DES, which OpenSSL opens with -legacy and Java as it is', () => {
    for (const { name, legacyP12, keyPem } of everyone) {
      const file = join(home, `${name}-legacy.p12`);
      writeFileSync(file, legacyP12);
      const open = ['pkcs12', '-legacy', '-in', file, '-passin', 'pass:changeit'];
      const info = openssl(...open, '-info', '-noout');
      assert.ok(info.ok, info.text);
      assert.match(info.text, /MAC: sha1/);
      assert.match(info.text, /pbeWithSHA1And3-KeyTripleDES-CBC/);
      assert.doesNotMatch(info.text, /AES|PBES2/);
      assert.ok(openssl(...open, '-nocerts', '-nodes').text.includes(keyPem.trim()), name);
      assert.match(openssl(...open, '-nokeys').text, /BEGIN CERTIFICATE/);
    }
  });

  it('packs both kinds so that Java lists the key and its chain', function () {
    if (spawnSync('keytool', ['-help']).error) this.skip();
    const { p12, legacyP12 } = client('digipost');
    for (const [kind, content] of Object.entries({ p12, legacyP12 })) {
      const file = join(home, `java-${kind}`);
      writeFileSync(file, content);
      const args = ['-list', '-v', '-storetype', 'PKCS12', '-keystore', file, '-storepass', 'changeit'];
      const { stdout, status } = spawnSync('keytool', args, { encoding: 'utf8' });
      assert.equal(status, 0, stdout);
      assert.match(stdout, /Entry type: PrivateKeyEntry\s+Certificate chain length: 2/);
    }
  });

  it('can live in memory only', async () => {
    const fleeting = await openPki(undefined, now);
    assert.equal(fleeting.directory, undefined);
    assert.deepEqual([...fleeting.clients.keys()], [...pki.clients.keys()]);
    assert.notEqual(fleeting.trustPem, pki.trustPem);
  });
});
