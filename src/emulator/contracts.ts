// The contracts that the emulator stands in for: the one place where countries stand side by side. A new one is a folder, and
// its lines here.

import type { Contract, Ground } from '../contract/contract.ts';
import { controlCountry } from '../control/control.ts';
import { denmark } from '../dfdg/contract.ts';
import { norway } from '../kontaktregister/contract.ts';
import { signatures } from '../pipeline.ts';
import type { Seeds } from '../seeds/content.ts';
import type { Configuration } from '../settings/settings.ts';
import type { ServiceDescription } from '../soap/service.ts';
import type { Engine, Table, Write } from '../store/engine.ts';

export const contracts: readonly Contract<Configuration>[] = [norway, denmark];

/** Opens the registers of all. */
export const openCountries = (ground: Ground<Configuration>) => ({
  no: norway.open(ground),
  dk: denmark.open(ground),
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
export const profiled: readonly string[] = [
  ...contractServices.map(({ name }) => name),
  ...contracts.flatMap(({ faces }) => faces),
];

/** What the registers of all keep, and what the pipeline does. */
export const tablesOf = (settings: Configuration): readonly Table[] => [
  signatures,
  ...contracts.flatMap(({ tables }) => tables(settings)),
];
