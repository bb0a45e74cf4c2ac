// The one way in which the program writes: a line is a line, whatever a stranger has put into it.

import { printable, printableJson } from '../kernel/printable.ts';
import { printablePainted } from '../kernel/terminal.ts';

const asLines = (lines: readonly string[]): string => lines.map((line) => `${printable(line)}\n`).join('');

/** Prints lines. What would act on a terminal is made visible, a line break within a line too. */
export const print = (lines: readonly string[]): void => {
  process.stdout.write(asLines(lines));
};

/** Prints lines that have colours. */
export const printPainted = (lines: readonly string[]): void => {
  process.stdout.write(lines.map((line) => `${printablePainted(line)}\n`).join(''));
};

/** Prints a value as JSON over several lines. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, 2))}\n`);
};

/** Prints a value as JSON on one line. */
export const printJsonLine = (value: unknown): void => {
  process.stdout.write(`${printableJson(JSON.stringify(value))}\n`);
};

/** Prints octets as they are, for those who asked for the very octets of a message: they go into a file or a pipe. */
export const printOctets = (octets: string | Uint8Array): void => {
  process.stdout.write(octets);
};

/** Tells what went wrong, on standard error. */
export const printError = (lines: readonly string[]): void => {
  process.stderr.write(asLines(lines));
};

/** Tells what stands beside a result, on standard error, so that the result alone goes into a pipe. */
export const printNote = (lines: readonly string[]): void => {
  process.stderr.write(asLines(lines));
};

/** Whoever reads the output may stop reading, as `head` does: then there is nobody left to tell anything. */
export const endWithReader = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
};
