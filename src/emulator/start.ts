// The composition root: everything is made here, in order, and put together once.
//
//   ground ─ register ─ identity ─ journal ─ services ─ control ─ listeners

import { createControl } from '../control/control.ts';
import type { Explain } from '../control/journal.ts';
import { countries } from '../countries.ts';
import { createCarry } from '../exchange/exchange.ts';
import { createHostRule } from '../http/host.ts';
import { createReports } from '../http/reports.ts';
import { warmTelephones } from '../identifiers/contact.ts';
import { createJournal, type Journal } from '../journal/journal.ts';
import { exchangeEvent } from '../journal/line.ts';
import { createClock } from '../kernel/clock.ts';
import { createLog } from '../kernel/log.ts';
import { packageVersion } from '../kernel/root.ts';
import { handOut } from '../pki/handed-out.ts';
import { clientNames, type Pki } from '../pki/pki.ts';
import { checkContract } from '../schema/contract-check.ts';
import { createAnswerSigner } from '../security/answers/sign.ts';
import type { SecurityMaterial } from '../security/protection.ts';
import { createSignerCache } from '../security/signer.ts';
import { parseSeeds } from '../seeds/content.ts';
import { type SeedSource, seedSource } from '../seeds/source.ts';
import type { Configuration } from '../settings/settings.ts';
import type { Engine } from '../store/engine.ts';
import { openEngine } from '../store/open.ts';
import { tellCauses } from './causes-told.ts';
import { openCertificates, serverMaterial } from './certificates.ts';
import { type Closing, createClosing } from './closing.ts';
import { type Contracts, controlCountries, identityOf, servicesOf, tablesOf } from './contracts.ts';
import type { Emulator } from './emulator.ts';
import { explaining } from './explaining.ts';
import { openListeners } from './listeners.ts';
import { openRegisters, type Registers } from './registers.ts';
import { createReset } from './reset.ts';
import { chooseProfiles, serveContracts } from './services.ts';
import { checkFiles, openKnownCertificates, openTrust } from './trust.ts';

/** What everything else stands on; what the user named is looked at before anything is made or opened. */
const layGround = async (configuration: Configuration, all: Contracts) => {
  const { inMemory, data, seed, durability } = configuration;
  const directory = inMemory ? undefined : data;
  const profileOf = chooseProfiles(configuration, all);
  const ownServer = serverMaterial(configuration);
  checkFiles(configuration);
  for (const service of servicesOf(all)) checkContract(service);
  const clock = createClock();
  const source = seedSource(seed, directory);
  const log = await createLog(configuration.log, clock.real);
  return { configuration, directory, durability, profileOf, ownServer, clock, source, log };
};

type Base = Awaited<ReturnType<typeof layGround>>;

/** Who the emulator is, and whom it believes. */
const openIdentity = async ({ configuration, clock, log, ownServer }: Base) => {
  const pki = await openCertificates(configuration, clock, log);
  const server = ownServer ?? pki.server;
  const trust = openTrust(configuration, pki, clock, log);
  const security: SecurityMaterial = {
    clock,
    trust,
    signers: createSignerCache(trust, openKnownCertificates(configuration, pki, clock, log)),
    answerSigner: createAnswerSigner(server.certificatePem, server.keyPem),
  };
  return { pki, server, trust, security };
};

/** What is written down of every exchange, and the frame that does it. */
const openJournal = ({ configuration, clock, log }: Base, pki: Pki, engine: Engine) => {
  const { answerHeaders } = configuration;
  const journal = createJournal({
    now: () => clock.now('security'),
    nameOf: clientNames(pki),
    number: engine.numbers('exchange').next,
    onFailure: (error) => log.error({ message: 'defect in a listener of the journal' }, error),
  });
  journal.subscribe((entry) => log.info(exchangeEvent(entry)));
  const carry = createCarry({
    journal,
    answerHeaders,
    onDefect: (error, id) => log.error({ message: `defect in exchange ${id}`, data: { journal: id } }, error),
  });
  return { journal, carry, reports: createReports({ journal, log, answerHeaders }) };
};

/** Says, once it is known, that a seed setting was not heeded. */
const tellIgnored = ({ log }: Base, source: SeedSource): void =>
  void source.ignored().then(
    (message) => message !== undefined && log.info({ message }),
    (error: unknown) => log.error({ message: error instanceof Error ? error.message : String(error) }),
  );

const infoOf =
  (
    { configuration }: Base,
    { services }: ReturnType<typeof serveContracts>,
    addresses: { readonly url?: string; readonly tlsUrl?: string },
  ) =>
  (): Record<string, unknown> => ({
    name: 'kontakt-emulator',
    ...addresses,
    version: packageVersion,
    services: services.map(({ service, profile }) => ({
      name: service.name,
      paths: service.paths,
      profile,
    })),
    configuration: { ...configuration, ...(configuration.controlToken ? { controlToken: '(set)' } : {}) },
  });

/** The switches, over what they switch. */
const openControl = (
  base: Base,
  engine: Engine,
  registers: Registers,
  {
    journal,
    explain,
    pki,
    certificatePem,
    info,
  }: {
    journal: Journal;
    explain: Explain;
    pki: Pki;
    certificatePem: string;
    info: () => Record<string, unknown>;
  },
) => {
  const { clock, source } = base;
  const reset = createReset({ clock, registers, source, journal });
  const control = createControl({
    engine,
    clock,
    journal,
    explain,
    certificates: handOut(pki, certificatePem),
    organisationOf: (certificate) => identityOf(certificate)?.number,
    countries: controlCountries(registers.countries, engine),
    info,
    reset,
    addSeed: (content) => registers.add(parseSeeds(content, 'content')),
  });
  return { control, reset };
};

const start = async (configuration: Configuration, all: Contracts, closing: Closing): Promise<Emulator> => {
  const base = await layGround(configuration, all);
  const { clock, directory, durability, profileOf, source } = base;
  // The lock on the data directory comes first: nothing else in it is touched without it.
  const engine = openEngine({ directory, durability, real: clock.real }, tablesOf(configuration, all));
  closing.add(engine.close);
  const now = (): number => clock.now('register');
  const registers = await openRegisters({ engine, now, settings: configuration }, source, all);
  const { pki, server, trust, security } = await openIdentity(base);
  const { journal, carry, reports } = openJournal(base, pki, engine);
  const served = serveContracts(
    { settings: configuration, engine, now, clock, trust, security, profileOf, carry, reports },
    all,
  );

  const explain = explaining(
    { contracts: all, explainers: served.explainers },
    { signers: security.signers, trust, pki },
    journal,
  );
  if (configuration.log !== 'silent') closing.add(tellCauses(journal, explain, base.log));

  const addresses: { url?: string; tlsUrl?: string } = {};
  const info = infoOf(base, served, addresses);
  const { control, reset } = openControl(base, engine, registers, {
    journal,
    explain,
    pki,
    certificatePem: server.certificatePem,
    info,
  });
  const listeners = await openListeners(base, {
    pki,
    served,
    control,
    reports,
    hosts: createHostRule(configuration),
  });
  closing.add(listeners.close);

  const { url, tlsUrl } = listeners;
  Object.assign(addresses, { url, tlsUrl });
  if (registers.seededBefore) tellIgnored(base, source);
  for (const { warm } of served.services) setImmediate(warm);
  setImmediate(warmTelephones);
  return {
    url,
    tlsUrl,
    pki,
    clock,
    journal,
    configuration,
    services: served.services,
    control,
    persons: async () => {
      const counts = Object.values(control.countries).map(({ persons }) => persons.count());
      return (await Promise.all(counts)).reduce((total, count) => total + count, 0);
    },
    reset,
    close: closing.close,
  };
};

/**
 * Starts an emulator from an effective configuration.
 *
 * @param all the contracts that it stands in for
 * @throws UserError with one line for the user; ContractMismatch when code and WSDL differ
 */
export const startEmulator = async (
  configuration: Configuration,
  all: Contracts = countries,
): Promise<Emulator> => {
  const closing = createClosing();
  try {
    return await start(configuration, all, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
};
