// kontakt ready: whether an emulator answers; for scripts that start one.

import { setTimeout } from 'node:timers/promises';
import { askEmulator } from '../../client/remote.ts';
import { brief } from '../../kernel/brief.ts';
import { parseDuration } from '../../kernel/clock.ts';
import { ConfigurationError, UserError } from '../../kernel/user-error.ts';
import { print } from '../print.ts';

const BETWEEN_TRIES = 100;

/** `10s`, `500ms`, `2m`, a bare number of seconds, or an ISO 8601 duration; in milliseconds. */
const parseTimeout = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text);
  const factor = { ms: 1, s: 1000, m: 60_000 }[match?.[2] ?? 's'] ?? 1000;
  const duration = parseDuration(text);
  const milliseconds = match ? Number(match[1]) * factor : duration?.milliseconds;
  // Nobody waits for months, whose length depends on when they begin.
  if (milliseconds !== undefined && milliseconds >= 0 && !duration?.months) return milliseconds;
  throw new ConfigurationError(`--timeout: ${brief(text)} is no duration, like 10s, 500ms, 2m or PT10S`);
};

/** Returns when the emulator is ready; waits for it where asked to. */
export const ready = async (
  url: string,
  { wait, timeout }: { wait?: boolean; timeout: string },
): Promise<void> => {
  const end = performance.now() + (wait ? parseTimeout(timeout) : 0);
  for (;;) {
    try {
      await askEmulator(url, 'GET', '/ready');
      print([`ready ${url}`]);
      return;
    } catch (error) {
      if (performance.now() >= end) {
        throw wait ? new UserError(`not ready within ${timeout}: ${(error as Error).message}`) : error;
      }
      await setTimeout(BETWEEN_TRIES);
    }
  }
};
