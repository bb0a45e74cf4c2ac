// The register as the switches use it: what is told is stored, and what cannot be done is one clear line.

import {
  type Conflict,
  type Engine,
  isLoss,
  type Loss,
  type Query,
  type Stored,
  type Work,
  type Write,
} from '../store/engine.ts';
import { nothing } from '../store/tables.ts';
import { ControlError, unavailableNow } from './problem.ts';

export interface Register {
  /** @throws (rejects) ControlError while the register is being put back */
  read<Loaded>(query: Query<Loaded>): Promise<Loaded>;
  /**
   * @param taken what is told where a number belongs to somebody else
   * @throws (rejects) ControlError for that, and where the register cannot be changed
   */
  change<Loaded, Result>(work: Work<Loaded, Result>, taken?: string): Promise<Result>;
  write(...writes: readonly Write[]): Promise<void>;
  readonly engine: Pick<Engine, 'change'>;
  /** Waits for what was done to be stored. */
  stored<Result>(made: Loss | Conflict | Stored<Result>, taken?: string): Promise<Result>;
  /** @throws ControlError where it cannot be changed now */
  check(): void;
}

const refused = (failure: Loss | Conflict, taken?: string): ControlError =>
  isLoss(failure) ? unavailableNow(failure) : new ControlError(409, taken ?? failure.conflict);

export const createRegister = (engine: Pick<Engine, 'read' | 'change' | 'hindrance'>): Register => {
  const stored: Register['stored'] = async (made, taken) => {
    if (!('durable' in made)) throw refused(made, taken);
    const lost = await made.durable;
    if (lost) throw unavailableNow(lost);
    return made.result;
  };
  const change: Register['change'] = async (work, taken) => stored(await engine.change(work), taken);
  return {
    engine,
    stored,
    change,
    read: async (query) => stored(await engine.read(query)),
    write: (...writes) => change({ load: nothing, decide: () => ({ result: undefined, writes }) }),
    check: () => {
      const why = engine.hindrance();
      if (why) throw unavailableNow(why);
    },
  };
};
