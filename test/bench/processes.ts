// The processes of a benchmark: the emulator or what it is measured beside, and the load.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');
const script = (name: string): string[] => ['--import', 'tsx', join(import.meta.dirname, name)];

/** What a load generator is told. */
export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  /** A file: a JSON list of whole HTTP requests. */
  readonly requests: string;
  /** What a right answer holds. */
  readonly expected: string;
  /** For TLS: a folder with a test PKI, and the client of it that calls. */
  readonly identity?: { readonly pki: string; readonly client: string };
}

export interface Load {
  readonly count: number;
  readonly bad: number;
  /** An answer that was not right, where there was one. */
  readonly sample: string;
  readonly perSecond: number;
  /** The processor time of the load generator, in milliseconds. */
  readonly processor: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds until a connection is open, TLS handshake included: the first, and the median of the others. */
  readonly handshakes: readonly [first: number, median: number];
}

/** @throws Error when an answer was not right */
export const runLoad = (requests: readonly string[], order: LoadOrder): Load => {
  writeFileSync(order.requests, JSON.stringify(requests));
  const output = execFileSync(process.execPath, [...script('load.ts'), JSON.stringify(order)], {
    encoding: 'utf8',
    cwd: root,
  });
  const load = JSON.parse(output) as Load;
  if (load.bad > 0) throw new Error(`${load.bad} of ${load.count} answers were not right: ${load.sample}`);
  return load;
};

export interface Running {
  readonly child: ChildProcess;
  /** Undefined where there is no listener of that kind. */
  readonly httpPort: number | undefined;
  readonly httpsPort: number | undefined;
  /** Milliseconds from spawn to the line that says every listener accepts. */
  readonly startup: number;
}

const run = (args: readonly string[]): Promise<Running> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: root });
    child.once('exit', () => reject(new Error(`${args.join(' ')} stopped`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('listening ')) return;
      const port = (scheme: string): number | undefined => {
        const text = new RegExp(`${scheme}=${scheme}://127\\.0\\.0\\.1:(\\d+)`).exec(line)?.[1];
        return text === undefined ? undefined : Number(text);
      };
      resolve({
        child,
        httpPort: port('http'),
        httpsPort: port('https'),
        startup: performance.now() - begun,
      });
    });
  });

/**
 * Starts the emulator as a user would, on free ports.
 *
 * @param program another build, to be measured beside this one
 */
export const startEmulator = (
  data: string,
  more: readonly string[] = [],
  program = join(root, 'dist/main.js'),
): Promise<Running> => {
  const options = ['--port', '0', '--tls-port', '0', '--data', data, '--log', 'silent', ...more];
  return run([program, 'serve', ...options]);
};

/** Ticks of the kernel’s clock in a second (`getconf CLK_TCK`). */
const TICKS = 100;

/** The processor time that a process has used, all its threads together, in milliseconds (proc_pid_stat(5): utime, stime). */
export const processorTime = (pid: number): number => {
  const [utime = 0, stime = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((utime + stime) / TICKS) * 1000;
};

/** The processor time of each thread of a process that runs, in milliseconds, by its number (proc_pid_schedstat(5)). */
export const threadTimes = (pid: number): ReadonlyMap<number, number> =>
  new Map(
    readdirSync(`/proc/${pid}/task`).map((thread) => [
      Number(thread),
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
    ]),
  );

/** A line of /proc/<pid>/status in MB: `VmRSS` is the resident memory, `VmHWM` its peak. */
export const memory = (pid: number, line: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Starts the bare route over the TLS material of a test PKI. */
export const startBare = (pki: string): Promise<Running> => run([...script('bare.ts'), pki]);

export const stop = ({ child }: Running): Promise<void> =>
  new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
