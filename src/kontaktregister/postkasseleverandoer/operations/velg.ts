// VelgSikkerDigitalPostkasse: choose a mailbox that was stored before.

import { alreadyActive, chosenElsewhere, noMailbox, onMailbox, withMailbox } from '../mailboxes.ts';
import { type MailboxOperation, namesOf, okOrFeilet, requests } from '../message.ts';
import type { MailboxCommand, Rule } from '../rule.ts';

/** Chooses mailbox information that is there. */
const velg: Rule<MailboxCommand> = onMailbox((person, mailbox, _command, circumstances) => {
  if (!mailbox) return noMailbox();
  if (mailbox.active) return alreadyActive(mailbox, 'nothing: the mailbox is chosen already');
  return chosenElsewhere(person, circumstances) ?? withMailbox(person, { ...mailbox, active: true });
});

export const velgSikkerDigitalPostkasse: MailboxOperation<MailboxCommand> = {
  ...namesOf('VelgSikkerDigitalPostkasse'),
  ...requests.mailbox,
  summary: 'chooses mailbox information that is there',
  basis: 'assumed',
  rule: velg,
  statuses: okOrFeilet,
  examples: [{ personidentifikator: '12838410985', postkasseleverandoerOrgNummer: '984661185' }],
};
