// Every switch of the emulator as a function of values: the control interface and the library call the same.

import type { Administration, OwnCall, OwnCalls } from '../contract/administration.ts';
import type { FileFormat } from '../contract/person-files.ts';
import type { Clock } from '../kernel/clock.ts';
import type { HandedOut } from '../pki/handed-out.ts';
import type { Engine } from '../store/engine.ts';
import { nothing } from '../store/tables.ts';
import type { RowsAsked } from './asked.ts';
import {
  type CertificateControl,
  controlCertificates,
  type Issue,
  type OrganisationOf,
} from './certificates.ts';
import { type ClockView, setClock, type Turn, viewClock } from './clock.ts';
import type { Events } from './events.ts';
import { type Exported, exportPersons } from './export.ts';
import { controlJournal, type JournalControl, type JournalParts } from './journal.ts';
import { administerOrganisations, type OrganisationAdministration } from './organisations.ts';
import { callOwn } from './own.ts';
import { administerPersons, type PersonAdministration } from './persons.ts';
import { controlProfiles, type ProfileControl, type ProfileSwitch } from './profiles.ts';
import { createRegister } from './register.ts';
import { type ResetOptions, readReset } from './reset.ts';
import { controlSeed } from './seed.ts';

/** The register of one country. */
export interface CountryControl<Person = unknown, Organisations = unknown, Own extends OwnCalls = OwnCalls> {
  readonly persons: PersonAdministration<Person>;
  readonly organisations: OrganisationAdministration<Organisations>;
  /** What is told of it beside the configuration. */
  facts(): Promise<Readonly<Record<string, number>>>;
  /** All persons as a file. */
  export(format?: FileFormat): Promise<Exported>;
  /** The calls that it alone has. */
  readonly own: Own;
}

export const controlCountry = <Person, Organisations, Own extends OwnCalls>(
  { persons, organisations, relations, facts, own }: Administration<Person, Organisations, Own>,
  engine: Pick<Engine, 'read' | 'change' | 'hindrance'>,
): CountryControl<Person, Organisations, Own> => {
  const register = createRegister(engine);
  return {
    persons: administerPersons(persons, register),
    organisations: administerOrganisations(organisations, relations, register),
    facts: async () => {
      const known = Object.entries(facts).map(async ([name, fact]) => [name, await register.read(fact)]);
      return Object.fromEntries(await Promise.all(known));
    },
    export: (format) => exportPersons(persons, register, format),
    own,
  };
};

/** What the switches are connected to. */
export interface ControlParts<Countries> extends JournalParts {
  readonly engine: Pick<Engine, 'read' | 'change' | 'hindrance'>;
  readonly clock: Clock;
  /** Turns its hands. */
  readonly turn: Turn;
  readonly certificates: HandedOut & { readonly issue: Issue };
  readonly organisationOf: OrganisationOf;
  readonly profiles: ProfileSwitch;
  readonly countries: Countries;
  readonly events: Pick<Events, 'tell'>;
  /** All contracts, described. */
  readonly contract: () => Promise<object>;
  readonly info: () => Promise<Record<string, unknown>>;
  readonly reset: (options: ResetOptions) => Promise<void>;
  /** Parses the content of a seed and adds it. */
  readonly addSeed: (content: unknown) => Promise<void>;
}

/** The registers by country, in the order in which they are listed. */
export type AnyCountries = Readonly<Record<string, CountryControl>>;

export interface Control<Countries extends AnyCountries = AnyCountries> {
  readonly countries: Countries;
  readonly clock: { view(): Promise<ClockView>; set(change: unknown): Promise<ClockView> };
  readonly journal: JournalControl;
  readonly certificates: CertificateControl;
  readonly profiles: ProfileControl;
  own<Row extends object>(call: OwnCall<Row>, asked: RowsAsked, body?: unknown): Promise<readonly Row[]>;
  contract(): Promise<object>;
  info(): Promise<Record<string, unknown>>;
  reset(options: unknown): Promise<void>;
  seed(content: unknown): Promise<void>;
  /** @throws ControlError that says why the register cannot be used now */
  ready(): void;
}

export const createControl = <Countries extends AnyCountries>({
  engine,
  clock,
  turn,
  journal,
  history,
  explain,
  explainUnder,
  octets,
  tree,
  exported,
  others,
  certificates,
  organisationOf,
  profiles,
  countries,
  events,
  contract,
  info,
  reset,
  addSeed,
}: ControlParts<Countries>): Control<Countries> => {
  const register = createRegister(engine);
  const kept = controlJournal({ journal, history, explain, explainUnder, octets, tree, exported, others });
  return {
    countries,
    clock: {
      view: async () => {
        await register.read(nothing);
        return viewClock(clock);
      },
      set: async (change) => {
        register.check();
        await setClock(turn, change);
        events.tell('clock', () => viewClock(clock), 'clock');
        return viewClock(clock);
      },
    },
    journal: {
      ...kept,
      clear: async () => {
        await kept.clear();
        events.tell('journal', () => ({ emptied: true }), 'journal');
      },
    },
    certificates: controlCertificates(certificates, organisationOf, events),
    profiles: controlProfiles(profiles, register, events),
    contract,
    own: (call, asked, body) => callOwn(call, register, asked, body),
    info: async () => {
      const facts = await Promise.all(Object.values(countries).map((country) => country.facts()));
      return Object.assign(await info(), ...facts);
    },
    reset: async (options) => {
      const wanted = readReset(options);
      register.check();
      return reset(wanted);
    },
    seed: controlSeed(addSeed, register),
    ready: register.check,
  };
};
