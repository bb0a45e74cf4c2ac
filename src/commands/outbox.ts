// kontakt outbox: what citizens would have received, and with --follow what they receive from now on.

import { setTimeout } from 'node:timers/promises';
import type { OutboxRow } from '../dfdg/logs.ts';
import { print, printJsonLine } from './print.ts';
import { askEmulator } from './remote.ts';

const BETWEEN_LOOKS = 300;

const lineOf = ({ at, citizen, kind, channel, address, text }: OutboxRow): string =>
  [at, citizen, String(kind).padEnd(12), String(channel).padEnd(5), address, text].join('  ');

/** Prints the messages, oldest first; with `follow` it goes on until it is stopped. */
export const outbox = async (
  url: string,
  { follow, json }: { follow?: boolean; json?: boolean },
): Promise<void> => {
  let last = 0;
  for (;;) {
    const query = last > 0 ? `?after=${last}` : '';
    const { messages } = (await askEmulator(url, 'GET', `/outbox${query}`)) as { messages: OutboxRow[] };
    for (const row of messages.reverse()) {
      if (json) printJsonLine(row);
      else print([lineOf(row)]);
      last = row.id;
    }
    if (!follow) return;
    await setTimeout(BETWEEN_LOOKS);
  }
};
