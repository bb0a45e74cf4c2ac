// kontakt outbox: what citizens would have received, and with --follow what they receive from now on.

import { setTimeout } from 'node:timers/promises';
import { askEmulator } from '../../client/remote.ts';
import { print, printJsonLine } from '../print.ts';

/** A message as the control interface lists it. */
interface OutboxRow {
  readonly id: number;
  readonly at: string;
  readonly citizen: string;
  readonly kind: string;
  readonly channel: string;
  readonly address: string;
  readonly text: string;
}

const BETWEEN_LOOKS = 300;
const PAGE = 1000;

const lineOf = ({ at, citizen, kind, channel, address, text }: OutboxRow): string =>
  [at, citizen, kind.padEnd(12), channel.padEnd(5), address, text].join('  ');

/** The messages after one, oldest first, however many they are. */
const messagesAfter = async (url: string, after: number): Promise<OutboxRow[]> => {
  const rows: OutboxRow[] = [];
  for (;;) {
    const oldest = rows.at(-1)?.id;
    const query = `after=${after}&limit=${PAGE}${oldest === undefined ? '' : `&before=${oldest}`}`;
    const { messages } = (await askEmulator(url, 'GET', `/outbox?${query}`)) as { messages: OutboxRow[] };
    rows.push(...messages);
    if (messages.length < PAGE) return rows.reverse();
  }
};

/** Prints the messages, oldest first; with `follow` it goes on until it is stopped. */
export const outbox = async (
  url: string,
  { follow, json }: { follow?: boolean; json?: boolean },
): Promise<void> => {
  let last = 0;
  for (;;) {
    for (const row of await messagesAfter(url, last)) {
      if (json) printJsonLine(row);
      else print([lineOf(row)]);
      last = row.id;
    }
    if (!follow) return;
    await setTimeout(BETWEEN_LOOKS);
  }
};
