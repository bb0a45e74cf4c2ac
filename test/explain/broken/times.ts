// Timestamps of clocks that go wrong, and of clients that write them wrongly.

import { timestampOf } from '../../attacks/message.ts';
import { type Broken, edited, inBody } from './ways.ts';

const iso = (instant: number): string => new Date(instant).toISOString();
const xml = { 'content-type': 'text/xml; charset=utf-8' };
const MINUTE = 60_000;

export const times: readonly Broken[] = [
  {
    name: 'two hours ahead',
    cause: 'local-time-as-utc',
    make: ({ message, now }) =>
      message({ timestamp: timestampOf(now() + 120 * MINUTE, now() + 121 * MINUTE) }),
  },
  {
    name: 'ahead, and changed after signing: the clock comes first',
    cause: 'clock-ahead',
    besides: ['whitespace-added'],
    make: (arena) =>
      edited(
        inBody((text) => text.replace('><m:', '>\n<m:')),
        {
          timestamp: timestampOf(arena.now() + 20 * MINUTE, arena.now() + 21 * MINUTE),
        },
      )(arena),
  },
  {
    name: 'a clock behind, by the Date of the same request',
    cause: 'clock-behind',
    arrived: true,
    get http() {
      return { headers: { ...xml, date: new Date(Date.now() - 20 * MINUTE).toUTCString() } };
    },
    make: ({ message, now }) => message({ timestamp: timestampOf(now() - 20 * MINUTE, now() - 19 * MINUTE) }),
  },
  {
    name: 'an old message of a dump that was made then',
    cause: 'expired',
    get http() {
      return { headers: { ...xml, date: new Date(Date.now() - 20 * MINUTE).toUTCString() } };
    },
    make: ({ message, now }) => message({ timestamp: timestampOf(now() - 20 * MINUTE, now() - 19 * MINUTE) }),
  },
  {
    name: 'a day of lifetime',
    cause: 'lifetime-too-long',
    make: ({ message, now }) => message({ timestamp: timestampOf(now(), now() + 86_400_000) }),
  },
  {
    name: 'Expires before Created',
    cause: 'created-after-expires',
    make: ({ message, now }) => message({ timestamp: timestampOf(now(), now() - MINUTE) }),
  },
  {
    name: 'an offset in place of Z',
    cause: 'offset-not-utc',
    make: ({ message, now }) =>
      message({ timestamp: timestampOf(iso(now() + 60 * MINUTE).replace('Z', '+01:00'), now() + MINUTE) }),
  },
  {
    name: 'no zone',
    cause: 'zone-missing',
    make: ({ message, now }) =>
      message({ timestamp: timestampOf(iso(now()).replace('Z', ''), iso(now() + MINUTE).replace('Z', '')) }),
  },
  {
    name: 'a date of Norway',
    cause: 'timestamp-unreadable',
    make: ({ message }) => message({ timestamp: timestampOf('26.11.2026 07:00') }),
  },
  {
    name: 'no Expires',
    cause: 'timestamp-unreadable',
    profile: 'strict',
    make: ({ message, now }) => message({ timestamp: timestampOf(now()) }),
  },
];
