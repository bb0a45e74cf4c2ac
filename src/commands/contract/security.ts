// kontakt contract --security: every profile, line by line, each with the tag that says how well it is known.

import { contracts } from '../../emulator/contracts.ts';
import { openProfiles } from '../../emulator/profiles.ts';
import { resolveProfiles } from '../../security/profiles/custom-profiles.ts';
import { describeProfile } from '../../security/profiles/describe.ts';
import type { Configuration } from '../../settings/settings.ts';
import { print, printJson } from '../print.ts';

/** The services that are secured by profiles. */
const secured = contracts.filter(({ profiled }) => profiled).flatMap(({ services }) => services);

/** The profiles as they are, and each service with the one it has under this configuration. */
const describe = (configuration: Configuration) => {
  const all = resolveProfiles(configuration.securityProfiles);
  const { profileOf } = openProfiles(configuration);
  return {
    profiles: [...all.values()].map((profile) => ({ name: profile.name, lines: describeProfile(profile) })),
    services: secured.map((service) => {
      const tuned = profileOf(service);
      return { service: service.name, profile: tuned.name, lines: describeProfile(tuned) };
    }),
  };
};

type Lines = ReturnType<typeof describeProfile>;
const printLines = (lines: Lines): string[] =>
  lines.map(({ line, value, basis }) => `  ${line.padEnd(32)}${value} [${basis}]`);

export const contractSecurity = (configuration: Configuration, { json }: { json?: boolean }): void => {
  const { profiles, services } = describe(configuration);
  if (json) {
    printJson({ profiles, services });
    return;
  }
  print([
    ...profiles.flatMap(({ name, lines }) => [`profile ${name}`, ...printLines(lines), '']),
    ...services.flatMap(({ service, profile, lines }) => [
      `service ${service}, as configured: profile ${profile}`,
      ...printLines(lines),
      '',
    ]),
    ...contracts.map(({ security }) => security),
  ]);
};
