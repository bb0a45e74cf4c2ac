// Mutual TLS and two SOAP headers as the protection of a service: certificate, then headers, then rights.

import { composePlain } from '../soap/compose.ts';
import type { Admission, Peer, Protection } from '../soap/protection.ts';
import {
  type Actor,
  authorise,
  type DanishCaller,
  type Door,
  type Holder,
  unknownOrganisationType,
} from './caller.ts';
import { createHeaderReader, disagreement, type Headers } from './headers.ts';
import type { DanishProblem, Faces } from './problems.ts';
import { type DanishRights, organisationTypes } from './rights.ts';
import type { Refusal } from './rule.ts';

/** What the protection of a service is made of. */
export interface TlsMaterial {
  readonly door: Door;
  readonly rights: DanishRights;
  readonly faces: Faces;
  /** False: calls without a certificate may come too, as far as their headers allow. */
  readonly required: boolean;
  /** Told of a call that said who makes it and was refused for that. */
  readonly onRefused: (operation: string, actor: Actor, holder: Holder | undefined, refused: Refusal) => void;
}

export const createTlsProtection = (
  allowed: readonly number[],
  { door, rights, faces, required, onRefused }: TlsMaterial,
): Protection<DanishProblem> => {
  const readHeaders = createHeaderReader();
  const identify = ({ certificate }: Peer): Holder | Refusal | undefined =>
    required || certificate ? door.identify(certificate) : undefined;

  const judge = (read: Headers, actor: Actor, holder: Holder | undefined): DanishCaller | Refusal => {
    const { type } = read.requesting;
    return organisationTypes[type] === undefined
      ? unknownOrganisationType(type)
      : authorise(holder, actor, allowed, rights, () => disagreement(read, rights));
  };

  const protect: Admission['protect'] = async (answer, version) => composePlain(answer, version);

  return {
    name: required ? 'mutual-tls' : 'none',
    first: true,
    understood: [],
    greet: (peer) => {
      const holder = identify(peer);
      return holder && 'explanation' in holder ? faces.problem(holder) : undefined;
    },
    admit: (envelope, peer) => {
      const holder = identify(peer);
      if (holder && 'explanation' in holder) return faces.problem(holder);
      const read = readHeaders(envelope);
      if ('explanation' in read) return faces.problem(read);
      const actor: Actor = {
        organisationType: read.active.type,
        organisationCode: read.active.code,
        userType: read.user.type,
        userIdentifier: read.user.identifier,
      };
      const caller = judge(read, actor, holder);
      if (!('explanation' in caller)) return { payload: envelope.payload, caller, warnings: [], protect };
      onRefused(envelope.payload.name.replace(/Request$/, ''), actor, holder, caller);
      return faces.problem(caller);
    },
  };
};
