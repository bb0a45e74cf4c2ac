// State that all emulators of one register have together: a single value there, which each of them follows.

import { createRegister } from '../control/register.ts';
import type { Engine, Write } from '../store/engine.ts';
import type { Value } from '../store/tables.ts';

/** State that an emulator has in memory. */
export interface Held<State> {
  readonly state: () => State;
  readonly set: (state: State) => void;
  readonly initial: State;
}

export interface Shared<State> {
  /**
   * Changes it. Where others share it, all of them have it when this resolves.
   *
   * @param to synchronous and pure: it may run twice
   * @throws (rejects) ControlError where the register cannot be changed, and what `to` throws; then nothing is changed
   */
  change(to: (state: State) => State): Promise<void>;
  /** Puts it back everywhere. */
  putBack(): Promise<void>;
  /** As a part of a larger change: puts it back here; and everywhere, by what is to be written. */
  back(): { readonly writes: readonly Write[]; readonly undo: () => void };
}

export type SharingEngine = Pick<Engine, 'read' | 'change' | 'hindrance' | 'value' | 'watch'>;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Has it as the others of the register do, now and ever after; where there are no others, it stays in memory. */
export const share = <State>(
  engine: SharingEngine,
  kept: Value<State>,
  { state, set, initial }: Held<State>,
): Shared<State> => {
  const sharedBy = (change: Shared<State>['change'], writes: readonly Write[]): Shared<State> => ({
    change,
    putBack: () => change(() => initial),
    back: () => {
      const before = state();
      set(initial);
      return { writes, undo: () => set(before) };
    },
  });
  if (!engine.watch) return sharedBy(async (to) => set(to(state())), []);
  const follow = (): void => {
    const there = kept.current(engine);
    if (!isSame(there, state())) set(there);
  };
  follow();
  engine.watch(follow);
  const register = createRegister(engine);
  return sharedBy(
    (to) =>
      register.change({
        load: kept.find(),
        decide: (before) => ({ result: undefined, writes: [kept.put(to(before))] }),
      }),
    [kept.put(initial)],
  );
};
