// For each code the call after which the same request is accepted, or a request like it that is.

import type { ErrorCode } from '../codes.ts';
import { again, againAsAnother, callOf, type Refused } from './calls.ts';
import { notTheirs, refusedCaller } from './changes/callers.ts';
import { alive, known, unsubscribed } from './changes/citizens.ts';
import { anotherType, registered, savesValue } from './changes/contact-data.ts';
import { laterOn, newCode, readCode } from './changes/verification.ts';

type Change = (refused: Refused) => string | undefined;

/** A code without an entry here does not compile. */
export const changes: Readonly<Record<ErrorCode, Change>> = {
  // The command line takes a citizen of the register.
  1001: again,
  1010: known,
  // What is the emulator's own fault no call mends.
  1011: () => undefined,
  1012: againAsAnother,
  1013: againAsAnother,
  1014: again,
  1101: againAsAnother,
  2002: (refused) => registered(refused, (type) => callOf(refused, refused.operation, { type, status: 1 })),
  4400: again,
  4405: alive,
  4413: again,
  4575: (refused) => (refused.grounds.person === undefined ? refusedCaller(refused) : notTheirs(refused)),
  8173: again,
  8174: again,
  8232: again,
  8233: again,
  8234: again,
  8235: again,
  9153: anotherType,
  9155: unsubscribed,
  9156: savesValue(1),
  9157: savesValue(2),
  9158: savesValue(3),
  9159: savesValue(),
  9240: anotherType,
  9241: readCode,
  9242: savesValue(),
  9243: newCode,
  9244: laterOn,
  9247: (refused) =>
    registered(refused, (type) => callOf(refused, 'UpdatePersonContactDataStatus', { type, status: 1 })),
  9460: (refused) => callOf(refused, refused.operation),
};
