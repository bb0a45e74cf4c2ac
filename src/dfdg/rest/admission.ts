// Who calls over REST: the certificate, the headers that name whom it is for, its rights, and the scope of its token.

import type { WireRequest } from '../../http/wire.ts';
import type { RefusedCall } from '../access.ts';
import { type Authenticator, authorise, type DanishCaller } from '../caller.ts';
import { withGrounds } from '../explain/of-callers.ts';
import type { DanishRights } from '../register/organisations.ts';
import type { RestProblem } from './faces.ts';
import { checkRepeated, headersSaid } from './headers.ts';
import { bare } from './problem.ts';
import { claimsOf, readActor, scopesOf } from './request.ts';
import type { RestRoute } from './route.ts';

/** What decides who may call. */
export interface AdmissionParts {
  readonly rights: DanishRights;
  readonly authenticator: Authenticator;
  /** Whether a client certificate is asked for at this moment. */
  readonly required: () => boolean;
  /** Whether a bearer token must carry the method's scope. */
  readonly scopes: boolean;
}

/** What has become known of who calls; filled on the way, for the access log. */
export type Standing = { -readonly [Member in 'holder' | 'actor' | 'admitted']: RefusedCall[Member] };

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const createAdmission = (
  { rights, authenticator, required, scopes }: AdmissionParts,
  now: () => number,
) => {
  const grounded = (
    refused: RestProblem,
    { certificate }: WireRequest,
    { holder, actor }: Standing,
  ): RestProblem => withGrounds(refused, { certificate, holder, actor, rights, at: now() });

  /** Why the certificate is refused; undefined when it is not. */
  const identify = (request: WireRequest, standing: Standing): RestProblem | undefined => {
    const { certificate } = request;
    const holder = required() || certificate ? authenticator.identify(certificate) : undefined;
    if (holder && 'explanation' in holder) return grounded(holder, request, standing);
    standing.holder = holder;
    return undefined;
  };

  const admit = (route: RestRoute, request: WireRequest, standing: Standing): DanishCaller | RestProblem => {
    const headers = headersSaid(request);
    standing.actor = claimsOf(headers);
    const unread = identify(request, standing) ?? checkRepeated(request);
    if (unread) return unread;
    const actor = readActor(headers, standing.holder, rights);
    if ('explanation' in actor) return grounded(actor, request, standing);
    standing.actor = actor;
    const caller = authorise(standing.holder, actor, route.allowed, rights);
    if ('explanation' in caller) return grounded(caller, request, standing);
    standing.admitted = true;
    if (!scopes || scopesOf(headers.authorization).includes(route.scope)) return caller;
    return bare(403, {
      check: 'scope of the bearer token',
      expected: route.scope,
      found: headers.authorization ? 'other scopes' : 'no token',
      remedy: 'send Authorization: Bearer with a token that carries the scope',
      rule: 'contract: REST, scopes',
    });
  };

  return { identify, admit };
};

export type Admission = ReturnType<typeof createAdmission>;
