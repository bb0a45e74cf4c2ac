// Messages whose signer made a digest otherwise than it says.

import { XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { byDereference, directReference, keyInfoOf, signed, timestampOf } from '../../attacks/message.ts';
import { URI } from '../../attacks/names.ts';
import { type Broken, base64, body, both, digest, named, sha, untilUrl } from './ways.ts';

export const made: readonly Broken[] = [
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
    name: 'a PrefixList of every prefix in scope that is not written',
    cause: 'inclusive-labelled-exclusive',
    sentence: /inclusive .* or exclusive with a PrefixList/,
    remedy: /InclusiveNamespaces/,
    make: body({ canonical: URI.exc, prefixes: 'unused ds wsse wsu soap' }),
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
    name: 'in base64url',
    cause: 'digest-in-base64url',
    make: untilUrl((arena) => body({ declared: (octets) => digest(octets).toString('base64url') })(arena)),
  },
  {
    name: 'without its padding',
    cause: 'digest-unpadded',
    make: body({ declared: (octets) => base64(digest(octets)).replace(/=+$/, '') }),
  },
  {
    name: 'over the comments, and inclusive',
    cause: 'inclusive-labelled-exclusive',
    besides: ['comment-counted'],
    make: (arena) => {
      const commented = arena.payload.replace('<m:pers', '<!-- here --><m:pers');
      const text = arena.message({ payload: commented, envelopeAttributes: ' xmlns:unused="urn:unused"' });
      using document = XmlDocument.fromString(text);
      const element = document.get('/*/*[2]');
      if (!(element instanceof XmlElement)) throw new Error('no Body');
      const octets = document.canonicalizeToString({
        mode: XmlC14NMode.XML_C14N_1_0,
        withComments: true,
        nodeSet: new Set([element]),
      });
      return body({ declared: () => base64(digest(Buffer.from(octets))) }, { payload: commented })(arena);
    },
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
    name: 'by a hash that nobody knows',
    cause: 'digest-unexplained',
    make: ({ message }) =>
      message({
        references: both((of) => ({ declared: (octets) => base64(digest(Buffer.from(`${of}${octets}`))) })),
      }),
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
