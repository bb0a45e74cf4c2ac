// The switches of an emulator, over what they switch.

import type { Issue } from '../control/certificates.ts';
import { createControl } from '../control/control.ts';
import type { Events } from '../control/events.ts';
import type { JournalParts } from '../control/journal.ts';
import type { Clock } from '../kernel/clock.ts';
import { handOut } from '../pki/handed-out.ts';
import type { Issued } from '../pki/issued.ts';
import type { Pki } from '../pki/pki.ts';
import { parseSeeds } from '../seeds/content.ts';
import type { SeedSource } from '../seeds/source.ts';
import type { Engine } from '../store/engine.ts';
import { type Contracts, controlCountries, identityOf } from './contracts.ts';
import type { Profiles } from './profiles.ts';
import type { Registers } from './registers.ts';
import { createReset } from './reset.ts';
import { type shareClock, turningShared } from './shared-clock.ts';
import { type shareProfiles, switching } from './shared-profiles.ts';

interface Switched extends JournalParts {
  readonly clock: Clock;
  readonly shared: {
    readonly clock: ReturnType<typeof shareClock>;
    readonly profiles: ReturnType<typeof shareProfiles>;
  };
  readonly source: SeedSource;
  readonly clearJournal: () => Promise<void>;
  readonly profiles: Profiles;
  readonly pki: Pki;
  readonly issued: Issued;
  readonly issue: Issue;
  readonly certificatePem: string;
  readonly events: Events;
  readonly info: () => Promise<Record<string, unknown>>;
}

export const openControl = (
  engine: Engine,
  registers: Registers,
  all: Contracts,
  {
    clock,
    shared,
    source,
    clearJournal,
    profiles,
    pki,
    issued,
    issue,
    certificatePem,
    events,
    info,
    ...journalParts
  }: Switched,
) => {
  const reset = createReset({
    shared: [shared.clock, shared.profiles],
    registers,
    source,
    clearJournal,
    events,
  });
  const control = createControl({
    engine,
    clock,
    turn: turningShared(shared.clock, clock),
    ...journalParts,
    certificates: { ...handOut(pki, certificatePem, issued), issue },
    organisationOf: (certificate) => identityOf(certificate)?.number,
    profiles: switching(profiles, shared.profiles),
    countries: controlCountries(registers.countries, engine),
    events,
    // Loaded when it is asked for: it reads the schemas.
    contract: async () => (await import('../contract/description.ts')).describeContracts(Object.values(all)),
    info,
    reset,
    addSeed: (content) => registers.add(parseSeeds(content, 'content')),
  });
  return { control, reset };
};
