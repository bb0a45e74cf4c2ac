// The log as JSON, a line for each event. Loaded only where it is wanted: the library takes a while.

import { pino } from 'pino';
import type { Log } from './log-event.ts';
import { printableJson } from './printable.ts';
import { sourceStack } from './stack.ts';

export const jsonLog = (): Log => {
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
