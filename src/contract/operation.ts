// An operation as it runs: reading a request ends with its tree, acting on it ends with an answer that waits to be stored.

import type { XmlElement } from 'libxml2-wasm';
import { isProblem, type Problem } from '../kernel/problem.ts';
import type { Caller, Faces, OperationDescription, Outcome, ServiceDescription } from '../soap/service.ts';
import type { Decision, Engine, Once, Query, Stored } from '../store/engine.ts';
import { nothing } from '../store/tables.ts';
import { type RegisterProblem, unavailable } from '../store/unavailable.ts';
import type { ElementNode } from '../xml/writer.ts';

/** What a message may do once, and what is told to one that comes again. */
export interface Guard<Repeated extends Problem> {
  readonly once: Once;
  readonly seen: Repeated;
}

/** One change of the register, and what is told of its result; `Own` are the problems that it can end in. */
export interface Deed<Loaded, Result, Answer, Own extends Problem> {
  readonly load: Query<Loaded>;
  /** Synchronous and pure; what it draws was drawn before. */
  decide(loaded: Loaded): Decision<Result>;
  tell(result: Result): Outcome<Answer> | Own;
}

/** What came of a deed: it goes out when it is stored. */
export type Done<Answer, Own extends Problem> = Problem<RegisterProblem> | Stored<Outcome<Answer> | Own>;

/** Does a deed, unless its message was seen before. */
export type Perform<Repeated extends Problem> = <Loaded, Result, Answer, Own extends Problem>(
  deed: Deed<Loaded, Result, Answer, Own>,
) => Promise<Done<Answer, Own | Repeated>>;

/**
 * Makes what does the deeds of one message.
 *
 * @param reached is told of the stages that a deed passes
 */
export const performing =
  <Repeated extends Problem>(
    engine: Pick<Engine, 'change'>,
    reached: (stage: string) => void,
    guard?: Guard<Repeated>,
  ): Perform<Repeated> =>
  async <Loaded, Result, Answer, Own extends Problem>({
    load,
    decide,
    tell,
  }: Deed<Loaded, Result, Answer, Own>) => {
    const made = await engine.change({
      load,
      once: guard?.once,
      decide: (loaded, seen): Decision<() => Outcome<Answer> | Own | Repeated> => {
        if (seen && guard) return { result: () => guard.seen };
        const { result, ...decision } = decide(loaded);
        return { ...decision, result: () => tell(result) };
      },
    });
    reached('decide');
    if (!('durable' in made)) return unavailable(made);
    const result = made.result();
    reached('encode');
    return { result, durable: made.durable };
  };

/** Whom and what a request is acted on for. */
export interface Acting<C extends Caller, Repeated extends Problem> {
  readonly caller: C;
  /** The number of the exchange, for what is changed. */
  readonly exchange: number;
  readonly perform: Perform<Repeated>;
}

/** A request that was read. */
export type Act<C extends Caller, Own extends Problem, Encoded = ElementNode> = <Repeated extends Problem>(
  acting: Acting<C, Repeated>,
) => Promise<Done<Encoded, Own | Repeated>>;

/** What makes of a command what it does: its deed, and its answer as it goes out. */
export const acting =
  <Command, C extends Caller, Loaded, Result, Answer, Encoded, Own extends Problem>(
    deedOf: (command: Command, caller: C, exchange: number) => Deed<Loaded, Result, Answer, Own>,
    encode: (answer: Answer) => Encoded,
  ) =>
  (command: Command): Act<C, Own, Encoded> =>
  ({ caller, exchange, perform }) => {
    const { load, decide, tell } = deedOf(command, caller, exchange);
    return perform({
      load,
      decide,
      tell: (result: Result): Outcome<Encoded> | Own => {
        const outcome = tell(result);
        return isProblem(outcome) ? outcome : { ...outcome, answer: encode(outcome.answer) };
      },
    });
  };

/** What a request does that is refused for what it says: it counts, so that it is told the same only once. */
export const refusing =
  <C extends Caller, Own extends Problem>(problem: Own): Act<C, Own> =>
  ({ perform }) =>
    perform({ load: nothing, decide: () => ({ result: problem }), tell: (own) => own });

/** `Own` are the problems that its contract alone has. */
export interface Operation<C extends Caller, Own extends Problem> extends OperationDescription {
  /** @param payload the validated Body child; nothing of it is needed once this has returned */
  readonly read: (payload: XmlElement) => Act<C, Own>;
}

/** A service with a register behind it. */
export interface Service<C extends Caller, Own extends Problem = never>
  extends Omit<ServiceDescription, 'operations'> {
  readonly operations: readonly Operation<C, Own>[];
  readonly faces: Faces<Own>;
}

/** What an operation is made of, with its types: they meet here and are gone afterwards. */
export interface Parts<Command, Answer, C extends Caller, Loaded, Result, Own extends Problem> {
  readonly description: OperationDescription;
  readonly decode: (payload: XmlElement) => Command;
  readonly deed: (command: Command, caller: C, exchange: number) => Deed<Loaded, Result, Answer, Own>;
  readonly encode: (answer: Answer) => ElementNode;
}

export const serve = <Command, Answer, C extends Caller, Loaded, Result, Own extends Problem>({
  description,
  decode,
  deed,
  encode,
}: Parts<Command, Answer, C, Loaded, Result, Own>): Operation<C, Own> => {
  const act = acting(deed, encode);
  return { ...description, read: (payload) => act(decode(payload)) };
};
