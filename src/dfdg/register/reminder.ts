// A reminder of the huskeservice, as a pure function: who gets one, and by which channels. All of it is assumed.

import type { Decision } from '../../store/change.ts';
import { type Citizen, LANDLINE, type OutgoingMessage, toChannel, VERIFIED } from './citizen.ts';

/** A reminder that somebody wants sent. */
export interface Reminder {
  readonly text: string;
  /** The subscription that it belongs to; undefined: any that the citizen has. */
  readonly subscription?: string | undefined;
}

type Reminded = { readonly refused: string } | { readonly sent: readonly OutgoingMessage[] };

const refuse = (refused: string): Decision<Citizen, Reminded> => ({ result: { refused } });

/**
 * Sends a reminder to every verified mobile number and e-mail address of a citizen who has subscribed to it.
 *
 * EMULATOR: the real platform sends reminders by itself, when an interview or a deadline comes near; here a test says when.
 */
export const remind = (citizen: Citizen, { text, subscription }: Reminder): Decision<Citizen, Reminded> => {
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
    : { result: { sent }, next: { ...citizen, outgoing: sent } };
};
