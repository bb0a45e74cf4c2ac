// The settings of WS-Security: profiles, and whom the emulator trusts.

import * as z from 'zod';
import { flag, list, seconds, setting, wholeNumber } from '../kernel/setting.ts';
import { builtInProfiles } from './profiles/profile.ts';

const profile = z.string().min(1);

export const securitySettings = {
  profile: setting(profile, {
    value: 'observed',
    help: 'security profile: observed, strict, 14-05, none, or one of your own',
    option: '<name>',
  }),
  profiles: setting(z.record(z.string(), profile), {
    value: {},
    help: 'security profile of single services, by name',
  }),
  securityProfiles: setting(z.record(z.string(), z.unknown()), {
    value: {},
    help: 'security profiles of your own, by name: what they extend, and what they change',
  }),
  trust: setting(list, {
    value: [],
    help: 'further trust anchors: PEM files or folders of them',
    option: '<path...>',
  }),
  crls: setting(list, {
    value: [],
    help: 'further revocation lists: PEM or DER files or folders of them; nothing is ever fetched',
    option: '<path...>',
    // One list is `--crl`, as one anchor is `--trust`.
    flags: '--crl, --crls',
  }),
  knownCertificates: setting(list, {
    value: [],
    help: 'PEM files or folders: certificates of callers whose messages only name theirs, beside the clients of the PKI',
    option: '<path...>',
  }),
  serverCert: setting(z.string().optional(), {
    help: 'PEM file: the emulator’s own certificate',
    option: '<file>',
  }),
  serverKey: setting(z.string().optional(), {
    help: 'PEM file: the private key of serverCert',
    option: '<file>',
  }),
  maxLifetime: setting(seconds.optional(), {
    help: 'longest Timestamp lifetime in seconds; by default the profile’s',
    option: '<seconds>',
  }),
  skew: setting(wholeNumber.pipe(z.number().min(0).max(86_400)).optional(), {
    help: 'clock skew in seconds; by default the profile’s',
    option: '<seconds>',
  }),
  replay: setting(flag, {
    value: true,
    help: 'refuse a signed message that was seen before: on or off',
    option: '<on|off>',
  }),
  answerEncryption: setting(
    z.enum(['service', 'off', 'profile', 'aes128-cbc', 'aes256-cbc', 'aes128-gcm', 'aes256-gcm']),
    {
      value: 'service',
      help: 'whether signed answers are encrypted: as the real service did (service), off, as the profile says (profile), or with aes128-cbc, aes256-cbc, aes128-gcm or aes256-gcm',
      option: '<how>',
    },
  ),
};

interface Chosen {
  readonly profile: string;
  readonly profiles: Readonly<Record<string, string>>;
  readonly securityProfiles: Readonly<Record<string, unknown>>;
}

/** The setting that names a profile which is not there; what is there can only be told when all settings are read. */
export const unknownProfile = ({
  profile: usual,
  profiles,
  securityProfiles,
}: Chosen): 'profile' | 'profiles' | undefined => {
  const names: readonly string[] = [...builtInProfiles, ...Object.keys(securityProfiles)];
  if (!names.includes(usual)) return 'profile';
  return Object.values(profiles).every((name) => names.includes(name)) ? undefined : 'profiles';
};
