// Every setting: what it may be, its default, and what it is for.

import { z } from 'zod';

const flag = z.union([
  z.boolean(),
  z.enum(['true', 'on', '1', 'yes']).transform(() => true),
  z.enum(['false', 'off', '0', 'no']).transform(() => false),
]);
// Coercion alone would read an empty text as 0.
const wholeNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.number().int());
const port = wholeNumber.pipe(z.number().min(0).max(65535));
const seconds = wholeNumber.pipe(z.number().min(1).max(86_400));
/** The security profiles that are built in; users may have their own beside them. */
export const builtInProfiles = ['observed', 'strict', '14-05', 'none'] as const;
const profile = z.string().min(1);
const list = z.union([z.array(z.string()), z.string().transform((text) => text.split(','))]);

const memberSchema = z.object({
  port,
  tlsPort: port,
  host: z.string().min(1),
  data: z.string().min(1),
  inMemory: flag,
  profile,
  profiles: z.record(z.string(), profile),
  securityProfiles: z.record(z.string(), z.unknown()),
  seed: z.union([
    z.literal(false),
    z.enum(['off', 'false', 'no', '0']).transform(() => false as const),
    z.string().min(1),
  ]),
  publicUrl: z.url().optional(),
  log: z.enum(['pretty', 'json', 'silent']),
  trust: list,
  crls: list,
  knownCertificates: list,
  serverCert: z.string().optional(),
  serverKey: z.string().optional(),
  maxLifetime: seconds.optional(),
  skew: wholeNumber.pipe(z.number().min(0).max(86_400)).optional(),
  replay: flag,
  answerEncryption: z.enum([
    'service',
    'off',
    'profile',
    'aes128-cbc',
    'aes256-cbc',
    'aes128-gcm',
    'aes256-gcm',
  ]),
  durability: z.enum(['crash', 'power']),
  displace: flag,
  mailboxCertificate: z.enum(['parse', 'chain']),
  refusals: z.enum(['fault', 'envelope']),
  dfdg: z.strictObject({
    language: z.enum(['en', 'da']).default('en'),
    faultcode: z.enum(['number', 'client']).default('number'),
    returnCode: z.boolean().default(false),
    codeDigits: z.number().int().min(4).max(9).default(6),
    codeLifetime: seconds.default(900),
    codeAttempts: z.number().int().min(1).max(100).default(5),
    codeAttemptsWithin: seconds.default(900),
    codeSends: z.number().int().min(1).max(100).default(5),
    codeSendsWithin: seconds.default(3600),
    accessLogRows: z.number().int().min(1).max(1_000_000).default(10_000),
    accessLogDays: z.number().int().min(1).max(3650).default(30),
    outboxRows: z.number().int().min(1).max(1_000_000).default(10_000),
    proxies: z.array(z.string()).default([]),
    scopes: z.boolean().default(false),
    citizenUser: z.enum(['self', 'any']).default('self'),
  }),
  answerHeaders: flag,
  controlToken: z.string().min(8).optional(),
});

/** Checks all settings together: whether a profile is there can only be told when all are. */
export const settingsSchema = memberSchema.superRefine(
  ({ profile: usual, profiles, securityProfiles }, context) => {
    const names: readonly string[] = [...builtInProfiles, ...Object.keys(securityProfiles)];
    if (!names.includes(usual)) context.addIssue({ code: 'custom', path: ['profile'], message: usual });
    if (!Object.values(profiles).every((name) => names.includes(name)))
      context.addIssue({ code: 'custom', path: ['profiles'], message: 'no such profile' });
  },
);

/** The effective configuration. */
export type Configuration = Readonly<z.output<typeof settingsSchema>>;
export type SettingName = keyof Configuration;
/** What a caller may give: any setting, in the form of the configuration file; undefined counts as not given. */
export type ConfigurationInput = {
  readonly [Name in SettingName]?: z.input<typeof settingsSchema>[Name] | undefined;
};

/** Each setting's default and its help, in the order of `--print-config`. */
export const settings: Readonly<Record<SettingName, { readonly value: unknown; readonly help: string }>> = {
  port: { value: 8080, help: 'port of the http listener; 0 picks a free one' },
  tlsPort: { value: 8443, help: 'port of the https listener; 0 picks a free one' },
  host: { value: '127.0.0.1', help: 'address to listen on' },
  data: { value: '.kontakt', help: 'data directory: register and certificates' },
  inMemory: { value: false, help: 'keep everything in memory; nothing is written to disk' },
  profile: { value: 'observed', help: 'security profile: observed, strict, 14-05, none, or one of your own' },
  profiles: { value: {}, help: 'security profile of single services, by name (configuration file only)' },
  securityProfiles: {
    value: {},
    help: 'security profiles of your own, by name: what they extend, and what they change (configuration file only)',
  },
  seed: { value: 'standard', help: 'seed of a new register: a file, or off (--no-seed) for an empty one' },
  publicUrl: { value: undefined, help: 'address in the served WSDL; by default the one it was asked at' },
  log: { value: 'pretty', help: 'log format: pretty, json or silent' },
  trust: { value: [], help: 'further trust anchors: PEM files or folders of them' },
  crls: {
    value: [],
    help: 'further revocation lists: PEM or DER files or folders of them; nothing is ever fetched',
  },
  knownCertificates: {
    value: [],
    help: 'PEM files or folders: certificates of callers whose messages only name theirs, beside the clients of the PKI',
  },
  serverCert: { value: undefined, help: 'PEM file: the emulator’s own certificate' },
  serverKey: { value: undefined, help: 'PEM file: the private key of serverCert' },
  maxLifetime: { value: undefined, help: 'longest Timestamp lifetime in seconds; by default the profile’s' },
  skew: { value: undefined, help: 'clock skew in seconds; by default the profile’s' },
  replay: { value: true, help: 'refuse a signed message that was seen before: on or off' },
  answerEncryption: {
    value: 'service',
    help: 'whether signed answers are encrypted: as the real service did (service), off, as the profile says (profile), or with aes128-cbc, aes256-cbc, aes128-gcm or aes256-gcm',
  },
  durability: {
    value: 'crash',
    help: 'an acknowledged change survives the death of the process (crash) or of the machine (power)',
  },
  displace: { value: false, help: 'choosing a mailbox displaces another provider’s active one: on or off' },
  mailboxCertificate: {
    value: 'parse',
    help: 'what x509Sertifikat must be: within validity (parse), or of a trusted chain too (chain)',
  },
  refusals: {
    value: 'fault',
    help: 'how the Danish services refuse: a fault with FaultDetails (fault), or an answer with FEILET (envelope)',
  },
  dfdg: {
    value: {},
    help: 'further settings of the Danish services: language, faultcode, returnCode, codeDigits, codeLifetime, codeAttempts, codeAttemptsWithin, codeSends, codeSendsWithin, accessLogRows, accessLogDays, outboxRows, proxies, scopes, citizenUser (configuration file only)',
  },
  answerHeaders: { value: true, help: 'send the headers Kontakt-Journal and Kontakt-Warnings: on or off' },
  controlToken: {
    value: undefined,
    help: 'token of at least 8 characters that opens the control interface beyond loopback (environment or configuration file)',
  },
};

export const settingNames = Object.keys(settings) as SettingName[];
export const settingHelp = (name: SettingName): string => settings[name].help;
