// The composition root: everything is made here, in order, and put together once.
//
//   ground ─ register ─ identity ─ journal ─ services ─ control ─ listeners

import type { Control } from '../control/control.ts';
import { countries } from '../countries.ts';
import { exchangeOctets, type Side } from '../explain/exchange-octets.ts';
import { exchangeTree, type TreeAsked } from '../explain/tree/exchange-tree.ts';
import { createHostRule } from '../http/host.ts';
import { warmTelephones } from '../identifiers/contact.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { createClock } from '../kernel/clock.ts';
import { createLog } from '../kernel/log.ts';
import { packageVersion } from '../kernel/root.ts';
import { checkContract } from '../schema/contract-check.ts';
import { readTrust } from '../security/trust/material.ts';
import { type SeedSource, seedSource } from '../seeds/source.ts';
import { type Configuration, settingNames, shownOf } from '../settings/settings.ts';
import type { Engine } from '../store/engine.ts';
import { tellCauses } from './causes-told.ts';
import { issuingFor, serverMaterial } from './certificates.ts';
import { type Closing, createClosing } from './closing.ts';
import { type Contracts, servicesOf } from './contracts.ts';
import { openControl } from './control.ts';
import type { Emulator } from './emulator.ts';
import { explaining, explainingUnder, materialFor, searchedOnce } from './explaining.ts';
import { exporting } from './exporting.ts';
import { clientWith, openIdentity } from './identity.ts';
import { openJournal } from './journal.ts';
import { openListeners } from './listeners.ts';
import { openProfiles, tunedProfiles } from './profiles.ts';
import { openRegisters } from './registers.ts';
import { serveContracts } from './services.ts';
import { openRegister, placeOf } from './store.ts';
import { checkFiles } from './trust.ts';
import { workersOf } from './workers/count.ts';
import { openWorkers } from './workers/open.ts';

/** What everything else stands on; what the user named is looked at before anything is made or opened. */
const layGround = async (configuration: Configuration, all: Contracts) => {
  const { seed, durability } = configuration;
  const place = placeOf(configuration);
  const workers = workersOf(configuration);
  const profiles = openProfiles(configuration, all);
  const ownServer = serverMaterial(configuration);
  checkFiles(configuration);
  for (const service of servicesOf(all)) checkContract(service);
  const clock = createClock();
  const source = seedSource(seed, place);
  const log = await createLog(configuration.log, clock.real);
  return { configuration, place, workers, durability, profiles, ownServer, clock, source, log };
};

type Base = Awaited<ReturnType<typeof layGround>>;

/** The services, and the processes that answer their messages beside this one. */
const openServices = async (
  base: Base,
  all: Contracts,
  { engine, attach }: Awaited<ReturnType<typeof openRegister>>,
  { pki, trust, security }: Awaited<ReturnType<typeof openIdentity>>,
  opened: Awaited<ReturnType<typeof openJournal>>,
  closing: Closing,
) => {
  const { configuration, clock, profiles } = base;
  const { frames, state } = await openWorkers(base, opened, attach, closing);
  const served = serveContracts(
    {
      settings: configuration,
      engine,
      now: () => clock.now('register'),
      clock,
      trust,
      security,
      profileOf: profiles.profileOf,
      clientOf: clientWith(pki),
      reports: opened.reports,
      ...frames,
    },
    all,
  );
  return { ...served, workers: state };
};

/** Why exchanges were refused: searched when it is asked for, and told in the log where anybody reads it. */
const openExplaining = (
  { configuration, log, place }: Base,
  contracts: Contracts,
  { explainers }: Pick<ReturnType<typeof serveContracts>, 'explainers'>,
  { journal, history, kept }: Awaited<ReturnType<typeof openJournal>>,
  { pki, trust, security }: Awaited<ReturnType<typeof openIdentity>>,
) => {
  const material = materialFor(
    { contracts, explainers },
    { signers: security.signers, trust, pki },
    journal,
    history,
    tunedProfiles(configuration),
  );
  const explain = searchedOnce(explaining(material), kept);
  return {
    explain,
    explainUnder: explainingUnder(material),
    octets: (entry: JournalEntry, reference: string, side: Side) =>
      exchangeOctets(entry, material, reference, side),
    tree: (entry: JournalEntry, asked: TreeAsked, unmasked: boolean) =>
      exchangeTree(entry, material, asked, unmasked),
    others: typeof place === 'object' && kept === undefined,
    exported: exporting(explain, pki, () => [pki.trustPem, ...readTrust(configuration.trust)]),
    end: configuration.log === 'silent' ? () => {} : tellCauses(journal, explain, log),
  };
};

/** Makes ready in the background what first calls would wait for. */
const warmUp = (warming: readonly (() => unknown)[]): void => {
  for (const warm of [...warming, warmTelephones]) setImmediate(warm);
};

/** Says, once it is known, that a seed setting was not heeded. Returns what waits until that is said. */
const tellIgnored = ({ log }: Base, source: SeedSource, engine: Engine): (() => Promise<void>) => {
  const told = source.ignored(engine).then(
    (message) => message !== undefined && log.info({ message }),
    (error: unknown) => log.error({ message: error instanceof Error ? error.message : String(error) }),
  );
  return async () => void (await told);
};

const infoOf =
  (
    { configuration }: Base,
    { services, workers }: Awaited<ReturnType<typeof openServices>>,
    journal: () => Promise<object>,
    addresses: { readonly url?: string; readonly tlsUrl?: string },
  ) =>
  async (): Promise<Record<string, unknown>> => ({
    name: 'kontakt-emulator',
    ...addresses,
    version: packageVersion,
    services: services.map(({ service, profile }) => ({
      name: service.name,
      paths: service.paths,
      profile: profile(),
    })),
    journal: await journal(),
    ...workers(),
    configuration: Object.fromEntries(settingNames.map((name) => [name, shownOf(name, configuration[name])])),
  });

const countPersons = async ({ countries: all }: Control): Promise<number> => {
  const counts = Object.values(all).map(({ persons }) => persons.count());
  return (await Promise.all(counts)).reduce((total, count) => total + count, 0);
};

const start = async (configuration: Configuration, all: Contracts, closing: Closing): Promise<Emulator> => {
  const base = await layGround(configuration, all);
  const { clock, profiles, source } = base;
  const register = await openRegister(base, all, closing);
  const { engine, shared, events, wrote, begin } = register;
  const now = (): number => clock.now('register');
  const registers = await openRegisters({ engine, now, settings: configuration }, source, all);
  const identity = await openIdentity(base);
  const { pki, issued, server } = identity;
  const addresses: { url?: string; tlsUrl?: string } = {};
  const opened = await openJournal(base, pki, { engine, events }, addresses);
  closing.add(opened.close);
  const { journal, history, reports, clear: clearJournal, tellOthers } = opened;
  begin({ journal, countries: registers.countries, clock, profiles });
  tellOthers({ engine, events, wrote });
  const served = await openServices(base, all, register, identity, opened, closing);

  const { end, ...explained } = openExplaining(base, all, served, opened, identity);
  closing.add(end);
  const { control, reset } = openControl(engine, registers, all, {
    clock,
    shared,
    source,
    journal,
    history,
    clearJournal,
    ...explained,
    profiles,
    pki,
    issued,
    issue: issuingFor(configuration, { pki, issued }, clock),
    certificatePem: server.certificatePem,
    events,
    info: infoOf(base, served, opened.state, addresses),
  });
  const listeners = await openListeners(base, {
    pki,
    served,
    control,
    events,
    reports,
    hosts: createHostRule(configuration),
  });
  closing.add(listeners.close);
  // Streams end before the listeners wait for their connections.
  closing.add(events.close);

  const { url, tlsUrl } = listeners;
  Object.assign(addresses, { url, tlsUrl });
  if (registers.seededBefore) closing.add(tellIgnored(base, source, engine));
  warmUp([...served.services.map(({ warm }) => warm), opened.warm]);
  return {
    url,
    tlsUrl,
    pki,
    clock,
    journal,
    configuration,
    services: served.services,
    control,
    persons: () => countPersons(control),
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
