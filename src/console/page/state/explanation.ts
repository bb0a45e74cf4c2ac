// What the emulator proves of a message, read member by member: nothing here fails where one is not there.

import type { Means } from '../parts/by.tsx';
import type { Signing } from './lit.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectIn = (value: unknown): Json => (isObject(value) ? value : {});
const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (...values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === 'string' && value !== '');
const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((one) => typeof one === 'string')
      : [];

const count = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

export interface Difference {
  /** In octets, from 0. */
  readonly at: number;
  readonly signed: string;
  readonly arrived: string;
}

/** What of the register led to a refusal. */
export interface State {
  readonly what: string;
  readonly since: string | undefined;
  readonly by: Means | undefined;
  /** What has become of it since. */
  readonly now: string | undefined;
}

export interface Cause {
  readonly cause: string;
  readonly certain: boolean;
  readonly sentence: string;
  readonly where: readonly string[];
  readonly check: string | undefined;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  readonly difference: Difference | undefined;
  readonly state: readonly State[];
  /** The command or the call of the control interface that changes it. */
  readonly change: string | undefined;
  readonly rule: string | undefined;
  readonly remedy: string | undefined;
  readonly stacks: readonly (readonly [stack: string, setting: string])[];
}

export interface Octets {
  readonly bytes: number | undefined;
  /** How many of them the text holds. */
  readonly shown: number | undefined;
  readonly text: string;
}

export type Rightness = 'right' | 'wrong' | 'not tried';
/** Whether digests and signature value are right, by what they are of. */
export type Rightnesses = ReadonlyMap<Signing, Rightness>;

export interface Reference {
  readonly id: string;
  readonly element: string;
  readonly method: string;
  readonly transform: string;
  readonly digest: Rightness;
  readonly octets: Octets | undefined;
}

/** A certificate of a chain. */
export interface Link {
  readonly subject: string;
  readonly from: string;
  readonly until: string;
  /** At the time of the message. */
  readonly right: boolean;
  readonly trusted: boolean;
}

export interface Certificate {
  readonly organisation: string | undefined;
  readonly serial: string | undefined;
  /** From the certificate itself to the trust anchor, as far as known. */
  readonly chain: readonly Link[];
  /** Why it leads to none. */
  readonly missing: string | undefined;
}

export interface Explained {
  readonly causes: readonly Cause[];
  readonly references: readonly Reference[];
  readonly signature:
    | { readonly method: string; readonly value: Rightness; readonly octets: Octets | undefined }
    | undefined;
  readonly certificate: Certificate | undefined;
  /** The parts of the message, each with the reference that signs it. */
  readonly coverage: readonly { readonly element: string; readonly signedBy: string | undefined }[];
  /** What another library says of it, and why. */
  readonly second: { readonly library: string; readonly verdict: string; readonly why: string } | undefined;
}

const differenceIn = (value: unknown): Difference | undefined => {
  const { at, signed, arrived } = objectIn(value);
  return typeof at === 'number' && typeof signed === 'string' && typeof arrived === 'string'
    ? { at, signed, arrived }
    : undefined;
};

const stateIn = ({ what, since, by, now }: Json): State => {
  const { means, exchange, caller, kept } = objectIn(by);
  const named = text(means);
  return {
    what: text(what) ?? '',
    since: text(since),
    by:
      named === undefined
        ? undefined
        : { means: named, exchange: count(exchange), caller: text(caller), kept: kept === true },
    now: text(now),
  };
};

const causeIn = (cause: Json): Cause => {
  const evidence = objectIn(cause.evidence);
  return {
    cause: text(cause.cause) ?? 'unknown',
    certain: cause.certain === true,
    sentence: text(cause.sentence) ?? '',
    where: texts(cause.where),
    check: text(evidence.check),
    expected: text(evidence.expected),
    found: text(evidence.found),
    difference: differenceIn(evidence.difference),
    state: objects(evidence.state).map(stateIn),
    change: text(evidence.change),
    rule: text(cause.rule),
    remedy: text(cause.remedy),
    stacks: Object.entries(objectIn(cause.stacks)).flatMap(([stack, setting]) =>
      typeof setting === 'string' ? [[stack, setting] as const] : [],
    ),
  };
};

const octetsIn = (value: unknown): Octets | undefined => {
  const { bytes, shown, text: content } = objectIn(value);
  return typeof content === 'string'
    ? { bytes: count(bytes), shown: count(shown), text: content }
    : undefined;
};

const rightness = (value: unknown): Rightness => {
  if (value === true || value === 'right') return 'right';
  return value === false || value === 'wrong' ? 'wrong' : 'not tried';
};

const referenceIn = (reference: Json): Reference => {
  const { method, right } = objectIn(reference.digest);
  const [transform] = objects(reference.transforms);
  return {
    id: (text(reference.uri) ?? '').replace(/^#/, ''),
    element: text(reference.element) ?? 'leads nowhere',
    method: text(method) ?? '',
    transform: text(transform?.algorithm) ?? 'none',
    digest: rightness(right),
    octets: octetsIn(reference.octets),
  };
};

const linkIn = ({ subject, validity, trusted }: Json): Link => {
  const { from, until, right } = objectIn(validity);
  return {
    subject: text(subject) ?? '',
    from: text(from) ?? '',
    until: text(until) ?? '',
    right: right !== false,
    trusted: trusted === true,
  };
};

const certificateIn = (value: unknown): Certificate | undefined => {
  if (!isObject(value)) return undefined;
  const { serial, organisation, path, missing } = value;
  return {
    organisation: text(objectIn(organisation).number),
    serial: text(serial),
    chain: objects(path).map(linkIn),
    missing: text(missing),
  };
};

const secondIn = (value: unknown): Explained['second'] => {
  const { why, ...verdicts } = objectIn(value);
  const [[library, verdict] = []] = Object.entries(verdicts);
  const told = text(verdict);
  return library === undefined || told === undefined
    ? undefined
    : { library, verdict: told, why: text(why) ?? '' };
};

export const explainedIn = (json: unknown): Explained => {
  const { causes, references, signature, certificate, coverage, secondOpinion } = objectIn(json);
  return {
    causes: objects(causes).map(causeIn),
    references: objects(references).map(referenceIn),
    signature: isObject(signature)
      ? {
          method: text(signature.method) ?? '',
          value: rightness(signature.right),
          octets: octetsIn(signature.octets),
        }
      : undefined,
    certificate: certificateIn(certificate),
    coverage: objects(coverage).flatMap(({ element, signedBy }) => {
      const named = text(element);
      return named === undefined ? [] : [{ element: named, signedBy: text(signedBy) }];
    }),
    second: secondIn(secondOpinion),
  };
};

/** Of the request: its digests by the places of their references, and its signature value. */
export const rightnessesIn = ({ references, signature }: Explained): Rightnesses =>
  new Map<Signing, Rightness>([
    ...references.map(({ digest }, index) => [index + 1, digest] as const),
    ...(signature ? ([['signed-info', signature.value]] as const) : []),
  ]);

/** An algorithm by the last part of its identifier, which tells it from the others. */
export const shortAlgorithm = (identifier: string): string =>
  identifier.replace(/^.*[/#](?=[^/#]+[/#]?$)/, '').replace(/[/#]$/, '');
