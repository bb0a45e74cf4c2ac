// Mutual TLS and two SOAP headers as the protection of a service: certificate, then headers, then rights.

import { composePlain } from '../../soap/compose.ts';
import type { Admission, Peer, Protection } from '../../soap/protection.ts';
import type { LogRefusal } from '../access.ts';
import {
  type Actor,
  type Authenticator,
  authorise,
  claimedCaller,
  type DanishCaller,
  type Holder,
  unknownOrganisationType,
} from '../caller.ts';
import { withGrounds } from '../explain/of-callers.ts';
import { type DanishRights, organisationTypes } from '../register/organisations.ts';
import type { Refusal } from '../rule.ts';
import { claimsIn, createHeaderReader, disagreement, type Headers } from './headers.ts';

/** What the protection of a service is made of. */
export interface TlsMaterial {
  readonly authenticator: Authenticator;
  readonly rights: DanishRights;
  /** False at this moment: calls without a certificate may come too, as far as their headers allow. */
  readonly required: () => boolean;
  readonly logRefusal: LogRefusal;
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly now: () => number;
}

const actorIn = ({ active, user }: Headers): Actor => ({
  organisationType: active.type,
  organisationCode: active.code,
  userType: user.type,
  userIdentifier: user.identifier,
});

/** Whether the actor that the headers name may use a service that is meant for `allowed`. */
const judge = (
  read: Headers,
  holder: Holder | undefined,
  allowed: readonly number[],
  rights: DanishRights,
): DanishCaller | Refusal => {
  const { type } = read.requesting;
  return organisationTypes[type] === undefined
    ? unknownOrganisationType(type)
    : authorise(holder, actorIn(read), allowed, rights, () => disagreement(read, rights));
};

const protect: Admission['protect'] = async (answer, version) => Buffer.from(composePlain(answer, version));

export const createTlsProtection = (
  allowed: readonly number[],
  { authenticator, rights, required, logRefusal, now }: TlsMaterial,
): Protection<DanishCaller, Refusal> => {
  const readHeaders = createHeaderReader();
  /** Who a call says it is made for, until it is answered. */
  const standings = new WeakMap<Peer, { readonly actor: Partial<Actor>; readonly admitted: boolean }>();
  const identify = ({ certificate }: Peer): Holder | Refusal | undefined =>
    required() || certificate ? authenticator.identify(certificate) : undefined;

  /** A refusal with what it went by. */
  const grounded = (refused: Refusal, peer: Peer, actor: Partial<Actor>): Refusal => {
    const holder = identify(peer);
    return withGrounds(refused, {
      certificate: peer.certificate,
      holder: holder && 'cvr' in holder ? holder : undefined,
      actor,
      rights,
      at: now(),
    });
  };

  return {
    name: () => (required() ? 'mutual-tls' : 'none'),
    first: true,
    understood: [],
    greet: (peer) => {
      const holder = identify(peer);
      return holder && 'explanation' in holder ? grounded(holder, peer, {}) : undefined;
    },
    claims: ({ certificate }) => claimedCaller(certificate),
    admit: (envelope, peer) => {
      const holder = identify(peer);
      const refuse = (refused: Refusal): Refusal => {
        const actor = claimsIn(envelope);
        standings.set(peer, { actor, admitted: false });
        return grounded(refused, peer, actor);
      };
      if (holder && 'explanation' in holder) return refuse(holder);
      const read = readHeaders(envelope);
      if ('explanation' in read) return refuse(read);
      const caller = judge(read, holder, allowed, rights);
      if ('explanation' in caller) return refuse(caller);
      standings.set(peer, { actor: caller.actor, admitted: true });
      return { payload: envelope.payload, caller, warnings: [], protect };
    },
    refused: async (problem, result, peer, operation, exchange) => {
      const { actor, admitted } = standings.get(peer) ?? { actor: {}, admitted: false };
      const holder = identify(peer);
      const trusted = holder && 'cvr' in holder ? holder : undefined;
      return logRefusal(problem, {
        exchange,
        operation,
        certificate: peer.certificate,
        holder: trusted,
        actor,
        admitted,
        result,
      });
    },
  };
};
