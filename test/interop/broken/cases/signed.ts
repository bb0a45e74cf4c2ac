// Messages with a SignatureValue that is wrong.

import { by, type Case, hand } from '../case.ts';

const spelled = (name: string, spell: (value: string) => string) =>
  hand(name, (message) =>
    message.replace(/(SignatureValue>)([^<]*)/, (_, start, value) => start + spell(value)),
  );

export const signed: readonly Case[] = [
  ...by(['PHP', 'zeep', 'WSS4J', 'xmlsec1', 'node-soap', 'xml-crypto'], 'good', 'wrong-key', {
    key: 'another',
  }),
  ...by(['PHP'], 'value-default', 'signature-of-other-hash'),
  ...by(['zeep', 'WSS4J', 'xml-crypto'], 'value-sha1', 'signature-of-other-hash'),
  ...by(['PHP', 'WSS4J', 'xml-crypto'], 'value-sha512', 'signature-of-other-hash'),
  ...by(['PHP', 'zeep', 'WSS4J', 'xml-crypto'], 'value-of-digest', 'signature-of-digest'),
  ...by(['PHP', 'xml-crypto'], 'value-of-hex', 'signature-of-digest'),
  ...by(['PHP', 'WSS4J', 'xml-crypto'], 'value-encrypted', 'signature-without-digest-info'),
  ...by(['WSS4J'], 'value-none', 'signature-without-digest-info'),
  ...by(['zeep', 'WSS4J', 'xml-crypto'], 'value-pss', 'signature-pss'),
  ...by(['PHP', 'zeep', 'xml-crypto'], 'value-hex', 'signature-in-hex'),
  ...by(['PHP', 'zeep', 'xml-crypto'], 'value-twice', 'signature-base64-twice'),
  ...by(['PHP', 'WSS4J', 'xml-crypto'], 'value-url', 'signature-in-base64url'),
  ...by(['PHP'], 'value-reversed', 'signature-reversed'),
  ...by(['PHP'], 'value-saved', 'signed-info-raw'),
  ...by(['zeep'], 'value-tostring', 'signed-info-raw'),
  ...by(['WSS4J'], 'value-saved', 'signed-info-raw'),
  ...by(['xml-crypto'], 'as-it-is', 'digest-of-raw-text', { besides: ['signed-info-raw'] }),
  ...by(['PHP'], 'value-inclusive', 'signed-info-canonicalized-otherwise'),
  ...by(['WSS4J'], 'value-inclusive', 'signed-info-canonicalized-otherwise'),
  ...by(['PHP'], 'value-body', 'signature-of-other-element'),
  ...by(['zeep'], 'value-digests', 'signature-of-other-element'),
  // Nobody can say of a part of a signature whose it is.
  ...by(['PHP', 'xml-crypto'], 'value-cut', 'signature-truncated', { provable: false }),
  ...by(['zeep', 'WSS4J'], 'good', 'signature-truncated', {
    provable: false,
    steps: [spelled('a column that is too short', (value) => value.replace(/\s/g, '').slice(0, 256))],
  }),
  ...by(['PHP', 'zeep', 'xml-crypto'], 'good', 'wrong-key', { key: 'unknown', provable: false }),
];
