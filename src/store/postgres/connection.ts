// Connections to PostgreSQL: how each is set up, how long it is waited for, and what one statement over it is.

import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { printable } from '../../kernel/printable.ts';
import { shownAddress } from '../address.ts';
import { DataDirectoryError } from '../refusals.ts';
import { readAddress } from './address.ts';
import { refusalOf, toldAtConnecting } from './refusals.ts';
import { SCHEMA } from './statements.ts';

export interface ServerSettings {
  /** A URL: postgres://user@host:5432/database?sslmode=verify-full */
  readonly address: string;
  /** How many connections there are at most. */
  readonly connections: number;
  /** How long an answer of the server is waited for, in milliseconds. */
  readonly timeout: number;
}

/** A statement; one with a name is prepared once for each connection. */
export interface Statement {
  readonly name?: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

export type Cells = readonly unknown[];

/** One connection. What is asked of it at once goes out at once, and is answered in order. */
export interface Session {
  ask(statement: Statement): Promise<readonly Cells[]>;
  /** Several statements without values; the rows of the last one. */
  run(text: string): Promise<readonly Cells[]>;
}

/** Of planning: a table that grows fast is never read as a whole because it was small a moment ago. */
const PLANNING = '-c enable_seqscan=off -c jit=off';

/** How long an emulator that is busy may be silent in a change, in milliseconds. */
const SHORTEST_IDLE = 1000;

/** How long one statement of what takes long may take, in milliseconds. */
const PATIENCE = 120_000;

/** How long the end of a connection is waited for, in milliseconds. */
const GOODBYE = 1000;

/** Who holds the register in an open change and is heard of no more is ended by the server as soon as by himself. */
const optionsOf = (given: string, timeout: number): string =>
  [
    given,
    `-c search_path=${SCHEMA} -c synchronous_commit=on -c client_min_messages=warning`,
    `-c lock_timeout=${Math.ceil(timeout / 2)} -c statement_timeout=${timeout}`,
    `-c idle_in_transaction_session_timeout=${Math.max(timeout, SHORTEST_IDLE)} ${PLANNING}`,
  ]
    .join(' ')
    .trim();

/**
 * What the driver is told.
 *
 * @throws AddressError
 */
export const configOf = ({ address, timeout }: ServerSettings): pg.ClientConfig => {
  const { options, ...place } = readAddress(address);
  return {
    ...place,
    options: optionsOf(options, timeout),
    fallback_application_name: 'kontakt-emulator',
    connectionTimeoutMillis: timeout,
    query_timeout: timeout,
    keepAlive: true,
    pipeline: true,
  };
};

export const sessionOf = (client: pg.ClientBase): Session => ({
  ask: async ({ name, text, values }) =>
    (
      await client.query({
        ...(name === undefined ? {} : { name }),
        text,
        values: [...values],
        rowMode: 'array',
      })
    ).rows,
  run: async (text) => {
    const results: pg.QueryArrayResult | pg.QueryArrayResult[] = await client.query({
      text,
      rowMode: 'array',
    });
    return (Array.isArray(results) ? results.at(-1) : results)?.rows ?? [];
  },
});

/** A connection of its own: for what goes on for long. */
export interface Own extends Session {
  readonly client: pg.Client;
  end(): Promise<void>;
  /** Ends it without a word to the server. */
  cut(): void;
}

/**
 * @param onEnd is told once when it is lost, or ended
 * @throws (rejects) what the driver says where it cannot be made
 */
export const connect = async (
  settings: ServerSettings,
  { patient = false, onEnd = () => undefined }: { patient?: boolean; onEnd?: () => void } = {},
): Promise<Own> => {
  const socket = new Socket();
  const config = { ...configOf(settings), stream: () => socket };
  const client = new pg.Client(patient ? { ...config, query_timeout: PATIENCE } : config);
  // A connection that is lost is told of twice, by the statement that was under way and by this.
  client.on('error', () => undefined);
  client.once('end', onEnd);
  try {
    await client.connect();
  } catch (error) {
    socket.destroy();
    throw toldAtConnecting(error);
  }
  return {
    client,
    ...sessionOf(client),
    end: async () => {
      if (socket.destroyed) return;
      // A server that is heard of no more says no goodbye.
      await Promise.race([
        client.end().catch(() => undefined),
        setTimeout(GOODBYE, undefined, { ref: false }),
      ]);
      socket.destroy();
    },
    cut: () => void socket.destroy(),
  };
};

/** Which database it is, as people name it. */
export const nameOf = (address: string): string => `PostgreSQL at ${printable(shownAddress(address))}`;

/** What a start is told in one line; a defect stays what it is. */
export const startError = (error: unknown, address: string): unknown => {
  const refusal = refusalOf(error);
  return refusal ? new DataDirectoryError(`${nameOf(address)}: ${refusal.cause}`) : error;
};
