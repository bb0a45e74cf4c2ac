// Unusual messages that the real server was seen to accept, and what the strict profile makes of each.

import { gzipSync } from 'node:zlib';
import { type Arena, type HttpRequest, PERSON, question } from './arena.ts';
import {
  byDereference,
  derOf,
  directReference,
  keyInfoOf,
  type Method,
  type Recipe,
  signed,
  timestampOf,
  tokenOf,
} from './message.ts';
import { NS, URI } from './names.ts';

export interface Variant {
  readonly name: string;
  readonly make: (ask: (knobs?: Partial<Recipe>) => string, arena: Arena) => string | Buffer | HttpRequest;
  /** The problem under the profile strict; undefined: accepted there too. */
  readonly strict?: string;
  /** How many departures from strict are counted; one unless told. */
  readonly warnings?: number;
}

/** Timestamp and Body signed alike. */
export const both = (knobs: Parameters<typeof signed>[1]): Partial<Recipe> => ({
  references: [signed('TS', knobs), signed('Body', knobs)],
});
/** The token signed by STR-Transform. */
const dereferenced = (method?: Method): Partial<Recipe> => ({
  keyInfo: keyInfoOf(directReference('#X509', ' wsu:Id="STR"')),
  references: [signed('TS'), signed('Body'), byDereference(method)],
});
const commented = question
  .replace(PERSON, `${PERSON.slice(0, 5)}<!-- a comment -->${PERSON.slice(5)}`)
  .replace('<m:pers', '<!-- before --><m:pers');
const ENVELOPED = { algorithm: `${NS.ds}enveloped-signature` };
const fold = (message: string, element: string): string =>
  message.replace(
    new RegExp(`(<${element}[^>]*>)([^<]+)`),
    (_, start, text) => start + text.replace(/(.{76})/g, '$1\r\n'),
  );
const xml = (body: Buffer, headers: Record<string, string>): HttpRequest => ({ body, headers });

export const variants: readonly Variant[] = [
  { name: 'the usual message', make: (ask) => ask() },
  {
    name: 'references without Transforms',
    make: (ask) => ask(both({ transforms: [] })),
    strict: 'security.algorithm',
  },
  {
    name: 'enveloped-signature where it does nothing',
    make: (ask) => ask(both({ transforms: [ENVELOPED, { algorithm: URI.exc }] })),
    strict: 'security.algorithm',
  },
  {
    name: 'enveloped-signature alone',
    make: (ask) => ask(both({ transforms: [ENVELOPED], canonical: URI.c14n })),
    strict: 'security.algorithm',
    // Both departures count: the transform that is named and the canonicalization that is not.
    warnings: 2,
  },
  {
    name: 'SHA-1 digests under rsa-sha256',
    make: (ask) => ask(both({ digest: URI.sha1 })),
    strict: 'security.algorithm',
  },
  {
    name: 'a lifetime of thirty minutes exactly',
    make: (ask, arena) => {
      const now = arena.now();
      return ask({ timestamp: timestampOf(now, now + 1_800_000) });
    },
    strict: 'security.timestamp-lifetime',
  },
  {
    name: 'a Timestamp without Expires',
    make: (ask, { now }) => ask({ timestamp: timestampOf(now()) }),
    strict: 'security.timestamp-form',
  },
  {
    name: 'a Timestamp four minutes ahead',
    make: (ask, { now }) => ask({ timestamp: timestampOf(now() + 240_000, now() + 300_000) }),
    strict: 'security.timestamp-future',
  },
  {
    name: 'a Timestamp that expired four minutes ago',
    make: (ask, { now }) => ask({ timestamp: timestampOf(now() - 300_000, now() - 240_000) }),
    strict: 'security.timestamp-expired',
  },
  {
    name: 'inclusive C14N',
    make: (ask) =>
      ask({ ...both({ transforms: [{ algorithm: URI.c14n }] }), canonicalization: { algorithm: URI.c14n } }),
  },
  {
    name: 'inclusive C14N under an inherited xml:lang',
    make: (ask) =>
      ask({
        ...both({ transforms: [{ algorithm: URI.c14n }] }),
        envelopeAttributes: ' xml:lang="no" xmlns:unused="urn:unused"',
      }),
  },
  {
    name: 'exclusive C14N WithComments and comments in the Body',
    make: (ask) =>
      ask({
        ...both({ transforms: [{ algorithm: URI.excComments }] }),
        canonicalization: { algorithm: URI.excComments },
        payload: commented,
      }),
  },
  {
    name: 'inclusive C14N WithComments and comments in the Body',
    make: (ask) =>
      ask({
        ...both({ transforms: [{ algorithm: URI.c14nComments }] }),
        canonicalization: { algorithm: URI.c14nComments },
        payload: commented,
      }),
  },
  {
    // XMLDSig §4.4.3.3 leaves comments out of what a Reference selects; CanonicalizationMethod selects SignedInfo itself.
    name: 'a comment in SignedInfo under exclusive C14N WithComments',
    make: (ask) =>
      ask({ canonicalization: { algorithm: URI.excComments }, signedInfoTail: '<!-- signed too -->' }),
  },
  { name: 'comments put into the Body after signing', make: (ask) => ask().replace(question, commented) },
  {
    name: 'a PrefixList with #default and prefixes',
    make: (ask) =>
      ask({
        ...both({ transforms: [{ algorithm: URI.exc, prefixes: '#default wsse soap nowhere' }] }),
        canonicalization: { algorithm: URI.exc, prefixes: 'soap #default' },
        envelopeAttributes: ' xmlns="urn:default"',
      }),
  },
  { name: 'no mustUnderstand', make: (ask) => ask({ securityAttributes: '' }) },
  { name: 'Ids without namespace', make: (ask) => ask({ bodyAttributes: ' Id="Body"' }) },
  { name: 'Ids named ID', make: (ask) => ask({ bodyAttributes: ' ID="Body"' }) },
  { name: 'Ids named xml:id', make: (ask) => ask({ bodyAttributes: ' xml:id="Body"' }) },
  {
    name: 'folded base64',
    make: (ask) => ['ds:SignatureValue', 'wsse:BinarySecurityToken'].reduce(fold, ask()),
  },
  { name: 'another order in Security', make: (ask) => ask({ order: ['timestamp', 'signature', 'token'] }) },
  {
    name: 'a token without EncodingType',
    make: (ask, arena) =>
      ask({
        token: tokenOf(derOf(arena.client('digipost').certificatePem)).replace(/ EncodingType="[^"]*"/, ''),
      }),
  },
  {
    name: 'a signed token',
    make: (ask) => ask({ references: [signed('TS'), signed('Body'), signed('X509')] }),
  },
  { name: 'a token signed by STR-Transform', make: (ask) => ask(dereferenced()) },
  {
    name: 'a token signed by STR-Transform with a PrefixList',
    make: (ask) => ask(dereferenced({ algorithm: URI.exc, prefixes: 'soap wsu' })),
  },
  {
    name: 'a token signed by STR-Transform under an inherited default namespace',
    make: (ask) => ask({ ...dereferenced(), envelopeAttributes: ' xmlns="urn:default"' }),
  },
  {
    name: 'a token signed by STR-Transform over inclusive C14N',
    make: (ask) => ask(dereferenced({ algorithm: URI.c14n })),
  },
  {
    name: 'references with a Type, whatever it says',
    make: (ask) =>
      ask({
        references: [
          signed('TS', { attributes: ` Type="${NS.ds}Object"` }),
          signed('Body', { attributes: ` Type="${NS.ds}Manifest"` }),
        ],
      }),
  },
  {
    name: 'a reference to the token without ValueType',
    make: (ask) => ask({ keyInfo: keyInfoOf(directReference().replace(/ ValueType="[^"]*"/, '')) }),
  },
  {
    name: 'a header nobody needs to understand',
    make: (ask) => ask({ before: '<x:Trace xmlns:x="urn:x" soap:mustUnderstand="0">1</x:Trace>' }),
  },
  {
    name: 'a header to be understood by somebody else',
    make: (ask) =>
      ask({ before: '<x:Trace xmlns:x="urn:x" soap:mustUnderstand="1" soap:actor="urn:else"/>' }),
  },
  {
    name: 'white space and comments around everything',
    make: (ask) => `\n<!-- x -->\n${ask().replaceAll('<wsse:', '\n<!-- y --><wsse:')}\n<!-- z -->\n`,
  },
  {
    name: 'a CDATA section put into the Body after signing',
    make: (ask) => ask().replace(PERSON, `<![CDATA[${PERSON}]]>`),
  },
  {
    name: 'a UTF-8 byte order mark',
    make: (ask) => `\ufeff${ask({ prolog: '<?xml version="1.0" encoding="utf-8"?>' })}`,
  },
  {
    name: 'UTF-16 with a byte order mark',
    make: (ask) =>
      xml(Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${ask()}`, 'utf16le'), {
        'content-type': 'text/xml; charset=UTF-16',
      }),
  },
  {
    name: 'UTF-16, big-endian',
    make: (ask) => xml(Buffer.from(`\ufeff${ask()}`, 'utf16le').swap16(), { 'content-type': 'text/xml' }),
  },
  { name: 'a gzip request', make: (ask) => xml(gzipSync(ask()), { 'content-encoding': 'gzip' }) },
  {
    name: 'microseconds in Created',
    make: (ask, { now }) =>
      ask({ timestamp: timestampOf(new Date(now()).toISOString().replace('Z', '999Z'), now() + 60_000) }),
  },
];
