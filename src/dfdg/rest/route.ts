// What a method of the REST service is: its description, and the way from its JSON to the operation behind it and back.

import type { z } from 'zod';
import { type Act, acting } from '../../contract/operation.ts';
import type { Basis } from '../../kernel/problem.ts';
import type { DanishCaller } from '../caller.ts';
import { decideCitizen, type Surroundings } from '../decide.ts';
import type { CitizenOperation } from '../operation.ts';
import type { Refusal } from '../rule.ts';
import type { RestProblem } from './faces.ts';
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
  /** Reads requests: what cannot be read is refused, and what can is what will be done, with its answer in JSON. */
  readonly serve: (
    surroundings: Surroundings,
  ) => (input: RestInput) => Act<DanishCaller, Refusal, unknown> | RestProblem;
}

/** A method with its operation behind it. */
interface Over<Command, Answer> extends Described {
  readonly operation: CitizenOperation<Command, Answer>;
  /** The members of an answer besides its reference. */
  readonly encodeJson: (answer: Answer) => Readonly<Record<string, unknown>>;
}

const over = <Command, Answer>(
  { operation, encodeJson, ...described }: Over<Command, Answer>,
  read: (input: RestInput) => { readonly command: Command } | RestProblem,
): Omit<RestRoute, 'method' | 'body'> => ({
  ...described,
  summary: operation.summary,
  operation: operation.name,
  citizen: !('search' in operation.decision),
  serve: (surroundings) => {
    const act = acting(decideCitizen(operation, 'rest', surroundings), ({ reference, answer }): unknown => ({
      serviceRequestLogReferenceIdentifier: reference,
      ...encodeJson(answer),
    }));
    return (input) => {
      const asked = read(input);
      if (!('command' in asked)) return asked;
      const target = input.cpr === undefined ? {} : { cpr: input.cpr };
      return act({ target, command: asked.command });
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
