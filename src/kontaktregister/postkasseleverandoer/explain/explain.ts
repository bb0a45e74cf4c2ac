// Why a rule of the service refused a request: the state that led to it, since which exchange, and the call that changes it.

import type { ExplainedCause } from '../../../explain/explained.ts';
import { causeOfRule } from '../../../explain/state.ts';
import type { JournalEntry } from '../../../journal/entry.ts';
import type { Ground } from '../../../kernel/grounds.ts';
import { type Engine, isLoss } from '../../../store/engine.ts';
import { organisations, rightsIn } from '../../register/organisations.ts';
import type { Person } from '../../register/person.ts';
import { persons } from '../../register/store.ts';
import { descriptions, type RefusalCode } from '../codes.ts';
import { changes } from './changes.ts';
import { readGround } from './grounds.ts';

const isCode = (code: string): code is RefusalCode =>
  Object.hasOwn(descriptions, code) && Object.hasOwn(changes, code);

const MAILBOXES: Readonly<Record<string, string>> = {
  active: 'the active mailbox with',
  inactive: 'an inactive mailbox with',
};

/** A part of the register in words; organisations with the name that the list of providers gives them. */
const sayWith =
  (nameOf: (organisation: string) => string) =>
  ({ part, of = '', is }: Ground): string => {
    switch (part) {
      case 'mailbox':
        return `${MAILBOXES[is] ?? 'no mailbox with'} ${nameOf(of)}`;
      case 'approval':
        return `${nameOf(of)}: ${is} as a provider of mailboxes`;
      case 'reservation':
        return `reservation ${is}`;
      case 'person':
        return is === 'none' ? 'no such person in the register' : `a person with status ${is}`;
      case 'asked':
        return `${nameOf(is)} is the provider that the request names`;
      case 'signer':
        return `${nameOf(is)} signed the request`;
      default:
        return `${part} ${of}: ${is}`;
    }
  };

const personNow = async (
  engine: Pick<Engine, 'read'>,
  id: string | undefined,
): Promise<{ readonly person: Person | undefined } | undefined> => {
  if (id === undefined) return { person: undefined };
  const found = await engine.read(persons.find(id));
  return isLoss(found) ? undefined : { person: found.result };
};

/** Explains refusals of the rules; an exchange that none of them refused has no causes here. */
export const createExplain =
  (engine: Pick<Engine, 'read' | 'value'>) =>
  async ({ explanation, grounds, operation = '' }: JournalEntry): Promise<readonly ExplainedCause[]> => {
    if (!explanation || !grounds || !isCode(grounds.code)) return [];
    const now = await personNow(engine, grounds.person);
    const rights = rightsIn(engine);
    const lists = organisations.current(engine);
    const nameOf = (number: string): string => {
      const name = lists.providers.find(({ orgnr }) => orgnr === number)?.navn;
      return name ? `${number} (${name})` : number;
    };
    const words = {
      say: sayWith(nameOf),
      read: (ground: Ground) => now && readGround(ground, { ...now, rights }),
    };
    const change = changes[grounds.code]({
      grounds,
      operation,
      person: now?.person,
      organisations: lists,
    });
    return [causeOfRule(explanation, grounds, words, change)];
  };
