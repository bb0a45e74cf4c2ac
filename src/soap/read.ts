// The one way to read a message: bytes, past the byte guard, become a tree, and the tree an envelope.

import type { XmlDocument } from 'libxml2-wasm';
import { isProblem, type Problem } from '../kernel/problem.ts';
import { guard } from '../xml/guard.ts';
import { soap12 } from '../xml/names.ts';
import { parse } from '../xml/parse.ts';
import type { XmlProblem } from '../xml/problems.ts';
import type { XmlLimits } from '../xml/scan.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import type { SoapProblem } from './problems.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from './version.ts';

/** An envelope with the tree that it is in, which lives in WebAssembly memory: whoever has read it must dispose it. */
export interface Message extends Envelope, Disposable {}

/** What is known of a message besides its bytes. */
export interface Reading {
  /** The version that is spoken; undefined: either, as the envelope has it. */
  readonly version?: SoapVersion | undefined;
  /** The charset parameter of its Content-Type. */
  readonly charset?: string | undefined;
  /** The media type that it came under, without parameters. */
  readonly mediaType?: string | undefined;
  readonly limits?: XmlLimits | undefined;
  /** Told of each stage that was passed, or ended in a problem. */
  readonly reached?: (stage: 'guard' | 'parse') => void;
}

const nothing = (): void => undefined;

/** The envelope that a tree is, in either version of SOAP. */
export const envelopeIn = (
  document: XmlDocument,
  { version, mediaType }: Pick<Reading, 'version' | 'mediaType'> = {},
): Envelope | Problem<SoapProblem> =>
  readEnvelope(
    document,
    version ?? (document.root.namespaceUri === soap12.uri ? SOAP_1_2 : SOAP_1_1),
    mediaType,
  );

/**
 * Reads a message.
 *
 * @returns the first problem: of the bytes (`xml.…`), or of the envelope (`soap.…`)
 */
export const readMessage = (
  bytes: Buffer,
  { version, charset, mediaType, limits, reached = nothing }: Reading = {},
): Message | Problem<XmlProblem | SoapProblem> => {
  const utf8 = guard(bytes, charset, limits);
  reached('guard');
  if (isProblem(utf8)) return utf8;
  const document = parse(utf8);
  reached('parse');
  if (isProblem(document)) return document;

  let handedOn = false;
  try {
    const envelope = envelopeIn(document, { version, mediaType });
    if (isProblem(envelope)) return envelope;
    handedOn = true;
    return { ...envelope, [Symbol.dispose]: () => document.dispose() };
  } finally {
    if (!handedOn) document.dispose();
  }
};
