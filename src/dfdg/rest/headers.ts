// The headers that the REST service reads: each says one thing, and an empty one that may be left out says nothing.

import { type Refusal, refusal } from '../rule.ts';

/** Headers that may be left out, and then mean something. */
const OPTIONAL = [
  'x-requestid',
  'x-active-organisation-type-identifier',
  'x-active-organisation-code',
  'x-request-user-type-identifier',
  'x-request-user-identifier',
];
const READ = [...OPTIONAL, 'x-civilregistrationidentifier', 'authorization', 'content-type'];

/** By name in lower case; `repeated` came more than once, with different values. */
interface Sent {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly repeated?: readonly string[];
}

/** What the headers say; those that contradict themselves say nothing, nor do optional ones that are empty [A]. */
export const headersSaid = ({ headers, repeated = [] }: Sent): Sent['headers'] =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) => !repeated.includes(name) && !(value === '' && OPTIONAL.includes(name)),
    ),
  );

/** 1014 for a header that came twice with different values: which of them is meant nobody can tell [A]. */
export const checkRepeated = ({ repeated = [] }: Pick<Sent, 'repeated'>): Refusal | undefined => {
  const name = READ.find((one) => repeated.includes(one));
  return name === undefined
    ? undefined
    : refusal(
        1014,
        `header ${name}`,
        'one, or the same value again',
        'several with different values',
        `send ${name} once; look for a proxy or a library that adds its own`,
        'assumed',
      );
};
