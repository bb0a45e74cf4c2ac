// From command to answer: one change of the register, decided by the rule of the operation.

import type { Deed } from '../../contract/operation.ts';
import type { Caller } from '../../soap/service.ts';
import type { Rights } from '../register/organisations.ts';
import type { Person } from '../register/person.ts';
import { keep, persons } from '../register/store.ts';
import type { MailboxAnswer, MailboxOperation } from './message.ts';
import type { Circumstances, PersonCommand, Refusal } from './rule.ts';

/** What the rules of the service go by besides the person. */
export interface Surroundings {
  readonly rights: Rights;
  readonly displace: boolean;
  readonly faultOfCertificate: Circumstances['faultOfCertificate'];
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** What one call of an operation does. */
export const decideMailbox =
  <Command extends PersonCommand>(
    { rule, statuses, name }: MailboxOperation<Command>,
    { rights: { approved, providers }, displace, faultOfCertificate, now }: Surroundings,
  ) =>
  (
    command: Command,
    caller: Caller,
    exchange: number,
  ): Deed<Person | undefined, Refusal | undefined, MailboxAnswer, never> => {
    const at = now();
    return {
      load: persons.find(command.personidentifikator),
      decide: (person) => {
        const { result, next } = rule(person, command, {
          caller,
          approved,
          providers,
          displace,
          faultOfCertificate,
        });
        const because = { cause: name, organisation: caller.organisation, exchange };
        return { result, writes: next ? [keep(next, at, because)] : [] };
      },
      tell: (refusal) =>
        refusal
          ? {
              answer: { status: statuses.refused, beskrivelse: refusal.code },
              result: `${statuses.refused} ${refusal.code}`,
              refusal: refusal.explanation,
            }
          : { answer: { status: statuses.accepted }, result: statuses.accepted },
    };
  };
