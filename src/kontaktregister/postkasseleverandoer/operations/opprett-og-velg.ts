// OpprettOgVelgSikkerDigitalPostkasse: store a mailbox and choose it in one step.

import { opprettOgVelg } from '../mailboxes.ts';
import { fields, type MailboxOperation, namesOf, okOrFeilet } from '../message.ts';

export const opprettOgVelgSikkerDigitalPostkasse: MailboxOperation = {
  ...namesOf('OpprettOgVelgSikkerDigitalPostkasse'),
  fields: fields.mailboxContent,
  summary: 'stores mailbox information and chooses it',
  basis: 'assumed',
  rule: opprettOgVelg,
  statuses: okOrFeilet,
  examples: [
    {
      personidentifikator: '12838410985',
      postkasseleverandoerOrgNummer: '984661185',
      postkasseadresse: 'kari.testesen#1A2B',
    },
    {
      personidentifikator: '12838410985',
      postkasseleverandoerOrgNummer: '9908:984661185',
      postkasseadresse: 'kari.testesen#1A2B',
    },
  ],
};
