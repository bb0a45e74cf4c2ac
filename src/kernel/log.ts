// The log on standard error: for people lines and their reasons, for machines JSON.

import type { Log, LogEvent, Tone } from './log-event.ts';
import { printable } from './printable.ts';
import { sourceStack } from './stack.ts';
import { type Colour, inColumns, type Paint, paintFor, WIDTH } from './terminal.ts';

export type LogFormat = 'pretty' | 'json' | 'silent';

const silent: Log = { info: () => {}, error: () => {} };

const MARKS: Readonly<Record<Tone, readonly [Colour, string]>> = {
  good: ['green', '✓'],
  refused: ['yellow', '•'],
  fault: ['red', '✗'],
};
const INDENT = ' '.repeat(11);
const LABEL = 10;

/** An event as lines for people; none is wider than a terminal is thought to be. */
export const eventLines = ({ message, tone, details = [] }: LogEvent, at: Date, paint: Paint): string[] => {
  const clock = paint('grey', at.toTimeString().slice(0, 8));
  const [colour, mark] = tone ? MARKS[tone] : (['grey', '·'] as const);
  return [
    `${clock} ${paint(colour, mark)} ${inColumns(message, WIDTH - INDENT.length)}`,
    ...details.map(
      ([label, text]) =>
        INDENT + paint('grey', label.padEnd(LABEL)) + inColumns(text, WIDTH - INDENT.length - LABEL),
    ),
  ];
};

const pretty = (now: () => number): Log => {
  const paint = paintFor(process.stderr);
  const write = (event: LogEvent, extra: readonly string[] = []): void => {
    const lines = [
      ...eventLines(event, new Date(now()), paint),
      ...extra.map((line) => INDENT + printable(line)),
    ];
    process.stderr.write(`${lines.join('\n')}\n`);
  };
  return {
    info: (event) => write(event),
    error: (event, error) =>
      write({ tone: 'fault', ...event }, error instanceof Error ? sourceStack(error).split('\n') : []),
  };
};

/** @param now what the machine’s clock shows, in milliseconds since 1970 */
export const createLog = async (format: LogFormat, now: () => number): Promise<Log> =>
  format === 'json' ? (await import('./json-log.ts')).jsonLog() : format === 'pretty' ? pretty(now) : silent;
