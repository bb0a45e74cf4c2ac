// Where `call` and `sign` take certificates from: files that are named, a folder that is named, the running emulator, the folder here.

import { resolve } from 'node:path';
import { fromEmulator } from '../client/handed-out.ts';
import { type IdentityOptions, readIdentity } from '../client/identity-file.ts';
import { type CallMaterial, findPki, fromFolder, type MaterialSource } from '../client/material.ts';
import { UserError } from '../kernel/user-error.ts';

export interface MaterialOptions extends IdentityOptions {
  /** The folder of certificates that belongs to the settings. */
  readonly folder: () => string;
  /** Whether the command line named it. */
  readonly named: boolean;
  /** Address of an emulator that may be running. */
  readonly url: string;
}

/** The folder of the settings; undefined where it has no certificates, or there is none. */
const folderHere = (folder: () => string): { path?: string; source?: MaterialSource } => {
  try {
    const path = resolve(folder());
    return findPki(path) ? { path, source: fromFolder(path) } : { path };
  } catch (error) {
    if (error instanceof UserError) return {};
    throw error;
  }
};

const choose = async ({ folder, named, url }: MaterialOptions): Promise<MaterialSource> => {
  if (named) return fromFolder(folder());
  const emulator = await fromEmulator(url);
  if (!('reason' in emulator)) return emulator;
  const { path, source } = folderHere(folder);
  if (source) return source;
  throw new UserError(
    `no certificates: ${emulator.reason}${path === undefined ? '' : `; ${path} has none either`} (--pki and --data name other folders, --cert with --key or --p12 other files)`,
  );
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** An identity alone, for what is only signed. */
export const identityFor = (options: MaterialOptions) => {
  const source = once(() => choose(options));
  return async (name: string): Promise<CallMaterial['client']> =>
    (await readIdentity(options)) ?? (await source()).client(name);
};

/** A client, and what is needed to believe the answers it gets. */
export const materialFor = (options: MaterialOptions): ((name: string) => Promise<CallMaterial>) => {
  const source = once(() => choose(options));
  return async (name) => {
    const own = await readIdentity(options);
    const from = await source();
    return { client: own ?? (await from.client(name)), ...(await from.trust()) };
  };
};
