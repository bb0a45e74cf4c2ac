// The services as they run: every contract's, over one register, in one frame.

import type { Secured, ServedService, Surroundings } from '../contract/contract.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { countries } from '../countries.ts';
import type { Carry } from '../exchange/exchange.ts';
import type { Problem } from '../kernel/problem.ts';
import { ConfigurationError } from '../kernel/user-error.ts';
import { createPipeline } from '../pipeline.ts';
import { profileNamed, resolveProfiles } from '../security/profiles/custom-profiles.ts';
import type { Profile } from '../security/profiles/profile.ts';
import { tuneProfile } from '../security/profiles/tuning.ts';
import type { Configuration } from '../settings/settings.ts';
import type { Caller } from '../soap/service.ts';
import type { Engine } from '../store/engine.ts';
import { type Contracts, profiledIn } from './contracts.ts';

/** The profile of a service, as the configuration has tuned it. */
export type ProfileChoice = (service: Secured) => Profile;

/** @throws ConfigurationError when a profile is chosen that there is not, or for a service that there is not */
export const chooseProfiles = (
  configuration: Configuration,
  contracts: Contracts = countries,
): ProfileChoice => {
  const all = resolveProfiles(configuration.securityProfiles);
  const usual = profileNamed(all, configuration.profile);
  const observed = all.get('observed');
  const single = new Map(
    Object.entries(configuration.profiles).map(([service, name]) => [service, profileNamed(all, name)]),
  );
  const profiled = profiledIn(contracts);
  const unknown = [...single.keys()].find((name) => !profiled.includes(name));
  if (unknown === undefined)
    return ({ name, profile: own, encryptedAnswers = false }) => {
      // What is called observed is another profile for a service that was seen to take and give something else.
      const seen = own !== undefined && usual === observed ? profileNamed(all, own) : usual;
      return tuneProfile(single.get(name) ?? seen, configuration, encryptedAnswers);
    };
  throw new ConfigurationError(
    (name) => `${name('profiles')}: there is no service "${unknown}"; there are ${profiled.join(', ')}`,
  );
};

interface Ways {
  readonly carry: Carry;
  readonly engine: Pick<Engine, 'change'>;
  readonly profileOf: ProfileChoice;
  readonly largestBody: number;
}

/** Makes a SOAP service of an endpoint. */
const serving =
  ({ carry, engine, profileOf, largestBody }: Ways): Surroundings<unknown>['soap'] =>
  <C extends Caller, Own extends Problem>(endpoint: Endpoint<C, Own>): ServedService => {
    const { service, protection, schema } = endpoint;
    return {
      service,
      profile: protection.name,
      overTls: protection.greet !== undefined,
      largestBody: Math.max(service.largestBody ?? 0, largestBody),
      open: !profileOf(service).required,
      handle: createPipeline(endpoint, carry, engine),
      warm: schema.warm,
    };
  };

/** Serves every contract. */
export const serveContracts = (
  surroundings: Omit<Surroundings<Configuration>, 'soap'>,
  contracts: Contracts,
) => {
  const { carry, engine, profileOf, settings } = surroundings;
  const soap = serving({ carry, engine, profileOf, largestBody: settings.limits.soapBody });
  const served = Object.values(contracts).map((contract) => contract.serve({ ...surroundings, soap }));
  return {
    services: served.flatMap(({ services }) => services),
    faces: served.flatMap(({ faces }) => faces),
    explainers: served.flatMap(({ explain }) => (explain ? [explain] : [])),
    proxies: Object.values(contracts).flatMap(({ proxies }) => proxies?.(settings) ?? []),
  };
};
