// How many processes answer messages beside the one that listens.

import { availableParallelism } from 'node:os';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { placeOf } from '../../pki/place.ts';
import type { Configuration } from '../../settings/settings.ts';

/**
 * How many worker processes a configuration asks for; 0: messages are answered by the process that listens.
 *
 * @throws ConfigurationError beside a setting that keeps something where no other process has it, or where none are needed
 */
export const workersOf = (configuration: Configuration): number => {
  const { workers, inMemory, store } = configuration;
  if (workers === 1) return 0;
  const refuse = (other: 'inMemory' | 'store' | 'pki', why: string): never => {
    throw new ConfigurationError(
      (name) => `${name('workers', workers)} and ${name(other)} exclude each other: ${why}`,
    );
  };
  if (inMemory) return refuse('inMemory', 'several processes need a register in a data directory');
  if (store !== undefined)
    return refuse('store', 'over PostgreSQL, start several emulators instead, each a process');
  if (placeOf(configuration).kind === 'memory')
    return refuse('pki', 'several processes need their certificates in a folder');
  const wanted = workers === 'auto' ? availableParallelism() : workers;
  return wanted === 1 ? 0 : wanted;
};
