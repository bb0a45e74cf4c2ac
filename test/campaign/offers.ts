// What is offered to one emulator after the other until it counts, and what a campaign counts.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Dice } from '../dice.ts';
import type { Serving } from '../program.ts';
import type { Instance } from './instances.ts';

/** What became of an offer: it counts now, it counted before, the register is not available, or nobody answered. */
export type Heard = 'counts' | 'counted' | 'unavailable' | 'nothing';

/** What a campaign counts, by name. */
export type Tally = Map<string, number>;

/** What every part of a campaign has before it. */
export interface Surroundings {
  readonly instances: readonly Instance[];
  readonly dice: Dice;
  readonly tally: Tally;
  /** Aborted when something has failed: then nobody goes on. */
  readonly failed: AbortSignal;
}

/** Where one of the emulators listens now. */
export const whereOf = async ({ instances, dice, failed }: Surroundings) => {
  for (;;) {
    failed.throwIfAborted();
    const found = instances[dice.below(instances.length)]?.at();
    if (found) return found;
    await setTimeout(20);
  }
};

export const count = (tally: Tally, name: string): void => void tally.set(name, (tally.get(name) ?? 0) + 1);

/**
 * Makes an offer to one emulator after the other until it counts; then to one more, where it must not count again.
 *
 * @param offer makes the same offer each time
 * @param repeat whether it is one that counts once
 */
export const offerAround = async (
  surroundings: Surroundings,
  offer: (at: Pick<Serving, 'url' | 'tlsUrl'>) => Promise<Heard>,
  repeat: boolean,
): Promise<void> => {
  const { dice, tally } = surroundings;
  // Now and then several have it at the same moment.
  const several = repeat && dice.once(4) ? 3 : 1;
  let accepted = 0;
  const once = async (): Promise<Heard> => {
    const heard = await offer(await whereOf(surroundings));
    count(tally, heard);
    if (heard === 'counts') accepted += 1;
    if (heard !== 'counts' && heard !== 'counted') await setTimeout(20);
    return heard;
  };
  for (;;) {
    const heard = await Promise.all(Array.from({ length: several }, once));
    if (heard.some((one) => one === 'counts' || one === 'counted')) break;
  }
  if (repeat) await once();
  assert.ok(accepted <= 1, 'it was accepted twice');
};
