// A running emulator inside the test's process, with all of its insides within reach; the library shows less of them.

import type { Emulator } from '../src/emulator/emulator.ts';
import { startEmulator } from '../src/emulator/start.ts';
import { resolveOptions } from '../src/settings/resolve.ts';
import type { ConfigurationInput } from '../src/settings/settings.ts';

/** What an emulator may be started with. */
export type Options = ConfigurationInput;

export const openEmulator = async (options: Options = {}): Promise<Emulator> =>
  startEmulator(resolveOptions(options));
