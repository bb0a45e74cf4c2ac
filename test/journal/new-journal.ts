// A journal for tests that make their own: numbers from one, and no listener may fail.

import assert from 'node:assert/strict';
import { createJournal, type Journal, newSession } from '../../src/journal/journal.ts';

export const newJournal = (
  now: () => number,
  onFailure: (error: unknown) => void = (error) => assert.fail(String(error)),
  session = newSession(),
): Journal => {
  let number = 0;
  return createJournal({
    now,
    number: () => {
      number += 1;
      return number;
    },
    onFailure,
    session,
  });
};
