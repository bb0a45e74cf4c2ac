// SlettPostkasse: remove a mailbox.

import { slett } from '../mailboxes.ts';
import { fields, type MailboxOperation, namesOf, okOrFeilet } from '../message.ts';

export const slettPostkasse: MailboxOperation = {
  ...namesOf('SlettPostkasse'),
  fields: fields.mailbox,
  summary: 'removes mailbox information, also of a reserved person',
  basis: 'assumed',
  rule: slett,
  statuses: okOrFeilet,
  examples: [{ personidentifikator: '12838410985', postkasseleverandoerOrgNummer: '984661185' }],
};
