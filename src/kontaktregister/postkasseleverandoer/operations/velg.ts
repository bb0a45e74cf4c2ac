// VelgSikkerDigitalPostkasse: choose a mailbox that was stored before.

import { velg } from '../mailboxes.ts';
import { fields, type MailboxOperation, namesOf, okOrFeilet } from '../message.ts';

export const velgSikkerDigitalPostkasse: MailboxOperation = {
  ...namesOf('VelgSikkerDigitalPostkasse'),
  fields: fields.mailbox,
  summary: 'chooses mailbox information that is there',
  basis: 'assumed',
  rule: velg,
  statuses: okOrFeilet,
  examples: [{ personidentifikator: '12838410985', postkasseleverandoerOrgNummer: '984661185' }],
};
