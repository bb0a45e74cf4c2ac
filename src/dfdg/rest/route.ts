// What a method of the REST service is: its description, and the way from its JSON to the operation behind it and back.

import type { z } from 'zod';
import type { Basis, Problem } from '../../kernel/problem.ts';
import type { Outcome, RegisterProblem } from '../../soap/service.ts';
import type { DanishCaller } from '../caller.ts';
import { type DanishRegister, decideCitizen } from '../decide.ts';
import type { CitizenOperation } from '../operation.ts';
import type { DanishProblem } from '../problems.ts';
import type { Refused } from './problem.ts';
import { parseBody } from './request.ts';

type Parameters = Readonly<Record<string, string>>;

/** What a request says of what it asks. */
export interface RestInput {
  /** x-civilregistrationIdentifier; undefined for a search. */
  readonly cpr: string | undefined;
  readonly parameters: Parameters;
  readonly bytes: Buffer;
  readonly contentType: string | undefined;
}

/** Decides what a request asks; the answer in JSON. */
export type Act = (
  caller: DanishCaller,
  exchange: number,
) => Outcome<unknown> | Problem<RegisterProblem | DanishProblem>;

/** What people and the OpenAPI document are told of a method. */
interface Described {
  /** The owner's name of the method. */
  readonly name: string;
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly basis: Basis;
  readonly scope: string;
  /** Organisation types that may call it: those of the SOAP services it comes from, and for verification the authorities too [A]. */
  readonly allowed: readonly number[];
  readonly response: z.ZodType;
}

/** One method of the REST service, whatever its operation is told and answers. */
export interface RestRoute extends Described {
  readonly method: 'GET' | 'POST';
  readonly summary: string;
  /** The name of the operation in the WSDL. */
  readonly operation: string;
  /** Whether the header x-civilregistrationIdentifier names a citizen. */
  readonly citizen: boolean;
  /** Undefined: the method takes no body. */
  readonly body: z.ZodType | undefined;
  /** Reads requests for a register: what cannot be read is refused, and what can is what will be done. */
  readonly serve: (register: DanishRegister) => (input: RestInput) => Act | Refused;
}

/** A method with its operation behind it. */
interface Over<Command, Answer> extends Described {
  readonly operation: CitizenOperation<Command, Answer>;
  /** The members of an answer besides its reference. */
  readonly encodeJson: (answer: Answer) => Readonly<Record<string, unknown>>;
}

const over = <Command, Answer>(
  { operation, encodeJson, ...described }: Over<Command, Answer>,
  read: (input: RestInput) => { readonly command: Command } | Refused,
): Omit<RestRoute, 'method' | 'body'> => ({
  ...described,
  summary: operation.summary,
  operation: operation.name,
  citizen: !('search' in operation.decision),
  serve: (register) => {
    const decide = decideCitizen(operation, 'rest', register);
    return (input) => {
      const asked = read(input);
      if (!('command' in asked)) return asked;
      const target = input.cpr === undefined ? {} : { cpr: input.cpr };
      return (caller, exchange) => {
        const outcome = decide({ target, command: asked.command }, caller, exchange);
        if (!('answer' in outcome)) return outcome;
        const { reference, answer } = outcome.answer;
        const json = { serviceRequestLogReferenceIdentifier: reference, ...encodeJson(answer) };
        return { ...outcome, answer: json };
      };
    };
  },
});

/** A method with a body. */
export const post = <Body, Command, Answer>({
  body,
  decodeJson,
  ...rest
}: Over<Command, Answer> & {
  readonly body: z.ZodType<Body>;
  readonly decodeJson: (body: Body) => Command;
}): RestRoute => ({
  ...over(rest, ({ bytes, contentType }) => {
    const read = parseBody(body, bytes, contentType);
    return 'value' in read ? { command: decodeJson(read.value) } : read;
  }),
  method: 'POST',
  body,
});

/** A method without a body. */
export const get = <Command, Answer>({
  decodeParameters,
  ...rest
}: Over<Command, Answer> & {
  readonly decodeParameters: (parameters: Parameters) => Command;
}): RestRoute => ({
  ...over(rest, ({ parameters }) => ({ command: decodeParameters(parameters) })),
  method: 'GET',
  body: undefined,
});
