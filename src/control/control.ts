// Every switch of the emulator as a function of values: the control interface and the library call the same.

import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../kernel/clock.ts';
import type { HandedOut } from '../pki/handed-out.ts';
import type { CommitGroup } from '../store/group.ts';
import { createAlone } from './alone.ts';
import { type CertificateControl, controlCertificates } from './certificates.ts';
import { type ClockView, setClock, viewClock } from './clock.ts';
import { controlDenmark, type DanishControl, type DanishParts } from './denmark.ts';
import { controlJournal, type JournalControl } from './journal.ts';
import { controlNorway, type NorwegianControl, type NorwegianParts } from './norway.ts';
import { unavailableNow } from './problem.ts';
import { type ResetOptions, readReset } from './reset.ts';
import { controlSeed } from './seed.ts';

/** What the switches are connected to. */
export interface ControlParts {
  readonly group: Pick<CommitGroup, 'flush' | 'hindrance'>;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly certificates: HandedOut;
  readonly no: NorwegianParts;
  readonly dk: DanishParts;
  readonly info: () => Record<string, unknown>;
  readonly reset: (options: ResetOptions) => Promise<void>;
  /** Parses the content of a seed and adds it. */
  readonly addSeed: (content: unknown) => void;
}

export interface Control {
  readonly no: NorwegianControl;
  readonly dk: DanishControl;
  readonly clock: { view(): ClockView; set(change: unknown): ClockView };
  readonly journal: JournalControl;
  readonly certificates: CertificateControl;
  info(): Record<string, unknown>;
  reset(options: unknown): Promise<void>;
  seed(content: unknown): void;
  /** @throws ControlError that says why the register cannot be used now */
  ready(): void;
}

export const createControl = ({
  group,
  clock,
  journal,
  certificates,
  no,
  dk,
  info,
  reset,
  addSeed,
}: ControlParts): Control => {
  const alone = createAlone(group);
  return {
    no: controlNorway(no, () => clock.now('register'), alone),
    dk: controlDenmark(dk, alone),
    clock: {
      view: () => alone.reading(() => viewClock(clock)),
      set: (change) =>
        alone.changing(() => {
          setClock(clock, change);
          return viewClock(clock);
        }),
    },
    journal: controlJournal(journal),
    certificates: controlCertificates(certificates),
    info: () => alone.reading(info),
    reset: (options) => alone.changing(() => reset(readReset(options))),
    seed: controlSeed(addSeed, alone),
    ready: () => {
      const why = group.hindrance();
      if (why) throw unavailableNow(why);
    },
  };
};
