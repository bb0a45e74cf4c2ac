// The log on standard error: for people one line and its reason, for machines JSON.

import { printable, printableJson } from './printable.ts';
import { sourceStack } from './stack.ts';

/** An event with its data; `message` is for people. */
export interface LogEvent {
  readonly message: string;
  /** Further lines, shown indented. */
  readonly lines?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Log {
  info(event: LogEvent): void;
  error(event: LogEvent, error?: unknown): void;
}

export type LogFormat = 'pretty' | 'json' | 'silent';

const silent: Log = { info: () => {}, error: () => {} };

const pretty = (now: () => number): Log => {
  const write = ({ message, lines = [] }: LogEvent, extra: readonly string[] = []): void => {
    const time = new Date(now()).toISOString().slice(11, 23);
    const rest = [...lines, ...extra].map((line) => `             ${printable(line)}\n`).join('');
    process.stderr.write(`${time} ${printable(message)}\n${rest}`);
  };
  return {
    info: (event) => write(event),
    error: (event, error) => write(event, error instanceof Error ? sourceStack(error).split('\n') : []),
  };
};

const json = async (): Promise<Log> => {
  const { pino } = await import('pino');
  const stream = pino.destination({ dest: 2, sync: false });
  const logger = pino(
    { base: null },
    { write: (line) => stream.write(`${printableJson(line.trimEnd())}\n`) },
  );
  return {
    info: ({ message, data = {} }) => logger.info(data, message),
    error: ({ message, data = {} }, error) => {
      if (error instanceof Error) error.stack = sourceStack(error);
      logger.error({ ...data, err: error }, message);
    },
  };
};

/** @param now what the machine’s clock shows, in milliseconds since 1970 */
export const createLog = async (format: LogFormat, now: () => number): Promise<Log> =>
  format === 'json' ? json() : format === 'pretty' ? pretty(now) : silent;
