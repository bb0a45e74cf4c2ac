// Adds the content of a seed to the registers, all of it or nothing.

import { UserError } from '../kernel/user-error.ts';
import { ControlError, unavailableBy } from './problem.ts';
import type { Register } from './register.ts';

/** @param add what parses the content and adds it */
export const controlSeed =
  (add: (content: unknown) => Promise<void>, register: Register) =>
  async (content: unknown): Promise<void> => {
    register.check();
    try {
      await add(content);
    } catch (error) {
      if (unavailableBy(error) || !(error instanceof UserError)) throw error;
      throw new ControlError(400, error.message);
    }
  };
