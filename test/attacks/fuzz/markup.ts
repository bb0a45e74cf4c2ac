// Changes of markup: attributes and namespace declarations in all the wrong and some of the right ways.

import { NS, URI } from '../names.ts';
import { ATTRIBUTE, atMatch, type Changes, choose, put, START_TAG } from './change.ts';

const VALUES = [
  '',
  '#Body',
  '#TS',
  '#X509',
  'Body',
  'TS',
  '1',
  '0',
  'true',
  '#xpointer(/)',
  'file:///etc/passwd',
  ...Object.values(URI),
] as const;

const NAMES = [
  'wsu:Id',
  'Id',
  'ID',
  'xml:id',
  'id',
  'xml:lang',
  'xmlns',
  'soap:mustUnderstand',
  'soap:actor',
  'URI',
  'a:b',
] as const;

export const attributes: Changes = {
  drop: (text, dice) => atMatch(text, ATTRIBUTE, dice, () => ''),
  double: (text, dice) => atMatch(text, ATTRIBUTE, dice, ([one]) => one + one),
  rename: (text, dice) =>
    atMatch(text, ATTRIBUTE, dice, ([one, name = '']) => one.replace(name, dice.pick(['a', ...NAMES]))),
  value: (text, dice) =>
    atMatch(text, ATTRIBUTE, dice, ([, name]) => ` ${name}="${dice.pick(['x', ...VALUES])}"`),
  add: (text, dice) =>
    atMatch(text, START_TAG, dice, ([tag]) =>
      tag.replace(/(?=\/?>$)/, ` ${dice.pick(['a', ...NAMES])}="${dice.pick(['x', ...VALUES])}"`),
    ),
  quotes: (text, dice) =>
    atMatch(text, ATTRIBUTE, dice, ([one, name, value]) =>
      value === undefined || value.includes("'") ? one : ` ${name}='${value}'`,
    ),
  space: (text, dice) => atMatch(text, ATTRIBUTE, dice, ([one]) => `\n${one.replace('=', ' \t= ')}`),
  order: (text, dice) =>
    atMatch(text, START_TAG, dice, ([tag]) => {
      const found = [...tag.matchAll(ATTRIBUTE)].map(([one]) => one);
      const bare = tag.replace(ATTRIBUTE, '');
      return put(bare, bare.search(/\s*\/?>$/), found.reverse().join(''));
    }),
  exchange: (text, dice) => {
    const found = [...text.matchAll(/="([^"]+)"/g)].map(([, value]) => value);
    return atMatch(text, ATTRIBUTE, dice, ([, name]) => ` ${name}="${choose(dice, found) ?? ''}"`);
  },
};

const URIS = ['urn:x', '', 'relative', 'urn:a?b&amp;c', NS.soap12, ...Object.values(NS)] as const;
const PREFIXES = ['soap', 'wsse', 'wsu', 'ds', 'm', 'ec', 'xml', 'xmlns', 'new'] as const;
const DECLARATION = /\sxmlns(:[A-Za-z]+)?="([^"]*)"/g;

export const namespaces: Changes = {
  declare: (text, dice) =>
    atMatch(text, START_TAG, dice, ([tag]) =>
      tag.replace(/(?=\/?>$)/, ` xmlns:${dice.pick(PREFIXES)}="${dice.pick(['urn:y', ...URIS])}"`),
    ),
  declareAgain: (text, dice) => {
    const [same] = choose(dice, [...text.matchAll(DECLARATION)]) ?? [];
    return same ? atMatch(text, START_TAG, dice, ([tag]) => tag.replace(/(?=\/?>$)/, same)) : text;
  },
  default: (text, dice) =>
    atMatch(text, START_TAG, dice, ([tag]) =>
      tag.replace(/(?=\/?>$)/, ` xmlns="${dice.pick(['', ...URIS])}"`),
    ),
  otherUri: (text, dice) =>
    atMatch(text, DECLARATION, dice, ([, name = '']) => ` xmlns${name}="${dice.pick(['urn:y', ...URIS])}"`),
  drop: (text, dice) => atMatch(text, DECLARATION, dice, () => ''),
  renamePrefix: (text, dice) => {
    const from = dice.pick(PREFIXES);
    const to = dice.pick(['n', ...PREFIXES]);
    return text.replaceAll(`${from}:`, `${to}:`).replaceAll(`xmlns:${from}=`, `xmlns:${to}=`);
  },
  renameOne: (text, dice) =>
    atMatch(text, /(?<=<\/?)[A-Za-z]+(?=:)/g, dice, () => dice.pick(['n', ...PREFIXES])),
  noPrefix: (text, dice) => atMatch(text, /(?<=<\/?)[A-Za-z]+:/g, dice, () => ''),
};
