// Step 2: the Timestamp, read and held against the clock.

import type { XmlElement } from 'libxml2-wasm';
import type { Problem } from '../kernel/problem.ts';
import { wsu } from '../xml/names.ts';
import { children, isNamed, onlyText, printNames, strayText, textOf } from '../xml/tree.ts';
import { orMisnamed } from './namesakes.ts';
import { type SecurityKind, type SecurityProblem, securityProblem } from './problems.ts';
import type { Profile } from './profiles/profile.ts';

/** Instants in milliseconds since 1970. */
export interface Timestamp {
  readonly created: number;
  readonly expires: number | undefined;
}

// BSP R3217, R3220: xs:dateTime in UTC, seconds below 60. More than milliseconds is cut off.
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):([0-5]\d)(?:\.(\d+))?Z$/;

const parseInstant = (text: string): number | undefined => {
  const match = INSTANT.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const fraction = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const instant = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  const date = new Date(instant);
  // Date.UTC rolls 31 February over into March; such a date does not exist.
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return exists ? instant : undefined;
};

const form = (
  expected: string,
  found: string,
  parts: readonly XmlElement[] = [],
  kind?: SecurityKind,
): Problem<SecurityProblem> => {
  const reason = {
    check: 'form of wsu:Timestamp',
    expected,
    found,
    rule: 'WSS 1.1 §10; BSP R3203, R3217, R3221, R3224',
    remedy: 'write Created, then Expires, each as xs:dateTime in UTC with a trailing Z',
    ...(kind === undefined ? {} : { kind }),
  };
  return securityProblem('security.timestamp-form', orMisnamed(reason, parts));
};

/** Reads Created and Expires; the order, the number and the form of the two are checked here, the times are not. */
export const readTimestamp = (element: XmlElement): Timestamp | Problem<SecurityProblem> => {
  const parts = children(element);
  const [first, second, ...rest] = parts;
  const known =
    first &&
    isNamed(first, wsu.uri, 'Created') &&
    (!second || isNamed(second, wsu.uri, 'Expires')) &&
    rest.length === 0;
  if (!known || strayText(element) !== undefined) {
    return form('Created, then at most one Expires', printNames(parts), parts);
  }
  const created = parseInstant(onlyText(first) ?? '');
  if (created === undefined) return form('an xs:dateTime in UTC', `Created: ${textOf(first).slice(0, 40)}`);
  const expires = second ? parseInstant(onlyText(second) ?? '') : undefined;
  if (second && expires === undefined)
    return form('an xs:dateTime in UTC', `Expires: ${textOf(second).slice(0, 40)}`);
  if (expires !== undefined && expires <= created) {
    const found = `Created ${textOf(first)}, Expires ${second ? textOf(second) : ''}`;
    return form('Expires after Created', found, [], 'expires-before-created');
  }
  return { created, expires };
};

const iso = (instant: number): string => new Date(instant).toISOString();
const apart = (milliseconds: number): string => `${Math.round(milliseconds / 1000)} s`;

/** The instant after which a message is no longer taken; a replay need not be remembered longer. */
export const lastMoment = ({ created, expires }: Timestamp, { timestamp }: Profile): number =>
  Math.min(expires ?? Number.POSITIVE_INFINITY, created + timestamp.maxLifetime * 1000) +
  timestamp.skew * 1000;

/** Holds the Timestamp against the clock and the profile's limits, all inclusive: everything that departs from them. */
export const judgeTimestamp = (
  timestamp: Timestamp,
  profile: Profile,
  now: number,
): Problem<SecurityProblem>[] => {
  const problems: Problem<SecurityProblem>[] = [];
  const { created, expires } = timestamp;
  const { expiresRequired, maxLifetime, skew } = profile.timestamp;
  const rule = `profile ${profile.name}: lifetime ${maxLifetime} s, skew ${skew} s; WSS 1.1 §10`;
  if (expires === undefined && expiresRequired) {
    problems.push(
      securityProblem('security.timestamp-form', {
        check: 'wsu:Expires',
        expected: 'present',
        found: 'none',
        rule,
        remedy: 'let the client write Expires as well as Created',
      }),
    );
  }
  if (expires !== undefined && expires - created > maxLifetime * 1000) {
    problems.push(
      securityProblem('security.timestamp-lifetime', {
        check: 'lifetime of the Timestamp',
        expected: `at most ${maxLifetime} s from Created to Expires`,
        found: apart(expires - created),
        rule,
        remedy: `set the client’s Timestamp lifetime to ${maxLifetime} s or less`,
        basis: 'assumed',
      }),
    );
  }
  if (created > now + skew * 1000) {
    problems.push(
      securityProblem('security.timestamp-future', {
        check: 'Created against the clock',
        expected: `not later than ${iso(now + skew * 1000)}`,
        found: `${iso(created)}, ${apart(created - now)} ahead of the emulator’s ${iso(now)}`,
        rule,
        remedy:
          'set the client’s clock right (or move the emulator’s: PUT /_emulator/clock with "of": "security")',
      }),
    );
  }
  if (now > lastMoment(timestamp, profile)) {
    problems.push(
      securityProblem('security.timestamp-expired', {
        check: 'age of the Timestamp',
        expected: `not later than ${iso(lastMoment(timestamp, profile))}`,
        found: `the emulator’s clock shows ${iso(now)}; Created ${iso(created)}${expires === undefined ? '' : `, Expires ${iso(expires)}`}`,
        rule,
        remedy: 'sign each message anew just before sending it, and check the client’s clock',
      }),
    );
  }
  return problems;
};
