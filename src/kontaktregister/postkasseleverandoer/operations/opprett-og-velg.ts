// OpprettOgVelgSikkerDigitalPostkasse: store a mailbox and choose it in one step.

import {
  alreadyActive,
  alreadyThere,
  chosenElsewhere,
  mailboxOf,
  onMailbox,
  withMailbox,
} from '../mailboxes.ts';
import { type MailboxOperation, namesOf, okOrFeilet, requests } from '../message.ts';
import type { ContentCommand, Rule } from '../rule.ts';

/** Stores and chooses in one step. */
const opprettOgVelg: Rule<ContentCommand> = onMailbox((person, mailbox, command, circumstances) => {
  if (mailbox?.active) return alreadyActive(mailbox, 'nothing: the mailbox is there and chosen');
  const elsewhere = chosenElsewhere(person, circumstances);
  if (elsewhere) return elsewhere;
  if (mailbox) return alreadyThere(mailbox, 'choose it with VelgSikkerDigitalPostkasse');
  return withMailbox(person, mailboxOf(command, true));
});

export const opprettOgVelgSikkerDigitalPostkasse: MailboxOperation<ContentCommand> = {
  ...namesOf('OpprettOgVelgSikkerDigitalPostkasse'),
  ...requests.content,
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
