// The contracts of all countries as the composition uses them: opened, seeded and switched together.

import type { CertificateIdentity } from '../contract/certificates.ts';
import type { Contract, Ground } from '../contract/contract.ts';
import { controlCountry } from '../control/control.ts';
import { countries } from '../countries.ts';
import { signatures } from '../pipeline.ts';
import type { Certificate } from '../security/trust/certificate.ts';
import type { Seeds } from '../seeds/content.ts';
import type { Configuration } from '../settings/settings.ts';
import type { ServiceDescription } from '../soap/service.ts';
import type { Engine, Table, Write } from '../store/engine.ts';

export const contracts: readonly Contract<Configuration>[] = Object.values(countries);

/** The organisation that a certificate names, and in whose country it does; the first that can read it counts. */
export const identityOf = (
  certificate: Certificate,
): (CertificateIdentity & { readonly country: string }) | undefined => {
  for (const { country, certificates } of contracts) {
    const identity = certificates.identityOf(certificate);
    if (identity) return { ...identity, country };
  }
  return undefined;
};

/** Opens the registers of all. */
export const openCountries = (ground: Ground<Configuration>) => ({
  no: countries.no.open(ground),
  dk: countries.dk.open(ground),
});

export type Countries = ReturnType<typeof openCountries>;

/** What puts the seeds of all countries into their registers. */
export const seedWrites = ({ no, dk }: Countries, seeds: Seeds): readonly Write[] => [
  ...(seeds.no ? no.seeding.add(seeds.no) : []),
  ...(seeds.dk ? dk.seeding.add(seeds.dk) : []),
];

/** The switches of each country. */
export const controlCountries = (
  { no, dk }: Countries,
  engine: Pick<Engine, 'read' | 'change' | 'hindrance'>,
) => ({
  no: controlCountry(no.administration, engine),
  dk: controlCountry(dk.administration, engine),
});

/** The SOAP services of all. */
export const contractServices: readonly ServiceDescription[] = contracts.flatMap(({ services }) => services);

/** What a security profile can be chosen for. */
export const profiled: readonly string[] = contracts
  .flatMap<{ readonly name: string }>(({ services, faces }) => [...services, ...faces])
  .map(({ name }) => name);

/** What the registers of all keep, and what the pipeline does. */
export const tablesOf = (settings: Configuration): readonly Table[] => [
  signatures,
  ...contracts.flatMap(({ tables }) => tables(settings)),
];
