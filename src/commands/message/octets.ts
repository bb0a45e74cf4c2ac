// The octets that digests and the signature count over, as files.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../../kernel/file-error.ts';
import { UserError } from '../../kernel/user-error.ts';
import type { SignedOctets } from '../../security/report.ts';
import { printNote } from '../print.ts';

/** Writes each into a file of its own, to be compared with what the signer hashed; only the user may read them. */
export const writeOctets = (folder: string, octets: readonly SignedOctets[]): void => {
  if (octets.length === 0) {
    printNote([`nothing in the message is signed: there are no octets to write into ${folder}`]);
    return;
  }
  try {
    mkdirSync(folder, { recursive: true });
    for (const [index, { of, octets: content }] of octets.entries()) {
      const name = `${index + 1}-${of.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 60)}.xml`;
      writeFileSync(join(folder, name), content, { mode: 0o600 });
    }
  } catch (error) {
    throw new UserError(`--octets ${folder}: ${reasonOf(error)}`);
  }
};
