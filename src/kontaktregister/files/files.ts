// The files of the register, in few words.

import type { FileDescription } from '../../contract/person-files.ts';

export const files: readonly [FileDescription, ...FileDescription[]] = [
  {
    format: 'xml',
    without:
      'inactive mailboxes, mailboxes of reserved persons, contact information and mailboxes of deleted ones; providers and relations; Danish citizens',
  },
  {
    format: 'ndjson',
    without: 'providers and relations; Danish citizens',
  },
  {
    format: 'csv',
    without: 'inactive mailboxes; providers and relations; Danish citizens',
  },
];
