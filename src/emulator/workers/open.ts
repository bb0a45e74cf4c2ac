// The processes that answer messages beside this one, where any are wanted.

import { availableParallelism } from 'node:os';
import type { Carry } from '../../exchange/exchange.ts';
import type { Log } from '../../kernel/log-event.ts';
import type { Configuration } from '../../settings/settings.ts';
import type { Keeper } from '../../store/served/keeper.ts';
import type { Closing } from '../closing.ts';
import type { Frames } from '../services.ts';
import { handingOver } from './handing.ts';
import { openPool, type WorkerState } from './pool.ts';

interface Base {
  readonly configuration: Configuration;
  /** How many. */
  readonly workers: number;
  readonly log: Log;
}

interface Kept {
  readonly carry: Carry;
  readonly session: string;
}

export interface Workers {
  readonly frames: Frames;
  /** What is told of them; nothing where there are none. */
  state(): { readonly workers?: readonly WorkerState[] };
}

/** @param attach gives a process the register; undefined: there is none but this one */
export const openWorkers = async (
  { configuration, workers, log }: Base,
  { carry, session }: Kept,
  attach: Keeper['attach'] | undefined,
  closing: Closing,
): Promise<Workers> => {
  if (!attach) return { frames: { carry, carryMessage: carry }, state: () => ({}) };
  const allCores = workers >= availableParallelism();
  const pool = openPool({ configuration, session, allCores }, attach, log);
  closing.add(pool.close);
  await pool.start(workers);
  return {
    frames: { carry, carryMessage: handingOver(carry, pool) },
    state: () => ({ workers: pool.state() }),
  };
};
