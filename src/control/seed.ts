// Adds the content of a seed to the registers, all of it or nothing.

import { UserError } from '../kernel/user-error.ts';
import type { Alone } from './alone.ts';
import { ControlError, unavailableBy } from './problem.ts';

/** @param add what parses the content and adds it */
export const controlSeed =
  (add: (content: unknown) => void, alone: Alone) =>
  (content: unknown): void =>
    alone.changing(() => {
      try {
        add(content);
      } catch (error) {
        if (unavailableBy(error) || !(error instanceof UserError)) throw error;
        throw new ControlError(400, error.message);
      }
    });
