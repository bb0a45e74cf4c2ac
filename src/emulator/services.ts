// The services as they run: every contract's, over one register, in one frame.

import type { ServedService, Surroundings } from '../contract/contract.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import type { Carry, CarryMessage } from '../exchange/exchange.ts';
import type { Problem } from '../kernel/problem.ts';
import { createPipeline } from '../pipeline.ts';
import type { Configuration } from '../settings/settings.ts';
import type { Caller, ServiceDescription } from '../soap/service.ts';
import type { Engine } from '../store/engine.ts';
import { type Contracts, servicesOf } from './contracts.ts';
import type { ProfileChoice } from './profiles.ts';

interface Ways {
  readonly carry: CarryMessage;
  readonly engine: Pick<Engine, 'change'>;
  readonly profileOf: ProfileChoice;
  readonly largestBody: number;
  readonly all: readonly ServiceDescription[];
}

/** Makes a SOAP service of an endpoint. */
const serving =
  ({ carry, engine, profileOf, largestBody, all }: Ways): Surroundings<unknown>['soap'] =>
  <C extends Caller, Own extends Problem>(endpoint: Endpoint<C, Own>): ServedService => {
    const { service, protection, schema } = endpoint;
    return {
      service,
      profile: protection.name,
      overTls: protection.greet !== undefined,
      largestBody: Math.max(service.largestBody ?? 0, largestBody),
      open: () => !profileOf(service).required,
      handle: createPipeline(
        endpoint,
        carry,
        engine,
        all.filter(({ name }) => name !== service.name),
      ),
      warm: schema.warm,
    };
  };

/** The frames of calls: of all, and of SOAP messages, which other processes may carry through. */
export interface Frames {
  readonly carry: Carry;
  readonly carryMessage: CarryMessage;
}

/** Serves every contract. */
export const serveContracts = (
  { carryMessage, ...surroundings }: Omit<Surroundings<Configuration>, 'soap'> & Frames,
  contracts: Contracts,
) => {
  const { engine, profileOf, settings } = surroundings;
  const soap = serving({
    carry: carryMessage,
    engine,
    profileOf,
    largestBody: settings.limits.soapBody,
    all: servicesOf(contracts),
  });
  const served = Object.values(contracts).map((contract) => contract.serve({ ...surroundings, soap }));
  return {
    services: served.flatMap(({ services }) => services),
    faces: served.flatMap(({ faces }) => faces),
    explainers: served.flatMap(({ explain }) => (explain ? [explain] : [])),
    proxies: Object.values(contracts).flatMap(({ proxies }) => proxies?.(settings) ?? []),
  };
};
