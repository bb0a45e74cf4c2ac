// What the REST service refuses besides what the register and the caller's rights do.

import type { Explanation, Problem } from '../../kernel/problem.ts';
import { type Refusal, refusal } from '../rule.ts';

type BareStatus = 403 | 412 | 415;

/** Nothing is at the address; there may be something at one like it. */
export interface NothingThere extends Problem<'rest.404'> {
  readonly near: string | undefined;
}

/** The address knows other methods. */
export interface WrongMethod extends Problem<'rest.405'> {
  /** As the header Allow lists them. */
  readonly allow: string;
}

/** Refusals by status: the contract has no code for them. */
export type RestRefusal = Problem<`rest.${BareStatus}`> | NothingThere | WrongMethod;

export const bare = (
  status: BareStatus,
  explanation: Omit<Explanation, 'basis'>,
): Problem<`rest.${BareStatus}`> => ({
  problem: `rest.${status}`,
  explanation: { ...explanation, basis: 'documented' },
});

/** 1014: a request that is not as the OpenAPI document says. */
export const invalid = (expected: string, found: string): Refusal =>
  refusal(
    1014,
    'the request against its schema',
    expected,
    found,
    'compare with the OpenAPI document (/v1/openapi.json)',
  );
