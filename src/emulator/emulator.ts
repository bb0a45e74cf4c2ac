// What a running emulator is to the rest of the program.

import type { ServedService } from '../contract/contract.ts';
import type { Control } from '../control/control.ts';
import type { ResetOptions } from '../control/reset.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Pki } from '../pki/pki.ts';
import type { Configuration } from '../settings/settings.ts';
import type { controlCountries } from './contracts.ts';

export interface Emulator {
  /** The http listener, without a trailing slash. */
  readonly url: string;
  readonly tlsUrl: string;
  readonly pki: Pki;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly control: Control<ReturnType<typeof controlCountries>>;
  readonly configuration: Configuration;
  readonly services: readonly Pick<ServedService, 'service' | 'profile'>[];
  /** How many persons all registers hold. */
  persons(): Promise<number>;
  /**
   * Empties the registers and puts back what they were seeded with; the clock too. While it runs, which takes a second or two
   * for each hundred thousand persons, the services answer that the register is not available.
   *
   * @throws (rejects) when the disk refuses it: then nothing has changed
   */
  reset(options?: Partial<ResetOptions>): Promise<void>;
  /** Finishes the open requests, closes the register, frees the ports. */
  close(): Promise<void>;
}
