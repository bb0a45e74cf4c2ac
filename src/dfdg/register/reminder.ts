// A reminder of the huskeservice, as a pure function: who gets one, and by which channels. All of it is assumed.

import * as z from 'zod';
import type { Deed, Read, Unwilling } from '../../contract/administration.ts';
import { check } from '../../kernel/issue.ts';
import type { Decision } from '../../store/engine.ts';
import { type Citizen, LANDLINE, type OutgoingMessage, toChannel, VERIFIED } from './citizen.ts';
import { findCitizen, keepCitizen } from './store.ts';

/** A reminder that somebody wants sent. */
interface Reminder {
  readonly text: string;
  /** The subscription that it belongs to; undefined: any that the citizen has. */
  readonly subscription?: string | undefined;
}

/** Why nothing is sent, or what is, and the citizen that it is stored with. */
type Reminded =
  | { readonly refused: string }
  | { readonly sent: readonly OutgoingMessage[]; readonly next: Citizen };

const refuse = (refused: string): Reminded => ({ refused });

/**
 * Sends a reminder to every verified mobile number and e-mail address of a citizen who has subscribed to it.
 *
 * EMULATOR: the real platform sends reminders by itself, when an interview or a deadline comes near; here a test says when.
 */
const remind = (citizen: Citizen, { text, subscription }: Reminder): Reminded => {
  const { dead, subscriptions, contactData } = citizen;
  if (dead) return refuse('the citizen is dead');
  if (subscriptions.length === 0) return refuse('the citizen has no huskeservice subscription');
  if (subscription !== undefined && !subscriptions.includes(subscription))
    return refuse(`the citizen has not subscribed to ${subscription}, but to ${subscriptions.join(', ')}`);
  const sent = contactData
    .filter(({ type, status }) => type !== LANDLINE && status === VERIFIED)
    .map(
      ({ type, value }): OutgoingMessage => ({
        channel: toChannel(type),
        address: value,
        kind: 'reminder',
        code: undefined,
        text,
      }),
    );
  return sent.length === 0
    ? refuse('the citizen has no verified mobile number or e-mail address')
    : { sent, next: { ...citizen, outgoing: sent } };
};

const reminderJson = z.strictObject({
  citizen: z.string(),
  text: z.string().min(1).max(1000),
  subscription: z.string().min(1).optional(),
});

/**
 * The reminder that a JSON asks for, as one change of the register.
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 */
export const sendReminder = (json: unknown, now: number): Read<Deed<OutgoingMessage>> => {
  const checked = check(reminderJson, json);
  if ('issue' in checked) return checked;
  const { citizen: cpr, ...reminder } = checked.value;
  return {
    value: ({ change }) =>
      change({
        load: findCitizen(cpr),
        decide: (citizen): Decision<readonly OutgoingMessage[] | Unwilling> => {
          if (!citizen)
            return { result: { status: 404, detail: `there is no citizen ${cpr} in the register` } };
          const reminded = remind(citizen, reminder);
          return 'refused' in reminded
            ? { result: { status: 409, detail: `no reminder is sent: ${reminded.refused}` } }
            : { result: reminded.sent, writes: keepCitizen(reminded.next, now) };
        },
      }),
  };
};
