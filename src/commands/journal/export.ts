// kontakt journal --export: one exchange in a file for a colleague.

import { writeFileSync } from 'node:fs';
import { askEmulator } from '../../client/remote.ts';
import { reasonOf } from '../../kernel/file-error.ts';
import { UserError } from '../../kernel/user-error.ts';
import { keepPrivate, PRIVATE } from '../../store/private.ts';
import { print } from '../print.ts';

/** Writes an exchange into a file that its owner alone can read. */
export const exportExchange = async (
  url: string,
  number: number,
  file: string,
  unmasked = false,
): Promise<void> => {
  const path = `/journal/${number}/export${unmasked ? '?unmasked=true' : ''}`;
  const exported = (await askEmulator(url, 'GET', path)) as { readonly masked: boolean };
  try {
    writeFileSync(file, `${JSON.stringify(exported, null, 2)}\n`, { mode: PRIVATE });
    keepPrivate(file);
  } catch (error) {
    throw new UserError(`--export ${file}: ${reasonOf(error)}`);
  }
  print([
    `exchange ${number} is in ${file}, ${exported.masked ? 'the numbers of persons hidden' : 'with the numbers of persons'}; open it with kontakt explain ${file}`,
  ]);
};
