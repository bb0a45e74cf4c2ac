// A citizen's way from saving to verified, as tests tell it: calls as Jobnet, and the outbox that codes are read from.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { control } from '../running.ts';
import { call, type DanishReply, outcome } from './calling.ts';
import { MAIL } from './mistakes.ts';

const CV = '10000001';
export const E_MAIL = '3';

interface Message {
  readonly id: number;
  readonly citizen: string;
  readonly channel: string;
  readonly address: string;
  readonly code: string;
  readonly kind: string;
  readonly text: string;
}
export const outboxOf = async ({ url }: Emulator): Promise<Message[]> =>
  ((await control(url, 'GET', '/outbox')).json as { messages: Message[] }).messages;

export const jobnetCall = (
  emulator: Emulator,
  name: string,
  values: Record<string, string> = {},
): Promise<DanishReply> =>
  call(emulator, 'jobnet', name, { values: { CvCustomerIdentifier: CV, ...values } });

/** Registers an e-mail address and lets a code be sent to it. */
export const prepare = async (emulator: Emulator): Promise<string> => {
  assert.equal(outcome(await jobnetCall(emulator, 'SavePersonContactData', MAIL)), 'OK');
  const sent = await jobnetCall(emulator, 'GetVerificationCode', { PersonContactDataTypeIdentifier: E_MAIL });
  assert.equal(outcome(sent), 'OK');
  const [message] = await outboxOf(emulator);
  assert.ok(message);
  return message.code;
};
export const verify = (emulator: Emulator, code: string): Promise<DanishReply> =>
  jobnetCall(emulator, 'VerifyPersonContactData', {
    VerificationCode: code,
    PersonContactDataTypeIdentifier: E_MAIL,
  });
