// Messages whose content somebody changed after they were signed.

import { timestampOf } from '../../attacks/message.ts';
import { URI } from '../../attacks/names.ts';
import {
  asLatin1,
  type Broken,
  base64,
  body,
  both,
  digest,
  edited,
  inBody,
  inclusive,
  inSignedInfo,
  laidOut,
  named,
  withPayload,
} from './ways.ts';

const TYPE = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string"';

type Span = readonly [created: number, expires: number];

/** A Timestamp was signed, and another one sent; both in milliseconds from now. */
const timestamped =
  (signed: Span, sent: Span): Broken['make'] =>
  (arena) => {
    const now = arena.now();
    const stamp = ([created, expires]: Span): string => timestampOf(now + created, now + expires);
    const then = stamp(signed);
    return edited((text) => text.replace(then, stamp(sent)), { timestamp: then })(arena);
  };

export const changed: readonly Broken[] = [
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
    make: timestamped([-40_000, 20_000], [0, 60_000]),
  },
  {
    name: 'the Timestamp made once more at once',
    cause: 'timestamp-changed-after-signing',
    make: timestamped([-1_234, 58_766], [0, 60_000]),
  },
  {
    name: 'the Timestamp written anew with another lifetime',
    cause: undefined,
    likely: 'timestamp-changed-after-signing',
    make: timestamped([-61_234, 238_766], [0, 60_000]),
  },
  {
    name: 'the Timestamp made earlier',
    cause: 'timestamp-changed-after-signing',
    make: timestamped([0, 60_000], [-7_000, 60_000]),
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
    name: 'an element in another case',
    cause: 'element-renamed',
    make: edited((text) => text.replaceAll('m:postkasseadresse', 'm:Postkasseadresse')),
  },
  {
    name: 'another version of the namespace',
    cause: 'element-renamed',
    besides: ['wrong-namespace'],
    make: edited((text) => text.replace('postkasseleverandoer/v1"', 'postkasseleverandoer/v2"')),
  },
  {
    name: 'Expires taken out',
    cause: 'element-removed',
    make: edited((text) => text.replace(/<wsu:Expires>[^<]*<\/wsu:Expires>/, '')),
  },
  {
    name: 'xsi:type taken away',
    cause: 'attribute-removed',
    make: withPayload(
      ({ payload }) => payload.replace('<m:postkasseadresse', `<m:postkasseadresse ${TYPE}`),
      (text) => text.replace(` ${TYPE}`, ''),
    ),
  },
  {
    name: 'another prefix in xsi:type',
    cause: 'attribute-changed',
    make: withPayload(
      ({ payload }) => payload.replace('<m:postkasseadresse', `<m:postkasseadresse ${TYPE}`),
      (text) => text.replace('"xs:string"', '"xsd:string"'),
    ),
  },
  {
    name: 'a comment in SignedInfo, WithComments',
    cause: 'signed-info-changed',
    how: 'comment-added',
    make: edited(
      inSignedInfo((text) => text.replace('<ds:Reference', '<!-- gateway --><ds:Reference')),
      { canonicalization: { algorithm: URI.excComments } },
    ),
  },
  {
    name: 'letters replaced by question marks',
    cause: 'encoding-changed',
    make: withPayload(named('bjørn.åsen'), (text) => text.replace('bjørn.åsen', 'bj?rn.?sen')),
  },
  {
    name: 'prefixes made by a writer',
    cause: 'prefix-changed',
    make: edited((text) =>
      text
        .replace(/(<\/?)soap:/g, '$1ns0:')
        .replace('xmlns:soap=', 'xmlns:ns0=')
        .replace(/ soap:/g, ' ns0:')
        .replace(/(<\/?)m:/g, '$1ns2:')
        .replace('xmlns:m=', 'xmlns:ns2='),
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
    name: 'a declaration at the Body added, inclusive',
    cause: 'namespace-declaration-moved',
    make: edited((text) => text.replace('<soap:Body', '<soap:Body xmlns:new="urn:new"'), inclusive),
  },
  {
    name: 'a declaration around it added, without Transforms',
    cause: 'namespace-declaration-moved',
    make: edited((text) => text.replace('<soap:Envelope', '<soap:Envelope xmlns:new="urn:new"'), {
      references: both(() => ({ transforms: [], canonical: URI.c14n })),
    }),
  },
  {
    name: 'laid out and a declaration around it added, inclusive',
    cause: 'whitespace-added',
    besides: ['namespace-declaration-moved'],
    make: edited(
      (text) => laidOut('  ')(text.replace('<soap:Envelope', '<soap:Envelope xmlns:new="urn:new"')),
      inclusive,
    ),
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
