// What xml-crypto says of the same bytes and key, and why that is another thing than the verdict.

import assert from 'node:assert/strict';
import { explainBytes } from '../../src/commands/message/explain.ts';
import type { Explained } from '../../src/explain/explained.ts';
import { askXmlCrypto } from '../../src/explain/opinion/xml-crypto.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache, type SignerCache } from '../../src/security/signer.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { type Arena, openArena, openingOf, PERSON } from '../attacks/arena.ts';
import { byDereference, directReference, keyInfoOf, signed, timestampOf } from '../attacks/message.ts';
import { URI } from '../attacks/names.ts';

describe('a second opinion', () => {
  let arena: Arena;
  let signers: SignerCache;
  before(async () => {
    arena = await openArena({ profile: 'observed' });
    const { pki } = arena.emulator;
    signers = createSignerCache(createTrustStore([pki.trustPem], pki.crls));
  });
  after(() => arena.emulator.close());

  const explained = (message: string | Buffer): Explained => {
    const judging = { profile: profiles.observed, signers, now: arena.now(), key: undefined };
    return explainBytes(Buffer.from(message), judging, []);
  };
  /** The verdict’s problem, the opinion, and what it goes by. */
  const asked = (message: string | Buffer): [string | null, string, string] => {
    const { problem, secondOpinion } = explained(message);
    return [problem, secondOpinion['xml-crypto'], secondOpinion.why];
  };
  const BODY = /<soap:Body .*<\/soap:Body>/s;
  const wrapped = (body = `<soap:Body>${openingOf('angriper#1')}</soap:Body>`): string => {
    const message = arena.message();
    const signedBody = BODY.exec(message)?.[0] ?? '';
    return message.replace(signedBody, body).replace('</soap:Header>', `<w>${signedBody}</w></soap:Header>`);
  };

  it('agrees where the message is good, and where a digest or the signature is wrong', () => {
    assert.deepEqual(asked(arena.message()), [null, 'valid', 'digests and signature value hold']);
    assert.deepEqual(asked(arena.message().replace(PERSON, `${PERSON} `)), [
      'security.digest',
      'invalid',
      'the digest of #Body does not hold',
    ]);
    assert.deepEqual(asked(arena.message({ signature: () => Buffer.alloc(256, 1) })), [
      'security.signature-value',
      'invalid',
      'the signature value does not hold',
    ]);
    const lost = asked(arena.message().replace('wsu:Id="Body"', 'wsu:Id="Bdy"'));
    assert.deepEqual(lost.slice(1), ['invalid', 'no element has the Id of #Body']);
  });

  const differing: readonly [string, () => string, string, RegExp][] = [
    [
      'a Body that was wrapped',
      () => wrapped(),
      'security.coverage',
      /what is signed is \/Envelope\/Header\/w\/Body, not \/Envelope\/Body, which is processed/,
    ],
    [
      'a Timestamp that is not signed',
      () => arena.message({ references: [signed('Body')] }),
      'security.coverage',
      /; wsu:Timestamp: not signed, and it does not ask/,
    ],
    [
      'an Id that is there twice, and that nothing names',
      () => arena.message({ after: '<a Id="x"/><b xml:id="x"/>' }),
      'security.id-duplicate',
      /those Ids alone that the Signature names/,
    ],
    [
      'an old message',
      () => arena.message({ timestamp: timestampOf(arena.now() - 9_000_000, arena.now() - 8_900_000) }),
      'security.timestamp-expired',
      /does not read the Timestamp/,
    ],
    [
      'a certificate that has expired',
      () => arena.message({ signer: arena.client('utloept') }),
      'security.certificate-expired',
      /takes the key that it is given/,
    ],
    [
      'a self-signed certificate',
      () => arena.message({ signer: arena.client('selvsignert') }),
      'security.certificate-untrusted',
      /takes the key that it is given/,
    ],
    [
      'a digest by SHA-512',
      () => arena.message({ references: [signed('TS', { digest: URI.sha512 }), signed('Body')] }),
      'security.algorithm',
      /does this algorithm, which the profile refuses/,
    ],
  ];
  for (const [what, make, problem, why] of differing)
    it(`finds ${what} valid, and the reason says what it does not see`, () => {
      const [code, says, told] = asked(make());
      assert.deepEqual([code, says], [problem, 'valid'], told);
      assert.match(told, why);
    });

  const unsaid: readonly [string, () => string | Buffer, RegExp][] = [
    [
      'an STR-Transform',
      () =>
        arena.message({
          references: [signed('TS'), signed('Body'), byDereference()],
          keyInfo: keyInfoOf(directReference('#X509', ' wsu:Id="STR"')),
        }),
      /STR-Transform' is not supported/,
    ],
    [
      'the signed Id twice',
      () => wrapped(`<soap:Body wsu:Id="Body">${openingOf('x#1')}</soap:Body>`),
      /multiple elements/,
    ],
    [
      'a message without Security',
      () => arena.message().replace(/<wsse:Security.*Security>/s, ''),
      /no wsse:Security/,
    ],
    [
      'a message of more than 256 KiB',
      () => arena.message({ after: `<a>${`<b>${'x'.repeat(60_000)}</b>`.repeat(5)}</a>` }),
      /256 KiB/,
    ],
    [
      'a message of thousands of tags',
      () => arena.message({ after: `<a>${'<b/>'.repeat(4000)}</a>` }),
      /4000 tags/,
    ],
    ['no message', () => '{}', /no signed message/],
  ];
  for (const [what, make, why] of unsaid)
    it(`cannot say anything of ${what}`, () => {
      const [, says, told] = asked(make());
      assert.equal(says, 'cannot say', told);
      assert.match(told, why);
    });

  it('is asked about a message in UTF-16 too, as it was read', () => {
    const text = `<?xml version="1.0" encoding="UTF-16"?>${arena.message()}`;
    const [problem, says, why] = asked(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    assert.deepEqual([problem, says], [null, 'valid'], why);
  });

  it('throws nothing and prints nothing, whatever it is given', () => {
    const printed: unknown[] = [];
    const own = console.error;
    console.error = (...all: unknown[]) => printed.push(all);
    const [message, certificate] = [arena.message(), arena.client('digipost').certificatePem];
    const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(message)?.[0] ?? '';
    try {
      for (const [one, other, third] of [
        ['', '', ''],
        ['<', '<a', 'x'],
        [message, '<a/>', certificate],
        [message.slice(0, 900), signature, certificate],
        [message.replace('</soap:Body>', '</soap:Bod>&x;'), signature, certificate],
        [message, signature.replace('<ds:SignedInfo>', '<ds:SignedInfo/><ds:SignedInfo>'), certificate],
        [message, signature.replaceAll('#Body', "#Bo'dy"), certificate],
        [message, signature, 'no PEM'],
      ] as const) {
        const { says } = askXmlCrypto({ message: one, signature: other, certificate: third });
        assert.notEqual(says, 'valid', one);
      }
      assert.deepEqual(printed, []);
    } finally {
      console.error = own;
    }
  });
});
