// What a refusal of access went by: the relation that is missing. Read when it is decided, and again when it is explained.

import type { Ground, Grounds } from '../../../kernel/grounds.ts';
import type { Relation, Rights } from '../../register/organisations.ts';

/** The name of the cause; the service itself has no code for it. */
export const RELATION_MISSING = 'relation-missing';

const RELATION = 'relation';

type Present = Pick<Rights, 'mayUse' | 'origin'>;

/** A relation as one text: its members hold no blanks, or there is no such relation. */
const nameOf = ({ organisation, onBehalfOf, service }: Relation): string =>
  [organisation, service, onBehalfOf].join(' ');

/** The relation that a ground is about; undefined: it is about another matter. */
export const relationIn = ({ part, of = '' }: Ground): Relation | undefined => {
  const [, organisation, service, onBehalfOf] =
    /^(\d+) (OPPSLAGSTJENESTEN|ENDRINGSTJENESTEN) (.*)$/s.exec(of) ?? [];
  if (part !== RELATION || organisation === undefined || onBehalfOf === undefined) return undefined;
  return { organisation, onBehalfOf, service: service as Relation['service'] };
};

const ground = (relation: Relation, { mayUse, origin }: Present): Ground => ({
  part: RELATION,
  of: nameOf(relation),
  is: mayUse(relation) ? 'there' : 'none',
  by: origin(),
});

/** A part as it is now; undefined: it is nothing of the register. */
export const readGround = (then: Ground, present: Present): Ground | undefined => {
  const relation = relationIn(then);
  return relation && ground(relation, present);
};

/**
 * What a refusal went by.
 *
 * @param at the register hand of the clock, in milliseconds since 1970
 */
export const groundsOf = (missing: Relation, present: Present, at: number): Grounds => ({
  code: RELATION_MISSING,
  at,
  parts: [ground(missing, present), { part: 'signer', is: missing.organisation }],
});
