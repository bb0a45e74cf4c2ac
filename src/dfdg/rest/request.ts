// What a REST request says besides its address: whom it is made for, its scopes, its body.

import type { z } from 'zod';
import { check, WHOLE } from '../../kernel/issue.ts';
import { parseJson } from '../../kernel/json.ts';
import type { Actor, Holder } from '../caller.ts';
import type { DanishRights } from '../register/organisations.ts';
import { type Refusal, refusal } from '../rule.ts';
import { bare, invalid, type RestRefusal } from './problem.ts';

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

/** 415: HTTP's own answer to a body of another media type. */
const wrongMedia = (contentType: string | undefined): RestRefusal =>
  bare(415, {
    check: 'media type of the body',
    expected: 'Content-Type: application/json',
    found: contentType ? `Content-Type: ${contentType.slice(0, 60)}` : 'a body without Content-Type',
    rule: 'RFC 9110 §15.5.16',
    remedy: 'send Content-Type: application/json with the body',
  });

/** The body as a schema wants it. */
export const parseBody = <Body>(
  schema: z.ZodType<Body>,
  bytes: Buffer,
  contentType: string | undefined,
): { readonly value: Body } | Refusal | RestRefusal => {
  const media = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isJson = media === 'application/json' || /^application\/[\w.-]+\+json$/.test(media);
  if (bytes.length === 0 && (isJson || contentType === undefined))
    return invalid('a body in JSON', 'no body');
  if (!isJson) return wrongMedia(contentType);
  const read = parseJson(bytes);
  if ('fault' in read) return invalid('JSON in UTF-8', read.fault);
  const checked = check(schema, read.json);
  if ('value' in checked) return checked;
  const { place, expected = 'what the schema says', found } = checked.issue;
  return invalid(place === WHOLE ? expected : `${expected} at ${place}`, found);
};
