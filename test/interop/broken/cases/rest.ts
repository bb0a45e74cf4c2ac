// Messages of which nothing can be proved: what was there before cannot be known.

import { by, type Case, hand } from '../case.ts';

const inBody = (name: string, edit: (body: string) => string) =>
  hand(name, (message) => message.replace(/<([^:>]+:)Body[ >].*<\/\1Body>/s, edit));
const unproved = { provable: false } as const;

export const rest: readonly Case[] = [
  ...by(['PHP', 'zeep', 'WSS4J', 'xmlsec1', 'node-soap', 'xml-crypto'], 'good', 'text-changed', {
    ...unproved,
    steps: [inBody('another address', (body) => body.replace('kari.testesen', 'ola.normann'))],
  }),
  ...by(['PHP', 'WSS4J'], 'good', 'text-changed', {
    ...unproved,
    steps: [inBody('another person', (body) => body.replace('12838410985', '20828226518'))],
  }),
  ...by(['zeep', 'xml-crypto'], 'good', 'text-changed', {
    ...unproved,
    steps: [
      inBody('a value filled in late', (body) =>
        body.replace('kari.testesen#1234', 'kari.testesen#1234-9f0c2a'),
      ),
    ],
  }),
  ...by(['PHP', 'zeep', 'WSS4J', 'node-soap'], 'good', 'text-changed', {
    ...unproved,
    steps: [inBody('a log masks the person', (body) => body.replace('12838410985', '128384*****'))],
  }),
  ...by(['PHP', 'zeep', 'WSS4J', 'xml-crypto'], 'good', 'element-removed', {
    ...unproved,
    steps: [
      inBody('an element removed', (body) =>
        body.replace(/<m:postkasseleverandoerOrgNummer.*<\/m:postkasseleverandoerOrgNummer>/s, ''),
      ),
    ],
  }),
  ...by(['PHP', 'WSS4J', 'node-soap'], 'good', 'element-removed', {
    ...unproved,
    steps: [hand('Expires removed', (message) => message.replace(/<([^:>]*:?)Expires>.*<\/\1Expires>/s, ''))],
  }),
  // lxml writes xmlns="" into what it canonicalizes by itself, where the default namespace is another.
  ...by(['zeep'], 'value-c14n', 'signed-info-canonicalized-otherwise', unproved),
  ...by(['zeep'], 'digest-sha3-named-sha256', 'digest-unexplained', unproved),
];
