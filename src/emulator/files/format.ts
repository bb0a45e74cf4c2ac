// Which format a file has: by the option, else by its name.

import type { FileDescription, FileFormat } from '../../contract/person-files.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';

/** The format that the name of a file says, whether compressed (`.gz`) or not; undefined: it says none. */
export const formatOfName = (file: string): FileFormat | undefined => {
  const [, end = ''] = /\.(\w+)(?:\.gz)?$/i.exec(file) ?? [];
  const formats: Readonly<Record<string, FileFormat>> = {
    xml: 'xml',
    ndjson: 'ndjson',
    jsonl: 'ndjson',
    csv: 'csv',
  };
  const format = end.toLowerCase();
  return Object.hasOwn(formats, format) ? formats[format] : undefined;
};

export const isCompressed = (file: string): boolean => /\.gz$/i.test(file);

/**
 * @param files those that a country has, the usual one first
 * @throws ConfigurationError where it has no such file
 */
export const fileOf = (
  files: readonly [FileDescription, ...FileDescription[]],
  format: FileFormat | undefined,
): FileDescription => {
  if (format === undefined) return files[0];
  const found = files.find((one) => one.format === format);
  if (found) return found;
  throw new ConfigurationError(
    `--format: this register has ${files.map((one) => one.format).join(' and ')} files, no ${format}`,
  );
};
