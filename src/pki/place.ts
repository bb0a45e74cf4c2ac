// Where the certificates of an emulator lie: said once, for whoever makes, reads or lists them.

import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ConfigurationError } from '../kernel/user-error.ts';

/** Raised when the roster or the shape of the PKI changes, so that what an earlier version left in the cache is not taken. */
export const PKI_FORMAT = 1;

/** The settings that say where. */
export interface PkiSettings {
  readonly pki?: string | undefined;
  readonly data: string;
  readonly inMemory: boolean;
}

/** A folder of somebody's own, the one that the emulator keeps in the user's cache, or none. */
export type PkiPlace =
  | { readonly kind: 'folder' | 'cache'; readonly folder: string }
  | { readonly kind: 'memory'; readonly reason?: string };

const FRESH = 'new';

const homeCache = (platform: NodeJS.Platform): string | undefined => {
  if (platform === 'win32') return process.env.LOCALAPPDATA;
  const home = homedir();
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
};

/** XDG_CACHE_HOME counts on every platform; a relative one is none (XDG Base Directory Specification). */
const cacheFolder = (): string | undefined => {
  const { XDG_CACHE_HOME: named = '' } = process.env;
  const cache = isAbsolute(named) ? named : homeCache(process.platform);
  return cache !== undefined && isAbsolute(cache)
    ? join(cache, 'kontakt-emulator', `pki-${PKI_FORMAT}`)
    : undefined;
};

export const placeOf = ({ pki, data, inMemory }: PkiSettings): PkiPlace => {
  if (pki === FRESH) return { kind: 'memory' };
  if (pki !== undefined) return { kind: 'folder', folder: pki };
  if (!inMemory) return { kind: 'folder', folder: join(data, 'pki') };
  const folder = cacheFolder();
  return folder === undefined
    ? { kind: 'memory', reason: 'the user has no cache folder' }
    : { kind: 'cache', folder };
};

/**
 * The folder where the certificates lie.
 *
 * @throws ConfigurationError when they lie in the memory of an emulator alone
 */
export const folderOf = (settings: PkiSettings): string => {
  const place = placeOf(settings);
  if (place.kind !== 'memory') return place.folder;
  throw new ConfigurationError(
    (name) =>
      `there is no folder of certificates (${place.reason ?? `pki is ${FRESH}: in memory`}); name one with ${name('pki')} or ${name('data')}`,
  );
};
