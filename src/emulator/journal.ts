// What is written down of every exchange, where it is kept, and the frame that does it.

import type { Events } from '../control/events.ts';
import { createCarry } from '../exchange/exchange.ts';
import { createReports } from '../http/reports.ts';
import { isLost } from '../journal/archive.ts';
import { createHistory } from '../journal/history.ts';
import { createJournal, type Journal, newSession } from '../journal/journal.ts';
import { createKeeper } from '../journal/keeper.ts';
import { exchangeEvent } from '../journal/line.ts';
import { createSharedHistory } from '../journal/shared-history.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log-event.ts';
import { clientNames, type Pki } from '../pki/pki.ts';
import type { Configuration } from '../settings/settings.ts';
import { openArchive, openSharedArchive } from '../store/archive.ts';
import type { Engine } from '../store/engine.ts';
import type { Place } from '../store/open.ts';
import { DataDirectoryError } from '../store/refusals.ts';
import { type OthersParts, tellOfOthers } from './others.ts';
import { sharedEmptying } from './shared-emptying.ts';

interface JournalBase {
  readonly configuration: Configuration;
  /** Where the register is kept. */
  readonly place: Place;
  readonly clock: Clock;
  readonly log: Log;
}

const DAY = 86_400_000;

/** How soon an exchange is in a journal that others read too, where it is the first for a while; in milliseconds. */
const SOON = 20;

/** Where exchanges are kept beyond the memory of this process; undefined: nowhere. */
const openKept = async ({ configuration, place, clock, log }: JournalBase, engine: Engine) => {
  const { journal: where, journalEntries: entries, journalBytes: bytes, journalDays } = configuration;
  if (place === undefined || where === 'memory') return undefined;
  const bounds = { entries, bytes, age: journalDays * DAY };
  if (typeof place === 'object') {
    const archive = await openSharedArchive(place, engine, bounds);
    return { kept: 'database', soon: SOON, archive, shared: archive };
  }
  const archive = openArchive({
    directory: place,
    bounds,
    real: clock.real,
    onTold: (message) => log.error({ message }),
  });
  return { kept: 'file', archive, shared: undefined };
};

/** Keeps every exchange: in the data directory, whose lock the register has, or in the database, for all its emulators. */
const keepIn = async (base: JournalBase, engine: Engine, journal: Journal) => {
  const { clock, log } = base;
  const opened = await openKept(base, engine);
  if (!opened) return undefined;
  const { archive, shared, kept, ...how } = opened;
  const keeper = createKeeper({
    journal,
    archive,
    now: clock.real,
    ...how,
    onLoss: (why) =>
      log.error({ message: `exchanges are not kept in the journal: ${why}; they are answered all the same` }),
    onRegain: (dropped) =>
      log.info({ message: `exchanges are kept again in the journal; ${dropped} are not in it` }),
  });
  return { archive, shared, keeper, kept };
};

type Kept = Awaited<ReturnType<typeof keepIn>>;

/** How the journal stands, for whoever asks how the emulator does. */
const stateOf = async (opened: Kept) => {
  if (!opened) return { kept: 'memory' };
  const { archive, keeper, kept } = opened;
  const size = await archive.size();
  return { kept, ...(isLost(size) ? { lost: size.lost } : size), dropped: keeper.dropped() };
};

/** @param addresses where it listens, as soon as it does */
export const openJournal = async (
  base: JournalBase,
  pki: Pki,
  { engine, events }: { readonly engine: Engine; readonly events: Events },
  addresses: { readonly url?: string },
) => {
  const { configuration, clock, log } = base;
  const { answerHeaders, journalEntries: entries, journalBytes: bytes, console: page } = configuration;
  const number = engine.numbers('exchange').next;
  const session = newSession();
  const journal = createJournal({
    now: () => clock.now('security'),
    nameOf: clientNames(pki),
    number,
    session,
    onFailure: (error) => log.error({ message: 'defect in a listener of the journal' }, error),
    most: { entries, bytes },
  });
  journal.subscribe((entry) => log.info(exchangeEvent(entry, page ? addresses.url : undefined)));
  const kept = await keepIn(base, engine, journal);
  const history = kept?.shared
    ? createSharedHistory(journal, { ...kept, empty: sharedEmptying(engine, events, { ...kept, journal }) })
    : createHistory(journal, kept);
  const carry = createCarry({
    journal,
    answerHeaders,
    onDefect: (error, id) => log.error({ message: `defect in exchange ${id}`, data: { journal: id } }, error),
  });
  return {
    journal,
    number,
    session,
    history,
    kept,
    carry,
    reports: createReports({ journal, log, answerHeaders }),
    state: () => stateOf(kept),
    /** Tells what others of the register do, where there may be any. */
    tellOthers: (told: Pick<OthersParts, 'engine' | 'events' | 'wrote'>): void => {
      if (!engine.written) return;
      const onFailure = (error: unknown): void =>
        log.error({ message: 'defect in a look at other emulators' }, error);
      tellOfOthers({ ...told, archive: kept?.shared, session, onFailure });
    },
    /** @throws (rejects) DataDirectoryError when the disk refuses it */
    clear: async (): Promise<void> => {
      const lost = await history.clear();
      if (lost) throw new DataDirectoryError(lost.lost);
    },
    /** Opens what is kept, and forgets what is too old. */
    warm: () => void kept?.archive.prune(clock.real()),
    close: async () => kept?.keeper.close(),
  };
};
