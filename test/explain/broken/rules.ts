// Messages that break a rule, and messages of which nothing can be proved.

import { signed, timestampOf } from '../../attacks/message.ts';
import { type Broken, base64, body, edited, inBody, sha, signing, value, written } from './ways.ts';

export const rules: readonly Broken[] = [
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

export const unknown: readonly Broken[] = [
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
