// OppdaterPostkasse: replace the address and the certificate of a mailbox.

import { mailboxOf, noMailbox, onMailbox, withMailbox } from '../mailboxes.ts';
import { type MailboxOperation, namesOf, okOrFeilet, requests } from '../message.ts';
import type { ContentCommand, Rule } from '../rule.ts';

/** Replaces the address, and the certificate where one is sent; whether the mailbox is chosen stays as it was. */
const oppdater: Rule<ContentCommand> = onMailbox((person, mailbox, command) =>
  mailbox ? withMailbox(person, { ...mailbox, ...mailboxOf(command, mailbox.active) }) : noMailbox(),
);

export const oppdaterPostkasse: MailboxOperation<ContentCommand> = {
  ...namesOf('OppdaterPostkasse'),
  ...requests.content,
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
