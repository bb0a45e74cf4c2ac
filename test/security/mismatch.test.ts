// Wrong digests and signatures: what is established is told, and nothing else is; every cause is made here by somebody.

import assert from 'node:assert/strict';
import { constants, createPrivateKey, hash, privateEncrypt, sign } from 'node:crypto';
import { type Arena, openArena } from '../attacks/arena.ts';
import {
  byDereference,
  directReference,
  keyInfoOf,
  type Recipe,
  type Reference,
  rsa,
  signed,
} from '../attacks/message.ts';
import { NS, URI } from '../attacks/names.ts';

const NAMESPACES: Readonly<Record<string, string>> = { ...NS, soap: NS.soap11 };

let arena: Arena;
before(async () => {
  arena = await openArena({ profile: 'observed' });
});
after(() => arena.emulator.close());

const explained = async (message: string) => {
  const entry = await arena.journal(await arena.post(message));
  assert.ok(entry.explanation, 'it was accepted');
  return { problem: entry.problem ?? '', ...entry.explanation };
};

/** A message whose signer made the digest of the Body in its own way; SignedInfo is signed over that. */
const withBody = (more: Partial<Reference>, knobs: Partial<Recipe> = {}): string =>
  arena.message({
    envelopeAttributes: ' xmlns:unused="urn:unused"',
    references: [signed('TS'), signed('Body', more)],
    ...knobs,
  });
const sha = (name: string) => (octets: Buffer) => hash(name, octets, 'base64');
const hex = (octets: Buffer): string => hash('sha256', octets, 'hex');

describe('a digest that was made otherwise than the message says', () => {
  const ways: readonly (readonly [string, Partial<Reference>, RegExp])[] = [
    [
      'by inclusive C14N, labelled exclusive',
      { canonical: URI.c14n },
      /by inclusive C14N or .* "soap wsse wsu ds unused", while the message says exclusive C14N without a PrefixList$/,
    ],
    [
      'by exclusive C14N, labelled inclusive',
      { transforms: [{ algorithm: URI.c14n }], canonical: URI.exc },
      /by exclusive C14N without a PrefixList, while the message says inclusive C14N$/,
    ],
    [
      'with a PrefixList that is not written',
      { canonical: URI.exc, prefixes: 'unused' },
      /with the PrefixList "unused", while the message says exclusive C14N without a PrefixList$/,
    ],
    [
      'without the PrefixList that is written',
      { transforms: [{ algorithm: URI.exc, prefixes: 'unused' }], canonical: URI.exc },
      /without a PrefixList, while the message says exclusive C14N with the PrefixList "unused"$/,
    ],
    [
      'by SHA-1, labelled sha256',
      { declared: sha('sha1') },
      /made with sha1, while DigestMethod says sha256$/,
    ],
    ['by SHA-512, labelled sha256', { declared: sha('sha512') }, /made with sha512, while DigestMethod says/],
    ['in hexadecimal', { declared: hex }, /written in hexadecimal, while DigestValue is the base64 of/],
    [
      'in hexadecimal, and that in base64',
      { declared: (octets) => Buffer.from(hex(octets)).toString('base64') },
      /written in hexadecimal/,
    ],
    [
      'by SHA-1 over inclusive C14N',
      { canonical: URI.c14n, declared: sha('sha1') },
      /by inclusive C14N or .*, while .*; with sha1, while/,
    ],
  ];
  for (const [name, more, found] of ways)
    it(`is told how: ${name}`, async () => {
      const reason = await explained(withBody(more));
      assert.equal(reason.problem, 'security.digest');
      assert.match(reason.found, /^nothing that was signed has changed; the digest was made /);
      assert.match(reason.found, found);
      assert.doesNotMatch(reason.remedy, /changed|proxy/);
    });

  it('is told how: over comments, over the token or its reference', async () => {
    const commented = arena.payload.replace('<m:pers', '<!-- here --><m:pers');
    const octets = /<soap:Body.*<\/soap:Body>/s;
    const text = withBody({}, { payload: commented });
    const body = octets.exec(text)?.[0] ?? '';
    const canonical = body
      .replace('<soap:Body', '<soap:Body xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"')
      .replace(
        ' wsu:Id',
        ' xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" wsu:Id',
      );
    const reason = await explained(
      withBody({ declared: () => hash('sha256', canonical, 'base64') }, { payload: commented }),
    );
    assert.match(reason.found, /made over the comments too, which a reference by Id leaves out/);

    const dereferenced = (target: string) =>
      arena.message({
        keyInfo: keyInfoOf(directReference('#X509', ' wsu:Id="STR"')),
        references: [
          signed('TS'),
          signed('Body'),
          { target, uri: '#STR', transforms: byDereference().transforms ?? [], canonical: URI.exc },
        ],
      });
    assert.match((await explained(dereferenced('//wsse:BinarySecurityToken'))).found, /without the xmlns=""/);
    assert.match(
      (await explained(dereferenced('//wsse:SecurityTokenReference'))).found,
      /made over the SecurityTokenReference itself, not its token/,
    );
  });
});

describe('a digest of which nothing is established', () => {
  it('is told with both usual causes, asserting neither', async () => {
    const changed = arena.message().replace('kari.testesen', 'mari.testesen');
    const random = withBody({ declared: () => hash('sha256', 'something else', 'base64') });
    for (const message of [changed, random]) {
      const { problem, found, remedy } = await explained(message);
      assert.equal(problem, 'security.digest');
      assert.match(found, /over \d+ canonical octets of what arrived; no other canonical form/);
      assert.match(remedy, /^either the element changed after it was signed .*, or the digest was made over/);
      assert.match(remedy, /; “kontakt explain” with the file/);
    }
  });

  it('is told with its length, where that is not the hash’s', async () => {
    const { found } = await explained(withBody({ declared: () => hash('sha1', 'something', 'base64') }));
    assert.match(found, /DigestValue has 20 bytes, where sha256 gives 32/);
  });

  it('is not searched for over large elements, and says so', async () => {
    const payload = arena.payload.replace('<m:personid', `${' '.repeat(70_000)}<m:personid`);
    const { found } = await explained(withBody({ canonical: URI.c14n }, { payload }));
    assert.match(found, /other canonical forms were not tried over so many octets/);
  });
});

describe('a SignatureValue that is wrong', () => {
  const signedBy = (signature: Recipe['signature'], knobs: Partial<Recipe> = {}) =>
    explained(arena.message({ signature, ...knobs }));
  const raw = (octets: Buffer, key: string): Buffer =>
    privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, octets);

  const ways: readonly (readonly [string, Recipe['signature'], RegExp])[] = [
    [
      'by another hash',
      rsa('sha1'),
      /has not changed; the signature was made with sha1, while SignatureMethod/,
    ],
    [
      'over a digest',
      (octets, key) => rsa('sha256')(hash('sha256', octets, 'buffer'), key),
      /over a digest of SignedInfo, which was hashed once more/,
    ],
    [
      'without DigestInfo',
      (octets, key) => raw(hash('sha256', octets, 'buffer'), key),
      /was made without a DigestInfo/,
    ],
    [
      'by PSS',
      (octets, key) =>
        sign('sha256', octets, { key: createPrivateKey(key), padding: constants.RSA_PKCS1_PSS_PADDING }),
      /RSASSA-PSS with sha256/,
    ],
    ['cut off', (octets, key) => rsa('sha256')(octets, key).subarray(0, 200), /has 200 bytes; .* has 256/],
    [
      'by another key',
      (octets) => rsa('sha256')(octets, arena.client('eboks').keyPem),
      /^it is no signature of this kind by that key, over whatever octets$/,
    ],
    [
      'over something else',
      (_, key) => rsa('sha256')(Buffer.from('something else'), key),
      /^the key is that of the certificate, but it signed other octets: their sha256 is/,
    ],
  ];
  for (const [name, signature, found] of ways)
    it(`is told as far as it is known: ${name}`, async () => {
      const reason = await signedBy(signature);
      assert.equal(reason.problem, 'security.signature-value');
      assert.match(reason.found, found);
    });

  it('is told as far as it is known: SignedInfo changed, in its own method', async () => {
    const relabelled = await explained(
      arena
        .message({
          envelopeAttributes: ' xmlns:unused="urn:unused"',
          canonicalization: { algorithm: URI.exc, prefixes: 'unused' },
        })
        .replace(/<ec:InclusiveNamespaces[^>]*>/, ''),
    );
    // Taking the list away changes SignedInfo itself: the key is known to be right, the rest is not.
    assert.match(relabelled.found, /but it signed other octets/);
    assert.match(relabelled.remedy, /^either SignedInfo changed after it was signed/);
  });

  it('is told as far as it is known: SignedInfo by inclusive C14N, labelled exclusive', async () => {
    const inclusive = (octets: Buffer, key: string): Buffer =>
      rsa('sha256')(
        Buffer.from(
          octets
            .toString()
            .replace(
              '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
              `<ds:SignedInfo ${['ds', 'soap', 'wsse', 'wsu'].map((one) => `xmlns:${one}="${NAMESPACES[one]}"`).join(' ')}>`,
            ),
        ),
        key,
      );
    assert.match(
      (await signedBy(inclusive)).found,
      /SignedInfo has not changed; the signature was made by inclusive C14N or .*, while the message says exclusive/,
    );
  });
});
