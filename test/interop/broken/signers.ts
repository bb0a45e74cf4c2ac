// The stacks that sign, each with the mistakes that its users make.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { NS, URI } from '../../attacks/names.ts';
import { PYTHON, type Stack, stacks, WSS4J } from '../stacks.ts';
import type { Stage } from '../stage.ts';
import { batch, each, type Worker } from './batch.ts';
import { bySoap, byXmlCrypto, type Pair } from './node.ts';

/** Whose key signs, and what certificate goes with it: files. */
export interface Identity {
  readonly key: string;
  readonly certificate: string;
}

export interface Signer {
  readonly needs: readonly Stack[];
  /** The prefix of its envelopes. */
  readonly prefix: string;
  readonly worker: (stage: Stage, identity: Identity) => Worker;
}

const script = (...names: string[]): string => join(import.meta.dirname, ...names);
const pairOf = ({ key, certificate }: Identity): Pair => ({
  key: readFileSync(key, 'utf8'),
  certificate: readFileSync(certificate, 'utf8'),
});
const inNode =
  (sign: (mistake: string, envelope: string, pair: Pair) => string): Signer['worker'] =>
  (_, identity) =>
  (jobs) =>
    jobs.map(({ way, content }) => Buffer.from(sign(way, content.toString('utf8'), pairOf(identity))));

/** An envelope with an empty Signature, for xmlsec1 to fill. */
const templateOf = (way: string, envelope: string, certificate: string): string => {
  const form = way === 'inclusive' ? URI.c14n : URI.exc;
  const list = way === 'prefixes' ? `<ec:InclusiveNamespaces xmlns:ec="${NS.ec}" PrefixList="xsd"/>` : '';
  const reference = (id: string) =>
    `<ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="${form}">${list}</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${URI.sha256}"/><ds:DigestValue/></ds:Reference>`;
  const instant = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const header =
    `<wsse:Security xmlns:wsse="${NS.wsse}" xmlns:wsu="${NS.wsu}">` +
    `<wsse:BinarySecurityToken wsu:Id="X509" EncodingType="${URI.base64}" ValueType="${URI.x509v3}">${certificate.replace(/-----[^-]+-----|\s/g, '')}</wsse:BinarySecurityToken>` +
    `<wsu:Timestamp wsu:Id="TS"><wsu:Created>${instant(0)}</wsu:Created><wsu:Expires>${instant(60)}</wsu:Expires></wsu:Timestamp>` +
    `<ds:Signature xmlns:ds="${NS.ds}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${form}"/><ds:SignatureMethod Algorithm="${URI.rsaSha256}"/>${reference('TS')}${reference('Body')}</ds:SignedInfo><ds:SignatureValue/>` +
    `<ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#X509" ValueType="${URI.x509v3}"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security>`;
  return envelope
    .replace(/<(\S+:)Header><\/\1Header>/, `<$1Header>${header}</$1Header>`)
    .replace(/<(\S+:)Body>/, `<$1Body xmlns:wsu="${NS.wsu}" wsu:Id="Body">`);
};

const byXmlsec1: Signer['worker'] = (_, { key, certificate }) => {
  const ids = ['--id-attr:Id', 'Timestamp', '--id-attr:Id', 'Body'];
  const sign = each('xmlsec1', () => ['--sign', '--privkey-pem', key, ...ids, '-']);
  const token = readFileSync(certificate, 'utf8');
  return (jobs) =>
    sign(
      jobs.map(({ way, content }) => ({
        way,
        content: Buffer.from(templateOf(way, content.toString('utf8'), token)),
      })),
    );
};

/** What `javac` made of java/Sign.java stands in the stage’s folder. */
export const java = ({ directory }: Stage, { key, certificate }: Identity): Worker =>
  batch('java', [
    ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
    ...['-cp', [WSS4J, directory].join(delimiter), 'Sign', key, certificate],
  ]);

export const signers = {
  PHP: {
    needs: [stacks.phpDom],
    prefix: 'SOAP-ENV',
    worker: (_, { key, certificate }) => batch('php', [script('php', 'sign.php'), key, certificate]),
  },
  zeep: {
    needs: [stacks.zeep, stacks.cryptography],
    prefix: 'soap-env',
    worker: (_, { key, certificate }) =>
      batch(PYTHON, ['-W', 'ignore', script('python', 'sign.py'), key, certificate]),
  },
  WSS4J: { needs: [stacks.wss4j], prefix: 'soapenv', worker: java },
  xmlsec1: { needs: [stacks.xmlsec1], prefix: 'S', worker: byXmlsec1 },
  'node-soap': { needs: [], prefix: 'soap', worker: inNode(bySoap) },
  'xml-crypto': { needs: [], prefix: 'soap', worker: inNode(byXmlCrypto) },
} as const satisfies Readonly<Record<string, Signer>>;
export type SignerName = keyof typeof signers;

/** The identity with the key of another client. */
export const withAnotherKey = (stage: Stage, identity: Identity): Identity => {
  const other = stage.emulator.pki.clients.get('eboks');
  assert.ok(other, 'the client eboks');
  return { ...identity, key: stage.write('other.key', other.keyPem) };
};
