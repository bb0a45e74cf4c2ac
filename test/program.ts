// The built program as a child process: run to its end, or kept serving.

import assert from 'node:assert/strict';
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
export const PROGRAM = join(ROOT, 'dist/main.js');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly tlsUrl: string;
  /** All that was printed until the line that says it listens. */
  readonly banner: string;
  readonly ended: Promise<Ended>;
}

// What the developer's own shell sets must not change what is tested.
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:KONTAKT_|npm_|NODE_OPTIONS)/.test(name)),
);

const running = new Set<ChildProcess>();
// Before their folders are removed.
process.prependOnceListener('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Where to run, as whom, and with which variables besides the usual ones. */
export interface Place extends Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> {
  readonly env?: Readonly<Record<string, string>>;
}

const watch = (
  command: string,
  args: readonly string[],
  { env = {}, ...place }: Place,
  input: 'ignore' | 'pipe' = 'ignore',
) => {
  const child = spawn(command, args, {
    ...place,
    env: { ...ENVIRONMENT, ...env },
    // The type of the one counts for both: what they say is read in any case.
    stdio: [input as 'ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  // A child that a failed test left behind must not keep the whole run from ending.
  child.unref();
  for (const stream of [child.stdout, child.stderr]) if ('unref' in stream) (stream as Socket).unref();
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, ...said });
    });
  });
  return { child, said, ended };
};

/** What should end by itself and does not is ended after so many milliseconds, before the patience of mocha ends. */
const PATIENCE = 50_000;

/** Runs any command to its end. */
export const runCommand = async (
  command: string,
  args: readonly string[],
  place: Place = {},
): Promise<Ended> => {
  const { child, ended } = watch(command, args, place);
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  return ended.finally(() => clearTimeout(timer));
};

/** Runs `kontakt` with these arguments to its end. */
export const kontakt = (args: readonly string[], place: Place = {}): Promise<Ended> =>
  runCommand(process.execPath, [PROGRAM, ...args], place);

/** Begins `kontakt` with these arguments; what it is to read is written to its standard input. */
export const kontaktReading = (
  args: readonly string[],
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } =>
  watch(process.execPath, [PROGRAM, ...args], {}, 'pipe');

const LISTENING = /^listening http=(\S+) https=(\S+)\n/m;

/** Runs `kontakt serve` on free ports, started by the launcher if any, and returns when it listens. */
export const serve = async (
  args: readonly string[],
  place: Place = {},
  launcher: readonly string[] = [],
): Promise<Serving> => {
  const options = ['serve', '--port', '0', '--tls-port', '0', '--log', 'silent', ...args];
  const [command = '', ...rest] = [...launcher, process.execPath, PROGRAM, ...options];
  const { child, said, ended } = watch(command, rest, place);
  const listening = new Promise<RegExpExecArray>((resolve) => {
    child.stdout.on('data', () => {
      const match = LISTENING.exec(said.stdout);
      if (match) resolve(match);
    });
  });
  const first = await Promise.race([listening, ended]);
  if ('code' in first) assert.fail(`it ended with ${first.code}: ${first.stderr}`);
  const [, url = '', tlsUrl = ''] = first;
  return { child, url, tlsUrl, banner: said.stdout, ended };
};

/** One line for the user, as every refusal of the command line is. */
export const assertOneLine = ({ stderr }: Ended, content: RegExp): void => {
  assert.match(stderr, /^kontakt: [^\n]+\n$/);
  assert.doesNotMatch(stderr, /defect/);
  assert.match(stderr, content);
};
