// Messages that were signed well and written anew behind their signer.

import { by, type Case, hand, step } from '../case.ts';
import type { SignerName } from '../signers.ts';

const every: readonly SignerName[] = ['PHP', 'zeep', 'WSS4J', 'xmlsec1', 'node-soap', 'xml-crypto'];
const inBody = (name: string, edit: (body: string) => string) =>
  hand(name, (message) => message.replace(/<([^:>]+:)Body[ >].*<\/\1Body>/s, edit));

const laidOut: readonly Case[] = [
  ...by(every, 'good', 'whitespace-added', { steps: [step('xmllint', 'format')] }),
  ...by(every, 'good', 'whitespace-added', { steps: [step('Python', 'pretty')] }),
  ...by(['WSS4J', 'zeep', 'PHP'], 'good', 'whitespace-added', {
    steps: [step('Python', 'minidom-pretty')],
  }),
  ...by(['PHP', 'xml-crypto'], 'good', 'whitespace-added', {
    steps: [step('PHP', 'formatted')],
  }),
  ...by(['WSS4J', 'node-soap'], 'good', 'whitespace-added', {
    steps: [step('Java', 'rewrite-indented')],
  }),
  ...by(['node-soap', 'xml-crypto'], 'good', 'whitespace-added', {
    steps: [step('Node', 'format')],
  }),
  ...by(['node-soap', 'zeep'], 'good', 'whitespace-added', {
    steps: [step('Node', 'fast-xml-parser, formatted')],
  }),
  // The signer's own writer lays out what it signed.
  ...by(['WSS4J'], 'indented', 'whitespace-added', { besides: ['signed-info-changed'] }),
  ...by(['zeep'], 'pretty', 'whitespace-added'),
  ...by(['PHP'], 'formatted', 'whitespace-added', { besides: ['signed-info-changed'] }),
  ...by(['PHP', 'WSS4J'], 'good', 'whitespace-added', {
    steps: [inBody('one line end in the Body', (body) => body.replace('><m:', '>\n<m:'))],
  }),
  ...by(['PHP', 'zeep', 'WSS4J', 'xml-crypto'], 'good', 'whitespace-removed', {
    payload: 'two',
    steps: [step('Python', 'without-blanks')],
  }),
  ...by(['PHP', 'xmlsec1'], 'good', 'whitespace-removed', {
    payload: 'two',
    steps: [step('PHP', 'without-layout')],
  }),
  ...by(['node-soap', 'WSS4J'], 'good', 'whitespace-removed', {
    payload: 'tabs',
    steps: [step('Node', 'fast-xml-parser')],
  }),
  ...by(['zeep', 'WSS4J', 'xmlsec1'], 'good', 'whitespace-changed', {
    payload: 'two',
    steps: [inBody('tabs for blanks', (body) => body.replaceAll('  ', '\t'))],
  }),
  ...by(['PHP', 'xml-crypto'], 'good', 'whitespace-changed', {
    payload: 'tabs',
    steps: [inBody('blanks for tabs', (body) => body.replaceAll('\t', '    '))],
  }),
];

const lineEnds: readonly Case[] = [
  ...by(['PHP', 'zeep', 'WSS4J'], 'good', 'line-endings-changed', {
    payload: 'returns',
    steps: [hand('dos2unix', (message) => message.replaceAll('&#13;', '').replaceAll('&#xD;', ''))],
  }),
  ...by(['xml-crypto', 'xmlsec1'], 'good', 'line-endings-changed', {
    payload: 'lines',
    steps: [inBody('CRLF escaped', (body) => body.replaceAll('\n', '&#13;\n'))],
  }),
];

const letters: readonly Case[] = [
  ...by(every, 'good', 'encoding-changed', { payload: 'letters', steps: [step('iconv', 'latin1-to-utf8')] }),
  ...by(['zeep', 'WSS4J'], 'good', 'encoding-changed', {
    payload: 'letters',
    steps: [step('Java', 'rewrite-latin1')],
  }),
  ...by(['PHP', 'node-soap'], 'good', 'encoding-changed', {
    payload: 'letters',
    steps: [step('PHP', 'utf8-encoded')],
  }),
  ...by(['zeep', 'xml-crypto'], 'good', 'encoding-changed', {
    payload: 'letters',
    steps: [step('iconv', 'latin1-to-utf8'), step('iconv', 'latin1-to-utf8')],
  }),
  ...by(['WSS4J', 'xmlsec1'], 'good', 'encoding-changed', {
    payload: 'letters',
    steps: [step('Java', 'rewrite-ascii')],
  }),
  ...by(['zeep', 'PHP'], 'good', 'encoding-changed', {
    payload: 'letters',
    steps: [step('Python', 'replaced')],
  }),
  ...by(['zeep', 'WSS4J'], 'good', 'unicode-normalised', {
    payload: 'letters',
    steps: [step('Python', 'nfd')],
  }),
  ...by(['PHP', 'xml-crypto'], 'good', 'unicode-normalised', {
    payload: 'decomposed',
    steps: [step('Python', 'nfc')],
  }),
];

const values: readonly Case[] = [
  ...by(['PHP', 'WSS4J', 'node-soap'], 'good', 'text-changed', {
    payload: 'spaced',
    steps: [step('PHP', 'trimmed')],
  }),
  ...by(['zeep', 'xmlsec1'], 'good', 'text-changed', {
    payload: 'spaced',
    steps: [step('Python', 'stripped')],
  }),
  ...by(['xml-crypto', 'zeep'], 'good', 'text-changed', {
    payload: 'spaced',
    steps: [step('Node', 'fast-xml-parser')],
  }),
  ...by(['PHP', 'zeep'], 'good', 'text-changed', { payload: 'escaped', steps: [step('PHP', 'escaped')] }),
  ...by(['WSS4J', 'PHP'], 'good', 'text-changed', {
    steps: [inBody('a number as a number', (body) => body.replace('984661185', '0984661185'))],
  }),
  ...by(['WSS4J', 'xml-crypto'], 'good', 'text-changed', {
    steps: [hand('Created without fraction', (message) => message.replace(/(Created>[^<]*)\.\d+Z/, '$1Z'))],
  }),
];

const structure: readonly Case[] = [
  ...by(['PHP', 'zeep', 'node-soap'], 'good', 'attribute-added', { steps: [step('PHP', 'tracing')] }),
  ...by(['WSS4J', 'xml-crypto'], 'good', 'attribute-added', {
    steps: [inBody('xsi:nil added', (body) => body.replace('<m:postkasseadresse', '$& xsi:nil="false"'))],
  }),
  ...by(['WSS4J', 'zeep'], 'good', 'element-added', {
    steps: [
      inBody('an element of a gateway', (body) =>
        body.replace(/<\/m:Opprett[^>]*>/, '<g:Trace xmlns:g="urn:gateway">7</g:Trace>$&'),
      ),
    ],
  }),
  ...by(['PHP', 'node-soap'], 'good', 'element-moved', {
    steps: [
      inBody('two elements change places', (body) =>
        body.replace(
          /(<m:personidentifikator>.*?<\/m:personidentifikator>)(<m:postkasselev.*?<\/[^>]*>)/,
          '$2$1',
        ),
      ),
    ],
  }),
  ...by(['WSS4J', 'xml-crypto'], 'good', 'element-renamed', {
    steps: [
      inBody('an upper case letter', (body) => body.replaceAll('m:postkasseadresse', 'm:Postkasseadresse')),
    ],
  }),
  ...by(['zeep', 'PHP'], 'good', 'element-renamed', {
    besides: ['operation-unknown'],
    steps: [inBody('ø for oe', (body) => body.replaceAll('Forespoersel', 'Forespørsel'))],
  }),
  ...by(['xmlsec1'], 'good', 'element-renamed', {
    besides: ['wrong-namespace'],
    steps: [inBody('another version of the namespace', (body) => body.replace(/\/v1"/, '/v2"'))],
  }),
  ...by(['PHP', 'WSS4J', 'zeep'], 'good', 'attribute-removed', {
    payload: 'typed',
    steps: [inBody('xsi:type removed', (body) => body.replace(' xsi:type="xsd:string"', ''))],
  }),
  ...by(['xml-crypto', 'xmlsec1'], 'good', 'attribute-changed', {
    payload: 'typed',
    steps: [inBody('the prefix of a type', (body) => body.replace('"xsd:string"', '"xs:string"'))],
  }),
];

const namespaces: readonly Case[] = [
  ...by(['zeep', 'PHP', 'xml-crypto'], 'good', 'prefix-changed', {
    steps: [step('Python', 'elementtree')],
  }),
  // Its PrefixList counts the declarations that are lost besides.
  ...by(['WSS4J'], 'good', 'prefix-changed', {
    steps: [step('Python', 'elementtree')],
    besides: ['namespace-declaration-moved'],
  }),
  ...by(['PHP', 'WSS4J'], 'good', 'prefix-changed', {
    steps: [
      inBody('another prefix', (body) => body.replaceAll('m:', 'ns2:').replace('xmlns:m=', 'xmlns:ns2=')),
    ],
  }),
  ...by(['WSS4J', 'xmlsec1', 'xml-crypto'], 'inclusive', 'namespace-declaration-moved', {
    steps: [step('Python', 'cleaned')],
  }),
  ...by(['xmlsec1'], 'inclusive', 'namespace-declaration-moved', {
    steps: [
      hand('a gateway declares something', (message) =>
        message.replace(/Envelope /, 'Envelope xmlns:gw="urn:gateway" '),
      ),
    ],
  }),
  // WSS4J's setting is of SignedInfo alone.
  ...by(['WSS4J'], 'inclusive', 'signed-info-changed', {
    steps: [
      hand('a gateway declares something', (message) =>
        message.replace(/Envelope /, 'Envelope xmlns:gw="urn:gateway" '),
      ),
    ],
  }),
  ...by(['xmlsec1'], 'prefixes', 'namespace-declaration-moved', { steps: [step('Python', 'cleaned')] }),
];

const late = (message: string): string =>
  message
    .replace(/(Created>[^<]*?T)(\d\d:\d\d:\d\d)/, (_, start, time) => start + later(time))
    .replace(/(Expires>[^<]*?T)(\d\d:\d\d:\d\d)/, (_, start, time) => start + later(time));
/** Half a minute later, or earlier where a day would end. */
const later = (time: string): string => {
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const moved = seconds + 30 < 86_400 ? seconds + 30 : seconds - 30;
  return new Date(moved * 1000).toISOString().slice(11, 19);
};

const times: readonly Case[] = by(
  ['PHP', 'WSS4J', 'zeep', 'xml-crypto'],
  'good',
  'timestamp-changed-after-signing',
  {
    steps: [hand('the Timestamp made anew', late)],
  },
);

const info: readonly Case[] = [
  ...by(['PHP'], 'info-id', 'signed-info-changed'),
  ...by(['WSS4J', 'zeep'], 'good', 'signed-info-changed', {
    steps: [
      hand('the header alone laid out', (message) =>
        message.replace(/<(ds:)?SignedInfo.*<\/(ds:)?SignedInfo>/s, (one) =>
          one.replace(/>\s*</g, '>\n    <'),
        ),
      ),
    ],
  }),
];

const pairs: readonly Case[] = [
  ...by(['PHP', 'WSS4J', 'zeep', 'xml-crypto'], 'good', 'whitespace-added', {
    payload: 'letters',
    steps: [step('iconv', 'latin1-to-utf8'), step('xmllint', 'format')],
    besides: ['encoding-changed'],
  }),
  ...by(['PHP'], 'good', 'whitespace-added', {
    payload: 'letters',
    steps: [step('PHP', 'formatted-utf8-encoded')],
    besides: ['encoding-changed'],
  }),
  ...by(['zeep', 'node-soap'], 'good', 'whitespace-added', {
    steps: [step('PHP', 'tracing'), step('xmllint', 'format')],
    besides: ['attribute-added'],
  }),
  ...by(['WSS4J', 'xmlsec1'], 'good', 'whitespace-added', {
    payload: 'spaced',
    steps: [step('Python', 'stripped'), step('xmllint', 'format')],
    besides: ['text-changed'],
  }),
  ...by(['PHP', 'zeep'], 'good', 'whitespace-added', {
    steps: [hand('the Timestamp made anew', late), step('Python', 'pretty')],
    besides: ['timestamp-changed-after-signing'],
  }),
  ...by(['WSS4J'], 'digest-inclusive', 'whitespace-added', {
    steps: [step('xmllint', 'format')],
    besides: ['inclusive-labelled-exclusive'],
  }),
  ...by(['PHP'], 'digest-sha1', 'whitespace-added', {
    steps: [step('xmllint', 'format')],
    besides: ['digest-of-other-algorithm'],
  }),
  ...by(['xml-crypto'], 'digest-hex', 'whitespace-added', {
    steps: [step('Python', 'pretty')],
    besides: ['digest-in-hex'],
  }),
  ...by(['PHP'], 'id-late', 'whitespace-added', {
    steps: [step('xmllint', 'format')],
    besides: ['id-set-after-digest'],
  }),
  ...by(['zeep'], 'good', 'encoding-changed', {
    payload: 'decomposed',
    steps: [step('Python', 'nfc'), step('iconv', 'latin1-to-utf8')],
    besides: ['unicode-normalised'],
  }),
  ...by(['PHP', 'WSS4J'], 'good', 'whitespace-added', {
    payload: 'returns',
    steps: [
      hand('dos2unix', (message) => message.replaceAll('&#13;', '').replaceAll('&#xD;', '')),
      step('xmllint', 'format'),
    ],
    besides: ['line-endings-changed'],
  }),
];

export const rewritten: readonly Case[] = [
  ...laidOut,
  ...lineEnds,
  ...letters,
  ...values,
  ...structure,
  ...namespaces,
  ...times,
  ...info,
  ...pairs,
];
