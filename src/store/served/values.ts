// Single values of the keeper, known at every port before an answer that may tell of them goes out.

import { setTimeout } from 'node:timers/promises';
import type { Engine } from '../engine.ts';
import type { FromKeeper, NamedValue } from './messages.ts';

/** How often is looked, a millisecond apart, whether a process that does not answer does. */
const SPREADS = 2000;

/** What one port was told, and what it says that it knows. */
export interface Follower {
  readonly told: Map<string, number>;
  sent: number;
  known: number;
  readonly send: (message: FromKeeper) => void;
}

/** Sends what is another than it was told. */
export const bring = (engine: Pick<Engine, 'value' | 'valueNames'>, follower: Follower): void => {
  const news: NamedValue[] = [];
  for (const name of engine.valueNames()) {
    const value = engine.value(name);
    if (!value || follower.told.get(name) === value.version) continue;
    follower.told.set(name, value.version);
    news.push({ name, ...value });
  }
  if (news.length === 0) return;
  follower.sent += 1;
  follower.send({ values: news, revision: follower.sent });
};

/** Waits until all of them know what is there now; for a while, where one does not answer. */
export const spread = async (
  engine: Pick<Engine, 'value' | 'valueNames'>,
  followers: ReadonlySet<Follower>,
): Promise<void> => {
  for (const follower of followers) bring(engine, follower);
  const wanted = [...followers].map((follower) => [follower, follower.sent] as const);
  const isBehind = (): boolean =>
    wanted.some(([follower, revision]) => followers.has(follower) && follower.known < revision);
  for (let left = SPREADS; left > 0 && isBehind(); left -= 1) await setTimeout(1);
};
