// What a rule of the service is: what it is told, and what it answers.

import type { Explanation } from '../../kernel/problem.ts';
import type { Caller } from '../../soap/service.ts';
import type { Provider } from '../register/organisations.ts';
import type { Person } from '../register/person.ts';
import { descriptions, type RefusalCode } from './codes.ts';

/** What a request about a person says. */
export interface PersonCommand {
  readonly personidentifikator: string;
}

/** What a request about a person's mailbox with a provider says. */
export interface MailboxCommand extends PersonCommand {
  readonly postkasseleverandoerOrgNummer: string;
}

/** What a request says that brings mailbox information along. */
export interface ContentCommand extends MailboxCommand {
  readonly postkasseadresse: string;
  /** DER, as it came. */
  readonly x509Sertifikat?: Buffer;
}

/** Everything besides the person that a decision may depend on. */
export interface Circumstances {
  readonly caller: Caller;
  /** Whether an organisation is on the list of approved mailbox providers. */
  readonly approved: (organisation: string) => boolean;
  /** All of them, for explanations. */
  readonly providers: () => readonly Provider[];
  /** Whether choosing a mailbox displaces another provider's active one. */
  readonly displace: boolean;
  /** Why a mailbox certificate cannot be taken; undefined when it can. */
  readonly faultOfCertificate: (der: Buffer) => string | undefined;
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly explanation: Explanation;
}

/** What a rule decides: a refusal, or none, and the person as it is to be kept where that has changed. */
export interface Verdict {
  readonly result: Refusal | undefined;
  readonly next?: Person;
}
export type Rule<Command> = (
  person: Person | undefined,
  command: Command,
  circumstances: Circumstances,
) => Verdict;

/** A refusal with its explanation; the rule is the contract’s, by number. */
export const refusal = (
  code: RefusalCode,
  check: string,
  expected: string,
  found: string,
  remedy: string,
  rule: string,
): Refusal => ({
  code,
  explanation: {
    check,
    expected,
    found,
    remedy,
    rule: `contract: ${rule}; ${code}: ${descriptions[code]}`,
    basis: 'assumed',
  },
});
