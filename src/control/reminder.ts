// Sends a reminder to a Danish citizen at the moment a test wants it.

import * as z from 'zod';
import type { OutgoingMessage } from '../dfdg/register/citizen.ts';
import { remind } from '../dfdg/register/reminder.ts';
import type { DanishStore } from '../dfdg/register/store.ts';
import { isProblem } from '../kernel/problem.ts';
import { readBody } from './body.ts';
import { ControlError, notTaken } from './problem.ts';

const reminderJson = z.strictObject({
  citizen: z.string(),
  text: z.string().min(1).max(1000),
  subscription: z.string().min(1).optional(),
});

/** @throws ControlError when the body cannot be used, there is no such citizen, or no way to remind */
export const sendReminder = (store: DanishStore, body: unknown): readonly OutgoingMessage[] => {
  const { citizen: cpr, ...reminder } = readBody(reminderJson, body, 'reminder');
  const reminded = store.change({ cpr }, (citizen) => {
    if (!citizen) throw new ControlError(404, `there is no citizen ${cpr} in the register`);
    return remind(citizen, reminder);
  });
  if (isProblem(reminded)) throw notTaken(reminded);
  if ('refused' in reminded) throw new ControlError(409, `no reminder is sent: ${reminded.refused}`);
  return reminded.sent;
};
