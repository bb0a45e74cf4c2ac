// Runs an outside program beside the emulator: never synchronously, for the emulator answers in this same process.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';

/** What a program left behind. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: Buffer;
  /** Both streams as text, for the message of a failed assertion. */
  readonly said: string;
}

/** What a program runs in. */
interface Surroundings {
  readonly input?: string | Buffer;
  readonly environment?: Record<string, string>;
  readonly directory?: string;
}

/** Runs a program to its end. */
export const run = (
  command: string,
  args: readonly string[],
  { input = '', environment = {}, directory }: Surroundings = {},
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...environment },
      ...(directory === undefined ? {} : { cwd: directory }),
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        ok: code === 0,
        output: Buffer.concat(output),
        said: Buffer.concat([...errors, ...output]).toString('utf8'),
      }),
    );
    // A program that needs no input may be gone before it is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/** Runs a program that must succeed, and returns its lines. */
export const succeed = async (command: string, ...args: string[]): Promise<string[]> => {
  const { ok, output, said } = await run(command, args);
  assert.ok(ok, said);
  return output.toString('utf8').trim().split('\n');
};
