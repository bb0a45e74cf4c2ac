// The services as they run: each with its compiled schemas and its protection.

import { createDoor, type Door } from './dfdg/caller.ts';
import { createDanishServices } from './dfdg/contract.ts';
import type { DanishRegister } from './dfdg/decide.ts';
import { createFaces, type Faces } from './dfdg/problems.ts';
import { createTlsProtection } from './dfdg/protection.ts';
import { mayUse } from './dfdg/rights.ts';
import type { Clock } from './kernel/clock.ts';
import type { Configuration } from './kernel/configuration.ts';
import { ConfigurationError } from './kernel/configuration.ts';
import { createNorwegianServices } from './kontaktregister/contract.ts';
import type { Endpoint } from './pipeline.ts';
import type { Registers } from './registers.ts';
import { compileSchemas } from './schema/validate.ts';
import { createCertificateCheck } from './security/mailbox-certificate.ts';
import { profiles, tuneProfile } from './security/profiles.ts';
import { createWsSecurity, type SecurityMaterial } from './security/protection.ts';
import type { TrustStore } from './security/trust.ts';
import type { Sqlite } from './store/open.ts';

/** What endpoints are made of. */
export interface Parts {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly database: Sqlite;
  readonly registers: Registers;
  readonly trust: TrustStore;
  readonly security: SecurityMaterial;
}

export interface Endpoints {
  readonly soap: readonly Endpoint[];
  /** What the REST face of the Danish contract shares with its SOAP face. */
  readonly danish: {
    readonly door: Door;
    readonly faces: Faces;
    readonly register: DanishRegister;
    readonly required: boolean;
  };
}

const norwegian = ({ configuration, clock, registers, trust, security }: Parts): Endpoint[] => {
  const {
    displace,
    mailboxCertificate,
    profile,
    profiles: single,
    maxLifetime,
    skew,
    replay,
  } = configuration;
  const { store, rights } = registers.no;
  const faultOfCertificate = createCertificateCheck(trust, mailboxCertificate, () => clock.now('security'));
  return createNorwegianServices({ store, rights, displace, faultOfCertificate }).map((service) => {
    const chosen = tuneProfile(profiles[single[service.name] ?? profile], { maxLifetime, skew, replay });
    return {
      service,
      schema: compileSchemas(service),
      protection: createWsSecurity(chosen, service.headers, security),
    };
  });
};

const checkNames = ({ profiles: single }: Configuration, endpoints: readonly Endpoint[]): void => {
  const names = [...endpoints.map(({ service }) => service.name), 'rest'];
  const unknown = Object.keys(single).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ConfigurationError(`"profiles": there is no service "${unknown}"; there are ${names.join(', ')}`);
};

/** @throws ConfigurationError when a profile is chosen for a service that there is not */
export const createEndpoints = (parts: Parts): Endpoints => {
  const { configuration, clock, database, registers, trust } = parts;
  const { dfdg, refusals, profile, profiles: single } = configuration;
  const { store, rights, logs } = registers.dk;
  const faces = createFaces(dfdg);
  const door = createDoor(trust, () => clock.now('security'));
  const codes = {
    digits: dfdg.codeDigits,
    lifetime: dfdg.codeLifetime * 1000,
    attempts: dfdg.codeAttempts,
    returned: dfdg.returnCode,
  };
  const now = (): number => clock.now('register');
  const register = { database, store, logs, faces, codes, now };
  const services = createDanishServices(register, refusals);
  const danish = (['reminder', 'jobnet'] as const).map((name): Endpoint => {
    const required = (single[name] ?? profile) !== 'none';
    return {
      service: services[name],
      schema: compileSchemas(services[name]),
      protection: createTlsProtection(mayUse[name], {
        door,
        rights,
        faces,
        required,
        onRefused: (operation, actor, holder, { code }) =>
          logs.recordRefused(name, operation, actor, holder?.cvr, code),
      }),
    };
  });
  const soap = [...norwegian(parts), ...danish];
  checkNames(configuration, soap);
  return { soap, danish: { door, faces, register, required: (single.rest ?? profile) !== 'none' } };
};
