// Certificates to order, seen by OpenSSL: what was asked for is in them, and the PKI around them stays whole.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { issueClient } from '../../src/pki/issue.ts';
import { type Leaf, shapes, sound } from '../../src/pki/leaves.ts';
import { openPki } from '../../src/pki/pki.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';

const openssl = (...args: string[]): string => {
  const { stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  return stdout + stderr;
};
const leafOf = (name: string, more: Partial<Leaf> = {}): Leaf => ({
  ...sound,
  ...shapes.seid1.make('Prøve', '984661185'),
  name,
  ...more,
});

describe('a certificate to order', () => {
  let pki: string;
  const issue = (name: string, more: Partial<Leaf> = {}, replace = false) =>
    issueClient(pki, leafOf(name, more), replace, new Date());
  const text = (name: string): string =>
    openssl('x509', '-in', join(pki, 'clients', `${name}.pem`), '-noout', '-text');
  const verify = (name: string, ...more: string[]): string =>
    openssl(...['verify', '-CAfile', join(pki, 'trust.pem'), ...more, join(pki, 'clients', `${name}.pem`)]);
  const list = (): { number: number; count: number; file: string } => {
    const file = join(newDirectory(), 'list.pem');
    const der = join(pki, 'ca/issuing.crl');
    const shown = openssl(
      ...['crl', '-inform', 'DER', '-in', der, '-CAfile', join(pki, 'ca/issuing.pem'), '-text', '-out', file],
    );
    assert.match(shown, /verify OK/);
    const body = readFileSync(file, 'utf8');
    return {
      number: Number(/CRL Number: *\n *(\d+)/.exec(body)?.[1]),
      count: body.match(/Serial Number/g)?.length ?? 0,
      file,
    };
  };

  beforeEach(async () => {
    pki = join(await newDataDirectory(), 'pki');
  });

  it('is one that OpenSSL trusts, with its key, in all four files', async () => {
    const issued = await issue('god');
    assert.match(verify('god', '-x509_strict'), /OK/);
    const { keyPath, p12Path, certificatePem } = issued;
    assert.equal(readFileSync(issued.certificatePath, 'utf8'), certificatePem);
    const publicKey = openssl('pkey', '-in', keyPath, '-pubout');
    assert.equal(openssl('x509', '-in', issued.certificatePath, '-noout', '-pubkey'), publicKey);
    const packed = openssl(...['pkcs12', '-in', p12Path ?? '', '-passin', 'pass:changeit', '-nodes']);
    const legacy = ['pkcs12', '-legacy', '-in', issued.legacyP12Path ?? ''];
    assert.ok(
      openssl(...legacy, '-passin', 'pass:changeit', '-nodes').includes(readFileSync(keyPath, 'utf8').trim()),
    );
    assert.equal(packed.match(/BEGIN CERTIFICATE/g)?.length, 2);
    assert.ok(packed.includes(readFileSync(keyPath, 'utf8').trim()));
  });

  it('has every shape, with the number where that shape has it', async () => {
    for (const [shape, place] of [
      ['seid1', /serialNumber = 984661185/],
      ['seid2', /organizationIdentifier = NTRNO-984661185/],
      ['oces2', /serialNumber = CVR:90000040-FID:90000040/],
      ['oces3', /organizationIdentifier = NTRDK-90000016/],
    ] as const) {
      const { make, organisation } = shapes[shape];
      await issue(shape, make('Prøve', organisation));
      assert.match(text(shape), place);
      assert.match(verify(shape, '-x509_strict'), /OK/);
    }
  });

  it('has the faults that were ordered', async () => {
    const date = (text: string): Date => new Date(text);
    for (const [name, more, seen] of [
      ['expired', { period: 'expired' }, /Not After : .* GMT/],
      [
        'dated',
        { period: { notBefore: date('2001-02-03'), notAfter: date('2051-02-03T04:05:06Z') } },
        /Not Before: Feb {2}3 00:00:00 2001 GMT\s+Not After : Feb {2}3 04:05:06 2051 GMT/,
      ],
      [
        'usage',
        { usage: ['keyEncipherment', 'decipherOnly'] },
        /critical\s+Key Encipherment, Decipher Only\n/,
      ],
      ['policy', { policies: ['1.2.3.4', '2.999.1'] }, /Policy: 1\.2\.3\.4\s+Policy: 2\.999\.1/],
      ['weak', { key: 1024 }, /Public-Key: \(1024 bit\)/],
      ['curve', { key: 'ec' }, /NIST CURVE: P-256/],
      ['ca', { ca: true }, /CA:TRUE/],
    ] as [string, Partial<Leaf>, RegExp][]) {
      await issue(name, more);
      assert.match(text(name), seen, name);
    }
    await issue('bare', { usage: [], policies: [] });
    assert.doesNotMatch(text('bare'), /Key Usage|Policies/);
    assert.match(verify('expired'), /certificate has expired/);
    assert.match(verify('curve', '-x509_strict'), /OK/);
    for (const key of [2048, 'ec'] as const) {
      await issue(`own-${key}`, { issuer: 'itself', key });
      assert.match(verify(`own-${key}`, '-check_ss_sig'), /self-signed certificate/);
      const file = join(pki, 'clients', `own-${key}.pem`);
      assert.match(openssl('verify', '-CAfile', file, '-check_ss_sig', file), /OK/);
    }
  });

  it('is revoked by a list with a higher number, which goes on revoking the others', async () => {
    const before = list();
    for (const name of ['en', 'to']) await issue(name, { revoked: true });
    const after = list();
    assert.equal(after.count, before.count + 2);
    assert.ok(after.number > before.number + 1, `${before.number} → ${after.number}`);
    await issue('tre');
    for (const [name, verdict] of [
      ['en', /certificate revoked/],
      ['to', /certificate revoked/],
      ['tilbakekalt', /certificate revoked/],
      ['tre', /OK/],
    ] as const)
      assert.match(verify(name, '-crl_check', '-CRLfile', list().file), verdict, name);
  });

  it('stays revoked when a later version completes the roster', async () => {
    await issue('en', { revoked: true });
    for (const ending of ['.pem', '.key', '.p12', '-legacy.p12'])
      rmSync(join(pki, 'clients', `tilbakekalt${ending}`));
    await openPki(pki, new Date());
    const { file } = list();
    for (const name of ['en', 'tilbakekalt'])
      assert.match(verify(name, '-crl_check', '-CRLfile', file), /certificate revoked/, name);
  });

  it('replaces another of its name only when told to, with nothing left of that', async () => {
    const { certificatePath, p12Path = '' } = await issue('god');
    const first = new X509Certificate(readFileSync(certificatePath)).serialNumber;
    await assert.rejects(issue('god'), /god\.pem exists; choose another name, or replace it with force$/);
    await issue('god', { key: 'ec' }, true);
    assert.notEqual(new X509Certificate(readFileSync(certificatePath)).serialNumber, first);
    assert.ok(!existsSync(p12Path));
    assert.deepEqual(
      readdirSync(join(pki, 'clients')).filter((file) => file.startsWith('god')),
      ['god.key', 'god.pem'],
    );
  });

  it('is brought to its end, or forgotten, after the process that made it died', async () => {
    const { certificatePem } = await issue('god');
    const original = join(newDirectory(), 'pki');
    cpSync(pki, original, { recursive: true });
    // Complete, not yet moved: what lies in `additions` counts.
    for (const ending of ['pem', 'key', 'p12']) {
      cpSync(join(pki, `clients/god.${ending}`), join(pki, `additions/clients/god.${ending}`));
      rmSync(join(pki, `clients/god.${ending}`));
    }
    await assert.rejects(issue('god'), /exists/);
    assert.equal(readFileSync(join(pki, 'clients/god.pem'), 'utf8'), certificatePem);
    assert.deepEqual(readdirSync(pki), readdirSync(original));
  });

  it('does not disturb the emulator’s own certificates', async () => {
    const before = await openPki(pki, new Date());
    await issue('god', { revoked: true });
    const after = await openPki(pki, new Date());
    assert.deepEqual(after.clients, before.clients);
    assert.equal(after.trustPem, before.trustPem);
  });

  it('is told what is missing of a damaged PKI', async () => {
    rmSync(join(pki, 'ca/issuing.key'));
    await assert.rejects(issue('god'), /issuing\.key is missing/);
    assert.ok(!existsSync(join(pki, 'clients/god.pem')));
  });
});
