// KanVelgeSikkerDigitalPostkasse: may the person choose a digital mailbox?

import { kanVelge } from '../mailboxes.ts';
import { fields, type MailboxOperation, namesOf } from '../message.ts';

export const kanVelgeSikkerDigitalPostkasse: MailboxOperation = {
  ...namesOf('KanVelgeSikkerDigitalPostkasse'),
  fields: fields.person,
  summary: 'JA when the person has no active mailbox; changes nothing',
  basis: 'assumed',
  rule: kanVelge,
  statuses: { accepted: 'JA', refused: 'NEI' },
  examples: [{ personidentifikator: '12838410985' }],
};
