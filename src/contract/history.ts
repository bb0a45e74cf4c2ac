// What brought each part of a state about: kept with the state, so that a refusal can name the exchange that led to it.

import type { Origin } from '../kernel/grounds.ts';

/** The parts of a state, by name, each as a text that is another one where the part is. */
export type Parts = Readonly<Record<string, string>>;

/** What is kept with a state. */
export interface History {
  /** How the state came as a whole. */
  readonly whole?: Origin;
  /** What changed a part since; a part that is not there any more was removed by it. */
  readonly parts?: Readonly<Record<string, Origin>>;
}

interface Kept {
  readonly history?: History | undefined;
}

/** The history of a state that comes as a whole, whatever was there before. */
export const begun = (whole: Origin): History => ({ whole });

/** The history of a state after a change: what differs was brought about by it. */
export const historyAfter = <State extends Kept>(
  before: State,
  after: State,
  partsOf: (state: State) => Parts,
  by: Origin,
): History => {
  const [left, right] = [partsOf(before), partsOf(after)];
  const changed = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (name) => left[name] !== right[name],
  );
  return {
    ...before.history,
    parts: { ...before.history?.parts, ...Object.fromEntries(changed.map((name) => [name, by])) },
  };
};

/** What brought a part of a state about, also where it is not there; undefined: the state is of a version that kept no history. */
export const originOf = ({ history }: Kept, part: string): Origin | undefined =>
  history?.parts?.[part] ?? history?.whole;

/** What brought a state, or parts of it, about. */
export interface Change extends Origin {
  /** The names of the parts; none: the state as a whole. */
  readonly parts: readonly string[];
}

/** What is known of how a state came about, the latest first. Of each part it is the last change. */
export const changesIn = ({ whole, parts = {} }: History): readonly Change[] => {
  const changes = new Map<string, Change & { readonly parts: string[] }>();
  for (const [name, origin] of Object.entries(parts)) {
    const key = `${origin.at} ${origin.means} ${origin.exchange}`;
    const known = changes.get(key);
    if (known) known.parts.push(name);
    else changes.set(key, { ...origin, parts: [name] });
  }
  return [
    ...[...changes.values()].sort((left, right) => right.at - left.at),
    ...(whole ? [{ ...whole, parts: [] }] : []),
  ];
};
