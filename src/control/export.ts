// All persons of a register as a file, in a stream: written page by page, so that memory does not grow with the register.

import type { PersonForm } from '../contract/administration.ts';
import { type FileFormat, fileFormats } from '../contract/person-files.ts';
import { together } from '../store/tables.ts';
import { pagesOf } from './pages.ts';
import { ControlError } from './problem.ts';
import type { Register } from './register.ts';

/** A file that is being written. */
export interface Exported {
  readonly format: FileFormat;
  readonly mediaType: string;
  /** How many persons there are when it begins. */
  readonly persons: number;
  readonly text: AsyncIterable<string>;
}

/** How many persons are written at once. */
const PAGE = 500;

/**
 * Begins a file. It tells of the last change before its first person; whoever changes meanwhile may be in it as he or she is then.
 *
 * @param asked the first that the register has by default
 * @throws (rejects) ControlError where the register has no such file, or cannot be read now
 */
export const exportPersons = async (
  { files, count }: PersonForm<unknown>,
  register: Register,
  asked?: FileFormat,
): Promise<Exported> => {
  const known = fileFormats.filter((one) => files[one] !== undefined);
  const format = asked ?? known[0];
  const file = format && files[format];
  if (!file)
    throw new ControlError(
      400,
      `the persons of this register go out as ${known.join(' or ')}, not ${format}`,
    );
  const { mediaType, head, tail, page } = file;
  const [before, persons] = await register.read(together(head(), count()));
  const text = async function* (): AsyncGenerator<string> {
    if (before !== '') yield before;
    for await (const rows of pagesOf(page, register, { limit: Number.POSITIVE_INFINITY, size: PAGE }))
      yield rows.join('');
    if (tail !== '') yield tail;
  };
  return { format, mediaType, persons, text: text() };
};
