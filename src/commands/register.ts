// The register as the command line reaches it: of a running emulator, or of a data directory that nobody uses.

import { readFileSync } from 'node:fs';
import { administerPersons } from '../control/norway.ts';
import { ControlError } from '../control/problem.ts';
import { createClock } from '../kernel/clock.ts';
import { UserError } from '../kernel/user-error.ts';
import type { PersonJson } from '../kontaktregister/json.ts';
import { openRegisters, parseSeeds, readSeeds } from '../registers.ts';
import { openStore } from '../store/open.ts';
import { askEmulator } from './remote.ts';

export interface RegisterAccess {
  list(): Promise<readonly PersonJson[]>;
  show(id: string): Promise<PersonJson>;
  put(id: string, person: unknown): Promise<PersonJson>;
  seed(content: unknown, label: string): Promise<void>;
  /** @param seed `none` leaves the register without persons */
  reset(seed: 'none' | undefined): Promise<void>;
  close(): void;
}

/** Where the register is: a data directory where one is named, else the emulator at the URL. */
export interface Where {
  readonly url: string;
  readonly data?: string | undefined;
}

const remoteRegister = (url: string): RegisterAccess => ({
  list: async () =>
    ((await askEmulator(url, 'GET', '/persons?country=no')) as { persons: PersonJson[] }).persons,
  show: async (id) => (await askEmulator(url, 'GET', `/persons/no/${encodeURIComponent(id)}`)) as PersonJson,
  put: async (id, person) =>
    (await askEmulator(url, 'PUT', `/persons/no/${encodeURIComponent(id)}`, person)) as PersonJson,
  seed: async (content) => {
    await askEmulator(url, 'POST', '/seed', content);
  },
  reset: async (seed) => {
    await askEmulator(url, 'POST', '/reset', seed === undefined ? {} : { seed });
  },
  close: () => {},
});

/** What the control interface refuses is the user's to mend here too. */
const told = async <T>(action: () => T): Promise<T> => {
  try {
    return action();
  } catch (error) {
    throw error instanceof ControlError ? new UserError(error.message) : error;
  }
};

const localRegister = (directory: string): RegisterAccess => {
  const clock = createClock();
  const now = (): number => clock.now('register');
  const { database, close } = openStore(directory, 'power');
  const registers = openRegisters(database, now, () => readSeeds('standard'));
  const persons = administerPersons(registers.no.store, now);
  return {
    list: () => told(() => persons.list(undefined, undefined) as PersonJson[]),
    show: (id) => told(() => persons.get(id) as PersonJson),
    put: (id, person) => told(() => persons.put(id, person) as PersonJson),
    seed: (content, label) => told(() => registers.add(parseSeeds(content, label))),
    reset: (seed) => told(() => registers.restart(readSeeds(seed === 'none' ? false : 'standard'))),
    close,
  };
};

/** Does something with the register, and lets go of it whatever happens. */
export const withRegister = async <T>(
  where: Where,
  use: (register: RegisterAccess) => Promise<T>,
): Promise<T> => {
  const register = where.data === undefined ? remoteRegister(where.url) : localRegister(where.data);
  try {
    return await use(register);
  } finally {
    register.close();
  }
};

/** A JSON file; `-` is standard input. */
export const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file}: ${(error as Error).message}`);
  }
};
