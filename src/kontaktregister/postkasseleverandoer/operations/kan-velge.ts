// KanVelgeSikkerDigitalPostkasse: may the person choose a digital mailbox?

import { afterChecks } from '../checks.ts';
import { activeOf, alreadyActive } from '../mailboxes.ts';
import { type MailboxOperation, namesOf, requests } from '../message.ts';
import type { PersonCommand, Rule } from '../rule.ts';

/** JA when the person has no active mailbox. */
const kanVelge: Rule<PersonCommand> = afterChecks((person) => {
  const active = activeOf(person);
  return active
    ? alreadyActive(active, 'nothing: the person has chosen a mailbox already')
    : { result: undefined };
});

export const kanVelgeSikkerDigitalPostkasse: MailboxOperation<PersonCommand> = {
  ...namesOf('KanVelgeSikkerDigitalPostkasse'),
  ...requests.person,
  summary: 'JA when the person has no active mailbox; changes nothing',
  basis: 'assumed',
  rule: kanVelge,
  statuses: { accepted: 'JA', refused: 'NEI' },
  examples: [{ personidentifikator: '12838410985' }],
};
