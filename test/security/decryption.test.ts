// Encrypted answers that cannot be read: whatever is wrong with them, all that is told is the same.

import assert from 'node:assert/strict';
import { constants, publicEncrypt, randomBytes } from 'node:crypto';
import { usualFace } from '../../src/exchange/faces.ts';
import type { Encryption } from '../../src/security/profiles/profile.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from '../../src/soap/version.ts';
import {
  type Answering,
  CBC,
  encryptInto,
  FACE,
  GCM,
  nameOf,
  OAEP,
  openAnswering,
  protectedBy,
  REQUEST,
  refusalOf,
  SECRET,
  ways,
} from './answering.ts';

/** Both values: that of the EncryptedKey, then that of the EncryptedData. */
const VALUE = /<xenc:CipherValue>([^<]+)<\/xenc:CipherValue>/g;
const changeValue = (message: string, place: number, change: (octets: Buffer) => Buffer): string => {
  let count = -1;
  return message.replace(VALUE, (whole, text: string) => {
    count += 1;
    if (count !== place) return whole;
    return whole.replace(text, change(Buffer.from(text, 'base64')).toString('base64'));
  });
};
const flip =
  (at: number, bit: number) =>
  (octets: Buffer): Buffer => {
    const changed = Buffer.from(octets);
    changed[at] = (changed[at] ?? 0) ^ bit;
    return changed;
  };
const lengthOfValue = (message: string, place: number): number =>
  Buffer.from([...message.matchAll(VALUE)][place]?.[1] ?? '', 'base64').length;

describe('an encrypted answer that cannot be read', () => {
  let answering: Answering;
  before(async () => {
    answering = await openAnswering();
  });

  /** A usual answer, its content in this form. */
  const usual = (encryption: Encryption | undefined, version: SoapVersion = SOAP_1_1): Promise<string> =>
    answering.answer(SECRET, version, protectedBy(encryption));

  /** What a failure shows; nothing of the content may be in it. */
  const faceOf = (message: string, version: SoapVersion = SOAP_1_1, client?: string): string => {
    const problem = refusalOf(answering.read(message, version, REQUEST, client));
    assert.doesNotMatch(JSON.stringify(problem), /Hemmelig|SecretRespons|status|urn:test/);
    return JSON.stringify(usualFace(problem));
  };

  for (const way of ways)
    it(`shows one face for another’s key (${nameOf(way)})`, async () => {
      assert.equal(faceOf(await usual(way), SOAP_1_1, 'eboks'), FACE);
    });

  for (const version of [SOAP_1_1, SOAP_1_2])
    for (const way of ways)
      it(`shows the same face for any octet that was changed (SOAP ${version.name}, ${nameOf(way)})`, async function () {
        this.timeout(60_000);
        const message = await usual(way, version);
        for (const [place, step] of [
          // Of the wrapped key some octets: any other one is another number altogether.
          [0, 17],
          [1, version === SOAP_1_1 ? 1 : 7],
        ] as const) {
          const length = lengthOfValue(message, place);
          for (let at = 0; at < length; at += step)
            assert.equal(
              faceOf(changeValue(message, place, flip(at, 1 << (at % 8))), version),
              FACE,
              `${at}`,
            );
        }
      });

  it('shows the same face for octets that are missing or too many', async () => {
    for (const way of [CBC, GCM]) {
      const message = await usual(way);
      for (const place of [0, 1]) {
        const cuts = [1, 11, 12, 15, 16, 17, 28, 32, -1, -16];
        for (const cut of cuts)
          assert.equal(faceOf(changeValue(message, place, (octets) => octets.subarray(0, cut))), FACE);
        for (const more of [1, 16])
          assert.equal(
            faceOf(changeValue(message, place, (octets) => Buffer.concat([octets, Buffer.alloc(more)]))),
            FACE,
          );
      }
    }
  });

  // One thing each that is not as it should be.
  const changes: readonly [string, (message: string) => string][] = [
    ['no EncryptedKey', (text) => text.replace(/<xenc:EncryptedKey .*?<\/xenc:EncryptedKey>/s, '')],
    ['no ReferenceList', (text) => text.replace(/<xenc:ReferenceList>.*?<\/xenc:ReferenceList>/s, '')],
    ['a DataReference to another Id', (text) => text.replace('URI="#EncryptedData"', 'URI="#Body"')],
    ['a DataReference without URI', (text) => text.replace(' URI="#EncryptedData"', '')],
    ['an EncryptedData with another Id', (text) => text.replace('Id="EncryptedData"', 'Id="Other"')],
    ['an EncryptedData without Id', (text) => text.replace(' Id="EncryptedData"', '')],
    ['an EncryptedData of an Element', (text) => text.replace('xmlenc#Content"', 'xmlenc#Element"')],
    ['an EncryptedData without Type', (text) => text.replace(/ Type="[^"]*"/, '')],
    ['no CipherValue of the key', (text) => text.replace(/<xenc:CipherValue>[^<]*<\/xenc:CipherValue>/, '')],
    ['no CipherData', (text) => text.replace(/<xenc:CipherData>.*?<\/xenc:CipherData>/gs, '')],
    [
      'a CipherReference',
      (text) =>
        text.replace(
          /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>/g,
          '<xenc:CipherReference URI="http://127.0.0.1:9/"/>',
        ),
    ],
    [
      'a CipherValue that is no base64',
      (text) => text.replaceAll('<xenc:CipherValue>', '<xenc:CipherValue>%'),
    ],
    ['an empty CipherValue', (text) => text.replace(VALUE, '<xenc:CipherValue/>')],
    [
      'no EncryptionMethod',
      (text) => text.replace(/<xenc:EncryptionMethod [^>]*><\/xenc:EncryptionMethod>/g, ''),
    ],
    ['an unknown cipher', (text) => text.replace(/aes256-\w+"/, 'tripledes-cbc"')],
    ['another cipher', (text) => text.replace(/aes256-\w+"/, 'aes128-cbc"')],
    ['an unknown key transport', (text) => text.replace(/(?:rsa-1_5|rsa-oaep-mgf1p)"/, 'kw-aes256"')],
    [
      'the other key transport',
      (text) =>
        text.includes('rsa-1_5"')
          ? text.replace('rsa-1_5"', 'rsa-oaep-mgf1p"')
          : text.replace('rsa-oaep-mgf1p"', 'rsa-1_5"'),
    ],
    [
      'a DigestMethod in the key transport',
      (text) =>
        text.replace(
          /(<xenc:EncryptionMethod Algorithm="[^"]*(?:rsa-1_5|rsa-oaep-mgf1p)">)/,
          '$1<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>',
        ),
    ],
  ];
  for (const [what, change] of changes)
    it(`shows the same face for ${what}`, async () => {
      for (const way of [CBC, OAEP, GCM]) {
        const message = await usual(way);
        const changed = change(message);
        assert.ok(changed !== message, 'nothing was changed');
        assert.equal(faceOf(changed), FACE);
      }
    });

  it('shows the same face for an EncryptedKey where nothing is encrypted', async () => {
    const encrypted = await usual(OAEP);
    const key = /<xenc:EncryptedKey .*?<\/xenc:EncryptedKey>/s.exec(encrypted)?.[0] ?? '';
    const plain = await usual(undefined);
    assert.equal(faceOf(plain.replace('<wsse:BinarySecurityToken', `${key}<wsse:BinarySecurityToken`)), FACE);
  });

  it('shows the same face for content that is no part of a message', async () => {
    const signed = await usual(undefined);
    const to = answering.certificateOf('digipost');
    for (const plain of ['', 'text', '<a>', '<a/><b/>', '<?php?>', '<a>&x;</a>', '<a:b/>', '\u0001', '</a>'])
      for (const way of [CBC, GCM])
        assert.equal(faceOf(encryptInto(signed, plain, SOAP_1_1, way, to)), FACE, plain);
  });

  it('tells nothing about what was wrong with a key that was wrapped by PKCS#1 1.5', async () => {
    const message = await usual(CBC);
    const { publicKey } = answering.certificateOf('digipost');
    const wrap = (key: Buffer) => (): Buffer =>
      publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key);
    const raw = (block: Buffer) => (): Buffer =>
      publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, block);
    const block = (...parts: Buffer[]): Buffer => {
      const said = Buffer.concat(parts);
      return Buffer.concat([said, Buffer.alloc(256 - said.length, 0xaa)]);
    };
    const wrong = [
      // Rightly padded, but not the key: of the right length, too short, too long, none.
      ...[32, 16, 31, 33, 0, 100].map((length) => wrap(randomBytes(length))),
      // Wrongly padded: first octet, second octet, no end, an end too early.
      raw(block(Buffer.of(1, 2))),
      raw(block(Buffer.of(0, 1))),
      raw(block(Buffer.of(0, 2))),
      raw(block(Buffer.of(0, 2, 1, 1, 1, 0))),
      raw(Buffer.alloc(256)),
    ];
    const told = new Set<string>();
    const tell = (changed: string): void => {
      told.add(JSON.stringify(refusalOf(answering.read(changed, SOAP_1_1))));
    };
    for (const change of wrong) for (let n = 0; n < 8; n += 1) tell(changeValue(message, 0, change));
    // Wrong content under the right key: padding, length, and what is no XML.
    const end = lengthOfValue(message, 1);
    for (let bit = 1; bit < 256; bit *= 2) tell(changeValue(message, 1, flip(end - 17, bit)));
    tell(changeValue(message, 1, (octets) => octets.subarray(0, -16)));
    tell(changeValue(message, 1, (octets) => octets.subarray(0, 16)));
    const to = answering.certificateOf('digipost');
    tell(encryptInto(await usual(undefined), '<', SOAP_1_1, CBC, to));
    assert.equal(told.size, 1, [...told].join('\n'));
  });
});
