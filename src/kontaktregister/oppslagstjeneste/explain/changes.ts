// The call after which a caller who was refused is let in: the relation that is missing, or a call for whom it may act.

import { callCommand, clientOf, controlCall } from '../../../explain/command.ts';
import { checkOrganisasjonsnummer } from '../../../identifiers/organisasjonsnummer.ts';
import type { Relation } from '../../register/organisations.ts';

/** A refusal that somebody wants to get past. */
export interface Refused {
  /** The relation that was missing. */
  readonly relation: Relation;
  /** `oppslagstjeneste` or `oppslagstjeneste-14-05`. */
  readonly service: string;
  readonly operation: string;
  readonly mayUse: (relation: Relation) => boolean;
}

/** Undefined: what was sent in PaaVegneAv is no organisation, and the caller has no relation of its own. */
export const granting = ({ relation, service, operation, mayUse }: Refused): string | undefined => {
  const { organisation, onBehalfOf } = relation;
  if (checkOrganisasjonsnummer(onBehalfOf) === undefined)
    return controlCall('POST', '/relations?country=no', { add: [relation] });
  const client = clientOf(organisation);
  return client !== undefined && mayUse({ ...relation, onBehalfOf: organisation })
    ? callCommand(`${service}.${operation}`, client)
    : undefined;
};
