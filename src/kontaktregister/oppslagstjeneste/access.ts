// Who may use the service: a relation says that an organisation may use a part of it for another, or for itself.

import { shortened } from '../../kernel/brief.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Relation, Rights } from '../register/organisations.ts';
import type { LookupCaller } from './caller.ts';
import { groundsOf } from './explain/grounds.ts';

export type Part = Relation['service'];

export type AccessProblem = Problem<'oppslag.access'> & {
  /** What the caller is told [O]. */
  readonly text: string;
};

const LONGEST_OWNER = 100;
/** More relations than these are counted, not named. */
const NAMED = 5;

const printRelations = (own: readonly Relation[]): string => {
  const named = own.slice(0, NAMED).map(({ service, onBehalfOf }) => `${service} for ${onBehalfOf}`);
  return named.join(', ') + (own.length > NAMED ? ` and ${own.length - NAMED} more` : '');
};

/**
 * Without a signature nobody knows who calls, and nobody is refused.
 *
 * @param at the register hand of the clock, in milliseconds since 1970
 */
export const refuseAccess = (
  { organisation, onBehalfOf }: LookupCaller,
  part: Part,
  { mayUse, relations, origin }: Pick<Rights, 'mayUse' | 'relations' | 'origin'>,
  at: number,
): AccessProblem | undefined => {
  if (organisation === undefined) return undefined;
  const wanted = onBehalfOf ?? organisation;
  const missing: Relation = { organisation, onBehalfOf: wanted, service: part };
  if (mayUse(missing)) return undefined;
  const owner = shortened(wanted, LONGEST_OWNER);
  const may = printRelations(relations().filter((one) => one.organisation === organisation));
  return {
    problem: 'oppslag.access',
    text: `Invalid service usage: Service owner ${owner} does not have access to ${part}`,
    explanation: {
      check: 'relation between the organisation of the certificate and the one that it acts for',
      expected: `a relation: ${organisation} may use ${part} for ${owner}`,
      found: may === '' ? `no relation of ${organisation}` : `${organisation} may use ${may}`,
      rule: 'contract: access is a relation',
      remedy: `add the relation (kontakt relation add, or POST /_emulator/relations), or ${
        onBehalfOf === undefined
          ? 'sign with the certificate of an organisation that has it'
          : 'name an organisation that you may act for in PaaVegneAv'
      }`,
      basis: 'observed',
    },
    grounds: groundsOf(missing, { mayUse, origin }, at),
  };
};
