// Messages for xmlsec1 to sign, drawn from all that the profiles leave open: methods, prefixes, order, Ids, white space.

import { derOf } from '../attacks/message.ts';
import { NS, URI } from '../attacks/names.ts';
import type { Dice } from '../dice.ts';

/** Who signs, when, and what the message says. */
export interface Matter {
  readonly certificatePem: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly payload: (prefix: string, comment: string) => string;
}

/** A message with an empty Signature. */
export interface Template {
  readonly text: string;
  /** The code for which `strict` refuses it; undefined where it accepts it, too. */
  readonly strict: string | undefined;
  readonly soap12: boolean;
  /** What xmlsec1 must be told of Ids. */
  readonly ids: readonly string[];
}

const EXCLUSIVE = [URI.exc, URI.excComments] as const;
const INCLUSIVE = [URI.c14n, URI.c14nComments] as const;
const BETWEEN = ['', '', ' ', '\n  ', '\r\n\t', '<!-- between -->', '\n<!-- a > b -->\n'] as const;

/** The names that a message chooses for what it has in common with all others. */
const choosePrefixes = (dice: Dice) => ({
  soap: dice.pick(['soap', 's', 'SOAP-ENV', 'env', 'a']),
  wsse: dice.pick(['wsse', 'o', 'sec', 'b']),
  wsu: dice.pick(['wsu', 'u', 'util']),
  ds: dice.pick(['ds', 'dsig', '']),
  m: dice.pick(['m', 'post', '']),
});

const shuffle = (list: readonly string[], dice: Dice): string[] => {
  const left = [...list];
  return list.flatMap(() => left.splice(dice.below(left.length), 1));
};

/** Created now or a little aside, with and without fractions. */
const instant = (time: number, dice: Dice): string =>
  new Date(time).toISOString().replace(/\.\d+/, dice.pick(['', '.1', '.123', '.123456789']));

export const drawTemplate = (matter: Matter, loose: boolean, soap12: boolean, dice: Dice): Template => {
  const { soap, wsse, wsu, ds, m } = choosePrefixes(dice);
  const soapUri = soap12 ? NS.soap12 : NS.soap11;
  const refused = new Set<string>();
  const only = <T>(code: string, value: T): T => {
    refused.add(code);
    return value;
  };
  const gap = (): string => dice.pick(BETWEEN);
  const d = ds === '' ? '' : `${ds}:`;
  // One space between: where there are two, xmlsec1 reads an empty prefix, and takes that for #default.
  const listed = (): string =>
    shuffle([soap, wsu, '#default', 'xs', 'nowhere'], dice).slice(dice.below(5)).join(' ');

  const method = (name: string): string => {
    if (dice.once(3)) return `<${d}${name} Algorithm="${dice.pick(INCLUSIVE)}"/>`;
    const list = dice.once(2) ? `<ec:InclusiveNamespaces xmlns:ec="${NS.ec}" PrefixList="${listed()}"/>` : '';
    return `<${d}${name} Algorithm="${dice.pick(EXCLUSIVE)}">${list}</${d}${name}>`;
  };
  const transforms = (): string => {
    if (loose && dice.once(4)) return only('security.algorithm', '');
    const enveloped =
      loose && dice.once(6)
        ? only('security.algorithm', `<${d}Transform Algorithm="${NS.ds}enveloped-signature"/>`)
        : '';
    return `<${d}Transforms>${enveloped}${gap()}${method('Transform')}${gap()}</${d}Transforms>`;
  };
  const reference = (id: string): string => {
    const digest = loose && dice.once(4) ? only('security.algorithm', URI.sha1) : URI.sha256;
    return `<${d}Reference URI="#${id}">${gap()}${transforms()}${gap()}<${d}DigestMethod Algorithm="${digest}"/>${gap()}<${d}DigestValue/></${d}Reference>`;
  };

  const [timeId, tokenId, bodyId] = dice.pick([
    ['TS', 'X509', 'Body'],
    ['Timestamp-1', 'Token-1', 'id-4711'],
    ['_0', '_1', '_2'],
  ]);
  const bodyAttribute = dice.pick([`${wsu}:Id`, `${wsu}:Id`, 'Id', 'ID', 'xml:id']);
  const created = matter.now - dice.below(50) * 1000;
  const lifetime =
    loose && dice.once(3) ? only('security.timestamp-lifetime', 121 + dice.below(1679)) : 60 + dice.below(60);
  const noExpires = loose && dice.once(5);
  // Without Expires there is no lifetime to be too long.
  if (noExpires) refused.delete('security.timestamp-lifetime');
  const expires = noExpires
    ? only('security.timestamp-form', '')
    : `<${wsu}:Expires>${instant(created + lifetime * 1000, dice)}</${wsu}:Expires>`;
  const timestamp = `<${wsu}:Timestamp ${wsu}:Id="${timeId}">${gap()}<${wsu}:Created>${instant(created, dice)}</${wsu}:Created>${gap()}${expires}${gap()}</${wsu}:Timestamp>`;
  const value = derOf(matter.certificatePem).toString('base64');
  const folded = dice.once(2) ? value.replace(/.{64}/g, '$&\n') : value;
  const token = `<${wsse}:BinarySecurityToken ${wsu}:Id="${tokenId}" EncodingType="${URI.base64}" ValueType="${URI.x509v3}">${folded}</${wsse}:BinarySecurityToken>`;
  const parts = shuffle(
    [timeId, bodyId, ...(dice.once(3) ? [tokenId] : []), ...(dice.once(6) ? [bodyId] : [])],
    dice,
  );
  const signedInfo = [
    method('CanonicalizationMethod'),
    `<${d}SignatureMethod Algorithm="${URI.rsaSha256}"/>`,
    ...parts.map(reference),
  ];
  const keyInfo = `<${d}KeyInfo>${gap()}<${wsse}:SecurityTokenReference>${gap()}<${wsse}:Reference URI="#${tokenId}" ValueType="${URI.x509v3}"/></${wsse}:SecurityTokenReference></${d}KeyInfo>`;
  const dsDeclared = ` xmlns${ds === '' ? '' : `:${ds}`}="${NS.ds}"`;
  const signature = `<${d}Signature${dsDeclared}>${gap()}<${d}SignedInfo>${gap()}${signedInfo.join(gap())}${gap()}</${d}SignedInfo>${gap()}<${d}SignatureValue/>${gap()}${keyInfo}${gap()}</${d}Signature>`;

  // Declared on the Envelope or where they are used first; wsu then twice.
  const [wsseUp, wsuUp] = [dice.once(2), dice.once(2)];
  const wsseHere = ` xmlns:${wsse}="${NS.wsse}"`;
  const wsuHere = ` xmlns:${wsu}="${NS.wsu}"`;
  const extras = dice.pick([
    '',
    ' xmlns="urn:default"',
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xml:lang="nb"',
    ' xml:space="preserve" xmlns:unused="urn:u"',
  ]);
  const understand = dice.pick([
    '',
    ` ${soap}:mustUnderstand="1"`,
    ` ${soap}:mustUnderstand="${soap12 ? 'true' : '1'}"`,
  ]);
  const block = dice.once(3) ? `<t:Trace xmlns:t="urn:trace" ${soap}:mustUnderstand="0">1</t:Trace>` : '';
  const security = `<${wsse}:Security${wsseUp ? '' : wsseHere}${wsuUp ? '' : wsuHere}${understand}>${gap()}${shuffle([timestamp, token, signature], dice).join(gap())}${gap()}</${wsse}:Security>`;
  const payload = matter.payload(m, dice.pick(['', '<!-- c -->', '<!---->']));
  const body = `<${soap}:Body${wsuUp ? '' : wsuHere} ${bodyAttribute}="${bodyId}">${gap()}${payload}${gap()}</${soap}:Body>`;
  const text = `${dice.pick(['', '<?xml version="1.0" encoding="UTF-8"?>\n'])}<${soap}:Envelope xmlns:${soap}="${soapUri}"${wsseUp ? wsseHere : ''}${wsuUp ? wsuHere : ''}${extras}>${gap()}<${soap}:Header>${gap()}${block}${gap()}${security}${gap()}</${soap}:Header>${gap()}${body}${gap()}</${soap}:Envelope>`;

  const names = ['Timestamp', 'BinarySecurityToken', 'Body'];
  const ids = names.flatMap((name) => ['--id-attr:Id', name]);
  if (bodyAttribute === 'ID') ids.push('--id-attr:ID', 'Body');
  const [strict] = ['security.algorithm', 'security.timestamp-form', 'security.timestamp-lifetime'].filter(
    (code) => refused.has(code),
  );
  return { text, strict, soap12, ids };
};
