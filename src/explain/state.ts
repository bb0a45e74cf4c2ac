// The state that led to a refusal, told: what it was, since which exchange, and what has become of it since.

import type { Ground, Grounds, Origin } from '../kernel/grounds.ts';
import type { Explanation } from '../kernel/problem.ts';
import type { ExplainedCause, ToldState } from './explained.ts';

type ToldOrigin = NonNullable<ToldState['by']>;

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A time in the largest unit that it has one of. */
const inWords = (milliseconds: number): string => {
  const [unit, length] = UNITS.find(([, one]) => milliseconds >= one) ?? [];
  if (unit === undefined) return 'less than a second';
  const count = Math.floor(milliseconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

/** The clock may have been set back since. */
const before = (then: number, at: number): string =>
  then > at
    ? `at ${new Date(then).toISOString()}, which is ahead of the service’s clock`
    : `${inWords(at - then)} before`;

const FIXED: Readonly<Record<string, string>> = {
  seed: 'the seed',
  control: 'a call of the control interface',
};

/** What brought a state about, in words. */
export const originInWords = ({ means, exchange, caller }: Origin | ToldOrigin): string =>
  exchange === undefined
    ? (FIXED[means] ?? means)
    : `exchange ${exchange} (${means}${caller === undefined ? '' : ` by ${caller}`})`;

const toldOrigin = ({ means, exchange, caller }: Origin): ToldOrigin => ({
  means,
  ...(exchange === undefined ? {} : { exchange }),
  ...(caller === undefined ? {} : { caller }),
});

/** What a state is called, and what it is now; undefined where that cannot be asked, or was never kept. */
export interface Words {
  readonly say: (ground: Ground) => string;
  readonly read: (ground: Ground) => Ground | undefined;
}

const sameOrigin = (left: Origin | undefined, right: Origin | undefined): boolean =>
  left?.at === right?.at && left?.exchange === right?.exchange && left?.means === right?.means;

/** What has become of a state; undefined: nothing. */
const sinceThen = (ground: Ground, { say, read }: Words): string | undefined => {
  const now = read(ground);
  if (!now || (now.is === ground.is && sameOrigin(now.by, ground.by))) return undefined;
  return now.by ? `${say(now)}, since ${originInWords(now.by)}` : say(now);
};

const toldState = (ground: Ground, at: number, words: Words): ToldState => {
  const { by } = ground;
  const now = sinceThen(ground, words);
  return {
    what: words.say(ground),
    ...(by ? { since: new Date(by.at).toISOString(), before: before(by.at, at), by: toldOrigin(by) } : {}),
    ...(now === undefined ? {} : { now }),
  };
};

/** A refusal by a rule of a contract, with the state that led to it and the call that changes it. */
export const causeOfRule = (
  { check, expected, found, rule, remedy, basis, where }: Explanation,
  { code, at, parts }: Grounds,
  words: Words,
  change: string | undefined,
): ExplainedCause => {
  const state = parts.map((ground) => toldState(ground, at, words));
  const by = parts[0]?.by;
  return {
    cause: code,
    certain: true,
    sentence: `${check}: ${found}${by ? `; so since ${originInWords(by)}, ${before(by.at, at)}` : ''}`,
    evidence: {
      expected,
      found,
      ...(state.length === 0 ? {} : { state }),
      ...(change === undefined ? {} : { change }),
    },
    rule,
    basis,
    remedy,
    ...(where === undefined ? {} : { where: [where] }),
  };
};
