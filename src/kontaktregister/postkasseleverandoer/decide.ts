// From command to answer: one change of the register, decided by the rule of the operation.

import type { Deed } from '../../contract/operation.ts';
import type { Grounds } from '../../kernel/grounds.ts';
import type { Caller } from '../../soap/service.ts';
import { changed } from '../register/history.ts';
import type { Rights } from '../register/organisations.ts';
import type { Person } from '../register/person.ts';
import { keep, persons } from '../register/store.ts';
import { type Asked, groundsOf } from './explain/grounds.ts';
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

/** What a rule decided, and where it refused what it went by. */
interface Decided {
  readonly refusal: Refusal | undefined;
  readonly grounds?: Grounds;
}

/** What one call of an operation does. */
export const decideMailbox =
  <Command extends PersonCommand & Asked>(
    { rule, statuses, name }: MailboxOperation<Command>,
    { rights, displace, faultOfCertificate, now }: Surroundings,
  ) =>
  (
    command: Command,
    caller: Caller,
    exchange: number,
  ): Deed<Person | undefined, Decided, MailboxAnswer, never> => {
    const at = now();
    const { organisation } = caller;
    const { approved, providers } = rights;
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
        if (result) {
          const grounds = groundsOf(result.code, command, organisation, { person, rights }, at);
          return { result: { refusal: result, grounds } };
        }
        const by = { at, means: name, caller: organisation, exchange };
        const because = { cause: name, organisation, exchange };
        return {
          result: { refusal: undefined },
          writes: next ? [keep(changed(person, next, by), at, because)] : [],
        };
      },
      tell: ({ refusal, grounds }) =>
        refusal
          ? {
              answer: { status: statuses.refused, beskrivelse: refusal.code },
              result: `${statuses.refused} ${refusal.code}`,
              refusal: refusal.explanation,
              ...(grounds ? { grounds } : {}),
            }
          : { answer: { status: statuses.accepted }, result: statuses.accepted },
    };
  };
