// The contracts of all countries as the composition uses them: opened, seeded and switched together.

import type { CertificateIdentity, CertificateReading } from '../contract/certificates.ts';
import type { Contract, Ground, OpenRegister, Secured } from '../contract/contract.ts';
import { type AnyCountries, controlCountry } from '../control/control.ts';
import { countries } from '../countries.ts';
import type { Addressee } from '../explain/addressee.ts';
import { signatures } from '../pipeline.ts';
import type { Certificate } from '../security/trust/certificate.ts';
import type { Seeds } from '../seeds/content.ts';
import type { Configuration } from '../settings/settings.ts';
import type { ServiceDescription } from '../soap/service.ts';
import type { Engine, Table, Write } from '../store/engine.ts';

/** Contracts by country: those of the package, and whichever stand beside them. */
export type Contracts = typeof countries & Readonly<Record<string, Contract<Configuration>>>;

export const contracts: readonly Contract<Configuration>[] = Object.values(countries);

/** How certificates are read in each country that has any of its own. */
export const certificateReadings: readonly (CertificateReading & { readonly country: string })[] =
  contracts.flatMap(({ country, certificates }) => (certificates ? [{ country, ...certificates }] : []));

/** The organisation that a certificate names, and in whose country it does; the first that can read it counts. */
export const identityOf = (
  certificate: Certificate,
): (CertificateIdentity & { readonly country: string }) | undefined => {
  for (const { country, identityOf: read } of certificateReadings) {
    const identity = read(certificate);
    if (identity) return { ...identity, country };
  }
  return undefined;
};

const mapped = <From, To>(all: Readonly<Record<string, From>>, to: (one: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(all).map(([country, one]) => [country, to(one)]));

/** The registers of all, by country. */
export type Countries = {
  readonly [Country in keyof typeof countries]: ReturnType<(typeof countries)[Country]['open']>;
} & Readonly<Record<string, OpenRegister>>;

export const openCountries = (
  ground: Ground<Configuration>,
  { no, dk, ...others }: Contracts = countries,
): Countries => ({
  no: no.open(ground),
  dk: dk.open(ground),
  ...mapped(others, (contract) => contract.open(ground)),
});

/** What puts the seeds of all countries into their registers. */
export const seedWrites = ({ no, dk }: Countries, seeds: Seeds): readonly Write[] => [
  ...(seeds.no ? no.seeding.add(seeds.no) : []),
  ...(seeds.dk ? dk.seeding.add(seeds.dk) : []),
];

/** The switches of each country. */
export const controlCountries = (
  { no, dk, ...others }: Countries,
  engine: Pick<Engine, 'read' | 'change' | 'hindrance'>,
) => {
  const beside: AnyCountries = mapped(others, ({ administration }) => controlCountry(administration, engine));
  return {
    no: controlCountry(no.administration, engine),
    dk: controlCountry(dk.administration, engine),
    ...beside,
  };
};

/** The SOAP services of all. */
export const servicesOf = (all: Contracts): readonly ServiceDescription[] =>
  Object.values(all).flatMap(({ services }) => services);

export const contractServices = servicesOf(countries);

/** The SOAP services of all, as messages are explained for them. */
export const addresseesOf = (all: Contracts): readonly Addressee[] =>
  Object.values(all).flatMap(({ services, profiled, judgeHeaders }) =>
    services.map((service) => ({ service, secured: profiled, judgeHeaders })),
  );

/** What a security profile can be chosen for. */
export const profiledIn = (all: Contracts): readonly Secured[] =>
  Object.values(all).flatMap<Secured>(({ services, faces }) => [
    ...services,
    ...faces.filter(({ unprofiled }) => !unprofiled),
  ]);

/** What the registers of all keep, and what the pipeline does. */
export const tablesOf = (settings: Configuration, all: Contracts = countries): readonly Table[] => [
  signatures,
  ...Object.values(all).flatMap(({ tables }) => tables(settings)),
];
