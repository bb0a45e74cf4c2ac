// What is written down of every exchange, where it is kept, and the frame that does it.

import { createCarry } from '../exchange/exchange.ts';
import { createReports } from '../http/reports.ts';
import type { Archive } from '../journal/archive.ts';
import { createHistory } from '../journal/history.ts';
import { createJournal, type Journal, newSession } from '../journal/journal.ts';
import { createKeeper, type Keeper } from '../journal/keeper.ts';
import { exchangeEvent } from '../journal/line.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log-event.ts';
import { clientNames, type Pki } from '../pki/pki.ts';
import type { Configuration } from '../settings/settings.ts';
import { openArchive } from '../store/archive.ts';
import type { Engine } from '../store/engine.ts';
import type { Place } from '../store/open.ts';
import { DataDirectoryError } from '../store/refusals.ts';

interface JournalBase {
  readonly configuration: Configuration;
  /** Where the register is kept. */
  readonly place: Place;
  readonly clock: Clock;
  readonly log: Log;
}

const DAY = 86_400_000;

/** Keeps every exchange in the data directory, where the journal is wanted there and the register is: its lock is on that directory. */
const keepIn = ({ configuration, place, clock, log }: JournalBase, journal: Journal) => {
  const { journal: where, journalEntries: entries, journalBytes: bytes, journalDays } = configuration;
  if (typeof place !== 'string' || where === 'memory') return undefined;
  const archive = openArchive({
    directory: place,
    bounds: { entries, bytes, age: journalDays * DAY },
    real: clock.real,
    onTold: (message) => log.error({ message }),
  });
  const keeper = createKeeper({
    journal,
    archive,
    now: clock.real,
    onLoss: (why) =>
      log.error({ message: `exchanges are not kept in the journal: ${why}; they are answered all the same` }),
    onRegain: (dropped) =>
      log.info({ message: `exchanges are kept again in the journal; ${dropped} are not in it` }),
  });
  return { archive, keeper };
};

/** How the journal stands, for whoever asks how the emulator does. */
const stateOf = async (kept: { archive: Archive; keeper: Keeper } | undefined) => {
  if (!kept) return { kept: 'memory' };
  const size = await kept.archive.size();
  return { kept: 'file', ...size, dropped: kept.keeper.dropped() };
};

/** @param addresses where it listens, as soon as it does */
export const openJournal = (
  base: JournalBase,
  pki: Pki,
  engine: Engine,
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
  const kept = keepIn(base, journal);
  const history = createHistory(journal, kept);
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
