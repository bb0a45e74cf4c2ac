// What brought the mailboxes of a person about: that each is there, and that it is the chosen one.

import { begun, historyAfter, type Parts } from '../../contract/history.ts';
import type { Origin } from '../../kernel/grounds.ts';
import type { Person } from './person.ts';

export const mailboxPart = (provider: string): string => `mailbox ${provider}`;
export const activePart = (provider: string): string => `active ${provider}`;

const partsOf = ({ mailboxes }: Person): Parts =>
  Object.fromEntries(
    mailboxes.flatMap(({ provider, active }) => [
      [mailboxPart(provider), 'there'],
      [activePart(provider), String(active)],
    ]),
  );

/** A person as a seed or the control interface brings one. */
export const brought = (person: Person, by: Origin): Person => ({ ...person, history: begun(by) });

/** A person after a change. */
export const changed = (before: Person | undefined, after: Person, by: Origin): Person =>
  before ? { ...after, history: historyAfter(before, after, partsOf, by) } : brought(after, by);
