// OpprettPostkasse: store a mailbox without choosing it.

import { alreadyThere, mailboxOf, onMailbox, withMailbox } from '../mailboxes.ts';
import { type MailboxOperation, namesOf, okOrFeilet, requests } from '../message.ts';
import type { ContentCommand, Rule } from '../rule.ts';

/** Stores mailbox information without choosing it. */
const opprett: Rule<ContentCommand> = onMailbox((person, mailbox, command) =>
  mailbox
    ? alreadyThere(mailbox, 'change it with OppdaterPostkasse, or choose it with VelgSikkerDigitalPostkasse')
    : withMailbox(person, mailboxOf(command, false)),
);

export const opprettPostkasse: MailboxOperation<ContentCommand> = {
  ...namesOf('OpprettPostkasse'),
  ...requests.content,
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
