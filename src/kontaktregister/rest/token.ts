// The bearer token of a request: looked at for its form and its scope; who made it nobody verifies here [A].

import { stripIcd } from '../../identifiers/organisasjonsnummer.ts';
import { isProblem, type Problem } from '../../kernel/problem.ts';
import { refusal } from './problems.ts';

/** What a token says. */
export interface Token {
  readonly scopes: readonly string[];
  /** The organisation number of the consumer (ISO 6523), or undefined. */
  readonly organisation: string | undefined;
}

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const membersIn = (part: string): Members | undefined => {
  try {
    const json: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isMembers(json) ? json : undefined;
  } catch {
    return undefined;
  }
};

/** Never the token itself: whoever reads the journal could use it. */
export const unreadable = (found: string): Problem<'personer.token'> =>
  refusal('personer.token', {
    check: 'bearer token',
    expected: 'Authorization: Bearer, and a JWT: three parts in base64url, JSON in the first two',
    found,
    rule: 'RFC 6750 §2.1, RFC 7519 §7.2',
    remedy: 'send a token of Maskinporten, or any JWT with the claim scope: the signature is not verified',
  });

const scopesIn = ({ scope }: Members): readonly string[] =>
  (Array.isArray(scope) ? scope.map(String) : typeof scope === 'string' ? scope.split(/\s+/) : []).filter(
    (one) => one !== '',
  );

/** Maskinporten’s claim: {"authority": "iso6523-actorid-upis", "ID": "0192:<number>"}. */
const consumerIn = ({ consumer }: Members): string | undefined => {
  const id = isMembers(consumer) ? consumer.ID : undefined;
  const number = typeof id === 'string' ? stripIcd(id) : '';
  return /^\d{9}$/.test(number) ? number : undefined;
};

const readToken = (authorization: string | undefined): Token | Problem<'personer.token'> => {
  if (authorization === undefined) return unreadable('no Authorization header');
  const [, token] = /^Bearer +([^\s]+)$/i.exec(authorization) ?? [];
  if (token === undefined) return unreadable('another scheme than Bearer, or no token');
  const parts = token.split('.');
  if (parts.length !== 3) return unreadable(`${parts.length} parts with dots between`);
  if (!parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part))) return unreadable('a part that is no base64url');
  const [header, claims] = parts.map(membersIn);
  if (!header) return unreadable('a header that is no JSON object');
  if (!claims) return unreadable('claims that are no JSON object');
  return { scopes: scopesIn(claims), organisation: consumerIn(claims) };
};

export const withoutScope = (scope: string, scopes: readonly string[]): Problem<'personer.scope'> =>
  refusal('personer.scope', {
    check: 'scope of the bearer token',
    expected: scope,
    found: scopes.length === 0 ? 'none' : scopes.slice(0, 10).join(' ').slice(0, 200),
    rule: 'RFC 6750 §3.1; the name of the scope is assumed',
    remedy: `ask for a token with the scope ${scope}`,
  });

/** What a token says, where it has the scope. */
export const admit = (
  authorization: string | undefined,
  scope: string,
): Token | Problem<'personer.token' | 'personer.scope'> => {
  const token = readToken(authorization);
  return isProblem(token) || token.scopes.includes(scope) ? token : withoutScope(scope, token.scopes);
};
