// The composition root and the package's public face: everything is made here and put together once.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { administerPersons } from './control/norway.ts';
import { mountControl, type ResetOptions } from './control/routes.ts';
import { listen } from './http/listen.ts';
import { createJournal, type Journal, type JournalEntry } from './journal/journal.ts';
import { exchangeEvent } from './journal/line.ts';
import { type Clock, createClock } from './kernel/clock.ts';
import {
  type Configuration,
  ConfigurationError,
  type ConfigurationInput,
  resolveConfiguration,
} from './kernel/configuration.ts';
import { createLog } from './kernel/log.ts';
import { packageVersion } from './kernel/root.ts';
import { createNorwegianServices } from './kontaktregister/contract.ts';
import {
  openNorwegianRegister,
  parseSeed,
  readSeed,
  type Seed,
  withoutPersons,
} from './kontaktregister/seed.ts';
import { createPipeline } from './pipeline.ts';
import { openPki, type Pki } from './pki/pki.ts';
import { compileSchemas } from './schema/validate.ts';
import { compareWithWsdl } from './schema/wsdl.ts';
import { readPem } from './security/certificate.ts';
import { createCertificateCheck } from './security/mailbox-certificate.ts';
import { readTrust } from './security/material.ts';
import { profiles, tuneProfile } from './security/profiles.ts';
import { createWsSecurity } from './security/protection.ts';
import { createReplayCache } from './security/replay.ts';
import { createAnswerSigner } from './security/sign.ts';
import { createSignerCache } from './security/signer.ts';
import { createTrustStore } from './security/trust.ts';
import type { Service } from './soap/service.ts';
import { openStore, orDataDirectoryError } from './store/open.ts';

/** A running emulator. */
export interface Emulator {
  /** The http listener, without a trailing slash. */
  readonly url: string;
  readonly tlsUrl: string;
  readonly pki: Pki;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly configuration: Configuration;
  readonly endpoints: readonly { readonly service: Service; readonly profile: string }[];
  /** How many persons the register holds. */
  persons(): number;
  /** Empties the register and seeds it again; clock and replay cache too. */
  reset(options?: Partial<ResetOptions>): void;
  /** Finishes the open requests, closes the register, frees the ports. */
  close(): Promise<void>;
}

const serverMaterial = (
  { serverCert, serverKey }: Configuration,
  pki: Pki,
): { certificatePem: string; keyPem: string } => {
  if (serverCert === undefined && serverKey === undefined) return pki.server;
  if (serverCert === undefined || serverKey === undefined) {
    throw new ConfigurationError('--server-cert and --server-key go together');
  }
  const read = (option: string, file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new ConfigurationError(`${option} ${file}: ${(error as Error).message}`);
    }
  };
  const material = {
    certificatePem: read('--server-cert', serverCert),
    keyPem: read('--server-key', serverKey),
  };
  if (!readPem(material.certificatePem)[0]) {
    throw new ConfigurationError(`--server-cert ${serverCert}: no certificate in the file that can be read`);
  }
  return material;
};

const profileFor = (service: string, configuration: Configuration) => {
  const { profile, profiles: single, maxLifetime, skew, replay } = configuration;
  return tuneProfile(profiles[single[service] ?? profile], { maxLifetime, skew, replay });
};

const seedOf = ({ seed }: Configuration): Seed =>
  seed === false ? withoutPersons(readSeed('norway')) : readSeed(seed);

/**
 * Starts an emulator from an effective configuration.
 *
 * @throws UserError with one line for the user; ContractMismatch when code and WSDL differ
 */
export const startEmulator = async (configuration: Configuration): Promise<Emulator> => {
  const { host, port, tlsPort, publicUrl, durability, answerHeaders, displace, controlToken } = configuration;
  const directory = configuration.inMemory ? undefined : configuration.data;
  const clock = createClock();
  const registerNow = (): number => clock.now('register');
  const seed = seedOf(configuration);
  const log = await createLog(configuration.log, clock.real);

  // The lock on the data directory comes first: nothing else in it is touched without it.
  const { database, close: closeStore } = openStore(directory, durability);
  try {
    const { rights, store, seeding } = openNorwegianRegister(database, registerNow);
    if (!seeding.done()) orDataDirectoryError(() => seeding.restart(seed));

    const pki = await openPki(
      directory === undefined ? undefined : join(directory, 'pki'),
      new Date(clock.real()),
    );
    const server = serverMaterial(configuration, pki);
    const trust = createTrustStore([pki.trustPem, ...readTrust(configuration.trust)], pki.crls);
    const replay = createReplayCache();
    const journal = createJournal(() => clock.now('security'));

    const services = createNorwegianServices({
      store,
      rights,
      displace,
      faultOfCertificate: createCertificateCheck(trust, configuration.mailboxCertificate, () =>
        clock.now('security'),
      ),
    });
    await Promise.all(services.map(compareWithWsdl));
    const material = {
      clock,
      signers: createSignerCache(trust),
      replay,
      answerSigner: createAnswerSigner(server.certificatePem, server.keyPem),
    };
    const handle = createPipeline({
      journal,
      answerHeaders,
      onExchange: (entry: JournalEntry) => log.info(exchangeEvent(entry)),
      onDefect: (error, id) =>
        log.error({ message: `defect in exchange ${id}`, data: { journal: id } }, error),
    });
    const unknown = Object.keys(configuration.profiles).find(
      (name) => !services.some((one) => one.name === name),
    );
    if (unknown !== undefined) {
      throw new ConfigurationError(
        `"profiles": there is no service "${unknown}"; there is ${services.map(({ name }) => name).join(', ')}`,
      );
    }
    const endpoints = services.map((service) => ({
      service,
      schema: compileSchemas(service),
      protection: createWsSecurity(profileFor(service.name, configuration), service.headers, material),
    }));

    const reset = (options: Partial<ResetOptions> = {}): void => {
      // The clock first: times before now in the seed are counted from the real now.
      clock.set('register', { kind: 'real' });
      clock.set('security', { kind: 'real' });
      orDataDirectoryError(() => seeding.restart(options.seed === 'none' ? withoutPersons(seed) : seed));
      replay.clear();
      if (options.journal) journal.clear();
    };
    const info = (): Record<string, unknown> => ({
      name: 'kontakt-emulator',
      version: packageVersion,
      services: endpoints.map(({ service, protection }) => ({
        name: service.name,
        paths: service.paths,
        profile: protection.name,
      })),
      lastChange: store.lastChange(),
      configuration: { ...configuration, ...(controlToken ? { controlToken: '(set)' } : {}) },
    });

    const listeners = await listen({
      host,
      port,
      tlsPort,
      tls: { cert: server.certificatePem, key: server.keyPem, ca: pki.trustPem },
      publicUrl,
      services: endpoints.map((endpoint) => ({
        service: endpoint.service,
        handle: (request) => handle(endpoint, request),
      })),
      onStray: (message) => log.info({ message }),
      mount: (app) =>
        mountControl(app, {
          clock,
          journal,
          rights,
          persons: { no: administerPersons(store, registerNow) },
          info,
          reset,
          addSeed: (content) => orDataDirectoryError(() => seeding.add(parseSeed(content, 'in the request'))),
          access: { token: controlToken, host },
          onDefect: (error) => log.error({ message: 'defect in the control interface' }, error),
        }),
    });

    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => {
      closing ??= listeners.close().then(closeStore);
      return closing;
    };
    const { url, tlsUrl } = listeners;
    return {
      url,
      tlsUrl,
      pki,
      clock,
      journal,
      configuration,
      endpoints: endpoints.map(({ service, protection }) => ({ service, profile: protection.name })),
      persons: store.count,
      reset,
      close,
    };
  } catch (error) {
    closeStore();
    throw error;
  }
};

/**
 * Starts an emulator inside your own program. Only what is given counts: no environment, no configuration file.
 *
 * @example const emulator = await createEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent' });
 */
export const createEmulator = (options: ConfigurationInput = {}): Promise<Emulator> =>
  startEmulator(resolveConfiguration(options, {}, null).configuration);
