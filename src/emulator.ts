// The composition root: everything is made here and put together once.

import { openCertificates, serverMaterial, tlsMaterial } from './certificates.ts';
import { type Control, createControl } from './control/control.ts';
import { createDirectory } from './control/directory.ts';
import type { ResetOptions } from './control/reset.ts';
import { mountControl } from './control/routes.ts';
import { answerUnrouted, mountRest } from './dfdg/rest/mount.ts';
import { openApi } from './dfdg/rest/openapi.ts';
import { restRoutes } from './dfdg/rest/routes.ts';
import { createUnroutedJudge } from './dfdg/rest/unrouted.ts';
import { createRest } from './dfdg/rest/way.ts';
import { chooseProfiles, contractServices, createEndpoints } from './endpoints.ts';
import { createCarry } from './exchange/exchange.ts';
import { endpointOf } from './http/contract.ts';
import { createHostRule } from './http/host.ts';
import { listen } from './http/listen.ts';
import { createReports } from './http/reports.ts';
import { aboutOf } from './http/request.ts';
import { warmTelephones } from './identifiers/contact.ts';
import { createJournal, type Journal } from './journal/journal.ts';
import { exchangeEvent } from './journal/line.ts';
import { type Clock, createClock } from './kernel/clock.ts';
import { createLog } from './kernel/log.ts';
import { packageVersion } from './kernel/root.ts';
import { createPipeline } from './pipeline.ts';
import { handOut } from './pki/handed-out.ts';
import { clientNames, type Pki } from './pki/pki.ts';
import { openRegisters } from './registers.ts';
import { createReset } from './reset.ts';
import { checkContract } from './schema/contract-check.ts';
import { createAnswerSigner } from './security/answers/sign.ts';
import { createReplayCache } from './security/replay.ts';
import { createSignerCache } from './security/signer.ts';
import { readTrust } from './security/trust/material.ts';
import { parseSeeds } from './seeds/content.ts';
import { seedSource } from './seeds/source.ts';
import type { Configuration } from './settings/settings.ts';
import type { ServiceDescription } from './soap/service.ts';
import { createCommitGroup } from './store/group.ts';
import { createNumbers } from './store/numbers.ts';
import { openStore } from './store/open.ts';
import { checkFiles, openKnownCertificates, openTrust } from './trust.ts';

/** A running emulator. */
export interface Emulator {
  /** The http listener, without a trailing slash. */
  readonly url: string;
  readonly tlsUrl: string;
  readonly pki: Pki;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly control: Control;
  readonly configuration: Configuration;
  readonly endpoints: readonly { readonly service: ServiceDescription; readonly profile: string }[];
  /** How many persons the two registers hold. */
  persons(): number;
  /**
   * Empties the register and puts back what it was seeded with; clock and replay cache too. While it runs, which takes some
   * seconds for each hundred thousand persons, the services answer that the register is not available.
   *
   * @throws (rejects) when the disk refuses it: then nothing has changed
   */
  reset(options?: Partial<ResetOptions>): Promise<void>;
  /** Finishes the open requests, closes the register, frees the ports. */
  close(): Promise<void>;
}

/**
 * Starts an emulator from an effective configuration.
 *
 * @throws UserError with one line for the user; ContractMismatch when code and WSDL differ
 */
export const startEmulator = async (configuration: Configuration): Promise<Emulator> => {
  const { host, port, tlsPort, publicUrl, durability, answerHeaders, controlToken, limits } = configuration;
  const directory = configuration.inMemory ? undefined : configuration.data;
  // What the user named is looked at before anything is made or opened.
  const profileOf = chooseProfiles(configuration);
  const ownServer = serverMaterial(configuration);
  checkFiles(configuration);
  for (const service of contractServices) checkContract(service);
  const clock = createClock();
  const registerNow = (): number => clock.now('register');
  const source = seedSource(configuration.seed, directory);
  const log = await createLog(configuration.log, clock.real);

  // The lock on the data directory comes first: nothing else in it is touched without it.
  const { database, lost, close: closeStore } = openStore(directory, durability);
  try {
    const registers = openRegisters(database, registerNow, source, configuration.dfdg);
    const group = createCommitGroup(database, lost);

    const pki = await openCertificates(configuration, clock, log);
    const server = ownServer ?? pki.server;
    const trust = openTrust(configuration, pki, clock, log);
    const replay = createReplayCache();
    const exchangeNumbers = createNumbers(database, 'exchange', group.flush);
    const journal = createJournal({
      now: () => clock.now('security'),
      nameOf: clientNames(pki),
      number: exchangeNumbers.next,
      onFailure: (error) => log.error({ message: 'defect in a listener of the journal' }, error),
    });
    journal.subscribe((entry) => log.info(exchangeEvent(entry)));

    const security = {
      clock,
      trust,
      signers: createSignerCache(trust, openKnownCertificates(configuration, pki, clock, log)),
      replay,
      answerSigner: createAnswerSigner(server.certificatePem, server.keyPem),
    };
    const { soap, danish } = createEndpoints({
      configuration,
      profileOf,
      clock,
      database,
      group,
      registers,
      trust,
      security,
    });
    const carry = createCarry({
      journal,
      answerHeaders,
      onDefect: (error, id) =>
        log.error({ message: `defect in exchange ${id}`, data: { journal: id } }, error),
    });
    const hosts = createHostRule(configuration);
    const reports = createReports({ journal, log, answerHeaders });
    const rest = createRest({
      carry,
      group,
      ...danish,
      rights: registers.dk.rights,
      language: configuration.dfdg.language,
      scopes: configuration.dfdg.scopes,
    });
    const reset = createReset({ group, clock, registers, source, replay, journal });
    const addresses: { url?: string; tlsUrl?: string } = {};
    const info = (): Record<string, unknown> => ({
      name: 'kontakt-emulator',
      ...addresses,
      version: packageVersion,
      services: soap.map(({ service, protection }) => ({
        name: service.name,
        paths: service.paths,
        profile: protection.name,
      })),
      lastChange: registers.no.store.lastChange(),
      configuration: { ...configuration, ...(controlToken ? { controlToken: '(set)' } : {}) },
    });

    const control = createControl({
      group,
      clock,
      journal,
      certificates: handOut(pki, server.certificatePem),
      ...registers,
      info,
      reset,
      addSeed: (content) => registers.add(parseSeeds(content, 'content')),
    });

    const besideRoutes = {
      judge: createUnroutedJudge([...restRoutes, { method: 'GET', path: '/v1/openapi.json' }]),
      unrouted: rest.unrouted,
      proxies: configuration.dfdg.proxies,
      reports,
    };
    const listeners = await listen({
      host,
      port,
      tlsPort,
      // Whose certificates clients are asked for: some choose theirs by that.
      tls: {
        ...(await tlsMaterial(ownServer, pki, configuration, clock)),
        ca: [pki.trustPem, ...readTrust(configuration.trust)],
      },
      keepAlive: configuration.keepAlive,
      publicUrl,
      hosts,
      reports,
      proxies: configuration.dfdg.proxies,
      services: soap.map((endpoint) => ({
        service: endpoint.service,
        overTls: endpoint.protection.greet !== undefined,
        largestBody: Math.max(endpoint.service.largestBody ?? 0, limits.soapBody),
        open: !profileOf(endpoint.service.name).required,
        handle: createPipeline(endpoint, carry, group),
      })),
      unrouted: (request, found) => answerUnrouted(besideRoutes, request, found),
      onUnrouted: (message) => log.info({ message }),
      mount: (app, { gate, stopping, own, tlsPort }) => {
        const routes = restRoutes.map((route) => ({ route, handle: rest.method(route) }));
        const { required } = danish;
        const { scopes } = configuration.dfdg;
        mountRest(
          app,
          {
            routes,
            largestBody: limits.restBody,
            openApi: (server) => openApi({ version: packageVersion, server, required, scopes }),
            serverOf: (protocol, asked) =>
              endpointOf({ publicUrl, overTls: required, own, tlsPort }, protocol, asked),
            gate: required ? undefined : gate('rest'),
          },
          besideRoutes,
        );
        mountControl(app, {
          control,
          access: { token: controlToken, hosts },
          largest: { body: limits.controlBody, seed: limits.seedBody },
          directory: createDirectory(soap, restRoutes, { publicUrl, restOverTls: required, own, tlsPort }),
          stopping,
          onDefect: (error, request) => reports.defect(error, aboutOf(request)),
        });
      },
    });

    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => {
      closing ??= listeners.close().then(async () => {
        await group.close();
        exchangeNumbers.close();
        closeStore();
      });
      return closing;
    };
    const { url, tlsUrl } = listeners;
    if (registers.seededBefore)
      void source.ignored().then(
        (message) => message !== undefined && log.info({ message }),
        (error: unknown) => log.error({ message: (error as Error).message }),
      );
    for (const { schema } of soap) setImmediate(() => schema.warm());
    setImmediate(warmTelephones);
    Object.assign(addresses, { url, tlsUrl });
    return {
      url,
      tlsUrl,
      pki,
      clock,
      journal,
      configuration,
      endpoints: soap.map(({ service, protection }) => ({ service, profile: protection.name })),
      control,
      persons: () => registers.no.store.count() + registers.dk.store.count(),
      reset,
      close,
    };
  } catch (error) {
    closeStore();
    throw error;
  }
};
