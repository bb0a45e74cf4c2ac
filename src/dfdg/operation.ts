// What an operation of the contract is: what SOAP and REST both need to know of it, and the rule that decides it.

import type { XmlElement } from 'libxml2-wasm';
import type { Basis } from '../kernel/problem.ts';
import type { Namespace } from '../xml/names.ts';
import type { ElementNode } from '../xml/writer.ts';
import type { Concern } from './explain/of-citizens.ts';
import type { OnCitizen, Search } from './rule.ts';

/** An answer with the number of its call in the access log (a guid). */
export interface Referenced<Answer> {
  readonly reference: string;
  readonly answer: Answer;
}

/** An operation on one citizen, or a search, which names none. */
export interface CitizenOperation<Command, Answer> {
  /** The name in the WSDL. */
  readonly name: string;
  readonly summary: string;
  readonly basis: Basis;
  /** The fields that a request has besides the citizen’s number, as the command line names them. */
  readonly fields: readonly string[];
  /** What of a command its refusals may go by: the type of contact data, the code that was given. */
  readonly concern?: (command: Command) => Concern;
  readonly decision: OnCitizen<Command, Answer> | Search<Command, Answer>;
  /** Reads a validated request, without the citizen’s number. */
  readonly decode: (payload: XmlElement) => Command;
  /** What an answer has besides its status and its reference. */
  readonly encode: (answer: Answer, namespace: Namespace) => readonly ElementNode[];
  /** A request's elements from fields, for the command line. */
  readonly compose: (
    values: Readonly<Record<string, string>>,
    namespace: Namespace,
  ) => readonly ElementNode[];
  readonly examples: readonly Readonly<Record<string, string>>[];
}
