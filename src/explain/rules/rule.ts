// What a refusal came of, where nothing has to be searched: a look at the bytes, the headers of HTTP and the tree tells it.

import type { XmlDocument } from 'libxml2-wasm';
import type { Problem } from '../../kernel/problem.ts';
import type { SchemaFault } from '../../schema/values.ts';
import type { Anatomy } from '../../security/anatomy.ts';
import type { SecurityKind } from '../../security/problems.ts';
import type { Certificate } from '../../security/trust/certificate.ts';
import type { SoapKind } from '../../soap/problems.ts';
import type { OperationDescription } from '../../soap/service.ts';
import type { XmlKind } from '../../xml/problems.ts';
import type { Cause } from '../hypothesis.ts';

/** Headers of HTTP by their names in lower case; none where it came by no HTTP that is known. */
export type HttpHeaders = Readonly<Record<string, string | undefined>>;

/** What may be looked at besides the refusal. Whatever the message is, some of it may be missing. */
export interface Surroundings {
  /** The message as it arrived, without a content encoding. */
  readonly message: Buffer;
  readonly headers: HttpHeaders;
  /** Undefined: the bytes are no XML. */
  readonly document: XmlDocument | undefined;
  /** Undefined: nothing of it was taken apart. */
  readonly anatomy: Anatomy | undefined;
  /** What it is judged at, in milliseconds since 1970. */
  readonly now: number;
  /** Whether that is when it arrived: else it may be a message of long ago, looked at today. */
  readonly arrived: boolean;
  /** The operations of the service that it is for, or of all services. */
  readonly operations: readonly OperationDescription[];
  /** The authorities that are trusted. */
  readonly authorities: readonly Certificate[];
}

/** A refusal; one by a schema, or of a header, says what kind of mistake it is. */
export type Refusal = Problem & { readonly fault?: SchemaFault | 'actor' };

/** The code that rules know it by: what a contract refuses by a schema of its own is the same mistake under another code. */
export const codeOf = ({ problem, fault }: Refusal): string =>
  fault === undefined ? problem : 'schema.invalid';

export interface Sight extends Surroundings {
  readonly refusal: Refusal;
}

/** What is told otherwise than the cause has it, of this message. */
export interface Seen {
  readonly certain?: boolean;
  readonly sentence?: string;
  readonly remedy?: string;
  /** The elements that it is about, where they are others than the refusal names. */
  readonly where?: readonly string[];
  readonly found?: string;
  /** Whether the settings of stacks are about something else. */
  readonly noStacks?: true;
}

/** A cause that is seen. */
export interface Rule extends Cause {
  /** The codes of the refusals that it may be behind. */
  readonly of: readonly string[];
  /** Undefined: it is not this. */
  readonly seen: (sight: Sight) => Seen | undefined;
}

type Kind = SecurityKind | SoapKind | XmlKind;

/** Which of the mistakes of its code a refusal is of. */
export const kindOf = ({ refusal }: Sight): Kind | undefined => refusal.explanation.kind as Kind | undefined;

/** It is this, and what the refusal says of a remedy is nearer to the message than the cause can be. */
export const asTold = ({ refusal }: Sight): Seen => ({ remedy: refusal.explanation.remedy });

/** The same, where a look decides. */
export const toldIf =
  (look: (sight: Sight) => boolean): Rule['seen'] =>
  (sight) =>
    look(sight) ? asTold(sight) : undefined;

/** It is this, and the cause says it best. */
export const when =
  (look: (sight: Sight) => boolean): Rule['seen'] =>
  (sight) =>
    look(sight) ? {} : undefined;
