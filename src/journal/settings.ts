// The settings of the journal: where it is kept, and how much of it.

import * as z from 'zod';
import { setting, wholeNumber } from '../kernel/setting.ts';

export const journalSettings = {
  journal: setting(z.enum(['file', 'memory']), {
    value: 'file',
    help: 'where exchanges are kept: in journal.db in the data directory, or with --store in the database (file); or the last thousand until the emulator stops (memory), as always with --in-memory',
    option: '<where>',
  }),
  journalEntries: setting(wholeNumber.pipe(z.number().min(1).max(10_000_000)), {
    value: 100_000,
    help: 'exchanges that are kept, 1 to 10000000; the oldest go first',
    option: '<number>',
  }),
  journalBytes: setting(wholeNumber.pipe(z.number().min(1_048_576).max(1_099_511_627_776)), {
    value: 268_435_456,
    help: 'bytes of journal.db, or of the messages in the database, 1048576 or more; the oldest exchanges go first',
    option: '<bytes>',
  }),
  journalDays: setting(wholeNumber.pipe(z.number().min(1).max(36_500)), {
    value: 30,
    help: 'days that an exchange is kept, 1 to 36500',
    option: '<days>',
  }),
};
