// The document says of each part of a message what it is and whether it is right, wrong, or could not be tried.

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { identityOf } from '../../src/emulator/contracts.ts';
import { explainMessage } from '../../src/explain/explain.ts';
import type { Explained } from '../../src/explain/explained.ts';
import { toTheEnd } from '../../src/explain/search.ts';
import { openSent } from '../../src/explain/way.ts';
import { maskMessage } from '../../src/journal/mask.ts';
import { takeApart } from '../../src/security/anatomy.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache } from '../../src/security/signer.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { type Arena, openArena, openingOf, PERSON } from '../attacks/arena.ts';
import { ways } from '../attacks/key-references.ts';
import { byDereference, directReference, keyInfoOf, type Recipe, signed } from '../attacks/message.ts';
import { URI } from '../attacks/names.ts';
import { assertDocument } from './shape.ts';

describe('the document', () => {
  let arena: Arena;
  before(async () => {
    arena = await openArena({ profile: '14-05' });
  });
  after(() => arena.emulator.close());

  const documentOf = (bytes: Buffer, trusted: boolean): Explained => {
    const { pki } = arena.emulator;
    const by = { profile: profiles['14-05'], now: arena.now() };
    const opened = openSent({ message: bytes, headers: {}, whole: false }, by, { all: [] });
    if ('verdict' in opened) return opened;
    using envelope = opened.message;
    const trust = createTrustStore(trusted ? [pki.trustPem] : [], trusted ? pki.crls : []);
    const known = knownCertificates([...pki.clients.values()].map(({ certificatePem }) => certificatePem));
    return toTheEnd(
      explainMessage(takeApart(envelope, createSignerCache(trust, known)), {
        profile: profiles['14-05'],
        now: arena.now(),
        message: bytes,
        known: [],
        opinion: { says: 'cannot say', why: 'not asked here' },
        hide: maskMessage,
        readHolder: identityOf,
      }),
    );
  };
  const explained = (message: string, trusted = true): Explained => {
    const document = documentOf(Buffer.from(message), trusted);
    assertDocument(document);
    return document;
  };
  const made = (knobs: Partial<Recipe> = {}): Explained => explained(arena.message(knobs));

  it('has the same members in the same order, whatever the message is', () => {
    const members = Object.keys(made());
    for (const message of [
      '',
      '{}',
      '<a/>',
      arena.message().replace(/<wsse:Security.*<\/wsse:Security>/s, ''),
      arena.message().replace(/<ds:Signature>.*<\/ds:Signature>/s, ''),
    ])
      assert.deepEqual(Object.keys(explained(message)), members);
  });

  it('tells each reference with the octets that count, and their digest', () => {
    const { references, signature } = made({
      references: [
        signed('TS', { transforms: [{ algorithm: URI.exc, prefixes: 'soap wsu' }] }),
        signed('Body', { transforms: [] }),
      ],
    });
    assert.deepEqual(
      references.map(({ uri, element, transforms }) => [uri, element, transforms]),
      [
        ['#TS', '/Envelope/Header/Security/Timestamp', [{ algorithm: URI.exc, prefixes: ['soap', 'wsu'] }]],
        ['#Body', '/Envelope/Body', []],
      ],
    );
    const [{ digest, octets } = assert.fail()] = references;
    assert.ok(octets);
    assert.equal(digest.found, hash('sha256', octets.text, 'base64'));
    assert.deepEqual(digest, { method: 'sha256', declared: digest.found, found: digest.found, right: true });
    assert.deepEqual([octets.bytes, octets.shown], [octets.text.length, octets.text.length]);
    assert.equal(signature?.right, true);
    assert.match(signature.octets?.text ?? '', /^<ds:SignedInfo .*<\/ds:SignedInfo>$/s);
  });

  it('tells right, wrong and not tried apart', () => {
    const rights = ({ references, signature }: Explained) => [
      ...references.map(({ digest }) => digest.right),
      signature?.right,
    ];
    assert.deepEqual(rights(made()), [true, true, true]);
    assert.deepEqual(rights(explained(arena.message().replace('kari.', 'ola.'))), [true, false, true]);
    const strange = made({ references: [signed('TS', { digest: 'urn:md4' }), signed('Body')] });
    assert.deepEqual(rights(strange), [null, true, true]);
    assert.equal(strange.references[0]?.digest.found, null);
    assert.deepEqual(rights(made({ signatureMethod: 'urn:rsa-md5' })), [true, true, null]);
    const nobody = made({ token: '', keyInfo: keyInfoOf(directReference('#X510')) });
    assert.deepEqual([...rights(nobody), nobody.certificate], [true, true, null, null]);
  });

  it('tells of a reference that leads nowhere', () => {
    const { references, coverage } = explained(arena.message().replace('wsu:Id="Body"', 'wsu:Id="Bdy"'));
    const { element, octets, digest } = references[1] ?? assert.fail();
    assert.deepEqual([element, octets, digest.found, digest.right], [null, null, null, null]);
    assert.ok(digest.declared.length > 40);
    assert.deepEqual(coverage[0], { element: '/Envelope/Body', signedBy: null });
  });

  it('tells of each element that counts by which reference it is signed', () => {
    const { coverage } = made({
      references: [signed('Body'), byDereference()],
      keyInfo: keyInfoOf(directReference('#X509', ' wsu:Id="STR"')),
      after: '<x:Trace xmlns:x="urn:x"/>',
    });
    assert.deepEqual(
      coverage.map(({ element, signedBy }) => `${element.replace(/^.*\//, '')} ${signedBy}`),
      ['Body #Body', 'BinarySecurityToken #STR', 'Timestamp null', 'Trace null'],
    );
  });

  it('does not call a Body signed whose Id another one has', () => {
    const message = arena.message();
    const body = /<soap:Body.*<\/soap:Body>/s.exec(message)?.[0] ?? '';
    const { coverage, problem } = explained(
      message
        .replace(body, `<soap:Body>${openingOf('x#1')}</soap:Body>`)
        .replace('</soap:Header>', `${body}</soap:Header>`),
    );
    assert.equal(problem, 'security.coverage');
    assert.deepEqual(
      coverage
        .map(({ element, signedBy }) => [element, signedBy])
        .filter(([element]) => /Body$/.test(element ?? '')),
      [
        ['/Envelope/Body', null],
        ['/Envelope/Header/Body', '#Body'],
      ],
    );
  });

  it('tells the certificate: whom it names and where, when it is good, and whom it leads to', () => {
    const { certificate } = made();
    assert.ok(certificate);
    assert.deepEqual(certificate.organisation, { number: '984661185', place: 'serialNumber' });
    assert.deepEqual(
      [certificate.generation, certificate.carried, certificate.validity.right, certificate.missing],
      ['SEID v1', true, true, null],
    );
    assert.match(certificate.serial, /^\d+$/);
    assert.ok(certificate.usage.key?.includes('digitalSignature'));
    assert.equal(certificate.chain.length, 3);
    const expired = made({ signer: arena.client('utloept') });
    assert.deepEqual([expired.certificate?.validity.right, expired.certificate?.missing], [false, null]);
  });

  it('says what is missing where the chain leads to nobody who is trusted', () => {
    const self = made({ signer: arena.client('selvsignert') }).certificate;
    assert.match(self?.missing ?? '', /self-signed and no trust anchor/);
    const foreign = explained(arena.message(), false).certificate;
    assert.match(foreign?.missing ?? '', /^the issuer .*Class 3 CA 1 is not known$/);
    assert.deepEqual(foreign?.chain, [foreign?.subject]);
  });

  it('tells a certificate that the message only names', () => {
    const { certificatePem } = arena.client('eboks');
    const { certificate } = made({
      signer: arena.client('eboks'),
      token: '',
      order: ['timestamp', 'signature'],
      keyInfo: ways.thumbprint(certificatePem),
    });
    assert.deepEqual([certificate?.carried, certificate?.organisation?.number], [false, '996460320']);
  });

  it('shows 8 KiB of long octets, no half character, and says how much that is', () => {
    const { references } = made({ payload: openingOf(`a${'æ'.repeat(9000)}`) });
    const octets = references[1]?.octets ?? assert.fail();
    assert.ok(octets.bytes > 18_000 && octets.shown <= 8192 && octets.shown > 8188, JSON.stringify(octets));
    assert.equal(Buffer.byteLength(octets.text), octets.shown);
    assert.ok(octets.text.endsWith('æ'));
  });

  it('hides the numbers of persons in octets, also where the cut goes through one', () => {
    for (const pad of [0, 7850, 7860, 7870, 7880, 7890]) {
      const { references } = made({ payload: openingOf('a', `${' '.repeat(pad)}${PERSON}`) });
      assert.doesNotMatch(JSON.stringify(references), /128384\d/);
    }
  });

  it('tells names that are as long as a message in few words', () => {
    const long = 'x'.repeat(50_000);
    const text = JSON.stringify(
      made({
        references: [signed('TS', { digest: long, transforms: [{ algorithm: long }] }), signed('Body')],
      }).references[0],
    );
    assert.ok(text.length < 10_000, `${text.length}`);
  });
});
