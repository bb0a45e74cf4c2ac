// The package's face: one function, and the types of what it takes and gives.

import type { Emulator } from './library/emulator.ts';
import type { EmulatorOptions } from './library/options.ts';

export type * from './library/calling.ts';
export type * from './library/content.ts';
export type * from './library/emulator.ts';
export type * from './library/exchanges.ts';
export type * from './library/options.ts';
export type * from './library/organisations.ts';
export type * from './library/security.ts';

/**
 * Starts an emulator inside your own program. Only what is given counts: no environment, no configuration file.
 *
 * @throws (rejects) Error with one line that says what to change
 * @example const emulator = await createEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent' });
 */
export const createEmulator = async (options: EmulatorOptions = {}): Promise<Emulator> =>
  // What an emulator is made of is loaded when one is wanted: so this file can be required too.
  (await import('./library/create.ts')).create(options);
