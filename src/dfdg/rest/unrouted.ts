// What reaches no method of the REST face: which address and verb are known, and what the rest is told.

import { brief } from '../../kernel/brief.ts';
import { nearest } from '../../kernel/nearest.ts';
import type { NothingThere, WrongMethod } from './problem.ts';

/** Why no route took a request: nothing is at the address, or nothing for its verb; or it cannot be read, for the reason given. */
export type Unrouted =
  | { readonly kind: 'address'; readonly near: string | undefined }
  | { readonly kind: 'method'; readonly allow: string }
  | { readonly kind: 'unreadable'; readonly found: string };

interface Known {
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
}

/** What judges the addresses that no route took. */
export interface UnroutedJudge {
  /** Whether an address is meant for the REST service, however it is written. */
  readonly concerns: (url: string) => boolean;
  readonly judge: (url: string) => Unrouted;
}

const VERSION = 'v1';
const MOST_SEGMENTS = 12;

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** The parts of a path between its slashes, decoded, empty ones left out; of an absolute URL (RFC 9112 §3.2.2) too. */
const segmentsOf = (url: string): string[] =>
  url
    .replace(/^https?:\/\/[^/]*/i, '')
    .replace(/[?#].*$/s, '')
    .split('/', 4 * MOST_SEGMENTS)
    .filter((segment) => segment !== '')
    .slice(0, MOST_SEGMENTS)
    .map(decoded);

const isParameter = (segment: string): boolean => segment.startsWith('{');

/** Whether segments are those of a known address, by a comparison of names. */
const fits = (
  given: readonly string[],
  known: readonly string[],
  same: (left: string, right: string) => boolean,
): boolean =>
  given.length === known.length &&
  known.every((segment, index) => isParameter(segment) || same(given[index] ?? '', segment));

/** One address may be meant by another: written otherwise, without the version, below another path, its parameter forgotten or cut. */
const resembles = (given: readonly string[], known: readonly string[]): boolean => {
  const near = (left: string, right: string): boolean =>
    nearest(left, [right]) !== undefined || (right === VERSION && /^v\d{0,3}$/i.test(left));
  const open = isParameter(known.at(-1) ?? '');
  return [
    given,
    [VERSION, ...given],
    given.slice(1),
    ...(open ? [[...given, 'forgotten'], given.slice(0, known.length)] : []),
  ].some((one) => fits(one, known, near));
};

const exactly = (left: string, right: string): boolean => left === right;

/** Those at an address, whatever the verb. */
export const knownAt = <One extends Known>(url: string, known: readonly One[]): One[] => {
  const given = segmentsOf(url);
  return known.filter(({ path }) => fits(given, segmentsOf(path), exactly));
};

/** Makes the judge of requests that no route took. A HEAD is answered wherever a GET is. */
export const createUnroutedJudge = (known: readonly Known[]): UnroutedJudge => {
  const addresses = known.map(({ method, path }) => ({ method, path, segments: segmentsOf(path) }));
  const nearOf = (given: readonly string[]): string | undefined =>
    addresses.find(({ segments }) => fits(given, segments, (left, right) => left.toLowerCase() === right))
      ?.path ?? addresses.find(({ segments }) => resembles(given, segments))?.path;
  return {
    concerns: (url) => {
      const given = segmentsOf(url);
      return given[0]?.toLowerCase() === VERSION || nearOf(given) !== undefined;
    },
    judge: (url) => {
      const given = segmentsOf(url);
      const methods = /^\/(?!\/)(?!.*\/\/)/.test(url.split('?')[0] ?? '')
        ? addresses.filter(({ segments }) => fits(given, segments, exactly)).map(({ method }) => method)
        : [];
      if (methods.length === 0) return { kind: 'address', near: nearOf(given) };
      const all = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
      return { kind: 'method', allow: [...new Set(all)].sort().join(', ') };
    },
  };
};

const OPEN_API = 'the OpenAPI document (/v1/openapi.json)';

/** 404 for an address where nothing is; 405 for a verb that it does not know, with those that it does. */
export const refuseUnrouted = (
  method: string,
  path: string,
  why: Exclude<Unrouted, { kind: 'unreadable' }>,
): NothingThere | WrongMethod => {
  if (why.kind === 'method') {
    return {
      problem: 'rest.405',
      allow: why.allow,
      explanation: {
        check: 'method of the address',
        expected: why.allow,
        found: method,
        remedy: `compare with ${OPEN_API}`,
        rule: 'RFC 9110 §15.5.6',
        basis: 'documented',
      },
    };
  }
  const { near } = why;
  return {
    problem: 'rest.404',
    near,
    explanation: {
      check: 'address of the request',
      expected: near ?? `an address of ${OPEN_API}`,
      found: brief(path),
      remedy: near
        ? `write the address as ${near}: capitals and slashes count, parameters are never empty, and a slash in one is %2F`
        : `compare the path with ${OPEN_API}; parameters are never empty`,
      rule: 'RFC 9110 §15.5.5',
      basis: 'documented',
    },
  };
};
