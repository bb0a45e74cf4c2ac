// The register as the command line reaches it: of a running emulator, or of a data directory that nobody uses.

import { readFileSync } from 'node:fs';
import { askEmulator, askStream } from '../../client/remote.ts';
import type { Country } from '../../contract/country.ts';
import type { FileFormat } from '../../contract/person-files.ts';
import type { AnyCountries } from '../../control/control.ts';
import { type PersonAdministration, wholeList } from '../../control/persons.ts';
import { countryList } from '../../country-list.ts';
import { controlCountries, tablesOf } from '../../emulator/contracts.ts';
import type { ReadPerson } from '../../emulator/files/persons-in.ts';
import { openRegisters } from '../../emulator/registers.ts';
import { createClock } from '../../kernel/clock.ts';
import { reasonOf } from '../../kernel/file-error.ts';
import { UserError } from '../../kernel/user-error.ts';
import { parseSeeds, type Seeds } from '../../seeds/content.ts';
import { seedSource } from '../../seeds/source.ts';
import { resolveOptions } from '../../settings/resolve.ts';
import type { LogTable } from '../../store/engine.ts';
import { openEngine } from '../../store/open.ts';

/** The country whose persons have numbers of this length; where none has, the usual one says what is wrong with it. */
export const homeOf = (id: string): Country =>
  countryList.find(({ people }) => people.digits === id.length) ?? countryList[0];

/** A file of a register, in a stream. */
export interface ExportedFile {
  /** How many persons there are when it begins. */
  readonly persons: number;
  readonly content: AsyncIterable<string | Uint8Array>;
}

export interface RegisterAccess {
  list(country: string): Promise<readonly unknown[]>;
  show(id: string): Promise<unknown>;
  put(id: string, person: unknown): Promise<unknown>;
  organisations(country: string): Promise<unknown>;
  /** Adds and removes relations, all that are named or none. */
  relate(country: string, change: { readonly add?: object[]; readonly remove?: object[] }): Promise<unknown>;
  export(country: string, format: FileFormat): Promise<ExportedFile>;
  /** Adds persons, or replaces those with the same numbers: all of them or nothing. */
  add(country: string, list: string, persons: readonly ReadPerson[]): Promise<void>;
  seed(content: unknown, label: string): Promise<void>;
  /** @param seed `none` leaves the register without persons */
  reset(seed: 'none' | undefined): Promise<void>;
  close(): Promise<void>;
}

/** Where the register is: a data directory where one is named, else the emulator at the URL. */
export interface Where {
  readonly url: string;
  readonly data?: string | undefined;
}

const personAt = (id: string): string => `/persons/${homeOf(id).country}/${encodeURIComponent(id)}`;

const remoteRegister = (url: string): RegisterAccess => ({
  list: async (country) =>
    ((await askEmulator(url, 'GET', `/persons?country=${country}`)) as { persons: unknown[] }).persons,
  show: (id) => askEmulator(url, 'GET', personAt(id)),
  put: (id, person) => askEmulator(url, 'PUT', personAt(id), person),
  organisations: (country) => askEmulator(url, 'GET', `/organisations?country=${country}`),
  relate: (country, change) => askEmulator(url, 'POST', `/relations?country=${country}`, change),
  export: async (country, format) => {
    const { headers, bytes } = await askStream(url, `/export?country=${country}&format=${format}`);
    return { persons: Number(headers.get('kontakt-persons') ?? 0), content: bytes };
  },
  add: async (country, list, persons) => {
    await askEmulator(url, 'POST', '/seed', { [country]: { [list]: persons.map(({ json }) => json) } });
  },
  seed: async (content) => {
    await askEmulator(url, 'POST', '/seed', content);
  },
  reset: async (seed) => {
    await askEmulator(url, 'POST', '/reset', seed === undefined ? {} : { seed });
  },
  close: async () => {},
});

const unbounded = (table: LogTable): LogTable =>
  table.bounds
    ? { ...table, bounds: { rows: Number.POSITIVE_INFINITY, age: Number.POSITIVE_INFINITY } }
    : table;

const localRegister = async (directory: string): Promise<RegisterAccess> => {
  const clock = createClock();
  const now = (): number => clock.now('register');
  const settings = resolveOptions({});
  const engine = openEngine(
    { directory, durability: 'power', real: clock.real },
    // Who only looks at a register forgets nothing of its logs.
    tablesOf(settings).map((table) => (table.kind === 'log' ? unbounded(table) : table)),
  );
  const source = seedSource('standard', directory);
  const registers = await openRegisters({ engine, now, settings }, source);
  const control: AnyCountries = controlCountries(registers.countries, engine);
  const of = (country: string): AnyCountries[string] => {
    const found = control[country];
    if (found) return found;
    throw new UserError(`there is no country ${country}`);
  };
  const personsOf = (country: string): PersonAdministration<unknown> => of(country).persons;
  return {
    list: async (country) => wholeList(personsOf(country).list({})),
    show: (id) => personsOf(homeOf(id).country).get(id),
    put: (id, person) => personsOf(homeOf(id).country).put(id, person),
    organisations: (country) => of(country).organisations.list(),
    relate: (country, change) => of(country).organisations.relate(change),
    export: async (country, format) => {
      const { persons, text } = await of(country).export(format);
      return { persons, content: text };
    },
    // What was checked is not checked again.
    add: (country, list, persons) =>
      registers.add({ [country]: { [list]: persons.map(({ checked }) => checked) } } as Seeds),
    seed: async (content, label) => registers.add(parseSeeds(content, label)),
    reset: (seed) => registers.restart(() => source.again(seed ?? 'all')),
    close: engine.close,
  };
};

/** Does something with the register, and lets go of it whatever happens. */
export const withRegister = async <T>(
  where: Where,
  use: (register: RegisterAccess) => Promise<T>,
): Promise<T> => {
  const register = where.data === undefined ? remoteRegister(where.url) : await localRegister(where.data);
  try {
    return await use(register);
  } finally {
    await register.close();
  }
};

/** A JSON file; `-` is standard input. */
export const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file}: ${reasonOf(error)}`);
  }
};
