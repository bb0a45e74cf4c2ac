// How often the journal that emulators have together was emptied: what was answered before that is not kept in it afterwards.

import { value } from './tables.ts';

export const journalEmptyings = value('journal.emptied', 0);
