// What reaches no method of the REST face: which address and verb are known, and what the rest is told.

import type { Problem } from '../../kernel/problem.ts';
import { bare, type RestProblem } from './problem.ts';

/** Nothing is at the address, or nothing for its verb; or the address cannot be read, for the reason given. */
export type Stray =
  | { readonly kind: 'address' }
  | { readonly kind: 'method'; readonly allow: string }
  | { readonly kind: 'unreadable'; readonly found: string };

interface Known {
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
}

/** Makes the judge of requests that no route took; `path` without its query. */
export const createStrayJudge = (known: readonly Known[]): ((path: string) => Stray) => {
  const patterns = known.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
  }));
  return (path) => {
    const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return methods.length === 0
      ? { kind: 'address' }
      : { kind: 'method', allow: [...new Set(methods)].sort().join(', ') };
  };
};

/** 404 for an address where nothing is; 405 for a verb that it does not know, with those that it does. */
export const refuseStray = (
  method: string,
  path: string,
  stray: Exclude<Stray, { kind: 'unreadable' }>,
): Problem<RestProblem> =>
  stray.kind === 'method'
    ? bare(
        405,
        {
          check: 'method of the address',
          expected: stray.allow,
          found: method,
          remedy: 'compare with the OpenAPI document (/v1/openapi.json)',
          rule: 'RFC 9110 §15.5.6',
        },
        { allow: stray.allow },
      )
    : bare(404, {
        check: 'address of the request',
        expected: 'one of the OpenAPI document (/v1/openapi.json)',
        found: path.slice(0, 200),
        remedy: 'compare the path; its parameters are never empty',
        rule: 'RFC 9110 §15.5.5',
      });
