// What a certificate is to be, in the words of whoever orders one. What cannot be ordered is said in one line.

import { ConfigurationError, type Naming } from '../kernel/user-error.ts';
import { justBefore, yearsAfter } from './certificate.ts';
import { LEGACY } from './layout.ts';
import {
  clientLeaves,
  type KeyUsageName,
  keyUsages,
  type Leaf,
  type ShapeName,
  shapes,
  sound,
  withoutNumber,
} from './leaves.ts';

/** What is left out is as in a good certificate. */
export interface OrderOptions {
  readonly shape?: string;
  /** False: no organisation in the certificate. */
  readonly organisation?: string | boolean;
  readonly name?: string;
  readonly expired?: boolean;
  readonly notYetValid?: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly revoked?: boolean;
  readonly usage?: string;
  readonly policy?: readonly string[];
  readonly bits?: string;
  readonly key?: string;
  readonly selfSigned?: boolean;
  readonly ca?: boolean;
}

/** @param complaint where it speaks of other options, in the words of whoever gave them */
const bad = (
  option: keyof OrderOptions,
  complaint: string | ((name: Naming) => string),
): ConfigurationError =>
  new ConfigurationError(
    (name) => `${name(option)}: ${typeof complaint === 'string' ? complaint : complaint(name)}`,
  );

const oneOf = <Name extends string>(
  option: keyof OrderOptions,
  value: string,
  names: readonly Name[],
): Name => {
  const found = names.find((name) => name === value);
  if (found === undefined) throw bad(option, `"${value}" is none of ${names.join(', ')}`);
  return found;
};

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/;

/** A certificate counts whole seconds in the years 1950 to 9999 here. */
const instantOf = (option: 'from' | 'until', text: string): Date => {
  const date = new Date(text);
  // A day that the month has not would roll over silently.
  const real =
    DATE.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10));
  if (!real || date.getUTCFullYear() < 1950) {
    throw bad(option, `"${text}" is no date such as 2026-01-31 or 2026-01-31T12:00:00Z`);
  }
  return date;
};

const periodOf = ({ expired, notYetValid, from, until }: OrderOptions, now: Date): Leaf['period'] => {
  if (expired && notYetValid) throw bad('expired', (name) => `not together with ${name('notYetValid')}`);
  if ((expired || notYetValid) && (from ?? until) !== undefined) {
    throw bad(
      from === undefined ? 'until' : 'from',
      (name) => `not together with ${name('expired')} or ${name('notYetValid')}, which are dates too`,
    );
  }
  if (expired) return 'expired';
  if (notYetValid) return { notBefore: yearsAfter(now, 1), notAfter: yearsAfter(now, 10) };
  if (from === undefined && until === undefined) return 'current';
  const end = until === undefined ? undefined : instantOf('until', until);
  const begin = from === undefined ? undefined : instantOf('from', from);
  const notBefore = begin ?? (end && end <= now ? yearsAfter(end, -1) : justBefore(now));
  const notAfter = end ?? yearsAfter(notBefore > now ? notBefore : now, 10);
  if (notAfter <= notBefore) throw bad('until', (name) => `it must be later than ${name('from')}`);
  return { notBefore, notAfter };
};

const usageOf = (text: string | undefined): readonly KeyUsageName[] => {
  if (text === undefined) return sound.usage;
  return text === 'none' ? [] : text.split(',').map((name) => oneOf('usage', name, keyUsages));
};

const OID = /^(?:[01]\.[1-3]?\d|2\.(?:0|[1-9]\d{0,9}))(?:\.(?:0|[1-9]\d{0,9}))+$/;

const policiesOf = (given: readonly string[] | undefined, usual: readonly string[]): readonly string[] => {
  if (given === undefined) return usual;
  if (given.length === 1 && given[0] === 'none') return [];
  const wrong = given.find((oid) => !OID.test(oid));
  if (wrong !== undefined) throw bad('policy', `"${wrong}" is no OID such as 1.2.3.4, and not none alone`);
  return given;
};

const keyOf = ({ key = 'rsa', bits }: OrderOptions, usual: Leaf['key']): Leaf['key'] => {
  if (oneOf('key', key, ['rsa', 'ec']) === 'rsa') {
    return bits === undefined ? usual : Number(oneOf('bits', bits, ['1024', '2048', '3072', '4096']));
  }
  if (bits !== undefined) throw bad('bits', 'an EC key is always on P-256');
  return 'ec';
};

/** Longer names are against X.520, and some readers refuse them. */
const LONGEST_NAME = 40;

const ownerOf = (given: string | undefined, name: string): string => {
  const owner = given ?? name;
  const length = [...owner].length;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (length === 0 || length > LONGEST_NAME || /[\u0000-\u001f\u007f]/.test(owner)) {
    throw bad('name', `a name has one to ${LONGEST_NAME} characters, none of them a control character`);
  }
  return owner;
};

const badName = (name: string, complaint: string): ConfigurationError =>
  new ConfigurationError(`"${name.slice(0, 100)}": ${complaint}`);

const checkName = (name: string): void => {
  if (!/^[a-z0-9][a-z0-9._-]{0,49}$/i.test(name)) {
    throw badName(name, 'a client’s name has letters, digits, ".", "_" and "-", at most 50 of them');
  }
  if (name.toLowerCase().endsWith(LEGACY))
    throw badName(name, `${LEGACY} is how PKCS#12 files for older stacks end; choose another name`);
  // Also on file systems that do not tell small letters from capital ones.
  const own = ['server', 'trust', ...clientLeaves.map((leaf) => leaf.name)];
  if (own.includes(name.toLowerCase())) {
    throw badName(name, 'that is a certificate of the emulator’s own; choose another name');
  }
};

/**
 * Reads an order.
 *
 * @param name of the client, and of its files
 * @throws ConfigurationError with one line
 */
export const readOrder = (name: string, options: OrderOptions, now: Date): Leaf => {
  checkName(name);
  const { shape = 'seid1', organisation = true, revoked = false, selfSigned = false } = options;
  const {
    digits,
    organisation: usual,
    make,
  } = shapes[oneOf('shape', shape, Object.keys(shapes) as ShapeName[])];
  const number = typeof organisation === 'string' ? organisation : usual;
  if (!/^\d+$/.test(number) || number.length !== digits) {
    throw bad('organisation', `"${number}" has not ${digits} digits, as the shape ${shape} needs`);
  }
  if (revoked && selfSigned) throw bad('revoked', 'nobody can revoke a self-signed certificate');
  const whole = make(ownerOf(options.name, name), number);
  return {
    ...sound,
    ...whole,
    name,
    subject: organisation === false ? withoutNumber(whole.subject) : whole.subject,
    policies: policiesOf(options.policy, whole.policies),
    key: keyOf(options, whole.key),
    period: periodOf(options, now),
    usage: usageOf(options.usage),
    ca: options.ca ?? false,
    issuer: selfSigned ? 'itself' : 'issuing',
    revoked,
  };
};
