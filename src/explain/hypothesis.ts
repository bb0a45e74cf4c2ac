// What may have happened to a message: each hypothesis in a file, with what to tell of it and how it is tried.

import type { XmlElement } from 'libxml2-wasm';
import type { ResolvedReference } from '../security/coverage.ts';
import type { Method } from '../security/signature.ts';
import type { CanonicalForm } from '../xml/canonical.ts';
import type { Tokens } from './octets/tokens.ts';

/** The SOAP stacks whose settings remedies name. */
export type Stack =
  | 'CXF/WSS4J'
  | 'JAX-WS'
  | 'WCF'
  | 'zeep'
  | 'PHP'
  | 'node-soap'
  | 'gSOAP'
  | 'SoapUI'
  | 'xml-crypto';

/** What somebody did, told so that it can be undone. */
export interface Cause {
  /** Its name, of the closed list in causes.ts. */
  readonly cause: string;
  readonly sentence: string;
  /** How it comes about that somebody does it; for the pages. */
  readonly why: string;
  /** Where it is written how it should be. */
  readonly rule: string;
  readonly remedy: string;
  /** The setting of a stack that does it, or does not. */
  readonly stacks?: Readonly<Partial<Record<Stack, string>>>;
}

/** What a digest is looked for that comes out right: an element, as it arrived. */
export interface Subject {
  readonly element: XmlElement;
  /** The form that the message says; for a reference without Transforms that of XML Signature. */
  readonly form: CanonicalForm;
  /** What the message writes of it; undefined: nothing. */
  readonly written: Method | undefined;
  /** The octets that count. */
  readonly octets: Buffer;
  /** Undefined: the subject is SignedInfo. */
  readonly reference: ResolvedReference | undefined;
  /** Other canonical octets of the element; undefined where there are none. */
  readonly inForm: (form: CanonicalForm) => Buffer | undefined;
  /** Canonical octets of another element by the same form; undefined where there are none. */
  readonly ofElement: (element: XmlElement) => Buffer | undefined;
  /** The message as it arrived. */
  readonly message: Buffer;
}

/** The element was changed after it was signed: the octets that the signer had, from those that arrived. */
export interface Change extends Cause {
  readonly undo: (tokens: Tokens) => Iterable<Tokens>;
}

/** The signer made the digest over other octets of an element that nobody changed. */
export interface Making extends Cause {
  readonly octets: (subject: Subject) => Iterable<Buffer>;
}
