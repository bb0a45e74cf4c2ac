// How a service is protected: who comes in, and how its answers go out. WS-Security is one way, a TLS certificate another.

import type { XmlElement } from 'libxml2-wasm';
import type { Judgement } from '../kernel/judgement.ts';
import type { Problem, QName, Warning } from '../kernel/problem.ts';
import type { ElementNode } from '../xml/writer.ts';
import type { Envelope } from './envelope.ts';
import type { Caller } from './service.ts';
import type { SoapVersion } from './version.ts';

/** A message that may be believed. Only `payload` is handed on; nothing else of the message is. */
export interface Admission<C extends Caller = Caller, Refusal extends Problem = Problem> {
  /** The Body's child: the very one that was verified. */
  readonly payload: XmlElement;
  readonly caller: C;
  /** What was let pass although the documented rules would have refused it. */
  readonly warnings: readonly Warning[];
  /** By what the message counts once, where it does. */
  readonly once?: CountsOnce<Refusal> | undefined;
  /** The whole envelope around the answer to this message, in UTF-8. */
  protect(answer: ElementNode, version: SoapVersion): Promise<Buffer>;
}

/** A message that counts once: until a moment by the security hand of the clock, which shows `now`. */
export interface CountsOnce<Repeated extends Problem = Problem> {
  readonly key: Buffer;
  readonly until: number;
  readonly now: number;
  /** What is told to one that comes again. */
  readonly seen: Repeated;
}

/** The other end of the connection, as far as the listener knows it. */
export interface Peer {
  /** The client certificate of the TLS connection, DER. */
  readonly certificate: Buffer | undefined;
}

export interface Protection<C extends Caller = Caller, Refusal extends Problem = Problem> {
  /** The name of the profile that it has at this moment. */
  readonly name: () => string;
  /** Judges the connection, where that says who calls; its refusal comes before any that the message gives reason for. */
  readonly greet?: (peer: Peer) => Refusal | undefined;
  /** Whether who calls is judged before what is called: then an unknown operation is told to the admitted only. */
  readonly first: boolean;
  /** Header blocks that it processes itself. */
  readonly understood: readonly QName[];
  readonly admit: (envelope: Envelope, peer: Peer) => Admission<C, Refusal> | Refusal;
  /** Who calls by their own account, believed or not: from the connection, and from the message where it can be read. */
  readonly claims: (peer: Peer, envelope?: Envelope) => Partial<Caller>;
  /** What messages are judged by at this moment, where that may change. */
  readonly judgement?: () => Judgement;
  /**
   * Told of every call of the service that is refused.
   *
   * @param result what it is called in the contract's own log of calls
   * @param operation the operation's name, where it is known
   * @param exchange the number of the exchange
   * @returns the problem, with its number in that log
   */
  readonly refused?: <Refused extends Problem>(
    problem: Refused,
    result: string,
    peer: Peer,
    operation: string | undefined,
    exchange: number,
  ) => Promise<Refused>;
}
