// OppdaterPostkasse: replace the address and the certificate of a mailbox.

import { oppdater } from '../mailboxes.ts';
import { fields, type MailboxOperation, namesOf, okOrFeilet } from '../message.ts';

export const oppdaterPostkasse: MailboxOperation = {
  ...namesOf('OppdaterPostkasse'),
  fields: fields.mailboxContent,
  summary: 'replaces the address, and the certificate where one is sent',
  basis: 'assumed',
  rule: oppdater,
  statuses: okOrFeilet,
  examples: [
    {
      personidentifikator: '12838410985',
      postkasseleverandoerOrgNummer: '984661185',
      postkasseadresse: 'kari.testesen#1A2B',
    },
  ],
};
