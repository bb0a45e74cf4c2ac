// The services as they run: each with its compiled schemas and its protection.

import { createRefusalLog } from './dfdg/access.ts';
import { type Authenticator, createAuthenticator } from './dfdg/caller.ts';
import { createDanishServices, danishServices } from './dfdg/contract.ts';
import type { DanishRegister } from './dfdg/decide.ts';
import { createFaces, type Faces } from './dfdg/problems.ts';
import { createTlsProtection } from './dfdg/soap/protection.ts';
import type { Clock } from './kernel/clock.ts';
import { ConfigurationError } from './kernel/user-error.ts';
import { createNorwegianServices, norwegianServices } from './kontaktregister/contract.ts';
import type { Endpoint } from './pipeline.ts';
import type { Registers } from './registers.ts';
import { schemasOf } from './schema/validate.ts';
import { profileNamed, resolveProfiles } from './security/profiles/custom-profiles.ts';
import type { Profile } from './security/profiles/profile.ts';
import { tuneProfile } from './security/profiles/tuning.ts';
import { createWsSecurity, type SecurityMaterial } from './security/protection.ts';
import { createCertificateCheck } from './security/trust/mailbox-certificate.ts';
import type { TrustStore } from './security/trust/trust.ts';
import type { Configuration } from './settings/settings.ts';
import type { ServiceDescription } from './soap/service.ts';
import type { CommitGroup } from './store/group.ts';
import type { Sqlite } from './store/sqlite.ts';

/** The SOAP services as their contracts describe them. */
export const contractServices: readonly ServiceDescription[] = [...norwegianServices, ...danishServices];

const SERVICES: readonly string[] = [...contractServices.map(({ name }) => name), 'rest'];

/** What endpoints are made of. */
export interface Parts {
  readonly configuration: Configuration;
  readonly profileOf: ProfileChoice;
  readonly clock: Clock;
  readonly database: Sqlite;
  readonly group: CommitGroup;
  readonly registers: Registers;
  readonly trust: TrustStore;
  readonly security: SecurityMaterial;
}

export interface Endpoints {
  readonly soap: readonly Endpoint[];
  /** What the REST face of the Danish contract shares with its SOAP face. */
  readonly danish: {
    readonly authenticator: Authenticator;
    readonly faces: Faces;
    readonly register: DanishRegister;
    readonly required: boolean;
  };
}

/** The profile of a service, by the service's name. */
export type ProfileChoice = (service: string) => Profile;

/** @throws ConfigurationError when a profile is chosen that there is not, or for a service that there is not */
export const chooseProfiles = (configuration: Configuration): ProfileChoice => {
  const all = resolveProfiles(configuration.securityProfiles);
  const usual = profileNamed(all, configuration.profile);
  const single = new Map(
    Object.entries(configuration.profiles).map(([service, name]) => [service, profileNamed(all, name)]),
  );
  const unknown = [...single.keys()].find((name) => !SERVICES.includes(name));
  if (unknown === undefined) return (service) => single.get(service) ?? usual;
  throw new ConfigurationError(
    (name) => `${name('profiles')}: there is no service "${unknown}"; there are ${SERVICES.join(', ')}`,
  );
};

const norwegian = ({ configuration, profileOf, clock, registers, trust, security }: Parts): Endpoint[] => {
  const { displace, mailboxCertificate } = configuration;
  const { store, rights } = registers.no;
  const faultOfCertificate = createCertificateCheck(trust, mailboxCertificate, () => clock.now('security'));
  return createNorwegianServices({ store, rights, displace, faultOfCertificate }).map((service) => {
    const chosen = tuneProfile(profileOf(service.name), configuration, service.encryptedAnswers ?? false);
    return {
      service,
      schema: schemasOf(service),
      limits: configuration.limits,
      protection: createWsSecurity(chosen, service.headers, security),
    };
  });
};

export const createEndpoints = (parts: Parts): Endpoints => {
  const { configuration, profileOf, clock, database, group, registers, trust } = parts;
  const { dfdg, refusals } = configuration;
  const { store, rights, logs } = registers.dk;
  const faces = createFaces(dfdg);
  const authenticator = createAuthenticator(trust, () => clock.now('security'));
  const codes = {
    digits: dfdg.codeDigits,
    lifetime: dfdg.codeLifetime * 1000,
    wrong: { most: dfdg.codeAttempts, within: dfdg.codeAttemptsWithin * 1000 },
    sent: { most: dfdg.codeSends, within: dfdg.codeSendsWithin * 1000 },
    returned: dfdg.returnCode,
  };
  const now = (): number => clock.now('register');
  const { citizenUser } = dfdg;
  const register = { database, store, logs, faces, codes, citizenUser, now };
  const danish = createDanishServices(register, refusals).map(({ service, allowed }): Endpoint => {
    const { required } = profileOf(service.name);
    return {
      service,
      schema: schemasOf(service),
      limits: configuration.limits,
      protection: createTlsProtection(allowed, {
        authenticator,
        rights,
        faces,
        required,
        logRefusal: createRefusalLog(logs, service.name, group.flush),
      }),
    };
  });
  return {
    soap: [...norwegian(parts), ...danish],
    danish: { authenticator, faces, register, required: profileOf('rest').required },
  };
};
