// Another program is started once and given many jobs: a line for each, and a line for what it made of it.

import assert from 'node:assert/strict';
import { run } from '../tool.ts';

export interface Job {
  /** What is to be done. */
  readonly way: string;
  readonly content: Buffer;
}

export type Worker = (jobs: readonly Job[]) => Promise<Buffer[]> | Buffer[];

/** @returns what came of each job, in order */
export const batch =
  (command: string, args: readonly string[]): Worker =>
  async (jobs) => {
    const input = jobs.map(({ way, content }) => `${way}\t${content.toString('base64')}\n`).join('');
    const { ok, output, said } = await run(command, args, { input });
    assert.ok(ok, said);
    const lines = output.toString('utf8').trimEnd().split('\n');
    assert.equal(lines.length, jobs.length, said.slice(0, 2000));
    return lines.map((line) => Buffer.from(line, 'base64'));
  };

/** A program that takes one message at a time, from its standard input. */
export const each =
  (command: string, argsOf: (way: string) => readonly string[]): Worker =>
  (jobs) =>
    Promise.all(
      jobs.map(async ({ way, content }) => {
        const { ok, output, said } = await run(command, argsOf(way), { input: content });
        assert.ok(ok, said);
        return output;
      }),
    );
