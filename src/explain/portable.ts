// One exchange in a file that a colleague opens: with what it was judged by, and the explanation as it was made here.

import * as z from 'zod';
import type { viewEntry } from '../journal/view.ts';
import { check, printIssue } from '../kernel/issue.ts';
import { parseJson } from '../kernel/json.ts';
import { type Explained, explanation } from './explained.ts';

const FORMAT = 'kontakt-exchange';
const VERSION = 1;

/** A message: its body in base64. */
interface PortableMessage {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Portable {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** The version of the emulator. */
  readonly emulator: string;
  /** Whether person numbers are hidden: then the octets are not those that were judged. */
  readonly masked: boolean;
  readonly note?: string;
  readonly exchange: ReturnType<typeof viewEntry>;
  readonly judgedBy?: {
    readonly profile: Readonly<object>;
    /** By the security hand of the clock, ISO 8601. */
    readonly at: string;
    /** The certificates of the authorities, PEM. Revocation lists are left out. */
    readonly authorities: readonly string[];
    /** The certificate of the caller, where it is a client of the PKI, with its issuer’s; PEM. */
    readonly caller?: string;
  };
  readonly request: PortableMessage;
  readonly response: PortableMessage;
  readonly explanation: Explained;
}

const NOTE =
  'person numbers are hidden: the octets are not those that were signed, and digests over them come out wrong; the explanation was made of the true octets';

/** Exchange, judgement, messages and explanation as a file. */
export const portable = ({ masked, ...parts }: Omit<Portable, 'format' | 'version' | 'note'>): Portable => ({
  format: FORMAT,
  version: VERSION,
  masked,
  ...(masked ? { note: NOTE } : {}),
  ...parts,
});

/** Larger than any exchange that fits the limits. */
const LARGEST = 32 * 1024 * 1024;

/** The most of anything in an explanation: more is no message’s. */
const MOST = 1000;

const schema = z.looseObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  masked: z.boolean(),
  exchange: z.looseObject({ number: z.number() }),
  explanation,
});

/** What is read of such a file. */
export type ReadPortable = Pick<Portable, 'masked' | 'explanation'> & {
  readonly exchange: { readonly number: number };
};

/** How deep JSON may be nested: what is printed again goes as deep into the stack. */
const DEEPEST = 40;

/** Within texts brackets mean nothing. */
const isDeep = (json: Buffer): boolean => {
  let [depth, quoted] = [0, false];
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === 0x5c && quoted) at += 1;
    else if (byte === 0x22) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
};

/** Whether bytes are meant as such a file, whole or not. */
export const isPortable = (bytes: Buffer): boolean =>
  /^(?:\xef\xbb\xbf)?\s*\{/.test(bytes.toString('latin1', 0, 100)) && bytes.includes(`"${FORMAT}"`);

/** Reads such a file; or says in words why it cannot be used. */
export const readPortable = (bytes: Buffer): ReadPortable | { readonly fault: string } => {
  if (bytes.length > LARGEST) return { fault: `it has ${bytes.length} bytes, at most ${LARGEST} are read` };
  if (isDeep(bytes)) return { fault: `it is nested more than ${DEEPEST} deep` };
  const parsed = parseJson(bytes);
  if ('fault' in parsed) return { fault: `it is no whole JSON: ${parsed.fault}` };
  const { version } = Object(parsed.json) as { readonly version?: unknown };
  if (typeof version === 'number' && version > VERSION)
    return { fault: `it was written by a newer version (form ${version}, this one knows ${VERSION})` };
  const checked = check(schema, parsed.json);
  if ('issue' in checked) return { fault: printIssue(checked.issue) };
  const { value } = checked;
  const long = Object.entries(value.explanation).find(([, one]) => Array.isArray(one) && one.length > MOST);
  return long ? { fault: `explanation.${long[0]}: there are more than ${MOST}` } : value;
};
