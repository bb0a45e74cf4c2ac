// A block of commands, run by a shell as it stands on its page.

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What a script left behind. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a script to its end; it stops at the first command that fails. */
export const runScript = async (
  script: string,
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> => {
  const child = spawn('bash', ['-e', '-c', script], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output, errors };
};

/** An output without what is new in every answer. */
export const steady = (output: string): string =>
  output
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '7e570000-0000-4000-8000-000000000000')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '2026-11-26T12:00:00.000Z');
