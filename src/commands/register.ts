// The register as the command line reaches it: of a running emulator, or of a data directory that nobody uses.

import { readFileSync } from 'node:fs';
import { askEmulator } from '../client/remote.ts';
import { createAlone } from '../control/alone.ts';
import { controlDenmark } from '../control/denmark.ts';
import { controlNorway } from '../control/norway.ts';
import { wholeList } from '../control/persons.ts';
import { createClock } from '../kernel/clock.ts';
import { UserError } from '../kernel/user-error.ts';
import { openRegisters } from '../registers.ts';
import { parseSeeds } from '../seeds/content.ts';
import { seedSource } from '../seeds/source.ts';
import { createCommitGroup } from '../store/group.ts';
import { openStore } from '../store/open.ts';

export type Country = 'no' | 'dk';

/** A CPR number has ten digits, a personidentifikator eleven. */
const countryOf = (id: string): Country => (id.length === 10 ? 'dk' : 'no');

export interface RegisterAccess {
  list(country: Country): Promise<readonly unknown[]>;
  show(id: string): Promise<unknown>;
  put(id: string, person: unknown): Promise<unknown>;
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
  list: async (country) =>
    ((await askEmulator(url, 'GET', `/persons?country=${country}`)) as { persons: unknown[] }).persons,
  show: (id) => askEmulator(url, 'GET', `/persons/${countryOf(id)}/${encodeURIComponent(id)}`),
  put: (id, person) => askEmulator(url, 'PUT', `/persons/${countryOf(id)}/${encodeURIComponent(id)}`, person),
  seed: async (content) => {
    await askEmulator(url, 'POST', '/seed', content);
  },
  reset: async (seed) => {
    await askEmulator(url, 'POST', '/reset', seed === undefined ? {} : { seed });
  },
  close: () => {},
});

const localRegister = (directory: string): RegisterAccess => {
  const clock = createClock();
  const now = (): number => clock.now('register');
  const { database, close } = openStore(directory, 'power');
  const group = createCommitGroup(database);
  const source = seedSource('standard', directory);
  const registers = openRegisters(database, now, source);
  const alone = createAlone(group);
  const control = { no: controlNorway(registers.no, now, alone), dk: controlDenmark(registers.dk, alone) };
  return {
    list: async (country) => wholeList<unknown>(control[country].persons.list({})),
    show: async (id) => control[countryOf(id)].persons.get(id),
    put: async (id, person) => control[countryOf(id)].persons.put(id, person),
    seed: async (content, label) => registers.add(parseSeeds(content, label)),
    reset: (seed) => group.exclusive(() => registers.restart(source.again(seed ?? 'all'))),
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
