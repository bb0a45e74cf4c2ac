// The register as CSV (RFC 4180): a person a row, with the active mailbox alone, under the words of the contract.

import type { Writing } from '../../contract/person-files.ts';
import { constant } from '../../store/tables.ts';
import type { Channel, Person } from '../register/person.ts';
import { columns } from './columns.ts';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const instant = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());

const channelCells = (channel: Channel | undefined): string =>
  channel ? `${quoted(channel.value)},${instant(channel.updated)},${instant(channel.verified)}` : ',,';

const row = ({ id, reserved, status, deletionCause, mobile, email, mailboxes }: Person): string => {
  const { provider, address, certificate } = mailboxes.find(({ active }) => active) ?? {};
  const mailbox = `${provider ?? ''},${quoted(address ?? '')},${certificate?.toString('base64') ?? ''}`;
  return `${id},${reserved ? 'JA' : 'NEI'},${status},${deletionCause ?? ''},${channelCells(mobile)},${channelCells(email)},${mailbox}\r\n`;
};

export const csvFile: Writing<Person> = {
  mediaType: 'text/csv; charset=utf-8',
  head: () => constant(`${columns.join(',')}\r\n`),
  row,
  tail: '',
};
