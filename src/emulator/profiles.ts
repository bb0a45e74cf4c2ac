// Which security profile each service has: the one of the configuration, or another that it was given since.

import type { Secured } from '../contract/contract.ts';
import type { ServiceProfile } from '../control/profiles.ts';
import { countries } from '../countries.ts';
import { ConfigurationError } from '../kernel/user-error.ts';
import { profileNamed, resolveProfiles } from '../security/profiles/custom-profiles.ts';
import type { Profile } from '../security/profiles/profile.ts';
import { tuneProfile } from '../security/profiles/tuning.ts';
import type { Configuration } from '../settings/settings.ts';
import { type Contracts, profiledIn } from './contracts.ts';

/** The profile of a service at this moment, as the configuration has tuned it. */
export type ProfileChoice = (service: Secured) => Profile;

/** By service, the name of the profile that it has instead of the one of the configuration. */
export type Switched = Readonly<Record<string, string>>;

export interface Profiles {
  readonly profileOf: ProfileChoice;
  /** Of all profiles that there are. */
  readonly names: readonly string[];
  readonly services: () => readonly ServiceProfile[];
  readonly switched: () => Switched;
  /**
   * From the next request on.
   *
   * @returns what it names for services that is no profile here: those keep the one of the configuration
   */
  readonly use: (switched: Switched) => readonly (readonly [service: string, profile: string])[];
}

/** All profiles by name, as each would be if services had it. */
export const tunedProfiles = (configuration: Configuration): ReadonlyMap<string, Profile> =>
  new Map(
    [...resolveProfiles(configuration.securityProfiles)].map(([name, profile]) => [
      name,
      tuneProfile(profile, configuration, false),
    ]),
  );

/** The profile of each service by the configuration; or by a name, tuned as one of the configuration would be. */
const configuredProfiles = (configuration: Configuration, services: readonly Secured[]) => {
  const all = resolveProfiles(configuration.securityProfiles);
  const usual = profileNamed(all, configuration.profile);
  const observed = all.get('observed');
  const single = new Map(
    Object.entries(configuration.profiles).map(([service, name]) => [service, profileNamed(all, name)]),
  );
  const unknown = [...single.keys()].find((name) => !services.some((service) => service.name === name));
  if (unknown !== undefined)
    throw new ConfigurationError(
      (name) =>
        `${name('profiles')}: there is no service "${unknown}"; there are ${services.map((one) => one.name).join(', ')}`,
    );
  const chosen = ({ name, profile: own }: Secured): Profile => {
    // What is called observed is another profile for a service that was seen to take and give something else.
    const seen = own !== undefined && usual === observed ? profileNamed(all, own) : usual;
    return single.get(name) ?? seen;
  };
  return {
    names: [...all.keys()],
    profileFor: (service: Secured, named?: string): Profile =>
      tuneProfile(
        named === undefined ? chosen(service) : profileNamed(all, named),
        configuration,
        service.encryptedAnswers ?? false,
      ),
  };
};

/** @throws ConfigurationError when a profile is configured that there is not, or for a service that there is not */
export const openProfiles = (configuration: Configuration, contracts: Contracts = countries): Profiles => {
  const services = profiledIn(contracts);
  const { names, profileFor } = configuredProfiles(configuration, services);
  const configured = new Map(services.map((service) => [service.name, profileFor(service)]));
  let switched: Switched = {};
  let now: ReadonlyMap<string, Profile> = configured;
  return {
    profileOf: (service) => now.get(service.name) ?? profileFor(service),
    names,
    services: () =>
      services.map(({ name }) => ({
        name,
        profile: now.get(name)?.name ?? '',
        configured: configured.get(name)?.name ?? '',
      })),
    switched: () => switched,
    use: (wanted) => {
      switched = wanted;
      now = new Map([
        ...configured,
        ...services.flatMap((service) => {
          const name = wanted[service.name];
          if (name === undefined || !names.includes(name)) return [];
          return [[service.name, profileFor(service, name)] as const];
        }),
      ]);
      return Object.entries(wanted).filter(([, name]) => !names.includes(name));
    },
  };
};
