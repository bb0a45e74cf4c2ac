// From command to answer: the rule in one transaction with the register.

import { isProblem } from '../../kernel/problem.ts';
import type { Caller, Operation, Outcome } from '../../soap/service.ts';
import type { Rights } from '../register/organisations.ts';
import type { NorwegianStore } from '../register/store.ts';
import type { MailboxAnswer, MailboxOperation } from './message.ts';
import type { Circumstances, PersonCommand } from './rule.ts';

/** What the contract needs from the composition root. */
export interface NorwegianRegister {
  readonly store: NorwegianStore;
  readonly rights: Rights;
  readonly displace: boolean;
  readonly faultOfCertificate: Circumstances['faultOfCertificate'];
}

/** Decides one call of an operation. */
export const decideMailbox = <Command extends PersonCommand>(
  operation: MailboxOperation<Command>,
  { store, rights, displace, faultOfCertificate }: NorwegianRegister,
) => {
  const { rule, statuses, name } = operation;
  return (
    command: Command,
    caller: Caller,
    exchange: number,
  ): ReturnType<Operation<Command, MailboxAnswer>['decide']> => {
    const { approved, providers } = rights;
    const circumstances: Circumstances = { caller, approved, providers, displace, faultOfCertificate };
    const key = { id: command.personidentifikator, cause: name, organisation: caller.organisation, exchange };
    const refusal = store.change(key, (person) => rule(person, command, circumstances));
    if (isProblem(refusal)) return refusal;
    if (!refusal) return { answer: { status: statuses.accepted }, result: statuses.accepted };
    const outcome: Outcome<MailboxAnswer> = {
      answer: { status: statuses.refused, beskrivelse: refusal.code },
      result: `${statuses.refused} ${refusal.code}`,
      refusal: refusal.explanation,
    };
    return outcome;
  };
};
