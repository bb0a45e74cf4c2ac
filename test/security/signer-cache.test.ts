// The memory of signers: it saves work, and never outlives what its verdicts rest on.

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { XmlDocument } from 'libxml2-wasm';
import { isProblem } from '../../src/kernel/problem.ts';
import { openPki, type Pki } from '../../src/pki/pki.ts';
import { createSignerCache, type SignerCache } from '../../src/security/signer.ts';
import { readRevocationList } from '../../src/security/trust/revocation-list.ts';
import { createTrustStore, type TrustStore } from '../../src/security/trust/trust.ts';
import { type Arena, openArena, question } from '../attacks/arena.ts';
import { derOf, tokenOf } from '../attacks/message.ts';
import { NS } from '../attacks/names.ts';

describe('the signer cache', () => {
  const made = Date.UTC(2026, 5, 1);
  let pki: Pki;
  let trust: TrustStore;
  let judged: number;
  let revision: string;
  let cache: SignerCache;
  before(async () => {
    pki = await openPki(undefined, new Date(made));
  });
  beforeEach(() => {
    const real = createTrustStore([pki.trustPem], pki.crls);
    judged = 0;
    revision = '0';
    trust = {
      ...real,
      get revision() {
        return revision;
      },
      judge: (leaf, now, bits) => {
        judged += 1;
        return real.judge(leaf, now, bits);
      },
    };
    cache = createSignerCache(trust);
  });

  const pem = (name = 'digipost'): string => pki.clients.get(name)?.certificatePem ?? '';
  const base64 = (name?: string): string => derOf(pem(name)).toString('base64');
  const identify = (now: number, text = base64(), bits = 2048): string => {
    using document = XmlDocument.fromString(
      `<x xmlns:wsse="${NS.wsse}" xmlns:wsu="${NS.wsu}">${tokenOf(text)}</x>`,
    );
    const token = document.root.firstChild;
    assert.ok(token && 'attrs' in token);
    const signer = cache.identify(
      { kind: 'direct', id: 'X509' },
      token as Parameters<SignerCache['identify']>[1],
      now,
      bits,
    );
    return isProblem(signer) ? signer.problem : signer.organisation;
  };
  const limits = (): { notBefore: number; notAfter: number; nextUpdate: number } => {
    const { validFrom, validTo } = new X509Certificate(pem());
    const updates = pki.crls.map((der) => {
      const list = readRevocationList(der);
      return 'unfit' in list ? 0 : list.nextUpdate;
    });
    return {
      notBefore: Date.parse(validFrom),
      notAfter: Date.parse(validTo),
      nextUpdate: Math.min(...updates),
    };
  };

  it('judges a certificate once', () => {
    for (let round = 0; round < 5; round += 1) assert.equal(identify(made + round), '984661185');
    assert.equal(judged, 1);
  });

  it('takes a token that is folded otherwise for the same', () => {
    for (const width of [0, 60, 64, 70, 76]) {
      assert.equal(
        identify(made, width ? base64().replace(new RegExp(`(.{${width}})`, 'g'), '$1\n') : base64()),
        '984661185',
      );
    }
    assert.equal(judged, 1, 'each folding occupies a place of its own: a thousand of them fill the memory');
  });

  it('does not outlive notAfter, to the millisecond', () => {
    const { notAfter, nextUpdate } = limits();
    assert.equal(identify(made), '984661185');
    assert.ok(nextUpdate >= notAfter, 'the list is current as long as the certificate');
    assert.equal(identify(notAfter), '984661185');
    assert.equal(identify(notAfter + 1), 'security.certificate-expired');
    assert.equal(identify(notAfter), '984661185');
  });

  it('does not reach back before notBefore', () => {
    const { notBefore } = limits();
    assert.equal(identify(made), '984661185');
    assert.equal(identify(notBefore), '984661185');
    assert.equal(identify(notBefore - 1), 'security.certificate-not-yet-valid');
  });

  it('does not remember a refusal, nor lend a verdict to another', () => {
    assert.equal(identify(made, base64('utloept')), 'security.certificate-expired');
    assert.equal(identify(made - 2 * 365 * 86_400_000, base64('utloept')), '984661185');
    assert.equal(identify(made, base64('utloept')), 'security.certificate-expired');
    assert.equal(identify(made, base64('tilbakekalt')), 'security.certificate-revoked');
    assert.equal(identify(made, base64('eboks')), '996460320');
  });

  it('forgets everything when anchors or lists have changed', () => {
    assert.equal(identify(made), '984661185');
    revision = '1';
    assert.equal(identify(made), '984661185');
    assert.equal(judged, 2);
  });

  it('does not lend the verdict of a profile to one that asks for longer keys', () => {
    assert.equal(identify(made), '984661185');
    assert.equal(identify(made, base64(), 3072), 'security.authority-key');
    assert.equal(identify(made), '984661185');
  });

  it('keeps a bounded number and answers rightly beyond it', () => {
    for (let place = 0; place < 1100; place += 1) identify(made, `${' '.repeat(place)}${base64()}`);
    assert.equal(identify(made), '984661185');
  });
});

describe('the signer cache behind a moving clock', () => {
  let arena: Arena;
  before(async () => {
    arena = await openArena();
  });
  after(() => arena.emulator.close());
  const problemAt = async (at: number): Promise<string | undefined> => {
    arena.emulator.clock.set('security', { kind: 'frozen', at });
    const { problem } = await arena.journal(await arena.post(arena.message({ payload: question })));
    return problem;
  };

  it('refuses a client it knew, once its certificate has expired, and takes it when the clock goes back', async () => {
    const { validFrom, validTo } = new X509Certificate(arena.client('digipost').certificatePem);
    const now = arena.now();
    assert.equal(await problemAt(now), undefined);
    assert.equal(await problemAt(Date.parse(validTo) + 1), 'security.certificate-expired');
    assert.equal(await problemAt(Date.parse(validFrom) - 1), 'security.certificate-not-yet-valid');
    assert.equal(await problemAt(now + 1), undefined);
  });
});
