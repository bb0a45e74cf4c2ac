// What goes over a connection byte for byte, and what the journal says of it afterwards.

import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';

export const portOf = (url: string): number => Number(new URL(url).port);

/** A connection to a listener, with all that came over it. */
export const dial = (url: string): { socket: Socket; said: Promise<string> } => {
  const socket = connect(portOf(url), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {});
  const said = new Promise<string>((resolve) =>
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1'))),
  );
  return { socket, said };
};

/** Sends bytes and waits until the other side has said everything. */
export const send = (url: string, bytes: string | Buffer): Promise<string> => {
  const { socket, said } = dial(url);
  socket.write(bytes);
  return said;
};

/** The newest entry with this problem; a connection may end for its client before it ends for the emulator. */
export const entryOf = async ({ journal }: Emulator, problem: string): Promise<JournalEntry> => {
  for (let tries = 0; tries < 500; tries += 1) {
    const found = journal.list().find((entry) => entry.problem === problem);
    if (found) return found;
    await pause(20);
  }
  throw new Error(`the journal has no ${problem}, but ${journal.list().map((one) => one.problem)}`);
};
