// What a contract tells the pipeline about itself: a service and its operations, as data.

import type { Face } from '../kernel/face.ts';
import type { Grounds } from '../kernel/grounds.ts';
import type { Basis, Explanation, Problem, QName, Warning } from '../kernel/problem.ts';
import type { ElementNode } from '../xml/writer.ts';
import type { SoapVersion } from './version.ts';

/** Whom the message comes from, as far as security could tell. */
export interface Caller {
  /** The organisation number in the signing certificate; undefined under the profile `none`. */
  readonly organisation: string | undefined;
  /** The subject of that certificate, for people. */
  readonly subject?: string;
  /** SHA-256 of that certificate, hexadecimal with colons. */
  readonly fingerprint?: string;
}

/** What an operation decided: its answer and, when that is a refusal, why. */
export interface Outcome<Answer> {
  readonly answer: Answer;
  /** The code on the wire, `OK` or `JA` when all went well: for journal and metrics. */
  readonly result: string;
  readonly refusal?: Explanation;
  /** What of the register led to a refusal. */
  readonly grounds?: Grounds;
  /** What the rules let pass, and the caller may not have meant. */
  readonly warnings?: readonly Warning[];
}

/** A field of a request, in the order of the sequence: every field of these services is a simple text. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  /** Whether it is an attribute of the request's element. */
  readonly attribute?: true;
}

/** One operation as its file describes it: what can be said of it without a register behind it. */
export interface OperationDescription {
  /** The name in the WSDL. */
  readonly name: string;
  readonly request: QName;
  readonly response: QName;
  /** The soapAction in the WSDL; most have an empty one. */
  readonly action?: string;
  readonly fields: readonly Field[];
  /** What the operation does, and how well that is known. */
  readonly summary: string;
  readonly basis: Basis;
  /** A request's elements from fields, where they are not simple texts in order. */
  readonly compose?: (values: Readonly<Record<string, string>>) => readonly ElementNode[];
  /** Requests by field; the first is the usual one. For tests, the command line and the documentation. */
  readonly examples: readonly Readonly<Record<string, string>>[];
}

/** How a problem is told. */
export interface Telling {
  readonly face: Face;
  /** What it is called in the contract's own log of calls; undefined: it never was a call of the service. */
  readonly result?: string | undefined;
  /** The contract's own answer in place of a fault, once the operation is known; `reference` is the call's number in its log. */
  readonly instead?: ((operation: string, reference: string | undefined) => ElementNode) | undefined;
}

/** How a contract tells its own problems, and those that all services share. */
export interface Faces<Own extends Problem> {
  readonly own: (problem: Own) => Telling;
  /** @param usual what services say of it where their contract has no words of its own */
  readonly shared: (problem: Problem, usual: Face) => Telling;
}

/** The faces of a contract that has no problems of its own and tells the shared ones in the usual words. */
export const usualFaces: Faces<never> = {
  own: (none) => none,
  shared: (_problem, usual) => ({ face: usual }),
};

/** A service as its contract describes it. */
export interface ServiceDescription {
  /** The short name of the command line and the configuration. */
  readonly name: string;
  readonly title: string;
  readonly version: SoapVersion;
  readonly paths: readonly string[];
  /** The WSDL's file name under wsdl/. */
  readonly wsdl: string;
  /** Schema files, by the name that `?xsd=` knows, with their path under xsd/. The first holds the messages. */
  readonly schemas: Readonly<Record<string, string>>;
  /** Names that circulate elsewhere for elements of this contract, with the name on the wire. */
  readonly synonyms: Readonly<Record<string, string>>;
  /** Whether the real service encrypted its answers, where profiles know encryption at all; false when left out. */
  readonly encryptedAnswers?: boolean;
  /** Whether the real service compressed its answers for whoever asked for it; false when left out. */
  readonly compressedAnswers?: boolean;
  /** The security profile that takes and gives what the real service did, where that is not the usual one. */
  readonly profile?: string;
  /** The largest message that it needs, in bytes, where that is more than the setting says. */
  readonly largestBody?: number;
  /** The element of a request that names the organisation it is from, where it has to be that of the signer. */
  readonly callerField?: string;
  /** Header blocks, besides wsse:Security, that the service processes. */
  readonly headers: readonly QName[];
  /** The fields that those blocks are written from, and how; a request may have none of them. */
  readonly headerFields?: readonly string[];
  readonly composeHeaders?: (values: Readonly<Record<string, string>>) => readonly ElementNode[];
  readonly operations: readonly OperationDescription[];
}
