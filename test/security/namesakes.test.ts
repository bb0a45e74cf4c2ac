// The right name in a wrong namespace, an Id in a strange attribute, a Signature beside its header: told as what they are.

import assert from 'node:assert/strict';
import { type Arena, openArena } from '../attacks/arena.ts';
import { derOf, directReference, keyInfoOf, type Recipe } from '../attacks/message.ts';
import { NS, URI } from '../attacks/names.ts';

const WRONG = {
  'no namespace': '',
  'the draft of 2003': 'http://schemas.xmlsoap.org/ws/2003/06/secext',
  'a typo': 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xds',
};

const str = (inside: string): string =>
  keyInfoOf(`<wsse:SecurityTokenReference>${inside}</wsse:SecurityTokenReference>`);
const byIssuer = str(
  '<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>',
);
const byThumbprint = str(
  `<wsse:KeyIdentifier EncodingType="${URI.base64}" ValueType="${URI.thumbprint}">AAAA</wsse:KeyIdentifier>`,
);
const listed = { canonicalization: { algorithm: URI.exc, prefixes: 'soap' } };

/** Every element that is looked for by its name, with a message that has it. */
const KNOWN: readonly (readonly [prefix: string, name: string, knobs?: Partial<Recipe>])[] = [
  ['wsse', 'Security', { securityAttributes: '' }],
  ['wsse', 'Security'],
  ['wsse', 'BinarySecurityToken'],
  ['wsse', 'SecurityTokenReference'],
  ['wsse', 'Reference'],
  ['wsse', 'KeyIdentifier', { keyInfo: byThumbprint }],
  ['wsu', 'Timestamp'],
  ['wsu', 'Created'],
  ['wsu', 'Expires'],
  ['ds', 'Signature'],
  ['ds', 'SignedInfo'],
  ['ds', 'SignatureValue'],
  ['ds', 'KeyInfo'],
  ['ds', 'CanonicalizationMethod'],
  ['ds', 'SignatureMethod'],
  ['ds', 'Reference'],
  ['ds', 'Transforms'],
  ['ds', 'Transform'],
  ['ds', 'DigestMethod'],
  ['ds', 'DigestValue'],
  ['ds', 'X509Data', { keyInfo: byIssuer }],
  ['ds', 'X509IssuerSerial', { keyInfo: byIssuer }],
  ['ds', 'X509IssuerName', { keyInfo: byIssuer }],
  ['ds', 'X509SerialNumber', { keyInfo: byIssuer }],
  ['ec', 'InclusiveNamespaces', listed],
];

describe('a right name in a wrong place', () => {
  let arena: Arena;
  before(async () => {
    arena = await openArena({ profile: '14-05' });
  });
  after(() => arena.emulator.close());

  const explanationOf = async (message: string): Promise<Record<'found' | 'expected' | 'remedy', string>> => {
    const answer = await arena.post(message);
    assert.ok(answer.status >= 400, 'it was accepted');
    const { explanation } = await arena.journal(answer);
    assert.ok(explanation);
    return explanation;
  };

  for (const [prefix, name, knobs = {}] of KNOWN)
    it(`is told: ${prefix}:${name}${knobs.securityAttributes === '' ? ', not demanded' : ''}`, async () => {
      for (const [kind, uri] of Object.entries(WRONG)) {
        const strange = uri === '' ? name : `x:${name}`;
        const declared = uri === '' ? '' : ` xmlns:x="${uri}"`;
        const message = arena
          .message(knobs)
          .replaceAll(new RegExp(`<${prefix}:${name}(?=[ />])`, 'g'), `<${strange}${declared}`)
          .replaceAll(`</${prefix}:${name}>`, `</${strange}>`);
        const { remedy, found, expected } = await explanationOf(message);
        assert.match(remedy, /the name is right, its namespace is not/, `${kind}: ${found}`);
        assert.match(`${found} ${expected} ${remedy}`, new RegExp(name));
        assert.match(
          `${expected} ${remedy}`,
          new RegExp(NS[prefix as keyof typeof NS].replace(/[.#]/g, '.')),
        );
      }
    });

  it('is told of a namespace that belongs to other elements', async () => {
    const swapped = arena.message().replaceAll('wsu:Timestamp', 'wsse:Timestamp');
    const { found } = await explanationOf(swapped);
    assert.match(found, /^Timestamp in the namespace .*secext-1\.0\.xsd \(that of wsse\)$/);
  });

  it('is told of an Id, of the token too', async () => {
    for (const [from, to] of [
      ['soap:Body wsu:Id="Body"', 'soap:Body wsse:Id="Body"'],
      ['soap:Body wsu:Id="Body"', 'soap:Body id="Body"'],
      ['BinarySecurityToken wsu:Id="X509"', 'BinarySecurityToken wsse:Id="X509"'],
    ] as const) {
      const message = arena.message().replace(from, to);
      assert.ok(message.includes(to));
      const { found, remedy } = await explanationOf(message);
      assert.match(found, /"(Body|X509)" stands in [iI]d, in .*, of the element (Body|BinarySecurityToken)/);
      assert.match(remedy, /write the attribute as wsu:Id with xmlns:wsu=/);
    }
  });

  it('is told of a Signature and a Timestamp beside the Security header', async () => {
    for (const name of ['ds:Signature', 'wsu:Timestamp']) {
      const message = arena.message();
      const [part = ''] = new RegExp(`<${name}[ >].*</${name}>`).exec(message) ?? [];
      const moved = (attributes: string) =>
        message
          .replace(part, '')
          .replace('</soap:Header>', `${part.replace(`<${name}`, `<${name}${attributes}`)}</soap:Header>`);
      const { found, remedy } = await explanationOf(moved(''));
      assert.match(found, /beside wsse:Security/);
      assert.match(remedy, new RegExp(`put ${name} into wsse:Security`));
      const demanded = await explanationOf(moved(' soap:mustUnderstand="1"'));
      assert.match(demanded.remedy, /into the wsse:Security header/);
    }
  });

  it('is told of a header for somebody else, with the actor', async () => {
    const { found, remedy } = await explanationOf(
      arena.message({ securityAttributes: ' soap:actor="http://example.org/gateway"' }),
    );
    assert.equal(found, 'only one with the actor "http://example.org/gateway", which is somebody else');
    assert.match(remedy, /leave actor out/);
  });

  it('is told of what MTOM moved away', async () => {
    const include =
      '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:1@example.org"/>';
    for (const [name, text] of [
      ['BinarySecurityToken', derOf(arena.client('digipost').certificatePem).toString('base64')],
      ['SignatureValue', /<ds:SignatureValue>([^<]+)/.exec(arena.message())?.[1] ?? ''],
    ] as const) {
      assert.ok(text);
      const message = arena.message().replace(new RegExp(`(:${name}[^>]*>)[^<]+`), `$1${include}`);
      const { found, remedy } = await explanationOf(message);
      assert.match(found, new RegExp(`^xop:Include in ${name}: MTOM`));
      assert.match(remedy, /switch MTOM off/);
    }
  });
});

describe('a value that is too long, or PEM', () => {
  let arena: Arena;
  before(async () => {
    arena = await openArena();
  });
  after(() => arena.emulator.close());

  const explained = async (knobs: Partial<Recipe>): Promise<Record<'found' | 'remedy', string>> => {
    const entry = await arena.journal(await arena.post(arena.message(knobs)));
    assert.ok(entry.explanation);
    return entry.explanation;
  };
  const token = (content: string): Partial<Recipe> => ({
    token: `<wsse:BinarySecurityToken wsu:Id="X509" EncodingType="${URI.base64}" ValueType="${URI.x509v3}">${content}</wsse:BinarySecurityToken>`,
  });

  it('keeps its reason: PEM is named, the first wrong character too', async () => {
    const { certificatePem } = arena.client('digipost');
    const pem = await explained(token(certificatePem));
    assert.match(pem.found, /not base64: PEM text: "-----BEGIN CERTIFICATE-----/);
    assert.match(pem.remedy, /between the lines/);
    const long = await explained(token(`${'A'.repeat(4000)}!`));
    assert.match(long.found, /"!" as character 4001: "A{60}…" \(4001 characters\)$/);
  });

  it('keeps its reason wherever a value of the message is told', async () => {
    const long = 'x'.repeat(900);
    for (const knobs of [
      {
        token: `<wsse:BinarySecurityToken wsu:Id="X509" ValueType="${long}">AAAA</wsse:BinarySecurityToken>`,
      },
      { keyInfo: keyInfoOf(directReference(`#${long}`)) },
      { keyInfo: keyInfoOf(directReference(long)) },
      { keyInfo: str(`<wsse:KeyIdentifier ValueType="${long}">AAAA</wsse:KeyIdentifier>`) },
      { signatureMethod: long },
      { canonicalization: { algorithm: long } },
    ]) {
      const { found } = await explained(knobs);
      assert.match(found, /\(9\d\d characters\)/);
      assert.ok(found.length < 400, found);
    }
  });
});
