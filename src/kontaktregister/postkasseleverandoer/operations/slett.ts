// SlettPostkasse: remove a mailbox.

import { noMailbox, onMailbox } from '../mailboxes.ts';
import { type MailboxOperation, namesOf, okOrFeilet, requests } from '../message.ts';
import type { MailboxCommand, Rule } from '../rule.ts';

/** Removes mailbox information; the one operation that a reservation does not stop. */
const slett: Rule<MailboxCommand> = onMailbox(
  (person, mailbox) =>
    mailbox
      ? {
          result: undefined,
          next: { ...person, mailboxes: person.mailboxes.filter((other) => other !== mailbox) },
        }
      : noMailbox(),
  { reservation: false },
);

export const slettPostkasse: MailboxOperation<MailboxCommand> = {
  ...namesOf('SlettPostkasse'),
  ...requests.mailbox,
  summary: 'removes mailbox information, also of a reserved person',
  basis: 'assumed',
  rule: slett,
  statuses: okOrFeilet,
  examples: [{ personidentifikator: '12838410985', postkasseleverandoerOrgNummer: '984661185' }],
};
