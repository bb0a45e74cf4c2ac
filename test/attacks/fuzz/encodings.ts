// Changes of the way from characters to bytes: encodings, marks, declarations and charset parameters, agreeing or not.

import type { Dice } from '../../dice.ts';

/** A message as it is sent. */
export interface Encoded {
  readonly body: Buffer;
  readonly contentType: string;
}

const BOM = '\ufeff';
const big = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

const declared = (text: string, name: string): string => `<?xml version="1.0" encoding="${name}"?>${text}`;

export const usual = (text: string): Encoded => ({
  body: Buffer.from(text),
  contentType: 'text/xml; charset=utf-8',
});

export const encodings: Readonly<Record<string, (text: string, dice: Dice) => Encoded>> = {
  utf16: (text, dice) => ({
    body: Buffer.from((dice.once(4) ? '' : BOM) + text, 'utf16le'),
    contentType: dice.pick(['text/xml; charset=utf-16', 'text/xml', 'text/xml; charset=utf-16be']),
  }),
  utf16Big: (text, dice) => ({
    body: big((dice.once(4) ? '' : BOM) + declared(text, dice.pick(['UTF-16', 'UTF-16BE', 'UTF-8']))),
    contentType: dice.pick(['text/xml; charset=utf-16', 'text/xml', 'text/xml; charset=utf-8']),
  }),
  mark: (text, dice) => usual(BOM.repeat(1 + dice.below(2)) + text),
  declaration: (text, dice) =>
    usual(declared(text, dice.pick(['UTF-8', 'utf8', 'ISO-8859-1', 'UTF-16', 'UTF-7', 'ASCII', '']))),
  latin: (text, dice) => ({
    body: Buffer.from(declared(text, dice.pick(['ISO-8859-1', 'UTF-8', 'windows-1252'])), 'latin1'),
    contentType: dice.pick(['text/xml; charset=iso-8859-1', 'text/xml', 'text/xml; charset=utf-8']),
  }),
  twice: (text) => usual(Buffer.from(text).toString('latin1')),
  charset: (text, dice) => ({
    body: Buffer.from(text),
    contentType: dice.pick([
      'text/xml',
      'text/xml; charset="UTF-8"',
      'text/xml; charset=iso-8859-1',
      'text/xml; charset=utf-16',
      'application/soap+xml',
      'text/plain',
    ]),
  }),
  brokenByte: (text, dice) => {
    const { body, contentType } = usual(text);
    const byte = dice.pick([0x80, 0xc0, 0xe0, 0xf8, 0xff, 0x00]);
    const at = dice.below(body.length);
    return {
      body: Buffer.concat([body.subarray(0, at), Buffer.from([byte]), body.subarray(at)]),
      contentType,
    };
  },
  overlong: (text) => {
    const at = text.indexOf('<', 1);
    const rest = Buffer.from(text.slice(at + 1));
    return {
      ...usual(text),
      body: Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xc0, 0xbc]), rest]),
    };
  },
};
