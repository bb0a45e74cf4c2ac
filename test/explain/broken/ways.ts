// The ways in which messages are broken: by a signer that signs wrongly, or by somebody behind it.

import { hash } from 'node:crypto';
import type { Arena } from '../../attacks/arena.ts';
import { type Recipe, type Reference, rsa, signed, timestampOf } from '../../attacks/message.ts';
import { URI } from '../../attacks/names.ts';

export interface Broken {
  readonly name: string;
  /** What has to be named first; undefined: nothing can be proved, and nothing may be. */
  readonly cause: string | undefined;
  /** Where nothing can be proved: what is told first. */
  readonly likely?: string;
  /** What the first cause says. */
  readonly sentence?: RegExp;
  /** What the first cause tells to do. */
  readonly remedy?: RegExp;
  /** What has to be named too; nothing else may be certain. */
  readonly besides?: readonly string[];
  /** What the evidence has to say of SignedInfo. */
  readonly how?: string;
  readonly make: (arena: Arena) => string | Buffer;
  /** What is known of its HTTP. */
  readonly http?: { readonly method?: string; readonly headers: Readonly<Record<string, string>> };
  /** The service that it was sent to, where the message does not tell. */
  readonly service?: string;
  /** The usual profile is observed. */
  readonly profile?: 'observed' | 'strict' | '14-05';
  /** It is judged at its arrival, not later. */
  readonly arrived?: true;
  /** It is sent so many times, and the journal is asked about the last. */
  readonly sent?: number;
}

export const both = (more: (of: 'TS' | 'Body') => Partial<Reference>): readonly Reference[] => [
  signed('TS', more('TS')),
  signed('Body', more('Body')),
];
/** The signer made the digest of the Body in its own way. */
export const body =
  (more: Partial<Reference>, knobs: Partial<Recipe> = {}) =>
  ({ message }: Arena): string =>
    message({
      envelopeAttributes: ' xmlns:unused="urn:unused"',
      references: both((of) => (of === 'Body' ? more : {})),
      ...knobs,
    });
/** Somebody changed the message afterwards. */
export const edited =
  (edit: (text: string) => string, knobs: Partial<Recipe> = {}) =>
  ({ message }: Arena): string => {
    const text = message(knobs);
    const changed = edit(text);
    if (changed === text) throw new Error('the edit did not take');
    return changed;
  };
/** Only what stands in the Body. */
export const inBody =
  (edit: (text: string) => string) =>
  (text: string): string =>
    text.replace(
      /(<soap:Body[^>]*>)(.*)(<\/soap:Body>)/s,
      (_, start, inside, end) => start + edit(inside) + end,
    );
export const inSignedInfo =
  (edit: (text: string) => string) =>
  (text: string): string =>
    text.replace(/<ds:SignedInfo.*<\/ds:SignedInfo>/s, edit);

/** Every tag on a line of its own, but those around text. */
export const laidOut =
  (unit: string, end = '\n') =>
  (text: string): string => {
    let depth = 0;
    return text
      .replace(/>\s*</g, '>\0<')
      .split('\0')
      .map((part) => {
        const closing = part.startsWith('</');
        if (closing) depth -= 1;
        const line = unit.repeat(Math.max(0, depth)) + part;
        if (!closing && !part.startsWith('<?') && !/\/>$|<\/[^>]*>$/.test(part)) depth += 1;
        return line;
      })
      .join(end);
  };
export const flat = (text: string): string => text.replace(/>\s+</g, '><');
export const asLatin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
export const named =
  (text: string) =>
  (arena: Arena): string =>
    arena.payload.replace(/kari\.testesen/, text);
export const withPayload =
  (payload: (arena: Arena) => string, edit: (text: string) => string, knobs: Partial<Recipe> = {}) =>
  (arena: Arena): string =>
    edited(edit, { payload: payload(arena), ...knobs })(arena);
export const pretty = ({ payload }: Arena): string => laidOut('  ')(payload);

export const sha =
  (name: string) =>
  (octets: Buffer): string =>
    hash(name, octets, 'base64');
export const base64 = (bytes: Buffer): string => bytes.toString('base64');
export const digest = (octets: Buffer): Buffer => hash('sha256', octets, 'buffer');
export const value =
  (signature: Recipe['signature'], knobs: Partial<Recipe> = {}) =>
  ({ message }: Arena): string =>
    message({ signature, ...knobs });
export const signing = rsa('sha256');
export const written = (spell: (text: string) => string) =>
  edited((text) => text.replace(/(<ds:SignatureValue>)([^<]*)/, (_, start, found) => start + spell(found)));
export const hexOf = (text: string): string => Buffer.from(text, 'base64').toString('hex');
export const inclusive: Partial<Recipe> = {
  references: both(() => ({ transforms: [{ algorithm: URI.c14n }], canonical: URI.c14n })),
};
/** Makes a message until a value has a character of base64url that base64 has not. */
export const untilUrl =
  (make: (arena: Arena) => string) =>
  (arena: Arena): string => {
    for (let tries = 0; tries < 50; tries += 1) {
      const message = make({
        ...arena,
        message: (knobs = {}) =>
          arena.message({
            timestamp: timestampOf(arena.now() - tries, arena.now() + 60_000),
            ...knobs,
            payload: arena.payload.replace('#1234', `#${tries}`),
          }),
      });
      if (/(?:Digest|Signature)Value>[^<]*[-_]/.test(message)) return message;
    }
    throw new Error('no value needs the other alphabet');
  };
