// OpprettPostkasse: store a mailbox without choosing it.

import { opprett } from '../mailboxes.ts';
import { fields, type MailboxOperation, namesOf, okOrFeilet } from '../message.ts';

export const opprettPostkasse: MailboxOperation = {
  ...namesOf('OpprettPostkasse'),
  fields: fields.mailboxContent,
  summary: 'stores mailbox information, inactive',
  basis: 'assumed',
  rule: opprett,
  statuses: okOrFeilet,
  examples: [
    {
      personidentifikator: '12838410985',
      postkasseleverandoerOrgNummer: '984661185',
      postkasseadresse: 'kari.testesen#1A2B',
    },
  ],
};
