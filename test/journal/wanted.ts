// What a list of the journal is asked for where everything is wanted.

import type { Wanted } from '../../src/journal/archive.ts';

export const ALL: Wanted = {
  limit: 1000,
  after: undefined,
  before: undefined,
  service: undefined,
  operation: undefined,
  problem: undefined,
  refused: false,
};
