// Messages that were signed well and then broken, or signed in a wrong way, each with the cause that somebody would have to be told.

import { constants, createPrivateKey, hash, privateEncrypt, sign } from 'node:crypto';
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import type { Arena } from '../attacks/arena.ts';
import {
  byDereference,
  directReference,
  keyInfoOf,
  type Recipe,
  type Reference,
  rsa,
  signed,
  timestampOf,
} from '../attacks/message.ts';
import { NS, URI } from '../attacks/names.ts';

export interface Broken {
  readonly name: string;
  /** What has to be named first; undefined: nothing can be proved, and nothing may be. */
  readonly cause: string | undefined;
  /** What has to be named too. */
  readonly besides?: readonly string[];
  readonly make: (arena: Arena) => string | Buffer;
}

const both = (more: (of: 'TS' | 'Body') => Partial<Reference>): readonly Reference[] => [
  signed('TS', more('TS')),
  signed('Body', more('Body')),
];
/** The signer made the digest of the Body in its own way. */
const body =
  (more: Partial<Reference>, knobs: Partial<Recipe> = {}) =>
  ({ message }: Arena): string =>
    message({
      envelopeAttributes: ' xmlns:unused="urn:unused"',
      references: both((of) => (of === 'Body' ? more : {})),
      ...knobs,
    });
/** Somebody changed the message afterwards. */
const edited =
  (edit: (text: string) => string, knobs: Partial<Recipe> = {}) =>
  ({ message }: Arena): string => {
    const text = message(knobs);
    const changed = edit(text);
    if (changed === text) throw new Error('the edit did not take');
    return changed;
  };
/** Only what stands in the Body. */
const inBody =
  (edit: (text: string) => string) =>
  (text: string): string =>
    text.replace(
      /(<soap:Body[^>]*>)(.*)(<\/soap:Body>)/s,
      (_, start, inside, end) => start + edit(inside) + end,
    );
const inSignedInfo =
  (edit: (text: string) => string) =>
  (text: string): string =>
    text.replace(/<ds:SignedInfo.*<\/ds:SignedInfo>/s, edit);

/** Every tag on a line of its own, but those around text. */
const laidOut =
  (unit: string, end = '\n') =>
  (text: string): string => {
    let depth = 0;
    return text
      .replace(/>\s*</g, '>\0<')
      .split('\0')
      .map((part) => {
        const closing = part.startsWith('</');
        if (closing) depth -= 1;
        const line = unit.repeat(Math.max(0, depth)) + part;
        if (!closing && !part.startsWith('<?') && !/\/>$|<\/[^>]*>$/.test(part)) depth += 1;
        return line;
      })
      .join(end);
  };
const flat = (text: string): string => text.replace(/>\s+</g, '><');
const asLatin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const named =
  (text: string) =>
  (arena: Arena): string =>
    arena.payload.replace(/kari\.testesen/, text);
const withPayload =
  (payload: (arena: Arena) => string, edit: (text: string) => string, knobs: Partial<Recipe> = {}) =>
  (arena: Arena): string =>
    edited(edit, { payload: payload(arena), ...knobs })(arena);
const pretty = ({ payload }: Arena): string => laidOut('  ')(payload);

const sha =
  (name: string) =>
  (octets: Buffer): string =>
    hash(name, octets, 'base64');
const base64 = (bytes: Buffer): string => bytes.toString('base64');
const digest = (octets: Buffer): Buffer => hash('sha256', octets, 'buffer');
const value =
  (signature: Recipe['signature'], knobs: Partial<Recipe> = {}) =>
  ({ message }: Arena): string =>
    message({ signature, ...knobs });
const signing = rsa('sha256');
const written = (spell: (text: string) => string) =>
  edited((text) => text.replace(/(<ds:SignatureValue>)([^<]*)/, (_, start, found) => start + spell(found)));
const hexOf = (text: string): string => Buffer.from(text, 'base64').toString('hex');
const inclusive: Partial<Recipe> = {
  references: both(() => ({ transforms: [{ algorithm: URI.c14n }], canonical: URI.c14n })),
};

const changed: readonly Broken[] = [
  ...['  ', '    ', '\t', ''].map(
    (unit): Broken => ({
      name: `laid out with ${JSON.stringify(unit)} after signing`,
      cause: 'whitespace-added',
      besides: ['signed-info-changed'],
      make: edited(laidOut(unit)),
    }),
  ),
  {
    name: 'laid out with CRLF after signing',
    cause: 'whitespace-added',
    make: edited(laidOut('  ', '\r\n')),
  },
  { name: 'the Body alone laid out', cause: 'whitespace-added', make: edited(inBody(laidOut('  '))) },
  {
    name: 'one blank in the Body',
    cause: 'whitespace-added',
    make: edited(inBody((text) => text.replace('><', '> <'))),
  },
  {
    name: 'the Timestamp alone laid out',
    cause: 'whitespace-added',
    make: edited((text) => text.replace(/><wsu:Created/, '>\n  <wsu:Created')),
  },
  {
    name: 'SignedInfo alone laid out',
    cause: 'signed-info-changed',
    make: edited(inSignedInfo(laidOut('  '))),
  },
  { name: 'its layout taken out', cause: 'whitespace-removed', make: withPayload(pretty, flat) },
  {
    name: 'its deep layout taken out',
    cause: 'whitespace-removed',
    make: withPayload(({ payload }) => laidOut('\t')(payload), flat),
  },
  {
    name: 'its layout made another',
    cause: 'whitespace-changed',
    make: withPayload(
      pretty,
      inBody((text) => text.replace(/\n +/g, (one) => one.replaceAll('  ', '\t'))),
    ),
  },
  {
    name: 'its layout widened',
    cause: 'whitespace-changed',
    make: withPayload(
      pretty,
      inBody((text) => text.replace(/\n +/g, (one) => one.replaceAll('  ', '    '))),
    ),
  },
  {
    name: 'carriage returns lost',
    cause: 'line-endings-changed',
    make: withPayload(named('a&#13;\nb'), (text) => text.replace('&#13;', '')),
  },
  {
    name: 'carriage returns added',
    cause: 'line-endings-changed',
    make: withPayload(named('a\nb'), (text) => text.replace('a\nb', 'a&#13;\nb')),
  },
  {
    name: 'a digest over CRLF',
    cause: 'line-endings-changed',
    make: body(
      { declared: (octets) => base64(digest(Buffer.from(octets.toString().replaceAll('\n', '\r\n')))) },
      { payload: `<m:x xmlns:m="${NS.m}">a\nb</m:x>` },
    ),
  },
  {
    name: 'UTF-8 read as Latin-1',
    cause: 'encoding-changed',
    make: withPayload(named('bjørn.åsen'), asLatin1),
  },
  {
    name: 'UTF-8 read as windows-1252',
    cause: 'encoding-changed',
    make: withPayload(named('Ærø–€'), (text) => new TextDecoder('windows-1252').decode(Buffer.from(text))),
  },
  {
    name: 'UTF-8 read as Latin-1 twice',
    cause: 'encoding-changed',
    make: withPayload(named('bjørn'), (text) => asLatin1(asLatin1(text))),
  },
  {
    name: 'a wrong reading mended on the way',
    cause: 'digest-of-other-encoding',
    make: withPayload(named(asLatin1('bjørn')), (text) => text.replace(asLatin1('bjørn'), 'bjørn')),
  },
  {
    name: 'composed',
    cause: 'unicode-normalised',
    make: withPayload(named('a\u030asen'), (text) => text.normalize('NFC')),
  },
  {
    name: 'decomposed',
    cause: 'unicode-normalised',
    make: withPayload(named('åsen'), (text) => text.normalize('NFD')),
  },
  {
    name: 'trimmed',
    cause: 'text-changed',
    make: withPayload(
      ({ payload }) => payload.replace('kari.testesen#1234', ' kari '),
      (text) => text.replace(' kari ', 'kari'),
    ),
  },
  {
    name: 'a blank behind a number',
    cause: 'text-changed',
    make: edited((text) => text.replace(/(<m:personidentifikator>\d+)/, '$1 ')),
  },
  {
    name: 'Created without milliseconds',
    cause: 'text-changed',
    make: (arena) =>
      edited((text) => text.replace(/(<wsu:Created>[^<]*)\.\d+Z/, '$1Z'), {
        timestamp: timestampOf(
          new Date(arena.now()).toISOString().replace(/\.\d+/, '.000'),
          arena.now() + 60_000,
        ),
      })(arena),
  },
  {
    name: 'Created with another name of UTC',
    cause: 'timestamp-unreadable',
    besides: ['text-changed'],
    make: edited((text) => text.replace(/(<wsu:Created>[^<]*)Z/, '$1+00:00')),
  },
  {
    name: 'escaped once more',
    cause: 'text-changed',
    make: withPayload(named('a&amp;b'), (text) => text.replace('a&amp;b', 'a&amp;amp;b')),
  },
  {
    name: 'the Timestamp written anew',
    cause: 'timestamp-changed-after-signing',
    make: (arena) => {
      const [then, now] = [
        timestampOf(arena.now() - 40_000, arena.now() + 20_000),
        timestampOf(arena.now(), arena.now() + 60_000),
      ];
      return edited((text) => text.replace(then, now), { timestamp: then })(arena);
    },
  },
  {
    name: 'the Timestamp made earlier',
    cause: 'timestamp-changed-after-signing',
    make: (arena) => {
      const [then, now] = [
        timestampOf(arena.now(), arena.now() + 60_000),
        timestampOf(arena.now() - 7_000, arena.now() + 60_000),
      ];
      return edited((text) => text.replace(then, now), { timestamp: then })(arena);
    },
  },
  {
    name: 'an attribute added',
    cause: 'attribute-added',
    make: edited(inBody((text) => text.replace(/<m:personidentifikator/, '<m:personidentifikator id="1"'))),
  },
  {
    name: 'an attribute of a namespace added',
    cause: 'attribute-added',
    make: edited(
      inBody((text) =>
        text.replace(/<m:personidentifikator/, '<m:personidentifikator xmlns:i="urn:i" i:a="1"'),
      ),
    ),
  },
  {
    name: 'xsi:type added',
    cause: 'attribute-added',
    make: edited(
      inBody((text) =>
        text.replace(
          /<m:personidentifikator/,
          '<m:personidentifikator xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="m:x"',
        ),
      ),
    ),
  },
  {
    name: 'an element added',
    cause: 'element-added',
    make: edited(
      inBody((text) => text.replace('<m:personidentifikator', '<m:extra>1</m:extra><m:personidentifikator')),
    ),
  },
  {
    name: 'an element added at the end',
    cause: 'element-added',
    make: edited((text) =>
      text
        .replace('</soap:Body>', '<x xmlns="urn:x"><y/></x></soap:Body>')
        .replace('<x xmlns="urn:x"><y/></x></soap:Body>', '</soap:Body>')
        .replace(/<\/m:personidentifikator>/, '</m:personidentifikator><m:z a="b"/>'),
    ),
  },
  {
    name: 'Created and Expires in each other’s place',
    cause: 'timestamp-unreadable',
    besides: ['element-moved'],
    make: edited((text) =>
      text.replace(/(<wsu:Created>[^<]*<\/wsu:Created>)(<wsu:Expires>[^<]*<\/wsu:Expires>)/, '$2$1'),
    ),
  },
  {
    name: 'the prefix of the payload changed',
    cause: 'prefix-changed',
    make: withPayload(
      (arena) => arena.payload.replaceAll('m:', 'ns2:').replace('xmlns:m=', 'xmlns:ns2='),
      (text) => text.replaceAll('ns2:', 'q:').replace('xmlns:ns2', 'xmlns:q'),
    ),
  },
  {
    name: 'the prefix of the payload taken away',
    cause: 'prefix-changed',
    make: withPayload(
      (arena) => arena.payload.replaceAll('m:', 'ns2:').replace('xmlns:m=', 'xmlns:ns2='),
      (text) => text.replaceAll('ns2:', '').replace('xmlns:ns2', 'xmlns'),
    ),
  },
  {
    name: 'soap made soapenv everywhere',
    cause: 'prefix-changed',
    make: edited((text) => text.replaceAll('soap:', 'soapenv:').replaceAll('xmlns:soap=', 'xmlns:soapenv=')),
  },
  {
    name: 'a declaration around it added, inclusive',
    cause: 'namespace-declaration-moved',
    make: edited((text) => text.replace('<soap:Envelope', '<soap:Envelope xmlns:new="urn:new"'), inclusive),
  },
  {
    name: 'xsi and xsd around it lost, inclusive',
    cause: 'namespace-declaration-moved',
    make: edited(
      (text) =>
        text.replace(
          ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
          '',
        ),
      {
        ...inclusive,
        envelopeAttributes:
          ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
      },
    ),
  },
  {
    name: 'laid out and read as Latin-1',
    cause: 'whitespace-added',
    besides: ['encoding-changed'],
    make: withPayload(named('bjørn'), (text) => asLatin1(laidOut('  ')(text))),
  },
  {
    name: 'laid out and an attribute added',
    cause: 'whitespace-added',
    besides: ['attribute-added'],
    make: edited((text) =>
      laidOut('  ')(text.replace('<m:personidentifikator', '<m:personidentifikator a="1"')),
    ),
  },
  {
    name: 'laid out, signed inclusive and labelled exclusive',
    cause: 'whitespace-added',
    besides: ['inclusive-labelled-exclusive'],
    make: (arena) => inBody(laidOut('  '))(body({ canonical: URI.c14n })(arena)),
  },
  {
    name: 'the Id set late',
    cause: 'id-set-after-digest',
    make: body({
      declared: (octets) =>
        base64(
          digest(
            Buffer.from(
              octets
                .toString()
                .replace(/ xmlns:wsu="[^"]*"/, '')
                .replace(/ wsu:Id="[^"]*"/, ''),
            ),
          ),
        ),
    }),
  },
  {
    name: 'the Id set late, its namespace there',
    cause: 'id-set-after-digest',
    make: body({
      declared: (octets) => base64(digest(Buffer.from(octets.toString().replace(/ wsu:Id="[^"]*"/, '')))),
    }),
  },
];

const made: readonly Broken[] = [
  {
    name: 'inclusive, labelled exclusive',
    cause: 'inclusive-labelled-exclusive',
    make: body({ canonical: URI.c14n }),
  },
  {
    name: 'exclusive, labelled inclusive',
    cause: 'exclusive-labelled-inclusive',
    make: body({ transforms: [{ algorithm: URI.c14n }], canonical: URI.exc }),
  },
  {
    name: 'a PrefixList that is not written',
    cause: 'prefix-list-used-not-written',
    make: body({ canonical: URI.exc, prefixes: 'unused' }),
  },
  {
    name: 'a PrefixList that is not used',
    cause: 'prefix-list-written-not-used',
    make: body({ transforms: [{ algorithm: URI.exc, prefixes: 'unused' }], canonical: URI.exc }),
  },
  { name: 'no Transforms', cause: 'transforms-missing', make: body({ transforms: [], canonical: URI.exc }) },
  ...['sha1', 'sha384', 'sha512', 'md5'].map(
    (name): Broken => ({
      name: `by ${name}`,
      cause: 'digest-of-other-algorithm',
      make: body({ declared: sha(name) }),
    }),
  ),
  {
    name: 'in hexadecimal',
    cause: 'digest-in-hex',
    make: body({ declared: (octets) => digest(octets).toString('hex') }),
  },
  {
    name: 'in hexadecimal, and that in base64',
    cause: 'digest-in-hex',
    make: body({ declared: (octets) => base64(Buffer.from(digest(octets).toString('hex'))) }),
  },
  {
    name: 'in base64 twice',
    cause: 'digest-base64-twice',
    make: body({ declared: (octets) => base64(Buffer.from(base64(digest(octets)))) }),
  },
  {
    name: 'cut off',
    cause: 'digest-truncated',
    make: body({ declared: (octets) => base64(digest(octets).subarray(0, 20)) }),
  },
  {
    name: 'hashed twice',
    cause: 'digest-of-digest',
    make: body({ declared: (octets) => base64(digest(digest(octets))) }),
  },
  {
    name: 'the base64 of it hashed',
    cause: 'digest-of-digest',
    make: body({ declared: (octets) => base64(digest(Buffer.from(base64(digest(octets))))) }),
  },
  {
    name: 'of the whole document without its Signature',
    cause: 'digest-of-document',
    make: (arena) => {
      const knobs = { timestamp: timestampOf(arena.now(), arena.now() + 60_000) };
      using document = XmlDocument.fromString(
        arena
          .message({ ...knobs, order: ['timestamp', 'token', 'signature'] })
          .replace(/<ds:Signature>.*<\/ds:Signature>/s, ''),
      );
      const whole = document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
      return body(
        { declared: () => base64(digest(Buffer.from(whole))) },
        { ...knobs, envelopeAttributes: '', order: ['timestamp', 'token', 'signature'] },
      )(arena);
    },
  },
  {
    name: 'over the comments',
    cause: 'comment-counted',
    make: (arena) => {
      const commented = arena.payload.replace('<m:pers', '<!-- here --><m:pers');
      return body(
        {
          declared: (octets) =>
            base64(digest(Buffer.from(octets.toString().replace('<m:pers', '<!-- here --><m:pers')))),
        },
        { payload: commented },
      )(arena);
    },
  },
  {
    name: 'of nothing',
    cause: 'digest-of-nothing',
    make: body({ declared: () => base64(digest(Buffer.alloc(0))) }),
  },
  {
    name: 'of the text',
    cause: 'digest-of-text',
    make: body({
      declared: (octets) => base64(digest(Buffer.from(octets.toString().replace(/<[^>]*>/g, '')))),
    }),
  },
  {
    name: 'of the content',
    cause: 'digest-of-content',
    make: body({
      declared: (octets) =>
        base64(
          digest(
            Buffer.from(
              octets
                .toString()
                .replace(/^<[^>]*>/, '')
                .replace(/<\/[^>]*>$/, ''),
            ),
          ),
        ),
    }),
  },
  { name: 'of the payload', cause: 'digest-of-content', make: body({ target: '/*/soap:Body/*' }) },
  { name: 'of the Timestamp', cause: 'digest-of-other-element', make: body({ target: '//wsu:Timestamp' }) },
  {
    name: 'of the raw text',
    cause: 'digest-of-raw-text',
    make: (arena) => {
      const raw = /<soap:Body.*<\/soap:Body>/s.exec(arena.message())?.[0] ?? '';
      return arena.message({
        references: both((of) => (of === 'Body' ? { declared: () => base64(digest(Buffer.from(raw))) } : {})),
      });
    },
  },
  ...(['utf16le', 'latin1'] as const).map(
    (encoding): Broken => ({
      name: `of ${encoding}`,
      cause: 'digest-of-other-encoding',
      make: (arena) =>
        body(
          { declared: (octets) => base64(digest(Buffer.from(octets.toString(), encoding))) },
          { payload: named('bjørn')(arena) },
        )(arena),
    }),
  ),
  {
    name: 'by SHA-1 over inclusive C14N',
    cause: 'inclusive-labelled-exclusive',
    besides: ['digest-of-other-algorithm'],
    make: body({ canonical: URI.c14n, declared: sha('sha1') }),
  },
  {
    name: 'of the token without its xmlns=""',
    cause: 'str-transform-otherwise',
    make: ({ message }) =>
      message({
        keyInfo: keyInfoOf(directReference('#X509', ' wsu:Id="STR"')),
        references: [
          signed('TS'),
          signed('Body'),
          {
            target: '//wsse:BinarySecurityToken',
            uri: '#STR',
            transforms: byDereference().transforms ?? [],
            canonical: URI.exc,
          },
        ],
      }),
  },
];

const values: readonly Broken[] = [
  { name: 'by another hash', cause: 'signature-of-other-hash', make: value(rsa('sha1')) },
  { name: 'by SHA-512', cause: 'signature-of-other-hash', make: value(rsa('sha512')) },
  {
    name: 'over a digest',
    cause: 'signature-of-digest',
    make: value((octets, key) => signing(digest(octets), key)),
  },
  {
    name: 'without DigestInfo',
    cause: 'signature-without-digest-info',
    make: value((octets, key) =>
      privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digest(octets)),
    ),
  },
  {
    name: 'by PSS',
    cause: 'signature-pss',
    make: value((octets, key) =>
      sign('sha256', octets, { key: createPrivateKey(key), padding: constants.RSA_PKCS1_PSS_PADDING }),
    ),
  },
  {
    name: 'cut off',
    cause: 'signature-truncated',
    make: value((octets, key) => signing(octets, key).subarray(0, 200)),
  },
  {
    name: 'by the key of another client',
    cause: 'wrong-key',
    make: (arena) => value((octets) => signing(octets, arena.client('eboks').keyPem))(arena),
  },
  {
    name: 'reversed',
    cause: 'signature-reversed',
    make: value((octets, key) => Buffer.from(signing(octets, key)).reverse()),
  },
  { name: 'in hexadecimal', cause: 'signature-in-hex', make: written(hexOf) },
  {
    name: 'in base64 twice',
    cause: 'signature-base64-twice',
    make: written((text) => base64(Buffer.from(text))),
  },
  {
    name: 'over the Body',
    cause: 'signature-of-other-element',
    make: (arena) => {
      let octets: Buffer = Buffer.alloc(0);
      arena.message({
        references: both((of) =>
          of === 'Body'
            ? {
                declared: (found) => {
                  octets = found;
                  return base64(digest(found));
                },
              }
            : {},
        ),
      });
      return value((_, key) => signing(octets, key))(arena);
    },
  },
  {
    name: 'over inclusive SignedInfo',
    cause: 'signed-info-canonicalized-otherwise',
    make: value((octets, key) =>
      signing(
        Buffer.from(
          octets
            .toString()
            .replace(
              /^<ds:SignedInfo [^>]*/,
              `<ds:SignedInfo ${['ds', 'soap', 'wsse', 'wsu'].map((one) => `xmlns:${one}="${one === 'soap' ? NS.soap11 : NS[one as 'ds']}"`).join(' ')}`,
            ),
        ),
        key,
      ),
    ),
  },
  {
    name: 'the raw text of SignedInfo',
    cause: 'signed-info-raw',
    make: (arena) => {
      const knobs = { timestamp: timestampOf(arena.now(), arena.now() + 60_000) };
      const raw = /<ds:SignedInfo.*<\/ds:SignedInfo>/s.exec(arena.message(knobs))?.[0] ?? '';
      return value((_, key) => signing(Buffer.from(raw), key), knobs)(arena);
    },
  },
  {
    name: 'an attribute in SignedInfo',
    cause: 'signed-info-changed',
    make: edited(inSignedInfo((text) => text.replace('<ds:SignedInfo', '<ds:SignedInfo Id="SI"'))),
  },
];

const rules: readonly Broken[] = [
  {
    name: 'an hour ahead',
    cause: 'local-time-as-utc',
    make: ({ message, now }) => message({ timestamp: timestampOf(now() + 3_600_000, now() + 3_660_000) }),
  },
  {
    name: 'twenty minutes ahead',
    cause: 'clock-ahead',
    make: ({ message, now }) => message({ timestamp: timestampOf(now() + 1_200_000, now() + 1_260_000) }),
  },
  {
    name: 'old',
    cause: 'expired',
    make: ({ message, now }) => message({ timestamp: timestampOf(now() - 1_200_000, now() - 1_140_000) }),
  },
  {
    name: 'the Body not signed',
    cause: 'not-signed',
    make: ({ message }) => message({ references: [signed('TS')] }),
  },
  {
    name: 'the Id lost',
    cause: 'id-missing',
    make: edited((text) => text.replace(/(<soap:Body[^>]*) wsu:Id="Body"/, '$1')),
  },
  {
    name: 'an Id twice',
    cause: 'id-duplicate',
    make: ({ message }) => message({ after: `<x xmlns="urn:x" Id="Body"/>` }),
  },
  {
    name: 'no token',
    cause: 'token-missing',
    make: ({ message }) => message({ order: ['timestamp', 'signature'] }),
  },
  {
    name: 'no Timestamp',
    cause: 'timestamp-missing',
    make: ({ message }) => message({ order: ['token', 'signature'], references: [signed('Body')] }),
  },
  {
    name: 'no Signature',
    cause: 'signature-missing',
    make: edited((text) =>
      text.replace(/<ds:Signature .*<\/ds:Signature>|<ds:Signature>.*<\/ds:Signature>/s, ''),
    ),
  },
  { name: 'no XML', cause: 'not-xml', make: () => 'hello' },
];

const unknown: readonly Broken[] = [
  {
    name: 'another name in the Body',
    cause: undefined,
    make: edited((text) => text.replace('kari.testesen', 'mari.testesen')),
  },
  {
    name: 'a digest of something else',
    cause: undefined,
    make: body({ declared: () => sha('sha256')(Buffer.from('something else')) }),
  },
  {
    name: 'a signature over something else',
    cause: undefined,
    make: value((_, key) => signing(Buffer.from('something else'), key)),
  },
  {
    name: 'a signature by nobody’s key',
    cause: undefined,
    make: written((text) => base64(Buffer.alloc(Buffer.from(text, 'base64').length, 7))),
  },
  {
    name: 'an element taken out',
    cause: undefined,
    make: edited(inBody((text) => text.replace(/<m:personidentifikator>.*?<\/m:personidentifikator>/, ''))),
  },
  {
    name: 'a digit of the person number changed',
    cause: undefined,
    make: edited(inBody((text) => text.replace('12838410985', '12838410986'))),
  },
];

export const broken: readonly Broken[] = [...changed, ...made, ...values, ...rules, ...unknown];
