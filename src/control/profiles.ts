// The security profile of each service, switched while the emulator runs.

import * as z from 'zod';
import { nothing } from '../store/tables.ts';
import { readBody } from './body.ts';
import type { Events } from './events.ts';
import { ControlError } from './problem.ts';
import type { Register } from './register.ts';

/** A service with the name of the profile that it has, and of the one that the configuration gives it. */
export interface ServiceProfile {
  readonly name: string;
  readonly profile: string;
  readonly configured: string;
}

/** What is switched. */
export interface ProfileSwitch {
  /** Of all profiles that there are. */
  readonly names: readonly string[];
  readonly services: () => readonly ServiceProfile[];
  /**
   * @param wanted profiles by service, null for the configured one; both are known
   * @throws (rejects) ControlError where others share them and they cannot be told; then nothing is changed
   */
  readonly set: (wanted: Readonly<Record<string, string | null>>) => Promise<void>;
}

export interface ProfilesView {
  readonly services: readonly ServiceProfile[];
  /** The names of all profiles. */
  readonly profiles: readonly string[];
}

export interface ProfileControl {
  view(): Promise<ProfilesView>;
  /**
   * From the next request on.
   *
   * @param wanted `{"rest": "none"}`; null: the profile of the configuration. What is not named stays
   * @throws (rejects) ControlError that names the services or profiles that there are; then nothing is changed
   */
  set(wanted: unknown): Promise<ProfilesView>;
}

export const viewProfiles = ({ services, names }: Omit<ProfileSwitch, 'set'>): ProfilesView => ({
  services: services(),
  profiles: names,
});

const profilesJson = z.record(z.string(), z.string().nullable());

export const controlProfiles = (
  profiles: ProfileSwitch,
  register: Pick<Register, 'read'>,
  events: Pick<Events, 'tell'>,
): ProfileControl => {
  const view = (): ProfilesView => viewProfiles(profiles);
  const check = (wanted: Readonly<Record<string, string | null>>): void => {
    const { names } = profiles;
    const known = profiles.services().map(({ name }) => name);
    const entries = Object.entries(wanted);
    if (entries.length === 0)
      throw new ControlError(400, `profiles: name a service; there are ${known.join(', ')}`);
    for (const [service, profile] of entries) {
      if (!known.includes(service))
        throw new ControlError(
          400,
          `profiles: there is no service "${service.slice(0, 100)}"; there are ${known.join(', ')}`,
        );
      if (profile !== null && !names.includes(profile))
        throw new ControlError(
          400,
          `profiles: ${service}: there is no security profile "${profile.slice(0, 100)}"; there are ${names.join(', ')}`,
        );
    }
  };
  return {
    view: async () => {
      // What others switched is known with the next look.
      await register.read(nothing);
      return view();
    },
    set: async (body) => {
      const wanted = readBody(profilesJson, body, 'profiles');
      check(wanted);
      await profiles.set(wanted);
      events.tell('profiles', view, 'profiles');
      return view();
    },
  };
};
