// What clients do wrong, to be tried on purpose: each mistake by its name, with what it does to a call.

import { ConfigurationError } from '../kernel/user-error.ts';
import type { Signing } from './security-header.ts';

type Values = Readonly<Record<string, string>>;

/** How a call is protected: a signed message, a message over mutual TLS, JSON over mutual TLS, JSON with a token. */
export type Way = 'signed' | 'tls' | 'rest' | 'token';

export interface Mistake {
  readonly name: string;
  readonly does: string;
  readonly ways: readonly Way[];
  /** The client of the test PKI that makes it by being who it is. */
  readonly as?: Readonly<Partial<Record<Way, string>>>;
  /** The client whose key signs, in place of the caller's own. */
  readonly key?: string;
  /** The field that a service must have for it to be made there; undefined: none. */
  readonly field?: string;
  readonly values?: (values: Values) => Values;
  readonly signing?: Partial<Signing>;
  readonly unsigned?: true;
  /** How far the client's clock is wrong, in milliseconds. */
  readonly clock?: number;
  /** What happens to the message when it is finished. */
  readonly message?: (request: string) => string;
  readonly twice?: true;
}

const HOUR = 3_600_000;
const ORGANISATION = 'postkasseleverandoerOrgNummer';
const PROVIDERS = ['996460320', '984661185'];

/** The first text of the Body, one character longer. */
const altered = (request: string): string => {
  const body = request.search(/<(?:[^\s:<>]+:)?Body[\s>]/);
  return request.slice(0, body) + request.slice(body).replace(/>([^<>]+)</, '>$1x<');
};

const otherOrganisation = (values: Values): Values => {
  const own = values[ORGANISATION];
  if (own === undefined)
    throw new ConfigurationError('the mistake other-organisation needs an operation that names one');
  return { ...values, [ORGANISATION]: PROVIDERS.find((number) => number !== own) ?? '' };
};

const withoutFirst = (values: Values): Values => Object.fromEntries(Object.entries(values).slice(1));

/** In the order in which people are shown them. */
export const mistakes: readonly Mistake[] = [
  {
    name: 'not-signed',
    does: 'the message goes out without a Security header',
    ways: ['signed'],
    unsigned: true,
  },
  {
    name: 'body-altered',
    does: 'a text of the Body is changed after it was signed',
    ways: ['signed'],
    message: altered,
  },
  {
    name: 'laid-out',
    does: 'the message is pretty-printed after it was signed',
    ways: ['signed'],
    message: (request) => request.replaceAll('><', '>\n<'),
  },
  {
    name: 'timestamp-unsigned',
    does: 'the signature covers the Body alone',
    ways: ['signed'],
    signing: { parts: ['Body'] },
  },
  {
    name: 'body-unsigned',
    does: 'the signature covers the Timestamp alone',
    ways: ['signed'],
    signing: { parts: ['Timestamp'] },
  },
  {
    name: 'other-key',
    does: 'the signature is made with the key of another client than the certificate names',
    ways: ['signed'],
    key: 'fremmed',
  },
  {
    name: 'clock-behind',
    does: 'the clock of the client is an hour behind, so that the Timestamp has expired',
    ways: ['signed'],
    clock: -HOUR,
  },
  {
    name: 'clock-ahead',
    does: 'the clock of the client is an hour ahead',
    ways: ['signed'],
    clock: HOUR,
  },
  {
    name: 'sent-twice',
    does: 'the same message is sent a second time',
    ways: ['signed', 'rest'],
    twice: true,
  },
  {
    name: 'certificate-expired',
    does: 'the certificate of the client has expired',
    ways: ['signed'],
    as: { signed: 'utloept' },
  },
  {
    name: 'certificate-revoked',
    does: 'the certificate of the client is revoked',
    ways: ['signed'],
    as: { signed: 'tilbakekalt' },
  },
  {
    name: 'self-signed',
    does: 'the certificate of the client is signed by itself',
    ways: ['signed'],
    as: { signed: 'selvsignert' },
  },
  {
    name: 'caller-unknown',
    does: 'the certificate is valid, and its organisation may not use the service',
    ways: ['signed', 'tls', 'rest'],
    as: { signed: 'fremmed', tls: 'fremmedcvr', rest: 'fremmedcvr' },
  },
  {
    name: 'other-organisation',
    does: 'the request names another organisation than the certificate',
    ways: ['signed'],
    field: ORGANISATION,
    values: otherOrganisation,
  },
  {
    name: 'field-missing',
    does: 'the first field of the request is left out',
    ways: ['signed', 'tls'],
    values: withoutFirst,
  },
  {
    name: 'cut-off',
    does: 'the message ends in the middle',
    ways: ['signed', 'tls'],
    message: (request) => request.slice(0, request.length / 2),
  },
];
