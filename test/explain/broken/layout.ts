import {
  type Broken,
  base64,
  body,
  digest,
  edited,
  flat,
  inBody,
  inSignedInfo,
  laidOut,
  named,
  pretty,
  withPayload,
} from './ways.ts';

export const laidOutAnew: readonly Broken[] = [
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
    besides: ['operation-unknown'],
    make: body(
      { declared: (octets) => base64(digest(Buffer.from(octets.toString().replaceAll('\n', '\r\n')))) },
      { payload: '<m:x xmlns:m="urn:x">a\nb</m:x>' },
    ),
  },
];
