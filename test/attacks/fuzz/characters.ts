// Changes of characters: at random, and of those that XML reads as the same or as something else.

import { atMatch, type Change, type Changes, exchange, put, TEXT } from './change.ts';

const span = (text: string, dice: Parameters<Change>[1], most = 60): [start: number, end: number] => {
  const start = dice.below(text.length);
  return [start, Math.min(text.length, start + 1 + dice.below(most))];
};

const ODD = [
  ...'<>&"\'=/:;# \t\r\n',
  '\0',
  '\u0001',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\ufffe',
  '\ud800',
  '\u{1f600}',
  '𐀀',
  ']]>',
  '<!--',
  '-->',
  '<![CDATA[',
  '<?',
  '<!',
] as const;

/** Blind ones. */
export const bytes: Changes = {
  flip: (text, dice) => {
    const at = dice.below(text.length);
    return exchange(text, at, at + 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << dice.below(7))));
  },
  overwrite: (text, dice) => {
    const at = dice.below(text.length);
    return exchange(text, at, at + 1, String.fromCharCode(dice.below(256)));
  },
  odd: (text, dice) => put(text, dice.below(text.length), dice.pick([ODD[0], ...ODD])),
  cut: (text, dice) => exchange(text, ...span(text, dice), ''),
  repeat: (text, dice) => {
    const [start, end] = span(text, dice);
    return put(text, end, text.slice(start, end).repeat(1 + dice.below(3)));
  },
  carry: (text, dice) => {
    const [start, end] = span(text, dice);
    const rest = exchange(text, start, end, '');
    return put(rest, dice.below(rest.length + 1), text.slice(start, end));
  },
  truncate: (text, dice) => text.slice(0, dice.below(text.length)),
  behead: (text, dice) => text.slice(dice.below(text.length)),
  append: (text, dice) => text + dice.pick([' ', '\0', 'x', '<x/>', '<!-- x -->', ']]>', text]),
  digit: (text, dice) => atMatch(text, /\d/g, dice, () => String(dice.below(10))),
  exchangeCase: (text, dice) =>
    atMatch(text, /[a-z]/gi, dice, ([one]) =>
      one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase(),
    ),
};

const DOCTYPE = '<!DOCTYPE e [<!ENTITY x "kari.testesen#6666"><!ATTLIST e a ID #IMPLIED>]>';

/** References, entities, CDATA sections, comments and white space. */
export const references: Changes = {
  characterReference: (text, dice) =>
    atMatch(text, /(?<=[>"][^<>"&]*)[^<>"&](?=[^<>"&]*[<"])/g, dice, ([one]) => {
      const code = one.codePointAt(0) ?? 0;
      return dice.once(2) ? `&#${code};` : `&#x${code.toString(16)};`;
    }),
  otherReference: (text, dice) =>
    atMatch(text, /(?<=[>"][^<>"&]*)[^<>"&](?=[^<>"&]*[<"])/g, dice, () =>
      dice.pick([
        '&#0;',
        '&#xD;',
        '&#x85;',
        '&#xFFFE;',
        '&#xD800;',
        '&#x110000;',
        '&#99999999999;',
        '&amp;',
        '&lt;',
      ]),
    ),
  entity: (text, dice) => atMatch(text, TEXT, dice, () => dice.pick(['&x;', '&x', '&amp;x;', '%x;'])),
  doctype: (text, dice) => atMatch(DOCTYPE + text, TEXT, dice, ([one]) => (dice.once(2) ? '&x;' : one)),
  lateDoctype: (text, dice) => put(text, dice.below(text.length), DOCTYPE),
  cdata: (text, dice) => atMatch(text, TEXT, dice, ([one]) => `<![CDATA[${one}]]>`),
  cdataPart: (text, dice) =>
    atMatch(text, TEXT, dice, ([one]) => {
      const at = dice.below(one.length);
      return `${one.slice(0, at)}<![CDATA[${one.slice(at)}]]>`;
    }),
  comment: (text, dice) =>
    atMatch(text, TEXT, dice, ([one]) => put(one, dice.below(one.length), '<!-- x -->')),
  commentAnywhere: (text, dice) => put(text, dice.below(text.length), '<!-- x -->'),
  instruction: (text, dice) => atMatch(text, /></g, dice, () => '><?x y?><'),
  spaceBetween: (text, dice) =>
    atMatch(text, /></g, dice, () => `>${dice.pick([' ', '\n', '\r\n', '\t', '\r'])}<`),
  spaceInText: (text, dice) => atMatch(text, TEXT, dice, ([one]) => (dice.once(2) ? ` ${one}` : `${one}\n`)),
  spaceInTag: (text, dice) => atMatch(text, /(?<=<[^<>]*)[ =>/](?=[^<>]*)/g, dice, ([one]) => ` ${one}`),
};

const BASE64 = /(?<=>)[A-Za-z0-9+/=]{20,}(?=<)/g;

/** What stands in SignatureValue, DigestValue and the token, written otherwise or wrongly. */
export const base64: Changes = {
  fold: (text, dice) =>
    atMatch(text, BASE64, dice, ([one]) => {
      const width = 1 + dice.below(76);
      return one.replace(
        new RegExp(`.{${width}}`, 'g'),
        `$&${dice.pick(['\n', '\r\n', ' ', '\t', '&#xD;\n'])}`,
      );
    }),
  noPadding: (text, dice) => atMatch(text, BASE64, dice, ([one]) => one.replace(/=+$/, '')),
  morePadding: (text, dice) => atMatch(text, BASE64, dice, ([one]) => `${one}=`),
  urlSafe: (text, dice) =>
    atMatch(text, BASE64, dice, ([one]) => one.replaceAll('+', '-').replaceAll('/', '_')),
  strayBits: (text, dice) =>
    atMatch(text, /[A-Za-z0-9+/](?==+<)/g, dice, ([one]) => String.fromCharCode(one.charCodeAt(0) + 1)),
  letter: (text, dice) =>
    atMatch(text, BASE64, dice, ([one]) => {
      const at = dice.below(one.length);
      return exchange(one, at, at + 1, dice.pick(['A', 'B', 'z', '/', '+', '0']));
    }),
  shorter: (text, dice) => atMatch(text, BASE64, dice, ([one]) => one.slice(0, dice.below(one.length))),
  longer: (text, dice) => atMatch(text, BASE64, dice, ([one]) => one + one.slice(0, 4 * (1 + dice.below(9)))),
  exchangeValues: (text, dice, other) => {
    const value = [...other.matchAll(BASE64)][dice.below(4)]?.[0];
    return value ? atMatch(text, BASE64, dice, () => value) : text;
  },
};
