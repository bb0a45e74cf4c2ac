// A call that this page makes, and what its client read in the answer: what is encrypted to the client the journal cannot tell.

import { signal } from '@preact/signals';
import type { Explanation } from './exchange.ts';
import { send } from './session.ts';

export interface Called {
  readonly exchange?: { readonly number: number };
  readonly httpStatus: number;
  /** How the answer is protected, and whether that holds. */
  readonly protection: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Why the answer cannot be believed. */
  readonly unbelievable?: Explanation;
  readonly response: string;
}

/** The last call of this page. */
export const lastCall = signal<Called | undefined>(undefined);

/** Makes a call over the control interface. @throws (rejects) Refusal */
export const makeCall = async (call: object): Promise<Called> => {
  const called = (await send('POST', '/call', call)) as Called;
  lastCall.value = called;
  return called;
};
