// The calls of the control interface that this country alone has: its outbox, its reminders, its access log.

import type { ControlCall } from '../contract/administration.ts';

const ROWS = { limit: 'text', after: 'text', before: 'text' } as const;

export const outboxCall: ControlCall = {
  method: 'GET',
  path: '/outbox',
  does: 'codes and reminders as Danish citizens would have received them, the newest first',
  query: ROWS,
};

export const reminderCall: ControlCall = {
  method: 'POST',
  path: '/reminders',
  does: 'sends a reminder to a Danish citizen',
  body: {
    members: 'citizen, text and, if wanted, subscription',
    example: '{"citizen": "1403455896", "text": "Interview tomorrow at 9"}',
  },
};

export const accessCall: ControlCall = {
  method: 'GET',
  path: '/access-log',
  does: 'every call of the Danish services: who, for whom, on whom, with which result',
  query: ROWS,
};

/** All of them, as they are listed. */
export const danishCalls: readonly ControlCall[] = [outboxCall, reminderCall, accessCall];
