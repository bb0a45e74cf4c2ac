// What a worker process is: the SOAP services over a register that another process keeps, and a journal that keeps nothing.

import { countries } from '../../countries.ts';
import { createCarry } from '../../exchange/exchange.ts';
import { createReports } from '../../http/reports.ts';
import { warmTelephones } from '../../identifiers/contact.ts';
import type { JournalEntry } from '../../journal/entry.ts';
import { createJournal } from '../../journal/journal.ts';
import { createClock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log-event.ts';
import { clientNames } from '../../pki/pki.ts';
import type { Engine } from '../../store/engine.ts';
import { serverMaterial } from '../certificates.ts';
import { clientWith, openIdentity } from '../identity.ts';
import { openProfiles } from '../profiles.ts';
import { serveContracts } from '../services.ts';
import { shareClock } from '../shared-clock.ts';
import { shareProfiles } from '../shared-profiles.ts';
import type { Done, Numbered, Order } from './messages.ts';

/** Answers the message of a service. */
export type Answering = (service: string, request: Numbered) => Promise<Done>;

const MOST_CERTIFICATES = 1000;

/** The same bytes for each request of a certificate: whoever judges it can remember a verdict by them. */
const createSameBytes = () => {
  const known = new Map<string, Buffer>();
  return (der: Buffer | undefined): Buffer | undefined => {
    if (!der) return undefined;
    const key = der.toString('latin1');
    const before = known.get(key);
    if (before) return before;
    const [oldest] = known.keys();
    if (known.size >= MOST_CERTIFICATES && oldest !== undefined) known.delete(oldest);
    known.set(key, der);
    return der;
  };
};

/** A journal whose exchanges are fetched by their numbers when they are over. */
const openPassing = (parts: Omit<Parameters<typeof createJournal>[0], 'number' | 'most'>) => {
  const over = new Map<number, JournalEntry>();
  const journal = createJournal({
    ...parts,
    number: () => {
      throw new Error('an exchange has no number here');
    },
    most: { entries: 0, bytes: 0 },
  });
  journal.subscribe((entry) => over.set(entry.number, entry));
  return {
    journal,
    fetch: (number: number): JournalEntry | undefined => {
      const entry = over.get(number);
      over.delete(number);
      return entry;
    },
  };
};

/** @throws (rejects) UserError where a file that the settings name cannot be used */
export const openAnswering = async (
  { configuration, session, allCores: onTheSpot }: Order,
  engine: Engine,
  log: Log,
): Promise<Answering> => {
  const { answerHeaders } = configuration;
  const clock = createClock();
  const profiles = openProfiles(configuration);
  shareClock(clock, engine);
  shareProfiles(profiles, engine, log);
  const ownServer = serverMaterial(configuration);
  const { pki, trust, security } = await openIdentity({ configuration, clock, log, ownServer, onTheSpot });
  const { journal, fetch } = openPassing({
    now: () => clock.now('security'),
    nameOf: clientNames(pki),
    onFailure: (error) => log.error({ message: 'defect in a listener of the journal' }, error),
    session,
  });
  const carry = createCarry({
    journal,
    answerHeaders,
    onDefect: (error, id) => log.error({ message: `defect in exchange ${id}`, data: { journal: id } }, error),
  });
  const now = (): number => clock.now('register');
  const surroundings = { settings: configuration, engine, now, clock, trust, security, carry };
  const reports = createReports({ journal, log, answerHeaders });
  const { services } = serveContracts(
    {
      ...surroundings,
      profileOf: profiles.profileOf,
      clientOf: clientWith(pki),
      carryMessage: carry,
      reports,
    },
    countries,
  );
  const named = new Map(services.map((one) => [one.service.name, one]));
  const sameBytes = createSameBytes();
  for (const warm of [...services.map((one) => one.warm), warmTelephones]) setImmediate(warm);
  return async (service, request) => {
    const served = named.get(service);
    if (!served) throw new Error(`there is no service ${service}`);
    const answer = await served.handle({ ...request, certificate: sameBytes(request.certificate) });
    const entry = fetch(request.exchange);
    if (!entry) throw new Error(`exchange ${request.exchange} was not written down`);
    return { answer, entry };
  };
};
