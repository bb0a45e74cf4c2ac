// An operation as it runs: reading a request ends with its tree, acting on it ends with an answer that waits to be stored.

import type { XmlElement } from 'libxml2-wasm';
import { isProblem, type Problem } from '../kernel/problem.ts';
import type { Caller, OperationDescription, Outcome, ServiceDescription } from '../soap/service.ts';
import type { Decision, Engine, Once, Query, Stored } from '../store/engine.ts';
import { nothing } from '../store/tables.ts';
import { unavailable } from '../store/unavailable.ts';
import type { ElementNode } from '../xml/writer.ts';

/** What a message may do once, and what is told to one that comes again. */
export interface Guard {
  readonly once: Once;
  readonly seen: Problem;
}

/** One change of the register, and what is told of its result. */
export interface Deed<Loaded, Result, Answer> {
  readonly load: Query<Loaded>;
  /** Synchronous and pure; what it draws was drawn before. */
  decide(loaded: Loaded): Decision<Result>;
  tell(result: Result): Outcome<Answer> | Problem;
}

/** What came of a deed: it goes out when it is stored. */
export type Done<Answer> = Problem | Stored<Outcome<Answer> | Problem>;

/** Does a deed, unless its message was seen before. */
export type Perform = <Loaded, Result, Answer>(deed: Deed<Loaded, Result, Answer>) => Promise<Done<Answer>>;

/**
 * Makes what does the deeds of one message.
 *
 * @param reached is told of the stages that a deed passes
 */
export const performing =
  (engine: Pick<Engine, 'change'>, reached: (stage: string) => void, guard?: Guard): Perform =>
  async <Loaded, Result, Answer>({ load, decide, tell }: Deed<Loaded, Result, Answer>) => {
    const made = await engine.change({
      load,
      once: guard?.once,
      decide: (loaded, seen): Decision<() => Outcome<Answer> | Problem> => {
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
export interface Acting<C extends Caller> {
  readonly caller: C;
  /** The number of the exchange, for what is changed. */
  readonly exchange: number;
  readonly perform: Perform;
}

/** A request that was read. */
export type Act<C extends Caller, Encoded = ElementNode> = (acting: Acting<C>) => Promise<Done<Encoded>>;

/** What makes of a command what it does: its deed, and its answer as it goes out. */
export const acting =
  <Command, C extends Caller, Loaded, Result, Answer, Encoded>(
    deedOf: (command: Command, caller: C, exchange: number) => Deed<Loaded, Result, Answer>,
    encode: (answer: Answer) => Encoded,
  ) =>
  (command: Command): Act<C, Encoded> =>
  ({ caller, exchange, perform }) => {
    const { load, decide, tell } = deedOf(command, caller, exchange);
    return perform({
      load,
      decide,
      tell: (result: Result): Outcome<Encoded> | Problem => {
        const outcome = tell(result);
        return isProblem(outcome) ? outcome : { ...outcome, answer: encode(outcome.answer) };
      },
    });
  };

/** What a request does that is refused for what it says: it counts, so that it is told the same only once. */
export const refusing =
  <C extends Caller>(problem: Problem): Act<C> =>
  ({ perform }) =>
    perform({ load: nothing, decide: () => ({ result: problem }), tell: () => problem });

export interface Operation<C extends Caller> extends OperationDescription {
  /** @param payload the validated Body child; nothing of it is needed once this has returned */
  readonly read: (payload: XmlElement) => Act<C>;
}

/** A service with a register behind it. */
export interface Service<C extends Caller> extends Omit<ServiceDescription, 'operations'> {
  readonly operations: readonly Operation<C>[];
}

/** What an operation is made of, with its types: they meet here and are gone afterwards. */
export interface Parts<Command, Answer, C extends Caller, Loaded, Result> {
  readonly description: OperationDescription;
  readonly decode: (payload: XmlElement) => Command;
  readonly deed: (command: Command, caller: C, exchange: number) => Deed<Loaded, Result, Answer>;
  readonly encode: (answer: Answer) => ElementNode;
}

export const serve = <Command, Answer, C extends Caller, Loaded, Result>({
  description,
  decode,
  deed,
  encode,
}: Parts<Command, Answer, C, Loaded, Result>): Operation<C> => {
  const act = acting(deed, encode);
  return { ...description, read: (payload) => act(decode(payload)) };
};
