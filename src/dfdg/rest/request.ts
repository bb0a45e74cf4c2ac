// What a REST request says besides its address: whom it is made for, its scopes, its body.

import { isUtf8 } from 'node:buffer';
import { firstIssue } from '../../kernel/issue.ts';
import type { Actor, Holder } from '../caller.ts';
import type { DanishRights } from '../rights.ts';
import { type Refusal, refusal } from '../rule.ts';
import { invalid } from './problem.ts';
import type { RestRoute } from './routes.ts';

/** By name in lower case. */
type Headers = Readonly<Record<string, string | undefined>>;

const SYSTEM = 3;
const LONGEST_CLAIM = 255;

/** A number in a header; 0, which no code list has, for what is none. */
const numberIn = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

/** Whom the call is made for: the headers, and for each that is absent what the certificate says. */
export const readActor = (
  headers: Headers,
  holder: Holder | undefined,
  rights: DanishRights,
): Actor | Refusal => {
  const own = holder && rights.ofCvr(holder.cvr);
  const type = headers['x-active-organisation-type-identifier'];
  if (type === undefined && !own) {
    return refusal(
      4575,
      'the organisation that the call is made for',
      'one in the headers, or one that has the certificate’s CVR number',
      holder ? `CVR ${holder.cvr}, which no organisation has` : 'neither',
      'send x-active-organisation-type-identifier and x-active-organisation-code',
    );
  }
  return {
    organisationType: type === undefined ? (own?.type ?? 0) : numberIn(type),
    organisationCode: headers['x-active-organisation-code'] ?? own?.code ?? '',
    userType: numberIn(headers['x-request-user-type-identifier'] ?? String(SYSTEM)),
    userIdentifier: headers['x-request-user-identifier'] ?? holder?.userIdentifier ?? '',
  };
};

/** What the headers alone say of who calls: for the access log, never for a decision. */
export const claimsOf = (headers: Headers): Partial<Actor> => {
  const type = numberIn(headers['x-active-organisation-type-identifier'] ?? '');
  const code = headers['x-active-organisation-code'];
  const userType = numberIn(headers['x-request-user-type-identifier'] ?? '');
  const user = headers['x-request-user-identifier'];
  return {
    ...(type === 0 ? {} : { organisationType: type }),
    ...(code === undefined ? {} : { organisationCode: code.slice(0, LONGEST_CLAIM) }),
    ...(userType === 0 ? {} : { userType }),
    ...(user === undefined ? {} : { userIdentifier: user.slice(0, LONGEST_CLAIM) }),
  };
};

/** EMULATOR: a bearer token is not verified; its text, or the scope claim of its payload, lists the scopes. */
export const scopesOf = (authorization: string | undefined): string[] => {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const payload = token.split('.')[1];
  try {
    const claims = payload
      ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { scope?: string })
      : {};
    return (claims.scope ?? token).split(/[\s,]+/);
  } catch {
    return token.split(/[\s,]+/);
  }
};

/** The body as the route's schema wants it. */
export const parseBody = (
  { body }: RestRoute,
  bytes: Buffer,
  contentType: string | undefined,
): { value: unknown } | Refusal => {
  if (!body) return { value: undefined };
  const media = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (media !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(media)) {
    return invalid(
      'Content-Type: application/json',
      contentType ? `Content-Type: ${contentType.slice(0, 60)}` : 'no Content-Type',
    );
  }
  if (!isUtf8(bytes)) return invalid('JSON in UTF-8', 'bytes that are no UTF-8');
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    return invalid('JSON', (error as Error).message);
  }
  const parsed = body.safeParse(json);
  return parsed.success
    ? { value: parsed.data }
    : invalid('the members that the schema names', firstIssue(parsed.error));
};
