// What a reset may be asked to do besides.

import { ControlError } from './problem.ts';

export interface ResetOptions {
  /** Without it the configured seed; `none` leaves the register without persons. */
  readonly seed?: 'none';
  readonly journal: boolean;
}

/** @throws ControlError when the body asks for anything else */
export const readReset = (body: unknown): ResetOptions => {
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) {
    throw new ControlError(400, 'reset takes an object, or no body');
  }
  const { seed, journal, ...rest } = (body ?? {}) as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new ControlError(400, `reset takes {"seed": "none"} and {"journal": true}, not ${unknown}`);
  }
  if (seed !== undefined && seed !== 'none') throw new ControlError(400, 'reset: "seed" may only be "none"');
  if (journal !== undefined && typeof journal !== 'boolean')
    throw new ControlError(400, 'reset: "journal" is true or false');
  return { ...(seed === 'none' ? { seed } : {}), journal: journal === true };
};
